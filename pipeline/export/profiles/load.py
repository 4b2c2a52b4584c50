"""Reads a profile: YAML in ``rules/profiles/NAME.yaml``, or in ``profiles/`` of the folder given with ``--rules``.

As with the rules, an unknown or missing key and a value of another shape are refused with file and line.
rules/profiles/README.md explains every key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline import ruleset
from pipeline.errors import RuleError, UsageError
from pipeline.export.profiles.shape import Column, Condition, Profile
from pipeline.export.profiles.values import FIELDS, NAMES, WORDS

__all__ = ["folders", "load", "names"]

KINDS = ("task", "target", "report")
FORMATS = (".xlsx", ".docx")
_DATE_MARKS = re.compile(r"yyyy|dd|mm|HH|MM|d|m")
_LETTERS = re.compile(r"[^\W\d_]|%")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def folders(rules_dir: Path | None) -> tuple[Path, ...]:
    """Where profiles are looked for: the office's own first."""
    own = () if rules_dir is None else (rules_dir / "profiles",)
    return (*own, ruleset.shipped() / "profiles")


def names(rules_dir: Path | None) -> tuple[str, ...]:
    """The profiles that there are."""
    return tuple(sorted({path.stem for folder in folders(rules_dir) for path in folder.glob("*.yaml")}))


def load(name: str, rules_dir: Path | None) -> Profile:
    """The profile of that name. Raises `UsageError` where there is none, `RuleError` where it is wrong."""
    there = names(rules_dir)
    if name not in there:
        message = f"Không có mẫu xuất “{name}”. Các mẫu hiện có: {', '.join(there)}."
        raise UsageError("unknown-profile", message, name)
    path = next(path for folder in folders(rules_dir) if (path := folder / f"{name}.yaml").is_file())
    return _profile(name, _Entry(path, _root(path)))


def _root(path: Path) -> Any:
    import yaml

    try:
        return yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        message = f"Không đọc được mẫu xuất {path.name}: kiểm tra lại tệp."
        raise RuleError("profile-file", message, str(error)) from error


class _Entry:
    """A group of keys of the file, that knows the line of each and which were never asked for."""

    def __init__(self, path: Path, node: Any) -> None:
        import yaml

        self._path = path
        self.line = 1 if node is None else node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            raise self.refuse("phải là một nhóm khóa: giá trị")
        self._nodes: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in self._nodes:
                raise self.refuse(f"khóa “{key.value}” viết hai lần", key)
            self._nodes[key.value] = value
        self._asked: set[str] = set()
        self._keys = {key.value: key for key, _ in node.value}

    def refuse(self, why: str, node: Any = None) -> RuleError:
        line = self.line if node is None else node.start_mark.line + 1
        message = f"Mẫu xuất sai ở {self._path.name}, dòng {line}: {why}."
        return RuleError("profile-entry", message, f"{self._path}:{line}: {why}")

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def get(self, key: str, otherwise: Any, fits: Callable[[Any], bool], what: str) -> Any:
        """The value of a key, which must be `what`; `otherwise` where the key is not there."""
        import yaml

        self._asked.add(key)
        if key not in self._nodes:
            return otherwise
        value = yaml.SafeLoader("").construct_document(self._nodes[key])
        if not fits(value):
            raise self.refuse(f"“{key}” phải là {what}", self._keys[key])
        return value

    def need(self, key: str) -> None:
        if key not in self._nodes:
            raise self.refuse(f"thiếu khóa “{key}”")

    def entries(self, key: str) -> Iterator[_Entry]:
        """The groups of keys in the list that stands under a key."""
        import yaml

        self._asked.add(key)
        node = self._nodes[key]
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self.refuse(f"“{key}” phải là danh sách", self._keys[key])
        return (_Entry(self._path, one) for one in node.value)

    def entry(self, key: str) -> _Entry | None:
        """The group of keys under a key."""
        self._asked.add(key)
        return _Entry(self._path, self._nodes[key]) if key in self._nodes else None

    def done(self) -> None:
        """Refuses a key that is none of the profile's."""
        for key in self._nodes:
            if key not in self._asked:
                raise self.refuse(f"khóa lạ “{key}”", self._keys[key])

    # ── shapes ──

    def text(self, key: str, otherwise: Any = None) -> Any:
        return self.get(key, otherwise, lambda value: isinstance(value, str) and bool(value.strip()), "chữ")

    def flag(self, key: str) -> bool:
        return bool(self.get(key, False, lambda value: isinstance(value, bool), "true hoặc false"))

    def whole(self, key: str, otherwise: Any) -> Any:
        return self.get(key, otherwise, lambda value: type(value) is int and value > 0, "số nguyên dương")

    def number(self, key: str, otherwise: Any) -> Any:
        return self.get(key, otherwise, lambda value: type(value) in {int, float}, "số")

    def scalar(self, key: str) -> Any:
        return self.get(key, None, lambda value: type(value) in {str, int, float}, "chữ hoặc số")

    def one(self, key: str, among: tuple[str, ...], otherwise: Any) -> Any:
        return self.get(key, otherwise, lambda value: value in among, f"một trong: {', '.join(among)}")

    def several(self, key: str, among: frozenset[str] | tuple[str, ...] | None = None) -> tuple[str, ...]:
        """One word or a list of words."""

        def fits(value: Any) -> bool:
            given = value if isinstance(value, list) else [value]
            return bool(given) and all(isinstance(v, str) and (among is None or v in among) for v in given)

        what = "chữ hoặc danh sách chữ" if among is None else f"một hay nhiều trong: {', '.join(sorted(among))}"
        value = self.get(key, [], fits, what) if key in self else []
        return tuple(value) if isinstance(value, list) else (value,)


# ── the profile ────────────────────────────────────────────────────────────────────────────


def _profile(name: str, entry: _Entry) -> Profile:
    for key in ("title", "sheet", "columns"):
        entry.need(key)
    columns = tuple(_column(one) for one in entry.entries("columns"))
    profile = Profile(
        name=name,
        title=entry.text("title"),
        sheet=entry.get("sheet", None, _sheet_name, "tên trang: 1 đến 31 ký tự, không có [ ] : * ? / \\"),
        columns=columns,
        header=entry.whole("header", 1),
        above=entry.several("above"),
        kinds=entry.several("kinds", KINDS) or KINDS,
        others=entry.text("others"),
        rows=entry.whole("rows", None),
        all_or_nothing=entry.flag("all-or-nothing"),
        one_of=_one_of(entry, columns),
        order=entry.several("order", FIELDS),
        groups=entry.one("groups", ("section", "lead"), None),
        formats=entry.several("formats", FORMATS) or FORMATS[:1],
    )
    entry.done()
    if len(profile.above) >= profile.header:
        raise entry.refuse(f"“header” là {profile.header} mà “above” có {len(profile.above)} dòng phía trên")
    titles = [column.title for column in columns]
    for title in titles:
        if titles.count(title) > 1:
            raise entry.refuse(f"hai cột cùng tên “{title}”")
    if sum(column.rest for column in columns) > 1:
        raise entry.refuse("chỉ một cột được có “rest: true”")
    return profile


def _sheet_name(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')", value))


def _one_of(entry: _Entry, columns: tuple[Column, ...]) -> tuple[tuple[str, ...], ...]:
    titles = {column.title for column in columns}

    def fits(value: Any) -> bool:
        return isinstance(value, list) and all(isinstance(v, list) and v and titles.issuperset(v) for v in value)

    return tuple(map(tuple, entry.get("one-of", [], fits, "danh sách các nhóm tên cột có trong mẫu")))


def _column(entry: _Entry) -> Column:
    entry.need("title")
    column = Column(
        title=entry.text("title"),
        value=entry.several("value", FIELDS),
        fixed=entry.scalar("fixed"),
        type=entry.one("type", ("text", "number", "date"), "text"),
        format=entry.get("format", "dd/mm/yyyy", _date_format, "dạng ngày, ví dụ dd/mm/yyyy HH:MM"),
        hour=entry.get("hour", None, _hour, 'giờ trong ngoặc kép, ví dụ "17:00"'),
        codes=tuple(kind.casefold() for kind in entry.several("codes")),
        unknown=entry.one("unknown", ("refuse", "blank"), "refuse"),
        separator=entry.get("separator", "; ", lambda value: isinstance(value, str), "chữ"),
        mapping=_mapping(entry),
        default=entry.scalar("default"),
        when=_condition(entry.entry("when")),
        unless=_condition(entry.entry("unless")),
        required=entry.flag("required"),
        ask=entry.flag("ask"),
        choices=entry.several("choices"),
        least=entry.number("least", None),
        most=entry.number("most", None),
        rest=entry.flag("rest"),
        width=entry.number("width", 20.0),
    )
    entry.done()
    if column.value and column.fixed is not None:
        raise entry.refuse("một cột chỉ có “value” hoặc “fixed”")
    if column.codes and not set(column.value) <= NAMES.keys():
        raise entry.refuse(f"“codes” chỉ dùng cho tên đơn vị: {', '.join(NAMES)}")
    if column.mapping and not set(column.value) <= WORDS:
        raise entry.refuse("“map” không dùng cho tên đơn vị; hãy dùng “codes”")
    return column


def _date_format(value: Any) -> bool:
    if not isinstance(value, str) or not _DATE_MARKS.search(value):
        return False
    return not _LETTERS.search(_DATE_MARKS.sub("", value))


def _hour(value: Any) -> bool:
    return isinstance(value, str) and bool(_HOUR.fullmatch(value))


def _mapping(entry: _Entry) -> Mapping[str, tuple[str, ...]]:
    def fits(value: Any) -> bool:
        return isinstance(value, dict) and all(
            isinstance(to, str) and isinstance(words, list) and words and all(isinstance(w, str) for w in words)
            for to, words in value.items()
        )

    found = entry.get("map", {}, fits, "nhóm “giá trị của hệ thống: [chữ trong văn bản, …]”")
    return {to: tuple(words) for to, words in found.items()}


def _condition(entry: _Entry | None) -> Condition | None:
    if entry is None:
        return None
    for key in ("value", "has"):
        entry.need(key)
    condition = Condition(entry.one("value", tuple(sorted(WORDS)), None), entry.several("has"))
    entry.done()
    return condition
