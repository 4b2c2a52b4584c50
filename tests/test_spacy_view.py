"""A directive as a spaCy Doc: spans are where they say, and survive a DocBin; displaCy draws them without a network."""

from __future__ import annotations

import datetime as dt
import json
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin

import pipeline
from pipeline import spacy_view
from pipeline.export.document_json import as_json
from pipeline.model import Directive, Evidence, Meta, Task, UnitMention

ROOT = Path(__file__).resolve().parent.parent
# tables, labelled lines, bodies as headings, recurring times, a document without tasks
NAMES = (
    "kh-ubnd-tinh-du-lich-lang-nghe",
    "cv-so-noi-vu-sau-sap-xep",
    "kh-hdnd-xa-giam-sat-2026",
    "tb-dang-uy-xa-ket-luan-giao-ban",
    "bc-ubnd-xa-ket-qua-giam-ngheo",
)
TEXT = "Giao Sở Tài chính/Sở Nội vụ. Văn phòng UBND xã(VP) báo cáo UBND xã hằng tháng, xong trước ngày 25/3/2026;"


def place(words: str, rule: str = "planted") -> Evidence:
    start = TEXT.index(words)
    return Evidence(start, start + len(words), 1, None, rule)


def planted() -> Directive:
    """Two tasks whose values begin and end inside words of the tokenizer, touch, overlap and are shared."""
    first = Task(
        "t1", "I", 1, "Giao Sở Tài chính/Sở Nội vụ.", lead=("Sở Tài chính", "Sở Nội vụ"), coordinating=("Văn phòng UBND xã",),
        units=(UnitMention("Sở Tài chính", "so-tai-chinh/tinh", "lead"), UnitMention("Sở Nội vụ", None, "lead")),
        evidence={
            "text": (place("Giao Sở Tài chính/Sở Nội vụ."),),
            # the words of a cell: the full stop is no part of the name
            "lead": (place("Sở Tài chính"), place("Sở Nội vụ.")),
            "coordinating": (place("Văn phòng UBND xã"),),
        },
    )  # fmt: skip
    second = Task(
        "t2", "I", 2, "", kind="report", lead=("Văn phòng UBND xã",), due=dt.date(2026, 3, 25), cadence=("monthly",),
        report_to=("UBND xã",), units=(UnitMention("UBND xã", "ubnd/xa", "report_to"),),
        evidence={
            "text": (place("Văn phòng UBND xã(VP) báo cáo UBND xã"), place("hằng tháng, xong trước ngày 25/3/2026")),
            "lead": (place("Văn phòng UBND xã"),),
            "report_to": (Evidence(TEXT.rindex("UBND xã"), TEXT.rindex("UBND xã") + 7, 1, None, "planted"),),
            "due": (place("trước ngày 25/3"),),
            "due_text": (place("trước ngày 25/3"),),
            "cadence": (place("hằng tháng"), place("trước ngày 25/3")),
        },
    )  # fmt: skip
    third = replace(second, id="t3", order=3, evidence={**second.evidence, "text": (place("báo cáo"),)})
    return Directive("kh.txt", "0" * 64, "text/plain", 1, "ok", Meta(title="Kế hoạch"), tasks=(first, second, third), text=TEXT)


def shown(doc: Doc, key: str) -> list[tuple[str, str, str, list[str]]]:
    return [(span.text, span.label_, span.kb_id_, span._.tasks) for span in doc.spans[key]]


@pytest.fixture(scope="module")
def read() -> dict[str, Directive]:
    return {name: pipeline.extract(pipeline.read(ROOT / "corpus" / "docs" / f"{name}.txt")) for name in NAMES}


# ── where things stand ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_span_are_the_value(name: str, read: dict[str, Directive]) -> None:
    directive = read[name]
    doc = directive.to_spacy()
    assert doc.text == directive.text
    for task in directive.tasks:
        assert " ".join(span.text for span in doc.spans["tasks"] if span.id_ == task.id) == task.text
        units = [(span.label_, span.text) for span in doc.spans["units"] if task.id in span._.tasks]
        roles = ("lead", "coordinating", "report_to")
        assert sorted(units) == sorted((role, name) for role in roles for name in getattr(task, role))
        dates = {span.text for span in doc.spans["dates"] if task.id in span._.tasks}
        stated = {field: task.evidence.get(field, ()) for field in ("due", "cadence", "start", "due_text")}
        assert dates == {directive.text[entry.start : entry.end] for entries in stated.values() for entry in entries}


def test_the_documents_hold_what_is_tested(read: dict[str, Directive]) -> None:
    docs = [directive.to_spacy() for directive in read.values()]
    labels = {span.label_ for doc in docs for key in ("tasks", "units", "dates") for span in doc.spans[key]}
    assert {"task", "report", "lead", "coordinating", "report_to", "due", "cadence"} <= labels
    assert any(span.kb_id_ for doc in docs for span in doc.spans["units"])
    assert [len(doc.spans["tasks"]) for doc in docs][-1] == 0


def test_planted_values_are_found_in_their_place() -> None:
    doc = planted().to_spacy()
    assert shown(doc, "units") == [
        ("Sở Tài chính", "lead", "so-tai-chinh/tinh", ["t1"]),
        ("Sở Nội vụ", "lead", "", ["t1"]),
        # the same words in another role are a span of their own; several tasks share one
        ("Văn phòng UBND xã", "coordinating", "", ["t1"]),
        ("Văn phòng UBND xã", "lead", "", ["t2", "t3"]),
        ("UBND xã", "report_to", "ubnd/xa", ["t2", "t3"]),
    ]
    assert shown(doc, "dates") == [
        ("hằng tháng", "cadence", "", ["t2", "t3"]),
        ("trước ngày 25/3", "due", "", ["t2", "t3"]),
    ]
    assert [(span.text, span.label_, span.id_) for span in doc.spans["tasks"]] == [
        ("Giao Sở Tài chính/Sở Nội vụ.", "task", "t1"),
        ("Văn phòng UBND xã(VP) báo cáo UBND xã", "report", "t2"),
        ("hằng tháng, xong trước ngày 25/3/2026", "report", "t2"),
        ("báo cáo", "report", "t3"),
    ]


def test_bodies_and_times_are_entities_that_do_not_overlap() -> None:
    doc = planted().to_spacy()
    assert [(entity.text, entity.label_, entity.kb_id_) for entity in doc.ents] == [
        ("Sở Tài chính", "ORG", "so-tai-chinh/tinh"),
        ("Sở Nội vụ", "ORG", ""),
        ("Văn phòng UBND xã", "ORG", ""),
        ("UBND xã", "ORG", "ubnd/xa"),
        ("hằng tháng", "DATE", ""),
        ("trước ngày 25/3", "DATE", ""),
    ]


def test_of_two_that_overlap_the_longer_is_the_entity() -> None:
    (first, *_) = planted().tasks
    whole = replace(first, lead=("Sở Tài chính/Sở Nội vụ",), evidence={"lead": (place("Sở Tài chính/Sở Nội vụ"),)})
    doc = replace(planted(), tasks=(whole, first)).to_spacy()
    assert "Sở Tài chính/Sở Nội vụ" in [entity.text for entity in doc.ents]
    assert "Sở Tài chính" not in [entity.text for entity in doc.ents]


def test_fields_are_those_of_the_row() -> None:
    directive = planted()
    rows = {row["id"]: row for row in as_json(directive)["tasks"]}
    doc = directive.to_spacy()
    for span in doc.spans["tasks"]:
        assert {name: getattr(span._, name) for name in spacy_view.FIELDS} == {
            name: rows[span.id_][name] for name in spacy_view.FIELDS
        }
        assert span._.due == (None if span.id_ == "t1" else "2026-03-25")
    assert rows["t1"].keys() - set(spacy_view.FIELDS) == {"text", "evidence"}


@pytest.mark.parametrize(
    "text",
    [
        "",  # what could not be read has no text
        "một  hai\n\n ba\t– bốn\n",
        "chữ\ud800hỏng",  # half a surrogate pair: UTF-8 cannot hold it, the offsets stay
        "ủy ban " * 200_000,  # the pipeline of spaCy refuses a million characters, the tokenizer does not
    ],
)
def test_any_text_is_kept(text: str) -> None:
    directive = Directive("a.txt", "", "text/plain", 1, "ok", text=text)
    assert directive.to_spacy().text == text.replace("\ud800", "?")


# ── DocBin, displaCy ───────────────────────────────────────────────────────────────────────


def test_another_process_reads_a_docbin(tmp_path: Path) -> None:
    DocBin(docs=[planted().to_spacy()], store_user_data=True).to_disk(tmp_path / "plans.spacy")
    code = f"""
import json, spacy
from spacy.tokens import DocBin
from pipeline import spacy_view
spacy_view.register()
spacy_view.register()
(doc,) = DocBin().from_disk({str(tmp_path / "plans.spacy")!r}).get_docs(spacy.blank("xx").vocab)
units = [(span.text, span.label_, span.kb_id_, span._.tasks) for span in doc.spans["units"]]
tasks = [(span.text, span.label_, span.id_, span._.lead, span._.due) for span in doc.spans["tasks"]]
print(json.dumps([doc.text, units, tasks, [(e.text, e.label_, e.kb_id_) for e in doc.ents]], ensure_ascii=True))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, timeout=60)
    doc = planted().to_spacy()
    assert json.loads(done.stdout) == [
        TEXT,
        [list(unit) for unit in shown(doc, "units")],
        [[span.text, span.label_, span.id_, span._.lead, span._.due] for span in doc.spans["tasks"]],
        [[entity.text, entity.label_, entity.kb_id_] for entity in doc.ents],
    ]


def test_without_user_data_spans_stay_and_fields_are_empty() -> None:
    stored = DocBin(docs=[planted().to_spacy()], store_user_data=False).to_bytes()
    (doc,) = DocBin().from_bytes(stored).get_docs(spacy.blank("xx").vocab)
    assert [span.id_ for span in doc.spans["tasks"]] == ["t1", "t2", "t2", "t3"]
    assert {(span._.lead, *span._.tasks) for span in doc.spans["tasks"]} == {(None,)}


@pytest.mark.parametrize(
    ("style", "options", "drawn"),
    [
        ("span", {"spans_key": "units"}, ["lead", "coordinating", "report_to", "so-tai-chinh/tinh"]),
        ("span", {"spans_key": "tasks"}, ["task", "report"]),
        ("span", {"spans_key": "dates"}, ["due", "cadence"]),
        ("ent", {}, ["ORG", "DATE"]),
    ],
)
def test_displacy_draws_it_without_a_network(style: str, options: dict, drawn: list[str], monkeypatch) -> None:
    def no_network(*arguments: object, **options: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    page = displacy.render(planted().to_spacy(), style=style, options=options, page=True, jupyter=False)
    assert all(word in page for word in ["Kế hoạch", *drawn])


# ── where spaCy is not installed, or not wanted ────────────────────────────────────────────


def test_without_spacy_the_error_says_what_to_install() -> None:
    code = """
import json, sys
sys.modules["spacy"] = None  # as if it were not installed
from pipeline.errors import UsageError
from pipeline.model import Directive
try:
    Directive("a.txt", "", "text/plain", 1, "ok").to_spacy()
except UsageError as error:
    print(json.dumps([error.code, error.message]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, timeout=60)
    code, message = json.loads(done.stdout)
    assert code == "no-spacy"
    assert 'chưa cài spaCy. Hãy chạy `pip install "dondoc[nlp]"`' in message
    assert 'not installed here: run `pip install "dondoc[nlp]"`' in message


def test_reading_a_document_loads_no_spacy() -> None:
    code = (
        f"import sys, pipeline; pipeline.extract(pipeline.read({str(ROOT / 'corpus' / 'docs' / NAMES[0])!r} + '.txt')); "
        "print({'spacy', 'underthesea', 'pipeline.spacy_view'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, timeout=60)
    assert done.stdout.decode().strip() == "set()"
