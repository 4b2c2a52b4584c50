"""The evaluation of a family on a terminal: figures, on demand mistakes with both quotations, and two runs compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.padding import Padding
from rich.text import Text

from pipeline.compare.wording import KIND_NAMES
from pipeline.evaluate.families import changes, figures
from pipeline.evaluate.family_model import Counted, FamilyEvaluation, FamilyMistake
from pipeline.evaluate.table import short, shown, table
from pipeline.terminal import clean, console

__all__ = ["print_changes", "print_evaluation", "print_mistakes"]

TEXTS: dict[str, dict[str, Any]] = {
    "vi": {
        "heads": ("Đáp án", "Kết quả", "Đúng", "P", "R", "F1"),
        "documents": "Họ văn bản ({count} văn bản)",
        "families": "họ (theo văn bản cấp trên)",
        "members": "văn bản trong họ",
        "values": "Thông tin từng văn bản",
        "value": ("Thông tin", "Số", "Đúng", "Tỷ lệ"),
        "names": {
            "family": "họ văn bản", "parent": "cấp trên trực tiếp", "top": "văn bản gốc", "body": "cơ quan",
            "level": "cấp", "commune": "xã, phường", "province": "tỉnh", "days": "số ngày sau cấp trên",
            "link": "liên kết", "union": "cùng một nhiệm vụ", "links": "liên kết", "families": "họ văn bản",
            "members": "văn bản trong họ", "all findings": "mọi phát hiện",
            "mean of kinds": "trung bình các loại phát hiện",
        },
        "tasks": "Nhiệm vụ: liên kết và phát hiện theo loại",
        "task": "Loại",
        "all": "Mọi phát hiện",
        "mean": "Trung bình các loại",
        "unread": "Không có nhiệm vụ nào trong kết quả bắt đầu bằng chữ của đáp án ({count}):",
        "mistakes": "Sai sót ({count})",
        "sorts": {"missed": "bỏ sót", "false": "thừa", "wrong": "sai"},
        "wrong": "đúng là {wanted}; kết quả {given}",
        "nothing": "(không có)",
        "parent": "cấp trên",
        "plan": "kế hoạch",
        "plans": "gồm",
        "first": "một dòng",
        "second": "dòng kia",
        "read": "đọc từ",
        "differences": "So với lần trước",
        "difference": ("Số đo", "Trước", "Nay", "Chênh lệch"),
        "same": "Không số đo nào thay đổi.",
        "came": "Sai sót mới ({count})",
        "gone": "Sai sót đã hết ({count})",
    },
    "en": {
        "heads": ("Gold", "Given", "Right", "P", "R", "F1"),
        "documents": "Families ({count} documents)",
        "families": "families (by their parent)",
        "members": "documents in them",
        "values": "What is said of each document",
        "value": ("Value", "Of", "Right", "Share"),
        "names": {
            "family": "family", "parent": "direct parent", "top": "topmost document", "body": "body", "level": "level",
            "commune": "commune", "province": "province", "days": "days after the parent", "link": "link",
            "union": "one task", "links": "links", "families": "families", "members": "documents in families",
            "all findings": "all findings", "mean of kinds": "mean of the kinds",
        },
        "tasks": "Tasks: links, and findings by kind",
        "task": "Kind",
        "all": "All findings",
        "mean": "Mean of the kinds",
        "unread": "No task of the comparison begins with these words of the gold ({count}):",
        "mistakes": "Mistakes ({count})",
        "sorts": {"missed": "missed", "false": "false", "wrong": "wrong"},
        "wrong": "right is {wanted}; given {given}",
        "nothing": "(nothing)",
        "parent": "parent",
        "plan": "plan",
        "plans": "of",
        "first": "one row",
        "second": "the other",
        "read": "read from",
        "differences": "Against the run before",
        "difference": ("Measure", "Before", "Now", "Difference"),
        "same": "No figure has changed.",
        "came": "New mistakes ({count})",
        "gone": "Mistakes gone ({count})",
    },
}  # fmt: skip


def print_evaluation(found: FamilyEvaluation, lang: str) -> None:
    """Prints all figures."""
    texts, out = TEXTS[lang], console()
    families = [_row(texts[name], counted) for name, counted in
                (("families", found.families), ("members", found.members))]  # fmt: skip
    out.print(table(texts["documents"].format(count=found.documents), ("", *texts["heads"]), families))
    values = [
        (texts["names"][name], str(share.of), str(share.right), shown(share.right / share.of if share.of else None))
        for name, share in found.values.items()
    ]
    out.print(table(texts["values"], texts["value"], values))
    rows = list(_task_rows(found, lang))
    if rows:
        out.print(table(texts["tasks"], (texts["task"], *texts["heads"]), rows))
    if found.unread:
        out.print(Text(texts["unread"].format(count=len(found.unread))))
        for document, words in found.unread:
            out.print(Padding(Text(clean(f"{document}: “{short(words)}”")), (0, 0, 0, 1)))


def _task_rows(found: FamilyEvaluation, lang: str) -> Iterator[tuple[str, ...]]:
    texts = TEXTS[lang]
    if found.links is not None:
        yield _row(texts["names"]["links"], found.links)
    for kind, counted in (found.findings or {}).items():
        yield _row(KIND_NAMES[lang][kind], counted)
    if found.all_findings is not None:
        yield _row(texts["all"], found.all_findings)
        yield (texts["mean"], "", "", "", "", "", shown(found.by_kind))
    if found.union is not None:
        yield _row(texts["names"]["union"], found.union)


def _row(name: str, counted: Counted) -> tuple[str, ...]:
    shares = (counted.precision, counted.recall, counted.f1)
    return (name, str(counted.gold), str(counted.given), str(counted.right), *map(shown, shares))


def print_mistakes(found: FamilyEvaluation, lang: str) -> None:
    """Prints every mistake with the words of both sides, document by document."""
    console().print(Text(TEXTS[lang]["mistakes"].format(count=len(found.mistakes)), style="bold"))
    _print(found.mistakes, lang)


def _print(mistakes: tuple[FamilyMistake, ...] | list[FamilyMistake], lang: str) -> None:
    out, document = console(), ""
    # A stable sort: within a document, what is measured first stands first.
    for mistake in sorted(mistakes, key=lambda one: one.document):
        if mistake.document != document:
            document = mistake.document
            out.print(Text(f"\n{clean(document)}", style="bold"))
        first, *others = _lines(mistake, lang)
        out.print(Padding(Text(first), (0, 0, 0, 1)))
        for line in others:
            out.print(Padding(Text(line), (0, 0, 0, 4)))


def _lines(mistake: FamilyMistake, lang: str) -> Iterator[str]:
    texts = TEXTS[lang]
    name = texts["names"].get(mistake.what) or KIND_NAMES[lang][mistake.what]
    amount = "" if mistake.amount is None else f" ({mistake.amount:.4g})"
    head = f"{name}: {texts['sorts'][mistake.sort]}{amount}"
    if mistake.sort == "wrong":
        wanted, given = (short(value) or texts["nothing"] for value in (mistake.wanted, mistake.given))
        yield clean(f"{head}: {texts['wrong'].format(wanted=wanted, given=given)}")
        return
    yield clean(head)
    for label, words in _sides(mistake, texts):
        if words:
            yield clean(f"{label}: “{short(words)}”")


def _sides(mistake: FamilyMistake, texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    if mistake.what == "family":
        return ((texts["plans"], mistake.plan),)
    if mistake.what == "union":
        return ((texts["first"], mistake.parent), (texts["second"], mistake.plan))
    return ((texts["parent"], mistake.parent), (texts["read"], mistake.given), (texts["plan"], mistake.plan))


def print_changes(before: FamilyEvaluation, after: FamilyEvaluation, lang: str) -> None:
    """Prints the figures of two runs that differ, and the mistakes that are new or gone."""
    texts, out = TEXTS[lang], console()
    old, new = figures(before), figures(after)
    rows = [
        (_named(name, lang), shown(old[name]), shown(figure), f"{figure - old[name]:+.3f}")
        for name, figure in new.items()
        if name in old and figure != old[name]
    ]
    if rows:
        out.print(table(texts["differences"], texts["difference"], rows))
    else:
        out.print(Text(f"{texts['differences']}: {texts['same']}"))
    for key, mistakes in zip(("came", "gone"), changes(before, after), strict=True):
        if mistakes:
            out.print(Text(texts[key].format(count=len(mistakes)), style="bold"))
            _print(mistakes, lang)


def _named(figure: str, lang: str) -> str:
    return str(TEXTS[lang]["names"].get(figure) or KIND_NAMES[lang][figure])
