"""The page of a comparison, in a real browser: what it shows, what the keys do, what it never does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline import ruleset
from pipeline.compare.model import (
    ADDED,
    COVERED,
    MISSING,
    NOT_APPLICABLE,
    PARTLY,
    Answer,
    Comparison,
    Family,
    Finding,
    Issuer,
    Link,
    Member,
    PlanColumn,
    Reference,
    Result,
)
from pipeline.compare.wording import KIND_NAMES
from pipeline.export.comparison import web_page
from pipeline.export.comparison.page_words import SHORT_STATUS
from pipeline.model import Directive, Meta, Task
from pipeline.model import Warning as Caution

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

HOSTILE = "Rà soát <script>alert(1)</script> và </script><img src=x onerror=alert(2)> </script và <!-- <script \u2028 danh mục."
LIMIT = 15_000_000  # bytes that 300 plans of 60 tasks may take


def task(number: int, text: str, **fields: Any) -> Task:
    return Task(
        **{"id": str(number), "section": f"II.{number}", "order": number, "text": text, "page": number, **fields}
    )


TASKS = (
    task(
        1,
        "Tổ chức tập huấn nghiệp vụ cho tổ hòa giải ở cơ sở.",
        lead=("Sở Tư pháp",),
        due=dt.date(2026, 6, 15),
        due_text="trước 15/6/2026",
    ),
    task(2, HOSTILE, lead=("Sở Nội vụ",)),
    task(3, "Nâng cấp Cổng thông tin điện tử của tỉnh.", deliverable="Cổng thông tin"),
)
# What a plan writes in place of the words of the first task: the words that differ are these.
REWORDED = task(
    4, "Tổ chức bồi dưỡng nghiệp vụ cho tổ hòa giải ở thôn.", due=dt.date(2026, 6, 30), due_text="trước 30/6/2026"
)
OWN = task(5, "Xây dựng tủ sách tại nhà văn hóa =1+1.", lead=("Công chức Văn hóa",))


def member(name: str, number: str, issuer: str, commune: str | None, *tasks: Task) -> Member:
    meta = Meta(
        type="kế hoạch", number=number, issuer=issuer, date=dt.date(2026, 3, 20), title=f"Trích yếu <b>{name}</b>"
    )
    directive = Directive(name, "00", "text/plain", 3, "ok", meta, tasks=tasks)
    return Member(
        directive, Issuer(issuer, "ubnd", "xa" if commune else "tinh", commune, "Vân Hải"), (Reference("9-CT/TW"),)
    )


def link(parent: Task, row: Task) -> tuple[Link, ...]:
    return (Link(parent, row, 0.875),)


def answers(first: Answer, status: str, row: Task | None) -> tuple[Answer, ...]:
    links = link(TASKS[1], row) if row else ()
    second = Answer(TASKS[1], status, links, (Finding(status, TASKS[1], (row,) if row else ()),))
    third = Answer(TASKS[2], NOT_APPLICABLE, (), (Finding(NOT_APPLICABLE, TASKS[2]),))
    return first, second, third


def result(plans: int = 0) -> Result:
    """Three plans, and more where they are asked for: one with every kind of cell, one that copies, one that forgets."""
    same, copied = task(6, TASKS[0].text), task(7, HOSTILE)
    later = Finding("deadline-later", TASKS[0], (REWORDED,), "trước 15/6/2026", "trước 30/6/2026", 15)
    reworded = Answer(
        TASKS[0], PARTLY, link(TASKS[0], REWORDED), (Finding(PARTLY, TASKS[0], (REWORDED,), amount=0.5), later)
    )
    taken = Answer(
        TASKS[0],
        COVERED,
        link(TASKS[0], same),
        (Finding(COVERED, TASKS[0], (same,)), Finding("copied", TASKS[0], (same,), amount=1.0)),
    )
    forgotten = Answer(TASKS[0], MISSING, (), (Finding(MISSING, TASKS[0]),))
    columns = [
        PlanColumn(
            member("a.txt", "1/KH-UBND", "UBND xã Đông Hòa", "Đông Hòa", REWORDED, OWN),
            answers(reworded, MISSING, None),
            (Finding(ADDED, None, (OWN,), "", OWN.text),),
            13,
        ),
        PlanColumn(
            member("b.txt", "2/KH-UBND", "UBND xã Tây Sơn", "Tây Sơn", same, copied), answers(taken, COVERED, copied)
        ),
        *(
            PlanColumn(
                member(f"c{i}.txt", f"{i}/KH-UBND", f"UBND xã Nam {i}", f"Nam {i}"), answers(forgotten, MISSING, None)
            )
            for i in range(max(1, plans - 2))
        ),
    ]
    parent = member("<script>alert(3)</script>.txt", "15/KH-UBND", "UBND tỉnh Vân Hải", None, *TASKS)
    family = Family(Reference("15/KH-UBND"), Reference("9-CT/TW"), parent, tuple(column.plan for column in columns))
    comparison = Comparison(family, TASKS, tuple(columns), (parent.document,) * len(TASKS))
    alone = member("le.txt", "7/TB-UBND", "UBND xã Lẻ Loi", "Lẻ Loi")
    return Result((comparison,), (alone,), (Caution("alone", "le.txt không thuộc họ nào </script>."),))


@dataclass
class Seen:
    """What a page did while it was open."""

    requests: list[str] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)


class Opener:
    """Writes a result and opens its page; afterwards no page may have asked for anything or complained."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.context = browser.new_context(viewport={"width": 1366, "height": 850})
        self.folder, self.seen = folder, Seen()

    def __call__(self, made: Result, lang: str = "vi") -> Page:
        path = self.folder / "so sánh.html"
        web_page.write(made, path, lang, ruleset.load())
        page = self.context.new_page()
        page.on("request", lambda request: self.seen.requests.append(request.url))
        page.on("console", lambda message: self.seen.noise.append(message.text))
        page.on("pageerror", lambda error: self.seen.noise.append(str(error)))
        page.on("dialog", self.refuse)
        page.goto(path.as_uri())
        self.address = page.url
        return page

    def refuse(self, dialog: Dialog) -> None:
        self.seen.noise.append(dialog.message)
        dialog.dismiss()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    opener = Opener(browser, tmp_path)
    yield opener
    opener.context.close()
    assert set(opener.seen.requests) <= {opener.address}
    assert not opener.seen.noise


def cells(page: Page) -> list[str]:
    return page.locator("[data-matrix] tbody td").all_inner_texts()


def filtered(page: Page) -> None:
    """Waits until the page has drawn what the filters ask for."""
    page.wait_for_timeout(400)


# ── what it shows ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_cell_says_its_coverage_in_words(opened: Opener, lang: str) -> None:
    made = result()
    page = opened(made, lang)
    said = [text.splitlines()[0] for text in cells(page)]
    names = SHORT_STATUS[lang]
    expected = [names[plan.answers[row].status] for row in range(3) for plan in made.comparisons[0].plans]
    assert [text.split(" ", 1)[1] for text in said] == expected
    assert all(not text[0].isalnum() or text[0] == "½" for text in said)  # a sign before the word
    assert page.locator("html").get_attribute("lang") == lang


def test_quotations_are_vietnamese_whatever_the_page(opened: Opener) -> None:
    page = opened(result(), "en")
    assert page.locator("[data-matrix] tbody th .task").first.get_attribute("lang") == "vi"


def test_hostile_words_are_shown_as_words(opened: Opener) -> None:
    page = opened(result())
    shown = page.locator("[data-matrix] tbody th .task").nth(1)
    assert shown.text_content() == HOSTILE
    page.locator("[data-matrix] tbody td").nth(4).click()  # the plan that copies it
    assert page.locator("#pair .text").nth(1).text_content() == " ".join(HOSTILE.split())
    body = page.inner_text("body")
    assert "<script>alert(3)</script>.txt" in body
    assert "le.txt không thuộc họ nào </script>." in body
    assert page.locator("img, b:text('a.txt')").count() == 0


def test_what_utf8_and_html_cannot_hold(opened: Opener) -> None:
    made = result()
    odd = task(9, "half \ud800 bell \x07 nul \x00 end", section="\ud83d")
    column = made.comparisons[0].plans[0]
    plan = PlanColumn(column.plan, column.answers, (Finding(ADDED, None, (odd,), "", odd.text),))
    comparison = Comparison(made.comparisons[0].family, TASKS, (plan,), made.comparisons[0].homes)
    page = opened(Result((comparison,), (), (Caution("x", "\ud800\x00 tin"),)))
    assert "half ? bell" in page.inner_text("[data-added]")
    assert "? tin" in page.inner_text(".remarks")


def test_the_page_has_the_lists(opened: Opener) -> None:
    page = opened(result())
    assert OWN.text in page.inner_text("[data-added]")
    findings = page.inner_text("[data-findings]")
    assert KIND_NAMES["vi"]["deadline-later"] in findings
    assert "+15 ngày" in findings
    assert "mục II.1, trang 1 → mục II.4, trang 4" in findings
    assert KIND_NAMES["vi"][COVERED] not in findings  # until it is asked for
    page.check("#plain")
    filtered(page)
    assert KIND_NAMES["vi"][COVERED] in page.inner_text("[data-findings]")
    assert page.locator(".ranking tbody tr").first.locator("th").inner_text() == "Tây Sơn"
    assert "le.txt" in page.inner_text("#alone")


def test_nothing_to_compare_is_said(opened: Opener) -> None:
    made = result()
    assert "Lẻ Loi" in opened(Result((), made.alone, made.remarks)).inner_text("#alone")


def test_a_union_names_whose_words_it_has(opened: Opener) -> None:
    made = result().comparisons[0]
    plan = made.plans[1]
    rows = plan.plan.directive.tasks
    whole = tuple(Answer(row, COVERED, (Link(row, row, 1.0),), (Finding(COVERED, row, (row,)),)) for row in rows)
    family = Family(made.family.reference, None, None, (plan.plan,))
    page = opened(Result((Comparison(family, rows, (PlanColumn(plan.plan, whole),), ("b.txt",) * len(rows)),)))
    page.locator("[data-matrix] tbody td").first.click()
    assert "2/KH-UBND" in page.locator("#pair h4").first.inner_text()
    assert page.locator("#pair .text mark").count() == 0


# ── filters ────────────────────────────────────────────────────────────────────────────────


def test_search_is_blind_to_diacritics(opened: Opener) -> None:
    page = opened(result())
    page.fill("#search", "BOI DUONG thon")  # stands in the plan's row alone
    filtered(page)
    assert page.locator("[data-matrix] tbody tr").count() == 1
    assert page.locator("[data-matrix] thead th").all_inner_texts()[1].startswith("Đông Hòa")
    page.click("#clear")
    filtered(page)
    assert len(cells(page)) == 9


def test_communes_kinds_and_coverage(opened: Opener) -> None:
    page = opened(result())
    page.fill("#communes", "dong hoa, tay")
    filtered(page)
    assert len(cells(page)) == 6
    page.select_option("#kind", label=f"{KIND_NAMES['vi']['deadline-later']} (1)")
    filtered(page)
    assert [text.splitlines()[-1] for text in cells(page)] == ["hạn +15"]
    assert page.locator("[data-findings] tbody tr").count() == 1
    page.click("#clear")
    filtered(page)
    for name in ("covered", "partly", "not-applicable"):
        page.uncheck(f"#statuses .{name} input")
    filtered(page)
    assert page.locator("[data-matrix] td:not(.faded)[tabindex]").count() == 3  # those missing
    assert "3 ô" in page.inner_text("#state")


def test_nothing_left_is_said(opened: Opener) -> None:
    page = opened(result())
    page.fill("#search", "không có từ này ở đâu")
    filtered(page)
    assert "Không có ô nào hợp bộ lọc." in page.inner_text("[data-matrix]")


# ── a pair, and the keys ───────────────────────────────────────────────────────────────────


def test_a_pair_marks_the_words_that_differ(opened: Opener) -> None:
    page = opened(result())
    page.locator("[data-matrix] tbody td").first.click()
    assert page.locator("#pair .text .only-left").all_inner_texts() == ["tập huấn", "cơ sở."]
    assert page.locator("#pair .text .only-right").all_inner_texts() == ["bồi dưỡng", "thôn."]
    assert [text.strip() for text in page.locator("#pair .text").all_inner_texts()] == [TASKS[0].text, REWORDED.text]
    due = page.locator("#pair .fields tr", has=page.locator("th", has_text="Thời hạn")).inner_text()
    assert "trước 15/6/2026" in due
    assert "trước 30/6/2026" in due
    assert "Hạn muộn hơn (+15 ngày)" in due
    assert "88%" in page.inner_text("#pair")  # the score of the link


def test_keys_move_open_step_and_close(opened: Opener) -> None:
    page = opened(result())
    focused = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.id"
    page.locator("[data-matrix] tbody td").first.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "End", "Home", "Control+Home"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowRight")
    assert str(page.evaluate(focused)).startswith("Nhiệm vụ 1, UBND xã Tây Sơn: Có đủ; Chép nguyên văn")
    page.keyboard.press("Enter")
    assert page.evaluate(focused) == "pair-head"
    assert page.inner_text("#pair-head") == "Nhiệm vụ 1: UBND xã Tây Sơn"
    page.keyboard.press("Escape")
    assert not page.is_visible("#pair")
    assert "Tây Sơn" in str(page.evaluate(focused))
    page.keyboard.press("p")  # what the plan before adds, the last that is said of it
    assert page.inner_text("#pair-head") == "Bổ sung riêng: UBND xã Đông Hòa"
    page.keyboard.press("n")
    assert page.inner_text("#pair-head") == "Nhiệm vụ 1: UBND xã Tây Sơn"
    assert page.inner_text("#pair .said .current") == "Chép nguyên văn (100%)"
    for _ in range(9):
        page.keyboard.press("n")
    assert page.inner_text("#pair [role=status]") == "Không còn phát hiện nào phía này."


def test_letters_typed_in_a_field_are_no_commands(opened: Opener) -> None:
    page = opened(result())
    page.locator("#search").press_sequentially("np")
    assert not page.is_visible("#pair")
    assert page.input_value("#search") == "np"


def test_one_cell_is_in_the_order_of_tab_and_the_focus_is_seen(opened: Opener) -> None:
    page = opened(result())
    assert page.locator("[data-matrix] td[tabindex='0']").count() == 1
    page.locator("[data-matrix] tbody td").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("[data-matrix] td[tabindex='0']").count() == 1
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.locator("table[role=grid]").get_attribute("aria-label")


def test_a_finding_of_the_list_opens_its_pair_and_gets_the_focus_back(opened: Opener) -> None:
    page = opened(result())
    page.locator("[data-findings] button", has_text="Mở").first.click()
    assert page.inner_text("#pair-head") == "Nhiệm vụ 1: UBND xã Đông Hòa"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Mở"


# ── paper, phones, policy, size ────────────────────────────────────────────────────────────


def printed(page: Page) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert document[0].get_width() > document[0].get_height()
    return [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document]


def test_paper_has_the_matrix_and_the_pair_and_no_controls(opened: Opener) -> None:
    page = opened(result())
    page.locator("[data-matrix] tbody td").first.click()
    text = " ".join(printed(page))
    for words in (TASKS[0].text, "Đông Hòa", "Một phần", "Không thuộc", REWORDED.text, "Nhiệm vụ 1: UBND xã Đông Hòa"):
        assert words in text
    assert "Bỏ lọc" not in text
    assert "Đóng (Esc)" not in text
    assert page.locator("[data-paper] table").count() == 0  # made for the paper, and gone again


def test_a_wide_matrix_is_cut_into_sheets_with_their_heads(opened: Opener) -> None:
    plans = 30
    sheets = [
        sheet
        for sheet in printed(opened(result(plans)))
        if "Nhiệm vụ của văn bản cấp trên 1. Tổ" in sheet or "(cột" in sheet
    ]
    assert len(sheets) == 3  # 12, 12 and 6 across
    assert all(TASKS[2].text in sheet for sheet in sheets)
    assert "Nam 27" in sheets[-1]


def test_nothing_is_wider_than_the_paper(opened: Opener) -> None:
    """What is wider makes the browser print everything smaller."""
    across = round((297 - 2 * 10) / 25.4 * 96)  # A4 between its margins, in CSS pixels
    page = opened(result(20))
    page.locator("[data-matrix] tbody td").first.click()
    page.set_viewport_size({"width": across, "height": 700})
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("[data-paper] table").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= across


def test_a_phone_scrolls_the_matrix_and_not_the_page(opened: Opener) -> None:
    page = opened(result(20))
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("[data-matrix] tbody td").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    left, right = (page.locator("#pair .text").nth(side).bounding_box() for side in (0, 1))
    assert left is not None
    assert right is not None
    assert right["y"] > left["y"]  # one below the other


def test_the_policy_lets_no_request_out(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    web_page.write(result(), path, "vi", ruleset.load())
    page = browser.new_page()
    stopped: list[str | None] = []
    page.on("requestfailed", lambda request: stopped.append(request.failure))
    page.goto(path.as_uri())
    blocked = page.evaluate(
        """new Promise((done) => {
            document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
            setTimeout(() => done('nothing'), 3000);
            document.body.append(Object.assign(new Image(), { src: 'http://192.0.2.1/x.png' }));
        })"""
    )
    assert blocked == "img-src"
    assert stopped == ["csp"]  # by the page's own policy, before it left
    page.close()


def test_equal_results_give_equal_bytes_and_one_copy_of_each_text() -> None:
    rules = ruleset.load()
    page = web_page.encode(result(), "vi", rules)
    assert page == web_page.encode(result(), "vi", rules)
    assert page.count(TASKS[0].text.encode()) == 1  # the parent's, and the plan's that copies it
    assert b"\r" not in page


def test_three_hundred_plans_stay_small() -> None:
    """60 plans of 60 tasks of 330 characters, no two alike; the page grows with the plans."""
    plans, rows = 60, 60
    words = "phối hợp tuyên truyền, phổ biến pháp luật về hòa giải ở cơ sở cho cán bộ, công chức và Nhân dân; "
    tasks = tuple(task(i, f"Nhiệm vụ {i}: {words * 3}") for i in range(rows))
    columns = []
    for plan in range(plans):
        own = tuple(
            task(i, f"{plan}.{i} {words * 3}", lead=("Văn phòng HĐND và UBND",), due_text=f"{plan}/{i}")
            for i in range(rows)
        )
        made = tuple(
            Answer(
                above,
                COVERED,
                link(above, row),
                (
                    Finding(COVERED, above, (row,)),
                    Finding("deadline-later", above, (row,), "x", f"{plan}/{i}", 3),
                    Finding("copied", above, (row,), above.text, row.text, 0.9),
                ),
            )
            for i, (above, row) in enumerate(zip(tasks, own, strict=True))
        )
        columns.append(PlanColumn(member(f"{plan}.txt", f"{plan}/KH", f"UBND xã {plan}", f"xã {plan}", *own), made))
    parent = member("p.txt", "1/KH", "UBND tỉnh", None, *tasks)
    family = Family(None, None, parent, tuple(column.plan for column in columns))
    page = web_page.encode(
        Result((Comparison(family, tasks, tuple(columns), ("p.txt",) * rows),)), "vi", ruleset.load()
    )
    assert len(page) * 300 / plans < LIMIT
