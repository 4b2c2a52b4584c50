"""The review file without a server, in a real browser: what lights up, what the keys do, what it never does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reviewed import HOSTILE, LINES, TASKS, TEXT, directive, document

import pipeline
from pipeline import export, runs
from pipeline.export.review_page import ReviewFile
from pipeline.export.wording import WORDINGS
from pipeline.model import Directive, Evidence, Task
from pipeline.review.view import encode, view_of
from pipeline.runs.journal import Journal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@dataclass
class Seen:
    """What a page did while it was open."""

    requests: list[str] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)


class Opener:
    """Writes documents and opens their page; afterwards no page may have asked for anything or complained."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.context = browser.new_context(viewport={"width": 1366, "height": 850})
        self.folder, self.seen, self.addresses = folder, Seen(), set[str]()

    def __call__(self, *directives: Directive, lang: str = "vi") -> Page:
        file = ReviewFile(self.folder / "rà soát.html", lang)
        for one in directives or (directive(),):
            file.add(one, encode(view_of(document())) if one.text == TEXT else None)
        return self.at(Path(file.written().path))

    def at(self, path: Path) -> Page:
        page = self.context.new_page()
        page.on("request", lambda request: self.seen.requests.append(request.url))
        page.on("console", lambda message: self.seen.noise.append(message.text))
        page.on("pageerror", lambda error: self.seen.noise.append(str(error)))
        page.on("dialog", self.refuse)
        page.goto(path.as_uri())
        self.addresses.add(page.url)
        return page

    def refuse(self, dialog: Dialog) -> None:
        self.seen.noise.append(dialog.message)
        dialog.dismiss()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    opener = Opener(browser, tmp_path)
    yield opener
    opener.context.close()
    assert set(opener.seen.requests) <= opener.addresses
    assert not opener.seen.noise


def lit(page: Page, name: str) -> list[str]:
    return page.evaluate(f"[...(CSS.highlights.get('evidence-{name}') ?? [])].map(String)")


def current(page: Page) -> str | None:
    row = page.locator(".row.current")
    return row.get_attribute("data-row") if row.count() else None


def filtered(page: Page) -> None:
    page.wait_for_timeout(300)


# ── evidence, both ways ────────────────────────────────────────────────────────────────────


def test_a_value_lights_its_words_up_and_says_so(opened: Opener) -> None:
    page = opened()
    page.hover("[data-row=t1] .value[data-field=lead]")
    assert lit(page, "now") == ["Sở Tư pháp"]
    assert lit(page, "coordinating") == ["Công an tỉnh"]  # behind a letter that a browser counts twice
    assert lit(page, "due") == ["trước ngày 15/6/2026"]  # the day and the words that say it
    assert page.inner_text("[data-said]") == "Chủ trì đọc từ: “Sở Tư pháp”"
    page.hover("h1")
    assert lit(page, "now") == []


def test_a_value_of_a_table_is_lit_in_its_cell(opened: Opener) -> None:
    page = opened()
    page.hover("[data-row=t3] .value[data-field=lead]")
    assert lit(page, "now") == ["Sở Nội vụ"]
    assert page.locator(".paper td[rowspan='2']").inner_text() == LINES[4]


def test_selected_words_light_up_the_rows_that_were_read_from_them(opened: Opener) -> None:
    page = opened()
    page.evaluate("document.addEventListener('panes:selection', (event) => { window.chosen = event.detail; })")
    page.evaluate(
        """() => {
            const node = [...document.querySelectorAll('.paper p')].find((line) => line.textContent.includes('Công an')).firstChild;
            const at = node.data.indexOf('Công an');
            document.getSelection().setBaseAndExtent(node, at, node, at + 7);
        }"""
    )
    page.wait_for_function("window.chosen")
    assert page.locator(".row.answers").evaluate_all("(rows) => rows.map((row) => row.dataset.row)") == ["t1"]
    start = TEXT.index("Công an")
    assert page.evaluate("window.chosen") == {"start": start, "end": start + 7, "quote": "Công an"}
    assert "1 dòng" in page.inner_text("[data-said]")


def test_each_field_has_a_look_of_its_own_beside_its_colour(opened: Opener) -> None:
    page = opened()
    styles = page.evaluate(
        """() => ['lead', 'coordinating', 'due', 'cadence', 'deliverable', 'report_to', 'quantity', 'now'].map((name) => {
            const style = getComputedStyle(document.querySelector('.paper'), `::highlight(evidence-${name})`);
            return `${style.textDecorationStyle} ${style.textDecorationThickness}`;
        })"""
    )
    assert len(set(styles)) == len(styles)


# ── keys and filters ───────────────────────────────────────────────────────────────────────


def test_keys_go_from_row_to_row_and_from_doubt_to_doubt(opened: Opener) -> None:
    page = opened()
    assert page.evaluate("document.querySelectorAll('.rows > [tabindex=\"0\"]').length") == 1
    seen = []
    for key in ("j", "j", "k", "n", "n", "p"):
        page.keyboard.press(key)
        seen.append(current(page))
    assert seen == ["t1", "t2", "t1", "t2", "t4", "t2"]
    assert page.evaluate("document.activeElement.dataset.row") == "t2"
    page.keyboard.press("n")
    page.keyboard.press("n")  # there is none behind the last
    assert (current(page), page.inner_text("[data-said]")) == ("t4", "Không còn dòng nghi vấn nào khác.")
    page.keyboard.press("k")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("[data-said]") == "Chủ trì đọc từ: “Sở Nội vụ”"
    page.keyboard.press("Escape")
    assert lit(page, "now") == lit(page, "text") == []


def test_letters_that_are_typed_are_no_commands(opened: Opener) -> None:
    page = opened()
    page.keyboard.press("/")
    page.keyboard.type("jn")
    assert page.input_value("[data-search]") == "jn"
    assert current(page) is None


def test_filters(opened: Opener) -> None:
    page = opened()
    rows = page.locator(".row:visible")
    page.fill("[data-search]", "SO TU phap")  # blind to diacritics and capitals
    filtered(page)
    assert rows.evaluate_all("(rows) => rows.map((row) => row.dataset.row)") == ["t1"]
    page.fill("[data-search]", "")
    page.select_option("[data-state]", "doubtful")
    filtered(page)
    assert rows.count() == sum(1 for one in TASKS if one.review)
    page.select_option("[data-reason]", label=WORDINGS["vi"].review["year-inferred"])
    filtered(page)
    assert rows.evaluate_all("(rows) => rows.map((row) => row.dataset.row)") == ["t4"]
    assert page.inner_text("[data-count]").startswith("1 trên 4 dòng")
    page.fill("[data-search]", "không có ở đâu")
    filtered(page)
    assert page.is_visible("[data-nothing]")


# ── what stands there ──────────────────────────────────────────────────────────────────────


def test_hostile_words_stay_words(opened: Opener) -> None:
    page = opened(directive(name="<script>alert(3)</script>.txt"))
    assert page.locator(".paper p", has_text="alert(1)").text_content() == HOSTILE
    assert page.locator("[data-row=t2] .value dd").first.text_content() == HOSTILE
    assert "<b>đậm</b>" in page.inner_text("h2")
    assert page.locator("img").count() == 0
    page.hover("[data-row=t2] .value")
    assert lit(page, "now") == [HOSTILE]


def test_what_html_and_utf8_lack_moves_no_offset(opened: Opener) -> None:
    text = "\x00\x07\ud800 nul và nửa chữ, Sở Y tế làm"
    start = text.index("Sở Y tế")
    evidence = Evidence(start, start + 7, 1, None, "x")
    one = Task("z", "", 1, "làm", lead=("Sở Y tế",), evidence={"lead": (evidence,)})
    page = opened(directive(tasks=(one,), text=text))
    page.hover(".value[data-field=lead]")
    assert lit(page, "now") == ["Sở Y tế"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_doubts_and_passages_are_in_words(opened: Opener, lang: str) -> None:
    page = opened(lang=lang)
    assert page.locator("html").get_attribute("lang") == lang
    said = page.inner_text("[data-row=t2] .doubts")
    assert all(WORDINGS[lang].review[code] in said for code in TASKS[1].review)
    page.click(".passages summary")
    page.hover(".passages .value")
    assert lit(page, "now") == ["Sở Nội vụ"]


def test_several_documents_one_at_a_time(opened: Opener) -> None:
    page = opened(directive(), directive("b.txt", tasks=TASKS[2:3]), Directive("c.pdf", "0", "x", 0, "failed"))
    assert page.locator(".panes:visible").count() == 1
    page.select_option("#documents", "1")
    assert page.locator(".row:visible").count() == 1
    page.locator("h1").click()
    page.keyboard.press("j")
    assert lit(page, "lead") == ["Sở Nội vụ"]
    assert page.locator(".row.current:visible").count() == 1
    page.select_option("#documents", "2")
    assert "Không tìm thấy nhiệm vụ" in page.inner_text("main")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_a_phone_scrolls_down_and_not_sideways(opened: Opener) -> None:
    page = opened(directive(), directive("b.txt"))
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.hover("[data-row=t1] .value[data-field=lead]")
    shown = page.evaluate(
        "(() => { const box = [...CSS.highlights.get('evidence-now')][0].getBoundingClientRect(); return [box.top, box.bottom]; })()"
    )
    assert 0 <= shown[0] < shown[1] <= 800


def test_on_paper_the_rows_stand_below_the_document(opened: Opener) -> None:
    page = opened(directive())
    page.set_viewport_size({"width": 700, "height": 900})  # of a sheet of A4 between its margins
    page.emulate_media(media="print")
    document, rows = (page.locator(name).bounding_box() for name in ("[data-document]", "[data-rows]"))
    assert document is not None and rows is not None
    last = page.locator("[data-document] [data-start]").last.bounding_box()
    assert last is not None and last["y"] + last["height"] <= document["y"] + document["height"] <= rows["y"]


def test_a_thousand_rows_are_laid_out_as_they_are_seen(opened: Opener) -> None:
    lines = [f"{number}. Phòng {number} lập danh mục việc phải làm trong tháng." for number in range(1000)]
    text = "\n".join(lines)
    tasks, at = [], 0
    for number, line in enumerate(lines):
        found = Evidence(at, at + len(line), 1, None, "x")
        tasks.append(Task(f"m{number}", "", number + 1, line, evidence={"text": (found,)}))
        at += len(line) + 1
    page = opened(directive(tasks=tuple(tasks), text=text))
    assert page.locator(".row").count() == 1000
    skipped = "(rows) => rows.filter((row) => !row.firstElementChild.checkVisibility({ contentVisibilityAuto: true })).length"
    assert page.locator(".row").evaluate_all(skipped) > 900
    assert page.locator(".paper p").evaluate_all("(lines) => lines.filter((one) => getComputedStyle(one).contentVisibility !== 'auto').length") == 0
    page.evaluate("location.hash = ''; document.querySelector('[data-row=m998]').focus()")
    page.keyboard.press("j")
    assert lit(page, "text") == [lines[999]]
    box = page.locator(".paper p").nth(999).bounding_box()
    assert box is not None
    assert 0 < box["y"] < 850


def test_the_policy_lets_no_request_out(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    export.write([directive()], export.targets([path])[0])
    page = browser.new_page()
    page.goto(path.as_uri())
    blocked = page.evaluate(
        """new Promise((done) => {
            document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
            setTimeout(() => done('nothing'), 3000);
            document.body.append(Object.assign(new Image(), { src: 'http://192.0.2.1/x.png' }));
        })"""
    )
    assert blocked == "img-src"
    page.close()


# ── as an output ───────────────────────────────────────────────────────────────────────────


def test_equal_documents_give_equal_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("a.html", "b.html"):
        file = ReviewFile(tmp_path / name, "vi")
        file.add(directive(), encode(view_of(document())))
        made.append(file.encode())
    assert made[0] == made[1]
    assert b"\r" not in made[0]


def test_a_conversion_writes_tables_as_tables(tmp_path: Path, opened: Opener) -> None:
    source = next(iter(sorted(CORPUS.glob("formats/ctr-tinh-uy*.docx"))))
    path = tmp_path / "review.html"
    result = pipeline.convert([source], [path, tmp_path / "t.jsonl"])
    assert [written.path for written in result.outputs] == [path, tmp_path / "t.jsonl"]
    assert all(step.view is None for step in result.steps)  # not held for a caller who did not ask
    page = opened.at(path)
    assert page.locator(".paper table tr").count() > 3
    assert page.locator(".row").count() == result.tasks
    assert page.locator(".paper [role=heading]").count() > 5
    first = page.locator(".row .value[data-field=lead]").first
    first.hover()
    assert lit(page, "now")
    pipeline.convert([source], [path, tmp_path / "t.jsonl"])
    assert sorted(one.name for one in tmp_path.glob("*.html")) == ["review.html"]  # the same bytes again


def test_a_run_that_goes_on_has_the_views_of_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = sorted(CORPUS.glob("formats/ct*.docx"))[:2]
    path = tmp_path / "review.html"
    read: list[str] = []
    monkeypatch.setattr(runs, "FEW", 0)  # the journal stays
    put = Journal.put
    monkeypatch.setattr(Journal, "put", lambda journal, item, step: (read.append(item.name), put(journal, item, step)))
    pipeline.convert(sources, [path])
    before = path.read_bytes()
    path.unlink()
    assert len(read) == len(sources)
    pipeline.convert(sources, [path])
    assert path.read_bytes() == before
    assert len(read) == len(sources)
    assert b"<td" in before
