"""The evaluation on a terminal: figures by document and type, grounding, rules, and on demand mistakes and changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.evaluate import Evaluation, Figures, compare
from pipeline.evaluate.judging import Mistake
from pipeline.evaluate.likeness import FIELDS as MEASURED
from pipeline.evaluate.table import short, shown, table
from pipeline.explanation import FIELDS
from pipeline.terminal import clean, console

__all__ = ["print_changes", "print_evaluation", "print_mistakes"]

# The figures that have a column of their own; all others stand in the list of the whole.
COLUMNS = ("gold", "rows", "task_f1", "row_f1", "lead_f1", "coordinating_f1", "due_f1", "cadence_f1", "meta")

TEXTS: dict[str, dict[str, Any]] = {
    "vi": {
        "heads": ("đáp án", "dòng", "nhiệm vụ", "cả dòng", "chủ trì", "phối hợp", "hạn", "chu kỳ", "thông tin"),
        "by-document": "Theo văn bản (F1; “cả dòng”: chủ trì, hạn và chu kỳ đều đúng)",
        "by-style": "Theo loại văn bản",
        "all": "Tất cả",
        "mean": "Trung bình các văn bản",
        "no-type": "(không ghi loại)",
        "document": "Văn bản",
        "style": "Loại",
        "measures": "Mọi số đo của cả tập",
        "measure": ("Số đo", "Giá trị"),
        "grounding": "Căn cứ: chữ mà giá trị được đọc từ đó có chứa giá trị không",
        "grounds": ("Trường", "Giá trị", "Có căn cứ", "Chứa giá trị", "Tỷ lệ"),
        "rules": "Quy tắc có lúc sai",
        "rule": ("Quy tắc", "Trường", "Số lần", "Đúng", "Sai", "Không phải nhiệm vụ"),
        "clean": "Còn {count} quy tắc không sai lần nào.",
        "unpaired": "Không có kết quả cho đáp án: {names}. Coi như bỏ sót tất cả.",
        "without-gold": "Bỏ qua {count} kết quả không có đáp án: {names}.",
        "without-text": "Không kiểm được căn cứ vì kết quả không kèm văn bản: {names}.",
        "missed": "bỏ sót",
        "swallowed": "bỏ sót (nằm trong dòng khác)",
        "extra": "không phải nhiệm vụ",
        "meta": "thông tin văn bản",
        "wrong": "{field}: đúng là {wanted}; đọc được {given}",
        "nothing": "(không có)",
        "or": " hoặc ",
        "place": "“{words}” (trang {page}, ký tự {start}–{end}; quy tắc {rule})",
        "section": "mục {section}",
        "mistakes": "Sai sót ({count})",
        "differences": "So với lần trước",
        "difference": ("Số đo", "Trước", "Nay", "Chênh lệch"),
        "same": "Không số đo nào thay đổi.",
        "changes": {
            "became-wrong": "Từ đúng thành sai ({count})",
            "new-extra": "Dòng thừa mới ({count})",
            "became-right": "Từ sai thành đúng ({count})",
            "gone-extra": "Dòng thừa đã hết ({count})",
        },
    },
    "en": {
        "heads": ("gold", "rows", "task", "whole row", "lead", "coord.", "due", "cadence", "meta"),
        "by-document": "By document (F1; “whole row”: lead, deadline and cadence all right)",
        "by-style": "By type of document",
        "all": "All",
        "mean": "Mean of the documents",
        "no-type": "(no type stated)",
        "document": "Document",
        "style": "Type",
        "measures": "All measures of the whole set",
        "measure": ("Measure", "Value"),
        "grounding": "Grounding: do the words behind a value hold it?",
        "grounds": ("Field", "Values", "With evidence", "Hold the value", "Share"),
        "rules": "Rules that were wrong at times",
        "rule": ("Rule", "Field", "Fired", "Right", "Wrong", "No task"),
        "clean": "{count} more rules were never wrong.",
        "unpaired": "No prediction for: {names}. All of it counts as missed.",
        "without-gold": "Passed over {count} predictions without gold: {names}.",
        "without-text": "Grounding not checked, the prediction holds no text: {names}.",
        "missed": "missed",
        "swallowed": "missed (inside another row)",
        "extra": "no task",
        "meta": "metadata",
        "wrong": "{field}: right is {wanted}; read {given}",
        "nothing": "(nothing)",
        "or": " or ",
        "place": "“{words}” (page {page}, characters {start}–{end}; rule {rule})",
        "section": "section {section}",
        "mistakes": "Mistakes ({count})",
        "differences": "Against the run before",
        "difference": ("Measure", "Before", "Now", "Difference"),
        "same": "No figure has changed.",
        "changes": {
            "became-wrong": "Became wrong ({count})",
            "new-extra": "New false rows ({count})",
            "became-right": "Became right ({count})",
            "gone-extra": "False rows gone ({count})",
        },
    },
}


def print_evaluation(found: Evaluation, lang: str) -> None:
    """Prints all figures."""
    texts, out = TEXTS[lang], console()
    documents = [(name, row) for name, row in found.documents.items()]
    documents += [(texts["mean"], found.mean), (texts["all"], found.total)]
    out.print(_figures(texts["by-document"], texts["document"], documents, texts))
    styles = [(style or texts["no-type"], row) for style, row in found.styles.items()]
    out.print(_figures(texts["by-style"], texts["style"], styles, texts))
    out.print(table(texts["measures"], texts["measure"], [(name, shown(v)) for name, v in found.total.items()]))
    if found.grounding:
        rows = [
            (_name(field, lang), str(g.filled), str(g.evidenced), str(g.grounded), shown(g.share))
            for field, g in found.grounding.items()
        ]
        out.print(table(texts["grounding"], texts["grounds"], rows))
    _print_rules(found, lang)
    for key, names in (
        ("unpaired", found.unpaired),
        ("without-gold", found.without_gold),
        ("without-text", found.without_text),
    ):
        if names:
            out.print(Text(clean(texts[key].format(count=len(names), names=", ".join(names)))))


def _print_rules(found: Evaluation, lang: str) -> None:
    texts, out = TEXTS[lang], console()
    wrong = [firing for firing in found.rules if firing.wrong]
    if wrong:
        rows = [(f.rule, _name(f.field, lang), str(f.fired), str(f.right), str(f.wrong), str(f.no_task)) for f in wrong]
        out.print(table(texts["rules"], texts["rule"], rows, left=2))
    if len(wrong) < len(found.rules):
        out.print(Text(texts["clean"].format(count=len(found.rules) - len(wrong))))


def _figures(title: str, head: str, rows: Iterable[tuple[str, Figures]], texts: Mapping[str, Any]) -> Table:
    cells = [(name, *(shown(row.get(column)) for column in COLUMNS)) for name, row in rows]
    return table(title, (head, *texts["heads"]), cells)


def _name(field: str, lang: str) -> str:
    return FIELDS[lang].get(field, field)


def print_mistakes(found: Evaluation, lang: str) -> None:
    """Prints every mistake with the words that it was read from, document by document."""
    texts, out = TEXTS[lang], console()
    out.print(Text(texts["mistakes"].format(count=len(found.mistakes)), style="bold"))
    document = ""
    for mistake in found.mistakes:
        if mistake.document != document:
            document = mistake.document
            out.print(Text(f"\n{clean(document)}", style="bold"))
        out.print(Padding(Text(_line(mistake, lang)), (0, 0, 0, 1)))
        for place in mistake.source:
            words = short(place["words"])
            source = texts["place"].format(**{**place, "words": words})
            out.print(Padding(Text(clean(f"← {source}")), (0, 0, 0, 4)))


def _line(mistake: Mistake, lang: str) -> str:
    texts = TEXTS[lang]
    if mistake.kind in {"field", "meta"}:
        readings = dict.fromkeys(_value(reading, lang) for reading in mistake.wanted)
        wanted = texts["or"].join(readings) or texts["nothing"]
        field = _name(mistake.field, lang) if mistake.field in MEASURED else mistake.field
        what = texts["wrong"].format(field=field, wanted=wanted, given=_value(mistake.given, lang))
    else:
        what = texts["swallowed" if mistake.kind == "missed" and mistake.source else mistake.kind]
    where = texts["meta"] if mistake.kind == "meta" else texts["section"].format(section=mistake.section or "–")
    text = f": {short(mistake.text)}" if mistake.text else ""
    return clean(f"{where}: {what}{text}")


def _value(value: Any, lang: str) -> str:
    if value is None or value in ("", []):
        return str(TEXTS[lang]["nothing"])
    parts = value if isinstance(value, list) else [value]
    return "[" + "; ".join(short(str(part)) for part in parts) + "]"


def print_changes(before: Evaluation, after: Evaluation, lang: str) -> None:
    """Prints the figures of two runs side by side, and what became right or wrong."""
    texts, out = TEXTS[lang], console()
    both, changed = compare(before, after)
    rows = [
        (name, shown(old), shown(new), f"{new - old:+.3f}") for name, (old, new) in both.items() if abs(new - old) > 0
    ]
    if rows:
        out.print(table(texts["differences"], texts["difference"], rows))
    else:
        out.print(Text(f"{texts['differences']}: {texts['same']}"))
    for kind, title in texts["changes"].items():
        ones = [change for change in changed if change.kind == kind]
        if ones:
            out.print(Text(title.format(count=len(ones)), style="bold"))
        for change in ones:
            fields = ", ".join(_name(field, lang) for field in change.fields)
            where = texts["section"].format(section=change.section or "–")
            line = f"{change.document}, {where}{f' ({fields})' if fields else ''}: {short(change.text)}"
            out.print(Padding(Text(clean(line)), (0, 0, 0, 1)))
