"""Documents and addresses that were made to do harm: on no page and in no answer do their words become anything else."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

import pytest
from browsers import token
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from offices import FORMULA, TAG, fill, harmful
from openpyxl import load_workbook
from starlette.testclient import TestClient

from pipeline.store import files, people
from pipeline.store.rows import document_id

RUNS = ("src", "href", "action", "formaction", "data", "srcdoc")  # attributes that a browser follows or carries out
ROWS = [task.id for task in harmful().tasks]
SCHEME = "javascript:alert(1)"


class Harm(HTMLParser):
    """What of a page would be carried out and is not ours."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind = given.get("type") or ""
        if tag in ("iframe", "object", "embed", "base", "style", "svg") or (
            tag == "script" and not (given.get("src") or "").startswith("/static/") and kind != "application/json"
        ):
            self.found.append(self.get_starttag_text() or tag)
        self.found += [f"{name}={value}" for name, value in attrs if name.startswith("on") or name == "style"]
        self.found += [
            f"{name}={value}" for name, value in attrs
            if name in RUNS and not re.match(r"/(?![/\\])|#|\?|$", value or "")
        ]  # fmt: skip


def paths(app: object) -> list[str]:
    """The address of every page and every call that reads, of the harmful document and its rows."""
    assert isinstance(app, FastAPI)
    named = {"document": document_id(harmful()), "task": ROWS[0], "upload": "1", "page": "1", "number": "1"}
    found = []
    for context in iter_route_contexts(app.routes):
        if isinstance(context.route, APIRoute) and "GET" in (context.methods or ()):
            path = re.sub(r"\{(\w+)(:\w+)?\}", lambda name: named.get(name[1], named["document"]), context.path or "")
            found.append(path)
    return found


@pytest.fixture
def attacked(here: TestClient) -> TestClient:
    database = here.app.state.house.database  # type: ignore[attr-defined]
    fill(database, harmful())
    upload = files.put(database, b"x", f'{TAG}"onload="x.txt', TAG, here.app.state.house.settings.now())  # type: ignore[attr-defined]
    files.fail(database, upload.id, TAG, here.app.state.house.settings.now())  # type: ignore[attr-defined]
    _, secret = people.new_token(database, TAG, TAG, "admin", here.app.state.house.settings.now())  # type: ignore[attr-defined]
    here.cookies.set("lang", f"{TAG}", domain="127.0.0.1")
    here.headers["x-token"] = secret
    return here


def told(client: TestClient, path: str, query: str = "", *, part: bool = False) -> None:
    """That the page at this address does no harm, or the part of it; and that what is no page is taken for none."""
    headers = {"authorization": f"Bearer {client.headers['x-token']}"} if path.startswith("/api/") else {}
    headers |= {"hx-request": "true"} if part else {}
    answer = client.get(path + query, headers=headers)
    assert answer.status_code < 500, path
    assert answer.headers["x-content-type-options"] == "nosniff"
    if "text/html" in answer.headers.get("content-type", ""):
        assert TAG not in answer.text and "60481729" not in answer.text and Harm(answer.text).found == [], path


def test_no_page_carries_out_what_a_document_says(attacked: TestClient) -> None:
    every = paths(attacked.app)
    assert len(every) > 25  # pages and calls
    for path in every:
        if path != "/su-kien":  # has no end
            told(attacked, path)
            told(attacked, path, part=True)


def test_the_words_are_there_as_words(attacked: TestClient) -> None:
    shown = [path for path in ("/van-ban", "/nhiem-vu", "/nguoi-dung/ma-truy-cap") if "&lt;script&gt;" in attacked.get(path).text]
    assert len(shown) == 3  # else the test above would hold nothing


def test_no_page_carries_out_what_its_address_says(attacked: TestClient) -> None:
    names = ("q", "state", "after", "don-vi", "van-ban", "trang-thai", "thang", "tu", "den", "sap-xep", "trang", "dinh-dang",
             "mau", "next", "loai", "ra-soat", "ho", "id", "dong", "hang", "xem", "unit", "format")  # fmt: skip
    for path in paths(attacked.app):
        if path != "/su-kien":
            for value in (TAG, SCHEME, f'"{TAG}', "' onfocus='x", "%00", "%ff", "9" * 400, "-1", "{{7777*7777}}", "${7777*7777}"):
                told(attacked, path, "?" + "&".join(f"{name}={value}" for name in names))


@pytest.mark.parametrize("path", [f"/{TAG}", f"/van-ban/{TAG}", "/van-ban/{{7777*7777}}", "/van-ban/%2e%2e/%2e%2e", "/van-ban/%00", "/%ff"])
def test_no_address_is_carried_out(attacked: TestClient, path: str) -> None:
    answer = attacked.get(path)
    assert answer.status_code in (404, 422) and TAG not in answer.text and "60481729" not in answer.text


@pytest.mark.parametrize("value", [TAG, "9" * 400, "-1", "", "{", "[" * 1000, "a\x00b", "\u202e", "../..", "😀" * 200])
def test_no_form_breaks_a_page(attacked: TestClient, value: str) -> None:
    """Every field of every form that changes something, with what nobody would type."""
    key, tried = token(attacked, "/lich"), 0
    for context in iter_route_contexts(attacked.app.routes):  # type: ignore[attr-defined]
        route = context.route
        if not isinstance(route, APIRoute) or "GET" in (context.methods or ()) or (context.path or "").startswith("/api/"):
            continue
        fields = {field.alias: value for field in route.dependant.body_params}
        path = re.sub(r"\{task\}", ROWS[0], context.path or "").replace("{document}", document_id(harmful()))
        for here in (path, re.sub(r"[0-9a-f]{12}", "khong-co", path)):
            where = re.sub(r"\{\w+\}", "9" * 30, here)
            answer = attacked.post(where, data={**fields, "csrf": key})
            assert answer.status_code < 500 and TAG not in answer.text, where
            tried += 1
    assert tried > 20


# ── what is taken along ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("address", ["/xuat/tep?dinh-dang={kind}&da-xem=1", "/api/v1/export?format={kind}"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_is_a_formula_of_a_document(attacked: TestClient, address: str, kind: str) -> None:
    headers = {"authorization": f"Bearer {attacked.headers['x-token']}"} if "api" in address else {}
    data = attacked.get(address.format(kind=kind), headers=headers).content
    if kind == "csv":
        cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
        assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
        assert any(FORMULA in cell for cell in cells)  # the words are there
        return
    cells = [cell for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert formulas and not [words for words in formulas if "HYPERLINK(\"http://vi-du" in words or "SUM(1+1)" in words]
    assert FORMULA in [cell.value for cell in cells if cell.data_type == "s"]


@pytest.mark.parametrize("address", ["/xuat/tep?dinh-dang={kind}&da-xem=1", "/api/v1/export?format={kind}"])
@pytest.mark.parametrize("kind", ["csv", "json", "ics"])
def test_the_name_of_a_download_is_one_name(attacked: TestClient, address: str, kind: str) -> None:
    headers = {"authorization": f"Bearer {attacked.headers['x-token']}"} if "api" in address else {}
    answer = attacked.get(address.format(kind=kind), headers=headers)
    assert answer.status_code == 200 and "x-a" not in answer.headers
    told = answer.headers["content-disposition"]
    assert re.fullmatch(rf"attachment; filename=\"[\w. -]+\.{kind}\"; filename\*=UTF-8''[\w%.~-]+\.{kind}", told)
    assert "text/html" not in answer.headers["content-type"]
