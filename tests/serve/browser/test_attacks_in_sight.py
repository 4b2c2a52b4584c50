"""A document and a file name that are full of scripts, before a real browser: on no page does any of it run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from windows import review, send

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page
    from windows import Window

RUN = "document.documentElement.dataset.ran='yes'"
IMAGE = f'<img src=x onerror="{RUN}">'
WORDS = f"""ỦY BAN NHÂN DÂN XÃ TÂN LẬP
Số: 77/KH-UBND
Tân Lập, ngày 10 tháng 2 năm 2026
KẾ HOẠCH
Về việc kiểm tra <script>{RUN}</script>{IMAGE} năm 2026
I. NHIỆM VỤ
1. Phòng Kinh tế {IMAGE} chủ trì, phối hợp với Công an xã "><svg onload="{RUN}"> rà soát đường dây nóng, báo cáo UBND xã trước ngày 30/6/2026.
2. Công an xã xây dựng javascript:{RUN} và {{{{7*7}}}} báo cáo, hoàn thành trong quý II/2026.
"""
NAME = "kế hoạch '\"><img src=x onerror=document.documentElement.dataset.ran=1>.txt"
PAGES = ("/van-ban", "/ra-soat", "/nhiem-vu", "/lich?thang=2026-06", "/so-sanh", "/tong-quan", "/xuat")


def ran(page: Page) -> bool:
    return bool(page.evaluate("'ran' in document.documentElement.dataset"))


def test_what_a_document_says_runs_nowhere(window: Window, tmp_path: Path) -> None:
    path = tmp_path / NAME.replace(">", "＞").replace("<", "＜").replace('"', "'")  # as far as Windows lets a file be named
    path.write_text(WORDS, encoding="utf-8")
    page = window.open("/van-ban")
    send(page, path)
    for address in PAGES:
        page.goto(window.url + address)
        assert not ran(page), address
    page.goto(window.url + "/van-ban")
    review(page, "77/KH-UBND")
    assert "onerror" in page.inner_text(".document-pane")  # its words are there, as words
    page.keyboard.press("j")
    for key, box in (("e", "text"), ("s", "parts"), ("l", "lead")):
        page.keyboard.press(key)
        page.locator(f"#box-{box}:focus").wait_for()
        assert not ran(page), key
        page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.locator("#box-lead:focus").wait_for()
    page.keyboard.type(IMAGE)  # what is typed comes back as words too: in its hint, its value, its log
    page.locator("#box-lead-hint", has_text="onerror").wait_for()
    page.keyboard.press("Enter")
    page.locator(".row.current .field-lead dd", has_text="onerror").wait_for()
    page.locator(".row.current .changes summary").click()
    assert not ran(page)
    assert page.locator("main img[onerror], main svg, main script").count() == 0


def test_the_measure_itself(window: Window) -> None:
    """A script that did run would be seen, and the policy alone stops one that got into a page."""
    window.expected = ("Content Security Policy", "status of 404")  # the picture that is none
    page = window.open("/van-ban")
    page.evaluate("html => { document.querySelector('main').insertAdjacentHTML('beforeend', html) }", IMAGE)
    page.wait_for_timeout(300)
    assert page.locator("main img[onerror]").count() == 1
    assert not ran(page)
    page.evaluate(RUN)
    assert ran(page)
