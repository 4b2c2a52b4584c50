"""Every page: it answers in both languages, asks nothing of other places, and holds nothing that the policy forbids."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from browsers import token
from starlette.testclient import TestClient

from pipeline.english import told
from pipeline.serve.refusals import of_status
from pipeline.serve.security import hosts
from pipeline.serve.security.headers import POLICY
from pipeline.serve.wording import PAGES, WORDS

ALL = [*PAGES, "/ra-soat/goi-y", "/nguoi-dung", "/nguoi-dung/ma-truy-cap", "/nguoi-dung/nhat-ky", "/khong-co"]


class Marks(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_where_one_is(here: TestClient, path: str) -> None:
    page = here.get(path)
    assert page.status_code == 200
    current = [attrs["href"] for tag, attrs in Marks(page.text).tags if attrs.get("aria-current") == "page"]
    assert current == [path]
    assert WORDS["vi"][PAGES[path]] in page.text


@pytest.mark.parametrize("path", ALL)
def test_a_page_keeps_to_its_policy(here: TestClient, path: str) -> None:
    page = here.get(path)
    for tag, attrs in Marks(page.text).tags:
        assert tag != "style" and "style" not in attrs
        assert tag != "script" or str(attrs["src"]).startswith("/static/")
        assert not [name for name in attrs if name.startswith(("on", "hx-on", "hx-vals"))]
        for name in ("src", "href", "action"):
            assert (attrs.get(name) or "/").startswith(("/", "#")), f"{path}: {attrs[name]} is elsewhere"


@pytest.mark.parametrize("path", ALL)
def test_a_page_can_be_used_without_eyes(here: TestClient, path: str) -> None:
    tags = Marks(here.get(path).text).tags
    names = [tag for tag, _ in tags]
    assert names.count("h1") == names.count("main") == 1
    labelled = {attrs.get("for") for tag, attrs in tags if tag == "label"}
    for tag, attrs in tags:
        if tag in ("input", "select", "textarea") and attrs.get("type") != "hidden":
            assert attrs.get("id") in labelled - {None} or attrs.get("aria-label"), attrs


@pytest.mark.parametrize("path", ["/", *ALL, "/static/x/style.css", "/static/x/nothing.css", "/api/openapi.json", "/api/none"])
def test_every_answer_has_the_headers(here: TestClient, path: str) -> None:
    headers = here.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store" or path == "/static/x/style.css"
    assert "server" not in headers


def test_the_policy_allows_no_words_as_script() -> None:
    assert "unsafe" not in POLICY and "*" not in POLICY and POLICY.startswith("default-src 'none';")


def test_the_language_is_chosen_and_stays(here: TestClient) -> None:
    chosen = here.post("/ngon-ngu", data={"csrf": token(here, "/lich"), "lang": "en", "next": "/lich?thang=2026-03"})
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/lich?thang=2026-03")
    page = here.get("/lich").text
    assert '<html lang="en">' in page and WORDS["en"]["calendar"] in page
    here.post("/ngon-ngu", data={"csrf": token(here, "/lich"), "lang": "xx"})
    assert '<html lang="en">' in here.get("/lich").text


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["vi"].keys() == WORDS["en"].keys()


@pytest.mark.parametrize("message", [hosts._REFUSED, hosts._UNGUARDED])
def test_a_refusal_of_a_name_is_told_in_both_languages(message: str) -> None:
    assert told(message, "en") != message


@pytest.mark.parametrize("status", [400, 404, 405, 413, 418, 422, 500, 503])
def test_an_error_has_words_in_both_languages(status: int) -> None:
    message = of_status(status).message
    assert told(message, "en") != message


def test_an_error_reaches_who_asked_as_he_can_use_it(here: TestClient) -> None:
    message = of_status(404).message
    assert message in here.get("/khong-co").text
    assert here.get("/khong-co", headers={"hx-request": "true"}).text == message
    assert here.get("/api/khong-co").json() == {"code": "not-found", "message": message}


def test_scripts_are_scripts_whatever_the_machine_thinks(here: TestClient) -> None:
    for name, kind in (("htmx.min.js", "text/javascript"), ("style.css", "text/css"), ("icon.svg", "image/svg+xml")):
        assert here.get(f"/static/x/{name}").headers["content-type"].partition(";")[0] == kind
