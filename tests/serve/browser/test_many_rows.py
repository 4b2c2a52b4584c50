"""A document of 1,000 tasks stays quick: what is not seen is not laid out. Times are in benchmarks/serving.py."""

from __future__ import annotations

from pathlib import Path

from windows import Window, lit, review, send

from benchmarks.serving import ROWS, plan

UNSEEN = "rows => rows.filter(row => !row.firstElementChild.checkVisibility({ contentVisibilityAuto: true })).length"


def test_a_thousand_rows(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "dài.txt"
    path.write_text(plan(ROWS), "utf-8")
    page = window.open("/van-ban")
    send(page, path)
    review(page, "12/KH-UBND")
    rows = page.locator(".row")
    assert rows.count() == ROWS
    assert rows.evaluate_all(UNSEEN) > ROWS * 0.9
    page.fill("[data-search]", f"duong so {ROWS},")
    page.locator("[data-count]", has_text=f"1 trên {ROWS}").wait_for()
    page.keyboard.press("Escape")
    page.locator("[data-search]").blur()
    page.keyboard.press("j")
    assert lit(page, "lead") == ["Phòng Kinh tế"]
    page.keyboard.press("c")
    page.locator(".row.current .tag.confirmed").wait_for()
    assert rows.count() == ROWS


def test_an_answer_holds_only_what_has_changed(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "dài.txt"
    path.write_text(plan(ROWS), "utf-8")
    page = window.open("/van-ban")
    send(page, path)
    review(page, "12/KH-UBND")
    page.keyboard.press("j")
    with page.expect_response("**/sua") as coming:
        page.keyboard.press("c")
    assert coming.value.text().count("data-row=") == 1
