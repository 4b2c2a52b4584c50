"""That what people are told has its English: every message that the source makes, and the pairs of templates."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from pipeline import ruleset
from pipeline.english import told
from pipeline.english.calls import CALLS
from pipeline.english.cluster import CLUSTER
from pipeline.english.comparisons import COMPARISONS
from pipeline.english.corrections import CORRECTIONS
from pipeline.english.documents import DOCUMENTS
from pipeline.english.outputs import OUTPUTS
from pipeline.english.serving import SERVING
from pipeline.export.kinds import KINDS

SOURCE = Path(__file__).resolve().parents[1] / "pipeline"
VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u00c0-\u00c3\u00e0-\u00e3\u00e8-\u00ea\u00ec\u00ed\u00f2-\u00f5\u1ea0-\u1ef9]")
PAIRS = {**CALLS, **CLUSTER, **COMPARISONS, **CORRECTIONS, **DOCUMENTS, **OUTPUTS, **SERVING}
SLOT = re.compile(r"\{(\w+)(?::en)?\}")
SAYS = {  # what makes a message or a part of one → the places of its words among the arguments
    **dict.fromkeys(("DocumentError", "OutputError", "UsageError", "RuleError", "Warning"), (1,)),
    "Problem": (2,), "Refusal": (2,), "truncated": (0,), "too_large": (0,), "no_text": (0, 1), "_refuse": (2,),
    "refuse": (0, 1), "_wrong": (1, 2), "get": (3,), "_error": (1,),
    "Suggestion": (1,),
}  # fmt: skip
TABLES = {"ingest/__init__.py": ("UNREAD",), "store/transactions.py": ("_REASONS", "_CONNECT", "_DETAIL")}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def texts(node: ast.expr, names: dict[str, list[ast.expr]], depth: int = 0) -> list[str]:
    """What an expression can say: names are followed to what they are given, and what cannot be known is `⟨code⟩`."""
    unknown = [f"⟨{ast.unparse(node)}⟩"]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        parts = [texts(part, names, depth) for part in node.values]
        return ["".join(found) for found in product(*parts)]
    if isinstance(node, ast.FormattedValue):
        return texts(node.value, names, depth)
    if isinstance(node, ast.IfExp):
        return texts(node.body, names, depth) + texts(node.orelse, names, depth)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = texts(node.left, names, depth), texts(node.right, names, depth)
        return ["".join(found) for found in product(left, right)]
    if isinstance(node, ast.Name) and depth < 4:
        found = [text for value in names.get(node.id, ()) for text in texts(value, names, depth + 1)]
        return [text for text in found if VIETNAMESE.search(text)] or unknown
    return unknown


def given(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """What names are given there, by assignments of one value or of as many as there are names."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            values = node.value.elts if isinstance(node.value, ast.Tuple) else []
            for target, value in zip(node.targets[0].elts, values, strict=False):
                found.setdefault(ast.unparse(target), []).append(value)
    return found


def messages() -> Iterator[tuple[str, str]]:
    """Every message that the source makes, or part of one that is handed on, with its place."""
    for path, tree in sources():
        module = path.relative_to(SOURCE).as_posix()
        scopes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        whole = given(ast.Module([node for node in tree.body if isinstance(node, ast.Assign)], []))
        for scope in scopes:
            names = {**whole, **given(scope)}
            for call in (node for node in ast.walk(scope) if isinstance(node, ast.Call)):
                called = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
                for place in SAYS.get(called, ()):
                    if place < len(call.args):
                        yield from ((f"{module}:{call.lineno}", text) for text in texts(call.args[place], names))
        for node in tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            if isinstance(target, ast.Name) and target.id in TABLES.get(module, ()) and node.value is not None:
                said = [part.value for part in ast.walk(node.value) if isinstance(part, ast.Constant)]
                yield from ((f"{module}:{target.id}", text) for text in said if isinstance(text, str))


MADE = sorted({text: place for place, text in messages() if VIETNAMESE.search(re.sub("⟨.*?⟩", "", text))}.items())


def test_the_messages_of_every_room_are_found() -> None:
    rooms = {place.split("/")[0].split(":")[0] for _, place in MADE}
    assert {"ingest", "normalise", "outline", "export", "store", "status", "commands", "steps.py"} <= rooms
    assert len(MADE) > 150  # a walk that misses most would hold nothing


@pytest.mark.parametrize(("message", "place"), MADE)
def test_every_message_has_its_english(message: str, place: str) -> None:
    english = told(message, "en")
    assert not VIETNAMESE.search(re.sub("“.*?”|⟨.*?⟩", "", english)), f"{place}: add it to pipeline/english"
    assert set(re.findall("⟨.*?⟩", message)) <= set(re.findall("⟨.*?⟩", english))  # no fact is lost


@pytest.mark.parametrize("vietnamese", PAIRS)
def test_a_pair_has_the_same_slots(vietnamese: str) -> None:
    slots, english = set(SLOT.findall(vietnamese)), set(SLOT.findall(PAIRS[vietnamese]))
    assert english <= slots
    # of the one message that is in both languages, the English half is told
    assert slots - english <= {"command"}
    assert told(SLOT.sub(r"<\1>", vietnamese), "en") == SLOT.sub(r"<\1>", PAIRS[vietnamese])


@pytest.mark.parametrize(
    ("message", "english"),
    [
        # a part that is told itself, inside one that is
        (
            "Tệp mang đuôi .doc nhưng thật ra là tệp nén RAR, chương trình chưa đọc được. Hãy giải nén rồi đưa các tệp bên "
            "trong vào, hoặc nén lại thành .zip.",
            "The file ends in .doc but is a RAR archive, which is not read yet. Unpack it and give the files in it, or pack "
            "them as .zip.",
        ),
        # line by line, the last of them not known
        ("thiếu lệnh.\nthiếu lệnh.\nx", "a command is missing.\na command is missing.\nx"),
        # words of a document in a message are repeated, also where they are a message themselves
        (
            "Chữ nhận dạng “thiếu lệnh.” được hiểu là “{meant}”. Hãy đối chiếu nếu quan trọng.",
            "The recognised word “thiếu lệnh.” is taken for “{meant}”. Compare it where it matters.",
        ),
        ("The file is open in another program.", "The file is open in another program."),
        ("Một câu chưa ai dịch.", "Một câu chưa ai dịch."),
        ("", ""),
    ],
)
def test_what_is_told(message: str, english: str) -> None:
    assert told(message, "en") == english
    assert told(message, "vi") == message


def test_many_and_long_messages_are_told_quickly() -> None:
    began = time.process_time()
    for number in range(2_000):
        told(f"Chữ nhận dạng “x{number}” được hiểu là “y{number}”. Hãy đối chiếu nếu quan trọng.", "en")
    assert "” is taken for “" in told(f"Chữ nhận dạng “{'” ' * 20_000}” được hiểu là “y”. Hãy đối chiếu nếu quan trọng.", "en")
    assert time.process_time() - began < 5  # a tenth of it on the slowest machine seen


def test_every_kind_of_document_has_its_english() -> None:
    assert {rule["name"] for rule in ruleset.load()["types"]} == set(KINDS)
