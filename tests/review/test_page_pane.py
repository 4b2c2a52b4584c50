"""The pictures of pages in a real browser: boxes over the words, and words that can be selected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from reviewed import TEXT, directive, document

from pipeline.export.review_page import sayings
from pipeline.model import PageSize
from pipeline.review.context import PANES, context_of
from pipeline.review.pages import words_of
from pipeline.review.view import view_of
from pipeline.review.wording import PANE_WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

HOUSE = "http://panes.invalid"
SIZE = PageSize(595.0, 842.0)
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
TYPES = {".js": "text/javascript", ".css": "text/css"}
# One white point: what a page shows does not matter here, its size comes from the document.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f00010101001bb6ee56"
    "0000000049454e44ae426082"
)


def markup() -> str:
    """The panes as the server sends them, in a page without any inline script or style."""
    view = view_of(document((SIZE, SIZE), "application/pdf"))
    templates = Environment(
        loader=FileSystemLoader(PANES), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    panes = templates.get_template("panes.html").render(
        w=PANE_WORDS["vi"], lang="vi", **context_of(directive(), view, sayings("vi"), "/van-ban/7")
    )
    head = '<link rel="stylesheet" href="/panes.css"><script type="module" src="/panes.js"></script>'
    return f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>x</title>{head}{panes}</html>'


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    view = view_of(document((SIZE, SIZE), "application/pdf"))
    noise: list[str] = []

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOUSE)
        file = PANES / path[1:]
        if path == "/":
            route.fulfill(body=markup(), content_type="text/html", headers={"Content-Security-Policy": POLICY})
        elif file.suffix in TYPES and file.is_file():
            route.fulfill(body=file.read_text("utf-8"), content_type=TYPES[file.suffix])
        elif path.endswith(".json"):
            number = int(Path(path).stem)
            route.fulfill(body=json.dumps(words_of(view, TEXT, number)), content_type="application/json")
        elif path.endswith(".png"):
            route.fulfill(body=PICTURE, content_type="image/png")
        else:
            route.abort()

    opened = browser.new_page(viewport={"width": 1200, "height": 800})
    opened.on("console", lambda message: noise.append(message.text))
    opened.on("pageerror", lambda error: noise.append(str(error)))
    opened.route("**/*", answer)
    opened.goto(f"{HOUSE}/")
    opened.wait_for_selector(".places span", state="attached")
    yield opened
    opened.close()
    assert [words for words in noise if "favicon" not in words] == []


def boxes(page: Page) -> list[dict[str, float]]:
    """The boxes on the first page in points, as the document counts them."""
    return page.evaluate(
        """() => {
            const sheet = document.querySelector('.sheet').getBoundingClientRect();
            const one = 595 / sheet.width;
            return [...document.querySelectorAll('.sheet i')].map((box) => {
                const { left, top, right, bottom } = box.getBoundingClientRect();
                return { field: box.dataset.field, strong: box.className,
                    left: (left - sheet.left) * one, right: (right - sheet.left) * one, top: (top - sheet.top) * one };
            });
        }"""
    )


def test_a_value_has_a_box_over_its_words(page: Page) -> None:
    value = page.locator("[data-row=t1] .value[data-field=lead]")
    value.hover()
    page.wait_for_selector("i.strong")
    assert page.inner_text("[data-said]").startswith("Chủ trì đọc từ: “Sở Tư pháp”")
    (strong,) = [box for box in boxes(page) if box["strong"]]
    view = view_of(document((SIZE,), "application/pdf"))
    start = TEXT.index("Sở Tư pháp")
    places = [one for one in view.places[0] if start <= one.start < start + len("Sở Tư pháp")]
    assert strong["left"] == pytest.approx(places[0].left, abs=3)
    assert strong["right"] == pytest.approx(places[-1].right, abs=3)
    assert strong["top"] == pytest.approx(places[0].top, abs=3)
    assert {box["field"] for box in boxes(page)} >= {"text", "lead", "coordinating", "due_text"}


def test_selected_words_of_a_page_are_a_stretch_of_the_text(page: Page) -> None:
    page.evaluate(
        "window.chosen = []; document.addEventListener('panes:selection', (event) => window.chosen.push(event.detail))"
    )
    page.evaluate(
        """() => {
            const words = [...document.querySelectorAll('.places span')].filter((one) => /Công|an|tỉnh/.test(one.textContent));
            const from = words.findIndex((one) => one.textContent === 'Công ');
            document.getSelection().setBaseAndExtent(words[from].firstChild, 0, words[from + 2].firstChild, 3);
        }"""
    )
    page.wait_for_function("window.chosen.length && window.chosen.at(-1)")
    start = TEXT.index("Công an tỉnh")
    chosen = page.evaluate("window.chosen.at(-1)")
    assert chosen == {"start": start, "end": start + len("Công an tỉnh"), "quote": "Công an tỉnh"}
    assert page.locator(".answers").evaluate_all("(rows) => rows.map((row) => row.dataset.row)") == ["t1"]


@pytest.mark.parametrize("pane", ["pages", "text"])
def test_a_word_of_the_document_leads_to_its_row(page: Page, pane: str) -> None:
    marked = "(rows) => rows.map((row) => row.dataset.row)"
    page.click(f"[data-show={pane}]")
    word = page.locator(".places span", has_text="tỉnh").last if pane == "pages" else page.locator(".paper .line").last
    place = word.bounding_box()
    assert place is not None
    at = place["x"] + min(place["width"], 60) / 2, place["y"] + place["height"] / 2
    page.mouse.move(*at)
    page.locator(".answers").first.wait_for()
    rows = page.locator(".answers").evaluate_all(marked)
    page.mouse.click(*at)
    assert page.locator(".row.current:focus").get_attribute("data-row") == rows[0]
    page.locator("[data-search]").hover()
    assert page.locator(".answers").count() == 0


def test_the_clean_page_stands_beside_the_pictures(page: Page) -> None:
    assert not page.is_visible("[data-text]")
    page.click("[data-show=text]")
    assert page.is_visible("[data-text]")
    assert page.get_attribute("[data-show=text]", "aria-pressed") == "true"
    page.keyboard.press("j")
    assert page.evaluate("[...CSS.highlights.get('evidence-lead')].map(String)") == ["Sở Tư pháp"]
    page.click("[data-show=pages]")
    page.wait_for_selector("i[data-field=lead]")


def test_a_row_may_be_replaced_while_the_page_is_open(page: Page) -> None:
    page.keyboard.press("j")
    page.evaluate(
        """() => {
            const row = document.querySelector('[data-row=t1]');
            const other = row.cloneNode(true);
            other.querySelector('[data-field=lead]').dataset.spans = '';
            row.replaceWith(other);
        }"""
    )
    page.locator("[data-row=t1] .value[data-field=lead]").hover()
    page.wait_for_function("document.querySelector('[data-said]').textContent.startsWith('Chủ trì: không')")
