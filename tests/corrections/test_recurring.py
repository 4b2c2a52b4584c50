"""Corrections that recur, and the rules that are made of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corrected import RULES, correct, plan, task

from pipeline import ruleset
from pipeline.corrections.recurring import Suggestion, suggestions
from pipeline.extract.exclusions import Exclusions
from pipeline.rulecheck.checks import CHECKS
from pipeline.units import resolver_of

READ = plan()
ROWS = READ.tasks


def with_rules(folder: Path, suggestion: Suggestion) -> ruleset.Ruleset:
    (folder / suggestion.file).write_text(suggestion.entry, encoding="utf-8")
    return ruleset.load(folder)


def check(rules: ruleset.Ruleset, suggestion: Suggestion) -> list[str]:
    """What ``dondoc rules check`` says of the entry."""
    name = suggestion.file.removesuffix(".yaml")
    return list(CHECKS[name](rules[name][-1], rules))


def test_an_unknown_body_becomes_an_entry_that_reads_it(tmp_path: Path) -> None:
    names = ["Liên minh Sữa", "Liên minh Sữa xã", "Liên minh Sữa xã Tân Lộc"]
    log = [correct(seq, "edit", row, lead=[name]) for seq, (row, name) in enumerate(zip(ROWS, names, strict=False), 1)]
    assert suggestions([(READ, log[:2])], RULES) == ()
    elsewhere = [replace(log[0], document="d2")]
    (found,) = suggestions([(READ, log), (replace(READ, document="khac.txt"), elsewhere)], RULES)
    assert (found.kind, found.times, found.file) == ("unit", 4, "units.yaml")
    assert found.documents == ("ke-hoach.txt", "khac.txt")
    assert "“Liên minh Sữa” chưa có trong danh mục" in found.message
    rules = with_rules(tmp_path, found)
    for name in names:
        assert resolver_of(READ.text, READ.meta, RULES).resolve(name).canonical is None
        assert resolver_of(READ.text, READ.meta, rules).resolve(name).canonical is not None
    assert check(rules, found) == []


def test_an_unknown_body_that_was_confirmed_counts() -> None:
    odd = tuple(replace(row, lead=("Liên minh Sữa",)) for row in ROWS[:3])
    (found,) = suggestions([(replace(READ, tasks=odd), [correct(1, "confirm", *odd)])], RULES)
    assert (found.kind, found.times) == ("unit", 3)


def test_an_undone_correction_does_not_count() -> None:
    log = [correct(seq, "edit", row, lead=["Liên minh Sữa"]) for seq, row in enumerate(ROWS[:3], 1)]
    assert suggestions([(READ, [*log, correct(9, "undo", undoes=2)])], RULES) == ()


def test_words_of_a_document_do_no_harm_in_yaml(tmp_path: Path) -> None:
    hostile = 'Liên minh "Sữa": {x} # \\ &a *b !!python/object'
    log = [correct(seq, "edit", row, lead=[hostile]) for seq, row in enumerate(ROWS[:3], 1)]
    (found,) = suggestions([(READ, log)], RULES)
    assert found.entry == "" or with_rules(tmp_path, found)["units"][-1]["names"]


def test_the_same_change_of_the_same_reading_is_told() -> None:
    log = [
        correct(seq, "edit", row, lead=["Công an xã"], before={"lead": ["Phòng Kinh tế"]})
        for seq, row in enumerate(ROWS[:3], 1)
    ]
    (found,) = suggestions([(READ, log)], RULES)
    assert found.kind == "edit"
    assert found.message.startswith("Đã sửa đơn vị chủ trì “Phòng Kinh tế” thành “Công an xã” 3 lần.")
    assert found.entry == ""


def test_the_same_words_of_time_mended_are_told() -> None:
    log = [
        correct(seq, "edit", row, due=f"2026-0{seq}-01", before={"due": None, "due_text": "dịp Tết"})
        for seq, row in enumerate(ROWS[:3], 1)
    ]
    (found,) = suggestions([(READ, log)], RULES)
    assert "“dịp Tết” 3 lần" in found.message


def test_rejected_rows_that_begin_alike_become_an_exclusion(tmp_path: Path) -> None:
    said = [f"Các cơ quan (đơn vị) lưu ý điều {k}" for k in range(3)]
    rows = tuple(replace(ROWS[k], id=f"n{k}", text=text) for k, text in enumerate(said))
    directive = replace(READ, tasks=(*rows, ROWS[4]))
    log = [correct(1, "reject", *rows)]
    (found,) = suggestions([(directive, log)], RULES)
    assert (found.kind, found.times, found.file) == ("wording", 3, "exclusions.yaml")
    rules = with_rules(tmp_path, found)
    assert check(rules, found) == []
    assert all(Exclusions(rules).reason(text, "block") and not Exclusions(RULES).reason(text, "block") for text in said)
    # one that was kept begins so: no rule can tell them apart
    kept = replace(directive, tasks=(*directive.tasks, replace(ROWS[5], text=f"{said[0]} này")))
    assert suggestions([(kept, log)], RULES) == ()


def test_rows_are_told_of_once() -> None:
    row = task(READ, "hệ thống loa")
    log = [correct(1, "edit", row, lead=["Liên minh Sữa"], coordinating=["Liên minh Sữa"], report_to=["Liên minh Sữa"])]
    assert suggestions([(READ, log)], RULES) == ()
