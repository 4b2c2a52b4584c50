"""Families of documents: their gold guards itself, and the comparison reaches on them what is asked of it.

The tables of docs/accuracy.md are what `dondoc evaluate` finds for this code; ``DONDOC_REGENERATE=1`` writes them anew,
and `test_accuracy` fails while that switch is on.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from test_corpus import EVALUATED, SHARED_WORDS_OF_HANDS, passages
from test_corpus import NAMES as CORPUS_NAMES

import pipeline
from pipeline import ruleset
from pipeline.compare import compare
from pipeline.compare.model import ADDED, COVERAGE, KINDS
from pipeline.evaluate.families import evaluate
from pipeline.evaluate.family_gold import Gold, read_gold
from pipeline.evaluate.family_model import FamilyEvaluation
from pipeline.export.comparison import write

ROOT = Path(__file__).resolve().parent.parent
FAMILIES = ROOT / "corpus" / "families"
ACCURACY = ROOT / "docs" / "accuracy.md"
# The family that the rules were made with, three in other hands, each compared once before any rule was changed for it, one
# without its parent at hand, and documents that look alike and are no family.
OWN, OTHER, THIRD, FOURTH, WITHOUT_PARENT, ALIKE = FOLDERS = (
    "pho-bien-phap-luat",
    "phong-chay",
    "suc-khoe-dien-tu",
    "ocop-du-lich",
    "an-toan-thuc-pham",
    "giong-nhau",
)
OTHERS = (OTHER, THIRD, FOURTH)
DOCUMENTS = [(folder, path.stem) for folder in FOLDERS for path in sorted((FAMILIES / folder / "docs").glob("*.txt"))]
DEADLINES = {kind for kind in KINDS if kind.startswith("deadline-")} - {"deadline-less-precise"}  # one of these at most

# What is asked of the comparison on its own family: F1 of the links, and of each kind of finding.
LINKS, FINDINGS = 0.93, 0.9
# The kinds that do not reach it yet, with what they reach at least. One that does reach it has to leave this table.
SHORT = {
    "partly": 0.58,
    "missing": 0.82,
    "added": 0.87,
    "product-lost": 0.86,
}
# The families in other hands were met once and are not what rules are asked on; they are only not to get worse.
OTHER_LINKS, OTHER_FINDINGS = 0.93, 0.85
# What is said wrongly of documents. One that is said rightly has to leave this table.
WRONG = {
    # Neither names its province, which only the parent says.
    (OTHER, "kh-ubnd-phuong-vinh-truong-phong-chay", "province"),
    (OTHER, "kh-ubnd-xa-yen-hop-phong-chay", "province"),
}
# Tasks of the gold that are not read yet. One that is has to leave this table.
UNREAD = ((FOURTH, "kh-ubnd-xa-phu-trach-ha-ocop", "Phòng Văn hóa - Xã hội 6 tháng"),)


def text_of(folder: str, name: str) -> str:
    return (FAMILIES / folder / "docs" / f"{name}.txt").read_text("utf-8")


@cache
def gold_of(folder: str) -> Gold:
    return read_gold(FAMILIES / folder)


@cache
def joined(folder: str, name: str) -> str:
    """The text on one line: a phrase may run over the end of a line, or over a page number."""
    return " ".join(re.sub(r"(?m)^\s*\d{1,3}\s*$", "", text_of(folder, name)).split())


def phrases(folder: str) -> set[tuple[str, str]]:
    """Every phrase of the gold with the document that it is of."""
    gold = gold_of(folder)
    found = {(row.document, row.words) for row in gold.union or ()}
    for link in gold.links or ():
        found |= {(gold.documents[link.plan].parent, link.parent_words), (link.plan, link.plan_words)}
    for one in gold.findings or ():
        found.add((one.plan if one.kind == ADDED else gold.documents[one.plan].parent, one.words))
    return found


# ── the gold ───────────────────────────────────────────────────────────────────────────────


def test_every_folder_is_known() -> None:
    assert sorted(path.name for path in FAMILIES.iterdir() if path.is_dir()) == sorted(FOLDERS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_documents_and_gold_pair(folder: str) -> None:
    assert sorted(gold_of(folder).documents) == sorted(name for other, name in DOCUMENTS if other == folder)


def test_no_name_stands_twice() -> None:
    names = [*CORPUS_NAMES, *(name for _, name in DOCUMENTS)]
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize(("folder", "name"), DOCUMENTS)
def test_text_is_composed_unicode(folder: str, name: str) -> None:
    assert unicodedata.is_normalized("NFC", text_of(folder, name))


@pytest.mark.parametrize("folder", FOLDERS)
def test_tables_are_composed_unicode_and_no_line_stands_twice(folder: str) -> None:
    for path in sorted((FAMILIES / folder).glob("*.tsv")):
        lines = path.read_text("utf-8").splitlines()
        assert unicodedata.is_normalized("NFC", "\n".join(lines))
        assert [line for line, count in Counter(lines).items() if count > 1] == [], path


@pytest.mark.parametrize("folder", [OWN, OTHER, WITHOUT_PARENT])
def test_every_phrase_stands_once_in_its_document(folder: str) -> None:
    found = phrases(folder)
    assert len(found) > 40
    assert {(name, words): joined(folder, name).count(words) for name, words in found} == dict.fromkeys(found, 1)


@pytest.mark.parametrize("folder", [OWN, OTHER])
def test_each_task_of_a_parent_has_one_coverage_in_each_plan(folder: str) -> None:
    gold = gold_of(folder)
    for parent, plans in gold.families.items():
        lines = Counter((one.plan, one.words) for one in gold.findings if one.plan in plans and one.kind in COVERAGE)
        tasks = {words for _, words in lines}
        assert tasks, parent
        assert lines == {(plan, words): 1 for plan in plans for words in tasks}


@pytest.mark.parametrize("folder", [OWN, OTHER])
def test_links_agree_with_findings(folder: str) -> None:
    gold = gold_of(folder)
    linked = {(link.plan, link.parent_words) for link in gold.links}
    of_kind = {kind: {(one.plan, one.words) for one in gold.findings if one.kind == kind} for kind in KINDS}
    assert of_kind["covered"] | of_kind["partly"] == linked
    # a row that carries out a task of the parent is not the plan's own
    assert not of_kind["added"] & {(link.plan, link.plan_words) for link in gold.links}
    for kind in set(KINDS) - {*COVERAGE, ADDED}:
        assert of_kind[kind] <= linked, kind
    deadlines = Counter(pair for kind in DEADLINES for pair in of_kind[kind])
    assert max(deadlines.values()) == 1
    assert not of_kind["cadence-weaker"] & of_kind["cadence-stronger"]
    assert not of_kind["lead-missing"] & of_kind["lead-several"]


def test_every_kind_occurs_several_times() -> None:
    counts = Counter(one.kind for one in gold_of(OWN).findings)
    assert {kind for kind in KINDS if counts[kind] < 5} == set()


@pytest.mark.parametrize("folder", FOLDERS)
def test_days_are_those_between_the_dates(folder: str) -> None:
    documents = gold_of(folder).documents
    for name, document in documents.items():
        if document.parent in documents:
            assert document.days == (dated(folder, name) - dated(folder, document.parent)).days, name


def dated(folder: str, name: str) -> dt.date:
    """The date of the letterhead, or of a line “Ngày ban hành”: the first that is written out."""
    day, month, year = re.search(r"ngày (\d+) tháng (\d+) năm (\d{4})", joined(folder, name)).groups()
    return dt.date(int(year), int(month), int(day))


@pytest.mark.skipif(not EVALUATED.is_dir(), reason="the documents of the evaluation are not here")
@pytest.mark.parametrize(("folder", "name"), DOCUMENTS)
def test_no_passage_is_shared_with_the_evaluated_documents(folder: str, name: str) -> None:
    own = passages(text_of(folder, name), SHARED_WORDS_OF_HANDS)
    shared = {
        path.name: [" ".join(run) for run in own & passages(path.read_text("utf-8"), SHARED_WORDS_OF_HANDS)]
        for path in sorted(EVALUATED.glob("*.txt"))
    }
    assert shared
    assert {name: runs for name, runs in shared.items() if runs} == {}


# ── the figures ────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FamilyEvaluation]:
    """What is written for each folder, measured."""
    rules, found = ruleset.load(), {}
    for folder in FOLDERS:
        documents = [FAMILIES / folder / "docs" / f"{name}.txt" for other, name in DOCUMENTS if other == folder]
        path = tmp_path_factory.mktemp(folder) / "x.json"
        write(compare(pipeline.extract(pipeline.read(path)) for path in documents), path, "vi", rules)
        found[folder] = evaluate(FAMILIES / folder, path)
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_families_and_tops_are_right(folder: str, measured: dict[str, FamilyEvaluation]) -> None:
    found = measured[folder]
    for counted in (found.families, found.members):
        assert counted.gold == counted.given == counted.right
    for value in ("parent", "top"):
        assert found.values[value].right == found.values[value].of == len(gold_of(folder).documents)


def test_documents_that_look_alike_are_no_family(measured: dict[str, FamilyEvaluation]) -> None:
    assert (measured[ALIKE].families.gold, measured[ALIKE].families.given) == (0, 0)


def test_what_is_said_of_documents(measured: dict[str, FamilyEvaluation]) -> None:
    wrong = {(folder, one.document, one.what) for folder in FOLDERS for one in measured[folder].mistakes if one.sort == "wrong"}
    assert wrong == WRONG


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_task_of_the_gold_was_read(folder: str, measured: dict[str, FamilyEvaluation]) -> None:
    assert measured[folder].unread == tuple((name, words) for place, name, words in UNREAD if place == folder)


def test_links_of_the_family(measured: dict[str, FamilyEvaluation]) -> None:
    assert measured[OWN].links.f1 >= LINKS


@pytest.mark.parametrize("kind", KINDS)
def test_findings_of_a_kind(kind: str, measured: dict[str, FamilyEvaluation]) -> None:
    f1 = measured[OWN].findings[kind].f1
    assert f1 >= SHORT.get(kind, FINDINGS)
    assert kind not in SHORT or f1 < FINDINGS, "it is reached: take the kind out of SHORT"


@pytest.mark.parametrize("folder", OTHERS)
def test_the_families_in_other_hands(folder: str, measured: dict[str, FamilyEvaluation]) -> None:
    assert measured[folder].links.f1 >= OTHER_LINKS
    assert measured[folder].all_findings.f1 >= OTHER_FINDINGS


# ── the tables of docs/accuracy.md ─────────────────────────────────────────────────────────


def kinds_table(own: FamilyEvaluation, others: list[tuple[FamilyEvaluation, FamilyEvaluation]]) -> list[str]:
    """A line for the links and for each kind: figures of the own family, and F1 of each other, first and now."""
    every = [own, *(one for both in others for one in both)]
    rows = [("links", [one.links for one in every])]
    rows += [(f"`{kind}`", [one.findings.get(kind) for one in every]) for kind in KINDS]
    rows.append(("**all findings**", [one.all_findings for one in every]))
    lines = []
    for name, (mine, *theirs) in rows:
        cells = [str(mine.gold), shown(mine.precision), shown(mine.recall), shown(mine.f1)]
        for before, after in zip(theirs[::2], theirs[1::2], strict=True):
            cells += [str(before.gold), shown(before.f1), shown(after.f1)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    means = ["", "", "", shown(own.by_kind)]
    heads = [f"`{OWN}`: gold", "P", "R", "F1"]
    for name, (before, after) in zip(OTHERS, others, strict=True):
        means += ["", shown(before.by_kind), shown(after.by_kind)]
        heads += [f"`{name}`: gold", "F1, first contact", "F1 now"]
    return [
        f"| | {' | '.join(heads)} |",
        f"|---{'|---' * len(heads)}|",
        *lines,
        f"| mean of the kinds | {' | '.join(means)} |",
    ]


def folders_table(measured: dict[str, FamilyEvaluation]) -> list[str]:
    """A line for each folder: families and what is said of documents, right of all."""
    heads = ("documents", "families", "false families", "direct parent", "topmost", "body, level", "commune", "province",
             "days", "union, F1")  # fmt: skip
    lines = [f"| | {' | '.join(heads)} |", f"|---{'|---' * len(heads)}|"]
    for folder in FOLDERS:
        found = measured[folder]
        shares = {name: f"{share.right} / {share.of}" if share.of else "–" for name, share in found.values.items()}
        issuer = f"{shares['body']}, {shares['level']}"
        families = f"{found.families.right} / {found.families.gold}"
        false = str(found.families.given - found.families.right)
        union = "–" if found.union is None else shown(found.union.f1)
        cells = [str(found.documents), families, false, shares["parent"], shares["top"], issuer, shares["commune"],
                 shares["province"], shares["days"], union]  # fmt: skip
        lines.append(f"| `{folder}` | {' | '.join(cells)} |")
    return lines


def shown(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"


def test_the_tables_are_what_is_measured(measured: dict[str, FamilyEvaluation]) -> None:
    others = [(evaluate(FAMILIES / name, FAMILIES / name / "first.json"), measured[name]) for name in OTHERS]
    tables = "\n".join([*folders_table(measured), "", *kinds_table(measured[OWN], others)])
    text = ACCURACY.read_text("utf-8")
    between = re.compile(r"(?<=<!-- families: written by tests/test_families.py -->\n).*?(?=\n<!-- end of families -->)", re.DOTALL)
    if os.environ.get("DONDOC_REGENERATE") == "1":
        text = between.sub(lambda _: tables, text)
        ACCURACY.write_text(text, encoding="utf-8", newline="\n")
    assert between.search(text).group() == tables
