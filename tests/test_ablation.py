"""corpus/mechanisms.py: each switch still turns something off. One that was moved away would measure nothing, unseen."""

from __future__ import annotations

import importlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import ingest, normalise, outline, ruleset
from pipeline.extract import extract
from pipeline.extract.lexicon import lexicon, tokens_of
from pipeline.model import Directive

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
DOCUMENTS = sorted([*(CORPUS / "docs").glob("*.txt"), *(CORPUS / "hands").glob("*/docs/*.txt")])
# The corpus is text: nothing is mended in it, only words that were recognised in a picture are.
NEEDS_SCANS = {"misread words of scans are mended"}

with pytest.MonkeyPatch.context() as path:
    path.syspath_prepend(str(CORPUS))
    mechanisms, ablation = map(importlib.import_module, ("mechanisms", "ablation"))

RULES = ruleset.load()
SOURCES = {document: ingest.read(document, ingest.Settings()) for document in DOCUMENTS}


def read_with(document: Path, rules: ruleset.Ruleset) -> Directive:
    read = normalise.normalise(SOURCES[document], rules)
    return extract(replace(read, outline=outline.build(read, rules)), rules)


@pytest.fixture(scope="module")
def plain() -> dict[Path, Directive]:
    return {document: read_with(document, RULES) for document in DOCUMENTS}


@pytest.mark.parametrize("mechanism", mechanisms.OWN, ids=lambda one: one.name)
def test_rows_change_where_a_mechanism_is_taken_away_and_come_back(mechanism, plain: dict[Path, Directive]) -> None:
    if mechanism.name in NEEDS_SCANS:
        for owner, name, _ in mechanism.patches:
            assert callable(getattr(owner, name))
        return
    with mechanisms.changed(mechanism, RULES) as rules:
        document = next((one for one in DOCUMENTS if read_with(one, rules).tasks != plain[one].tasks), None)
    assert document is not None
    assert read_with(document, RULES) == plain[document]


@pytest.mark.parametrize(
    ("text", "word", "verb"),
    [
        # no list holds it, the tagger knows it
        ("Các ấp bóc gỡ tờ rơi quảng cáo", "bóc", True),
        ("Các ấp bóc gỡ tờ rơi quảng cáo", "ấp", False),
        # the lists are believed whatever the tag
        ("Ban Tuyên giáo Huyện ủy chủ trì tuyên truyền", "chủ", True),
    ],
)
def test_a_verb_is_one_by_the_lists_or_by_its_tag(text: str, word: str, verb: bool) -> None:
    tokens = tokens_of(text)
    index = next(index for index, token in enumerate(tokens) if token.word == word)
    assert mechanisms.verbs_by_tag(lexicon(RULES), tokens, index) is verb


def test_every_third_verb_is_forgotten_and_no_other_word() -> None:
    poor = mechanisms.forgetful(RULES)
    kinds = {rule["kind"] for rule in RULES["words"]}
    lost = {kind: set(RULES.words(kind)) - set(poor.words(kind)) for kind in kinds}
    assert {kind for kind, words in lost.items() if words} == {"verb"}
    assert len(lost["verb"]) == pytest.approx(len(RULES.words("verb")) / 3, rel=0.1)


def test_every_document_with_an_answer_is_in_a_set() -> None:
    measured = [folder / "docs" for _, folder in ablation.folders()]
    assert {document.parent for document in DOCUMENTS} <= set(measured)
    assert len(measured) == len(set(measured))


def test_the_report_holds_a_row_for_each_mechanism() -> None:
    table = re.findall(r"^\| ([^|]+?) \|", (ROOT / "docs" / "ablation.md").read_text("utf-8"), re.MULTILINE)
    wanted = [one.name for one in (*mechanisms.OWN, *mechanisms.TAGS, *mechanisms.TAGS)]
    assert [name for name in table if name in wanted] == wanted
