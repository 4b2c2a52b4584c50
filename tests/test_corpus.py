"""The corpus guards itself: gold pairs with documents, is well-formed, and says only what the documents say."""

import datetime as dt
import importlib.util
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from dateutil.rrule import rrulestr
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
EVALUATED = CORPUS.parent.parent / "shared" / "eval" / "docs"
# Documents of the corpus, and those in other hands that the rules were measured on before they were tuned on them.
SETS = (CORPUS, *(CORPUS / "hands" / hand for hand in ("one", "two", "three", "four", "five", "six", "seven")))


def documents_in(folder: Path) -> list[Path]:
    """The texts, and what some hands wrote in Word, for it has tables."""
    return sorted(path for path in (folder / "docs").iterdir() if path.suffix in {".txt", ".docx"})


PATHS = {path.stem: path for folder in SETS for path in documents_in(folder)}
FOLDERS = {name: path.parent.parent for name, path in PATHS.items()}
NAMES = sorted(FOLDERS)
CORPUS_NAMES = [name for name in NAMES if FOLDERS[name] == CORPUS]

META = {"type", "number", "issuer", "place", "date", "title", "signer_title", "signer", "recipients", "cites"}
TASK = {
    "section", "text", "kind", "lead", "coordinating", "due", "cadence", "rrule", "report_to", "deliverable", "quantity"
}  # fmt: skip
CADENCES = {
    "continuous", "daily", "weekly", "monthly", "quarterly", "semiannual", "annual", "term", "per_event", "periodic",
    "ad_hoc", "once",
}  # fmt: skip
KINDS = {"task", "target", "report"}
LISTS = {"lead", "coordinating", "cadence", "report_to", "quantity", "recipients", "cites"}

# Formulas and names that every office writes alike; a shared passage has to be longer than these.
FORMULAS = (
    "cộng hòa xã hội chủ nghĩa việt nam",
    "độc lập tự do hạnh phúc",
    "mặt trận tổ quốc việt nam",
    "tổ chức chính trị xã hội",
    "hội đồng nhân dân",
    "ủy ban nhân dân",
    "ủy ban kiểm tra đảng ủy",
    "ban thanh tra nhân dân",
    "ban giám sát đầu tư của cộng đồng",
    "mục đích yêu cầu",
    "xây dựng kế hoạch thực hiện như sau",
    "trong quá trình thực hiện nếu có khó khăn vướng mắc",
    "tăng cường sự lãnh đạo của đảng đối với công tác phòng chống",
)
SHARED_WORDS = 8
# Who wrote the documents in other hands had never seen those of the evaluation; office formulas run to eleven words.
SHARED_WORDS_OF_HANDS = 12


def text_of(name: str) -> str:
    path = PATHS[name]
    return path.read_text("utf-8") if path.suffix == ".txt" else "\n".join(lines_of(docx.Document(str(path))))


def lines_of(document) -> Iterator[str]:
    """The paragraphs and the rows of tables of a Word file, a row as the texts write it."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
            continue
        for row in block.rows:
            cells = [cell.text.replace("\n", " ") for cell in row.cells]
            yield f"| {' | '.join(cells)} |" if len(block.columns) > 2 else "\n".join(cell.text for cell in row.cells)


def gold_of(name: str) -> dict:
    return json.loads((FOLDERS[name] / "gold" / f"{name}.json").read_text("utf-8"))


def words(text: str) -> list[str]:
    """Words and numbers in lower case; page numbers on lines of their own and Markdown marks are no words."""
    text = re.sub(r"(?m)^\s*\d{1,3}\s*$", "", unicodedata.normalize("NFC", text))
    return re.findall(r"\w+", text.replace("**", "").replace("uỷ", "ủy").replace("Uỷ", "Ủy").lower())


def stands_in(part: str, whole: list[str]) -> bool:
    """Whether the words of `part` follow one another in `whole`."""
    wanted = words(part)
    return any(whole[place : place + len(wanted)] == wanted for place in range(len(whole) - len(wanted) + 1))


def readings(record: dict, field: str) -> list:
    return [record[field], *record.get(f"{field}_or", [])]


def builder():
    spec = importlib.util.spec_from_file_location("corpus_build", CORPUS / "build.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BUILD = builder()


# ── the whole ──────────────────────────────────────────────────────────────────────────────


def test_documents_and_gold_pair():
    for folder in SETS:
        documents = sorted(path.stem for path in documents_in(folder))
        assert documents == sorted(path.stem for path in (folder / "gold").glob("*.json"))
        if folder != CORPUS:
            assert documents == sorted(path.stem for path in (folder / "first").glob("*.json"))
    assert len(NAMES) == sum(len(documents_in(folder)) for folder in SETS)  # no name twice


def test_there_are_enough_documents():
    without = [name for name in NAMES if not gold_of(name)["tasks"]]
    assert len(NAMES) - len(without) >= 18
    assert len(without) >= 4
    assert sum(len(gold_of(name)["tasks"]) >= 40 for name in NAMES) >= 2


def test_every_cadence_and_kind_occurs():
    tasks = [task for name in NAMES for task in gold_of(name)["tasks"]]
    assert {code for task in tasks for code in task["cadence"]} == CADENCES
    assert {task["kind"] for task in tasks} == KINDS


# ── each document ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_text_is_composed_unicode(name):
    assert unicodedata.is_normalized("NFC", text_of(name))
    assert unicodedata.is_normalized("NFC", (FOLDERS[name] / "gold" / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_gold_has_the_agreed_shape(name):
    gold = gold_of(name)
    assert set(gold) == {"document", "meta", "tasks"}
    assert gold["document"] == PATHS[name].name
    for record, fields in [(gold["meta"], META), *((task, TASK) for task in gold["tasks"])]:
        assert set(record) >= fields
        assert {key.removesuffix("_or") for key in record} == fields
        for key, value in record.items():
            expected = list if key.endswith("_or") or key in LISTS else (str, type(None))
            assert isinstance(value, expected), (key, value)
        for key in record.keys() - fields:
            readings_given = record[key]
            assert readings_given
            assert record[key.removesuffix("_or")] not in readings_given, (key, readings_given)


@pytest.mark.parametrize("name", NAMES)
def test_cites_name_a_number_or_a_title(name):
    for cite in gold_of(name)["meta"]["cites"]:
        assert set(cite) <= {"number", "date", "issuer", "title"}
        assert cite["number"] or cite["title"]
        assert cite["date"] is None or dt.date.fromisoformat(cite["date"])


@pytest.mark.parametrize("name", NAMES)
def test_codes_dates_and_rules_are_valid(name):
    for task in gold_of(name)["tasks"]:
        assert set(readings(task, "kind")) <= KINDS
        for cadence in readings(task, "cadence"):
            assert set(cadence) <= CADENCES
            assert len(cadence) == len(set(cadence))
        for due in readings(task, "due"):
            assert due is None or dt.date.fromisoformat(due).isoformat() == due
        for rule in readings(task, "rrule"):
            assert rule is None or rrulestr(rule, dtstart=dt.datetime(2024, 1, 1))
        # A date without recurrence is done once; a recurring deadline has no one date.
        assert ("once" not in task["cadence"]) or task["due"], task["text"]
        assert task["due"] is None or task["cadence"], task["text"]
        assert task["rrule"] is None or task["due"] is None, task["text"]


@pytest.mark.parametrize("name", NAMES)
def test_task_texts_stand_in_the_document(name):
    text = text_of(name)
    whole, pages = words(text), words(" ".join(line for line in text.splitlines() if line.startswith("|")))
    for task in gold_of(name)["tasks"]:
        assert "\n" not in task["text"]
        # A table row cut by a page break does not stand together; all of its words stand in the table.
        in_table = not Counter(words(task["text"])) - Counter(pages)
        assert stands_in(task["text"], whole) or in_table, task["text"]


@pytest.mark.parametrize("name", NAMES)
def test_values_are_words_of_the_document(name):
    text = text_of(name)
    whole, table = words(text), Counter(words(" ".join(line for line in text.splitlines() if line.startswith("|"))))
    for task in gold_of(name)["tasks"]:
        values = [*task["lead"], *task["coordinating"], *task["report_to"], *task["quantity"]]
        for value in [*values, *([task["deliverable"]] if task["deliverable"] else [])]:
            assert stands_in(value, whole) or not Counter(words(value)) - table, value


@pytest.mark.parametrize("name", NAMES)
def test_metadata_is_stated_in_the_document(name):
    meta, whole = gold_of(name)["meta"], words(text_of(name))
    values = [meta[field] for field in ("number", "place", "title", "signer_title", "signer") if meta[field]]
    values += meta["recipients"] + [cite["number"] for cite in meta["cites"] if cite["number"]]
    for value in values:
        assert stands_in(value, whole), value


# ── the formats ────────────────────────────────────────────────────────────────────────────


def shown_words(path: Path) -> Counter:
    """The words of a Word file as a reader sees them: automatic counters included, a merged cell once."""
    document = docx.Document(str(path))
    numbering = document.part.numbering_part.element
    shapes = {
        int(number.get(qn("w:numId"))): next(
            abstract.find(f".//{qn('w:numFmt')}").get(qn("w:val"))
            for abstract in numbering.findall(qn("w:abstractNum"))
            if abstract.get(qn("w:abstractNumId")) == number.find(qn("w:abstractNumId")).get(qn("w:val"))
        )
        for number in numbering.findall(qn("w:num"))
    }
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    seen, found = Counter(), Counter()
    for paragraph in document.element.body.iter(qn("w:p")):
        label = ""
        number = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if number is not None:
            identity = int(number.get(qn("w:val")))
            seen[identity] += 1
            place = seen[identity]
            shape = shapes[identity]
            label = {"upperRoman": roman[min(place, 10) - 1], "decimal": str(place), "bullet": ""}.get(
                shape, chr(ord("a") + min(place, 26) - 1)
            )
        text = "".join(run.text or "" for run in paragraph.iter(qn("w:t")))
        found.update(words(f"{label} {text}" if label else f"{text} "))
    return found


@pytest.mark.parametrize("name", BUILD.FORMATS)
def test_word_files_show_the_words_of_their_text(name):
    sheet = BUILD.read_sheet(text_of(name))
    lines = [*sheet.left, *sheet.right, *(line for block in sheet.blocks for line in block)]
    # A lone number, such as the first cell of a row, is dropped by `words` on both sides alike.
    written = Counter()
    for line in lines:
        for cell in BUILD.split_row(line) if line.startswith("|") else [line]:
            written.update(words(f"{cell} "))
    assert shown_words(CORPUS / "formats" / f"{name}.docx") == written


@pytest.mark.parametrize("name", BUILD.NUMBERED)
def test_numbered_word_files_type_no_counter(name):
    document = docx.Document(str(CORPUS / "formats" / f"{name}.docx"))
    automatic = [p for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None]
    assert len(automatic) >= 15
    assert not [p.text for p in automatic if re.match(r"(?:[IVX]+|\d+)\. |[a-zđ]\) |- ", p.text)]


def test_every_document_with_a_table_has_formats():
    with_tables = {name for name in CORPUS_NAMES if "\n|" in text_of(name)}
    assert with_tables <= set(BUILD.FORMATS)
    for suffix in ("docx", "pdf"):
        made = sorted(path.stem for path in (CORPUS / "formats").glob(f"*.{suffix}"))
        assert made == sorted(BUILD.FORMATS)


MERGES = [
    # a cell over two rows, and one over two columns
    ([["a", "b"], ["^", "c"]], [((0, 0), (1, 0)), ((0, 1), (0, 1)), ((1, 1), (1, 1))]),
    ([["a", "<"], ["b", "c"]], [((0, 0), (0, 1)), ((1, 0), (1, 0)), ((1, 1), (1, 1))]),
    # a block of four: the mark points at a cell that is itself merged
    ([["a", "<"], ["^", "<"]], [((0, 0), (1, 1))]),
    # an empty cell that is not merged stays a cell of its own
    ([["a", ""], ["", "b"]], [((0, 0), (0, 0)), ((0, 1), (0, 1)), ((1, 0), (1, 0)), ((1, 1), (1, 1))]),
]


@pytest.mark.parametrize(("rows", "areas"), MERGES)
def test_merge_marks(rows, areas):
    assert BUILD.merged_areas(rows) == areas


def test_a_row_of_another_length_is_named():
    with pytest.raises(SystemExit, match="Dòng 2"):
        BUILD.merged_areas([["a", "b"], ["c"]])


# ── nothing is taken ───────────────────────────────────────────────────────────────────────


def passages(text: str, size: int = SHARED_WORDS) -> set[tuple[str, ...]]:
    """Runs of `size` words inside a line or a cell; a formula parts the line in two."""
    found = set()
    for line in re.split(r"[\n|]", text):
        joined = f" {' '.join(words(f'{line} '))} ".replace(" hoà ", " hòa ")
        for formula in FORMULAS:
            joined = joined.replace(f" {formula} ", " # ")
        for part in joined.split("#"):
            run = part.split()
            found |= {tuple(run[place : place + size]) for place in range(len(run) - size + 1)}
    return found


def test_a_taken_passage_is_found():
    taken = "Sáng mai đồng chí trưởng thôn mời bà con ra nhà văn hóa họp"
    assert passages(f"- {taken}.") & passages(f"Mở đầu. {taken}; hết.")


@pytest.mark.skipif(not EVALUATED.is_dir(), reason="the documents of the evaluation are not here")
@pytest.mark.parametrize("name", NAMES)
def test_no_passage_is_shared_with_the_evaluated_documents(name):
    size = SHARED_WORDS if FOLDERS[name] == CORPUS else SHARED_WORDS_OF_HANDS
    evaluated = {path.name: passages(path.read_text("utf-8"), size) for path in sorted(EVALUATED.glob("*.txt"))}
    assert evaluated
    own = passages(text_of(name), size)
    shared = {other: [" ".join(run) for run in own & theirs] for other, theirs in evaluated.items() if own & theirs}
    assert not shared
