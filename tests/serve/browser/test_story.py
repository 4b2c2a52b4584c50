"""The day of an officer: from three files that are dropped to a tracker that holds what was decided."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
from serving import ROOT, Serving
from windows import NOTICE, PATIENCE, PLAN, SENT, Window, lit, review, send

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LEAD = "Phòng Văn hóa - Xã hội"
MISSED = "Các phòng, trung tâm xác định đây là nhiệm vụ thường xuyên của người đứng đầu"
FILES = """files => {
    const held = new DataTransfer();
    for (const { name, bytes } of files) held.items.add(new File([new Uint8Array(bytes)], name));
    return held;
}"""


def test_from_three_files_to_a_tracker(window: Window, server: Serving, tmp_path: Path) -> None:
    page = window.open("/van-ban")
    drop(page, *SENT)
    review(page, "18/KH-UBND")
    rows = page.locator(".row")
    count = rows.count()
    hover_lights_up(page)
    first = correct_by_keyboard(page)
    parts = split(page)
    assert rows.count() == count + 1
    add_and_undo(page, count + 2)
    added = add(page, count + 2)
    confirm_all(page, count + 2)
    tracker = table(exported(page, tmp_path))
    assert tracker[first]["Đơn vị chủ trì"] == LEAD
    assert f"{tracker[first]['Thời hạn']:%Y-%m-%d}" == "2026-06-30"
    assert tracker[first]["Hạn theo văn bản"] == "quý II/2026"
    assert {*parts, added} <= tracker.keys()
    assert len(tracker) == count + 2
    page.go_back()
    page.wait_for_load_state("load")
    before = rows.all_inner_texts()
    again(page, server)
    assert rows.all_inner_texts() == before


def drop(page: Page, *paths: Path) -> None:
    """Drops files, and waits for the rows that the server tells of."""
    files = [{"name": path.name, "bytes": list(path.read_bytes())} for path in paths]
    held = page.evaluate_handle(FILES, files)
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event("#send", event, {"dataTransfer": held})
    page.locator("[data-state=done]").nth(len(paths) - 1).wait_for(timeout=PATIENCE)
    assert page.locator("tbody .said.good").count() == len(paths)
    assert all(int(rows) for rows in page.locator("td[data-label='Số dòng']").all_inner_texts())


def hover_lights_up(page: Page) -> None:
    value = page.locator(".row .value[data-field=lead]", has_text="Công an xã").first
    value.hover()
    assert lit(page, "now") == ["Công an xã"]
    assert page.inner_text("[data-said]") == "Chủ trì đọc từ: “Công an xã”"


def correct_by_keyboard(page: Page) -> str:
    """A unit from the list of names and a day in words; returns what the row says."""
    task = page.locator(".row", has_text="Rà soát, thống kê máy tính").first
    for _ in range(int(task.get_attribute("data-number") or 0)):
        page.keyboard.press("j")
    text = page.inner_text(".row.current .field-text dd")
    page.keyboard.press("l")
    page.locator("#box-lead:focus").wait_for()
    page.keyboard.type("phong van hoa")
    page.locator(".completions li", has_text=LEAD).first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.locator(".completions [aria-selected=true]").inner_text() == LEAD
    page.keyboard.press("Enter")
    assert page.input_value("#box-lead") == LEAD
    page.keyboard.press("Enter")
    current(page, "lead", LEAD).wait_for()
    page.keyboard.press("d")
    page.locator("#box-due:focus").wait_for()
    page.keyboard.type("quý II/2026")
    page.locator("#box-due-hint", has_text="Hiểu là: Thời hạn 30/06/2026").wait_for()
    page.keyboard.press("Enter")
    current(page, "due", "30/06/2026").wait_for()
    assert current(page, "lead", "trước: Phòng Kinh tế").count() == 1
    assert current(page, "due", "trước: 31/03/2026").count() == 1
    return text


def split(page: Page) -> tuple[str, str]:
    """Two tasks of one; returns what they say."""
    row = page.locator(".row", has_text="lắp đặt bổ sung camera an ninh").first
    row.locator(".field-text dd").click()
    page.keyboard.press("s")
    box = page.locator("#box-parts:focus")
    words = box.input_value()
    at = words.index(" và đập tràn")
    box.evaluate("(box, at) => box.setSelectionRange(at, at)", at)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    box.wait_for(state="detached")
    return words[:at], words[at + 1 :]


def select(page: Page, words: str) -> None:
    page.locator(".paper p", has_text=words).click(click_count=3)


def add(page: Page, count: int) -> str:
    """A task of words that were missed; returns what the new row says."""
    select(page, MISSED)
    page.keyboard.press("a")
    page.locator(".row").nth(count - 1).wait_for(state="attached")
    text = page.locator(".row.current .field-text dd")
    text.filter(has_text=MISSED).wait_for()
    return text.inner_text()


def add_and_undo(page: Page, count: int) -> None:
    assert add(page, count).startswith(MISSED)
    page.keyboard.press("u")
    page.locator("#notice", has_text="Đã hoàn tác.").wait_for()
    assert page.locator(".row").count() == count - 1


def confirm_all(page: Page, count: int) -> None:
    page.get_by_role("button", name="Xác nhận mọi dòng đang hiện").click()
    page.locator("#review-counts", has_text=f"{count} dòng · 0 cần rà soát · {count} đã xác nhận").wait_for()
    assert page.locator(".row .tag.confirmed").count() == count


def exported(page: Page, folder: Path) -> Path:
    page.get_by_role("link", name="Xuất văn bản này").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Sổ theo dõi Excel").click()
    path = folder / "sổ.xlsx"
    coming.value.save_as(path)
    return path


def table(path: Path) -> dict[str, dict[str, Any]]:
    """What the workbook says of each task, tasks and targets."""
    book = openpyxl.load_workbook(path)
    found: dict[str, dict[str, Any]] = {}
    for name in ("Nhiệm vụ", "Chỉ tiêu"):
        rows = list(book[name].iter_rows(values_only=True))
        head = next(at for at, row in enumerate(rows) if "Nội dung nhiệm vụ" in row)
        for row in rows[head + 1 :]:
            one = dict(zip(rows[head], row, strict=True))
            if one["Nội dung nhiệm vụ"]:
                found[one["Nội dung nhiệm vụ"]] = one
    return found


def again(page: Page, server: Serving) -> None:
    """The same document is sent again, and converted into the same database by the command line."""
    url = page.url
    page.goto(f"{server.url}/van-ban")
    page.set_input_files("#files", PLAN)
    page.locator("#outcome li", has_text=PLAN.name).wait_for()
    call = [sys.executable, "-m", "pipeline", "convert", str(PLAN), "-o", server.database, "--quiet"]
    subprocess.run(call, check=True, cwd=ROOT)
    page.goto(url)


def current(page: Page, field: str, words: str) -> Locator:
    return page.locator(f".row.current .field-{field} dd", has_text=words)


def test_a_page_of_a_pdf_has_boxes_over_the_words(window: Window) -> None:
    page = window.open("/van-ban")
    send(page, NOTICE)
    review(page, "212/TB-UBND")
    page.locator(".row .value[data-field=lead]", has_text="Sở Xây dựng").first.hover()
    box = page.locator(".places i.strong").first
    box.wait_for()
    words = page.locator(".places span", has_text="Xây").all()
    place, others = box.bounding_box(), [word.bounding_box() for word in words]
    assert place is not None
    assert any(
        other and place["x"] <= other["x"] <= place["x"] + place["width"]
        and place["y"] <= other["y"] + other["height"] / 2 <= place["y"] + place["height"]
        for other in others
    )  # fmt: skip
    picture = page.locator(".sheet img").first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500


def test_rows_come_to_a_page_that_waits(window: Window) -> None:
    waiting, sending = window.open("/van-ban"), window.open("/van-ban")
    assert waiting.locator("[data-upload]").count() == 0
    send(sending, PLAN)
    waiting.locator("[data-state=done]", has_text="18/KH-UBND").wait_for(timeout=PATIENCE)
    assert waiting.inner_text("#count") == "1"
    assert [url for url in window.asked if url.endswith("/su-kien")]
