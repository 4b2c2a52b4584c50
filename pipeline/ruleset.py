"""Loads the rules: YAML lists in ``rules/``, each entry with an id, an example and a counter-example.

A rule file is a list of mappings. Every entry of a file has the same keys; an unknown or missing key is
refused with the file and the line. A folder given with ``--rules`` adds entries: its ``labels.yaml`` is read
after the shipped ``labels.yaml``, and an entry with a known id takes that entry's place.

A pattern is a regular expression over the canonical text, blind to case; ``{upper}`` in it stands for one capital.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import RuleError
from pipeline.letters import UPPER

# The keys that each file's entries may have; those in REQUIRED must be there.
KEYS: Mapping[str, frozenset[str]] = {
    "sections": frozenset({"id", "role", "pattern", "example", "counter"}),
    "labels": frozenset({"id", "field", "pattern", "example", "counter"}),
    "columns": frozenset({"id", "field", "pattern", "example", "counter"}),
    "actors": frozenset({"id", "role", "needs", "pattern", "unless", "example", "counter"}),
    "cadences": frozenset({"id", "cadence", "scope", "pattern", "example", "counter"}),
    "deadlines": frozenset({"id", "reads", "scope", "pattern", "example", "value", "counter"}),
    "exclusions": frozenset({"id", "scope", "reason", "needs", "pattern", "example", "counter"}),
    "quantities": frozenset({"id", "needs", "counts", "pattern", "unless", "example", "counter"}),
    "urgency": frozenset({"id", "needs", "pattern", "example", "counter"}),
    "types": frozenset({"id", "pattern", "name", "carries_tasks", "example", "counter"}),
    "words": frozenset({"id", "kind", "words", "example", "counter"}),
    "fields": frozenset({"id", "words", "example", "counter"}),
    "content": frozenset({"id", "kind", "words", "example", "counter"}),
    "spheres": frozenset({"id", "bodies", "example", "counter"}),
    "naming": frozenset({"id", "kind", "words", "level", "gone", "of", "issuer", "gives", "example", "counter"}),
    "units": frozenset(
        {"id", "sort", "names", "short", "house", "each", "levels", "open", "of", "inside", "gone", "into"}
        | {"example", "counter"}
    ),
}
REQUIRED = frozenset({"id", "example", "counter"})
# What lists cannot do without, and what their keys hold.
_NEEDED: Mapping[str, frozenset[str]] = {
    "naming": frozenset({"kind", "words", "gives"}),
    "content": frozenset({"kind", "words"}),
    "spheres": frozenset({"bodies"}),
    "units": frozenset({"sort", "names"}),
}
_SHAPES: Mapping[str, tuple[tuple[type, ...], str]] = {
    **dict.fromkeys(
        ("names", "short", "house", "levels", "of", "inside", "bodies"), ((list,), "danh sách trong ngoặc vuông")
    ),
    "words": ((list, dict), "danh sách trong ngoặc vuông"),
    "gone": ((dt.date, dict), "ngày, ví dụ 2025-07-01"),
    "into": ((list, dict), "danh sách trong ngoặc vuông"),
}


@dataclass(frozen=True)
class Rule:
    """One entry. `pattern` is None for a word list; `keys` holds what the file adds.

    Where there are `needs`, a text that the pattern matches holds at least one of them.
    """

    id: str
    example: str
    counter: str
    pattern: str | None
    keys: Mapping[str, Any]
    needs: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Any:
        return self.keys[key]

    @cached_property
    def regex(self) -> re.Pattern[str] | None:
        """The pattern compiled, when it is first asked for: a run on one document asks for one in three."""
        return None if self.pattern is None else re.compile(self.pattern, re.IGNORECASE)

    def may_match(self, low: str) -> bool:
        """Whether the pattern is worth trying on a text, given in small letters."""
        for word in self.needs:  # a plain loop, for nothing is asked more often
            if word in low:
                return True
        return not self.needs


@dataclass(frozen=True, slots=True)
class Ruleset:
    """All rules by file name without suffix, in the order of the files: the first that matches wins."""

    files: Mapping[str, tuple[Rule, ...]]

    def __getitem__(self, name: str) -> tuple[Rule, ...]:
        return self.files[name]

    __hash__ = object.__hash__  # by identity, and not by a function of ours: every cache asks for it

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def words(self, kind: str) -> tuple[str, ...]:
        """The words of every list of that kind, longest first."""
        found = {word for rule in self.files["words"] if rule["kind"] == kind for word in rule["words"]}
        return tuple(sorted(found, key=lambda word: (-len(word), word)))


def shipped() -> Path:
    """The folder of the shipped rules: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / "rules"
    return inside if inside.is_dir() else here.parent / "rules"


@lru_cache(maxsize=4)
def load(extra: Path | None = None) -> Ruleset:
    """The shipped rules, with those of the folder `extra` added. Raises `RuleError` for a wrong file."""
    files: dict[str, tuple[Rule, ...]] = {}
    for name in sorted(KEYS):
        rules = {rule.id: rule for rule in _read(shipped() / f"{name}.yaml", name)}
        if extra is not None and (extra / f"{name}.yaml").is_file():
            rules.update({rule.id: rule for rule in _read(extra / f"{name}.yaml", name, strange=True)})
        files[name] = tuple(rules.values())
    return Ruleset(files)


def _read(path: Path, name: str, *, strange: bool = False) -> Iterator[Rule]:
    """The entries of a file. The patterns of a `strange` one are tried at once; the suite tries the shipped ones."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        with path.open(encoding="utf-8") as stream:
            root = yaml.compose(stream, Loader=loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RuleError(
            "rule-file", f"Không đọc được tệp quy tắc {path.name}: kiểm tra lại tệp.", str(error)
        ) from error
    construct = yaml.SafeLoader("")
    for node in root.value if root is not None else ():
        line = node.start_mark.line + 1
        entry = construct.construct_document(node)
        if not isinstance(entry, dict):
            raise _refuse(path, line, "mỗi quy tắc phải là một nhóm khóa: giá trị")
        rule = _rule(path, line, name, entry)
        if strange:
            _try(rule, path, line)
        yield rule


def _try(rule: Rule, path: Path, line: int) -> None:
    try:
        _ = rule.regex
    except re.error as error:
        raise _refuse(path, line, f"mẫu không hợp lệ: {error}") from error


def _rule(path: Path, line: int, name: str, entry: dict[str, Any]) -> Rule:
    for key in sorted(entry.keys() - KEYS[name]):
        raise _refuse(path, line, f"khóa lạ “{key}”")
    for key in sorted((REQUIRED | _NEEDED.get(name, frozenset())) - entry.keys()):
        raise _refuse(path, line, f"thiếu khóa “{key}”")
    for key in sorted(entry.keys() & _SHAPES.keys()):
        types, shape = _SHAPES[key]
        if not isinstance(entry[key], types):
            raise _refuse(path, line, f"khóa “{key}” phải là {shape}")
    pattern = str(entry["pattern"]).replace("{upper}", f"(?-i:[{UPPER}])") if "pattern" in entry else None
    needs = tuple(entry.get("needs", ()))
    return Rule(entry["id"], str(entry["example"]), str(entry["counter"]), pattern, entry, needs)


def _refuse(path: Path, line: int, why: str) -> RuleError:
    where = f"{path.name}, dòng {line}"
    return RuleError("rule-entry", f"Quy tắc sai ở {where}: {why}.", f"{path}:{line}: {why}")
