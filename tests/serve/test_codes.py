"""Profiles that need a table of codes, on the page and in the API: a viewer makes them, and no table does harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from browsers import Clock, log_in, token
from hostile.archives import FILES
from offices import FORMULA, fill, harmful
from openpyxl import load_workbook
from starlette.testclient import TestClient

from pipeline.serve import codes
from pipeline.serve.api.exports import NOTES
from pipeline.store import people
from pipeline.store.rows import document_id

if TYPE_CHECKING:
    import httpx

HOME = document_id(harmful())
PROFILE = "nq57"
LEADS = sorted({lead for one in harmful().tasks for lead in one.lead})
Make = Callable[[bytes], "httpx.Response"]


def table(code: str = "DV") -> bytes:
    """A table with a code for each lead."""
    stream = io.StringIO()
    lines = csv.writer(stream)
    lines.writerow(("ma", "ten", "loai"))
    lines.writerows((f"{code}{number}", lead, "don-vi") for number, lead in enumerate(LEADS, 1))
    return stream.getvalue().encode()


@pytest.fixture(params=["page", "api"])
def make(request: pytest.FixtureRequest, others: Callable[[], TestClient]) -> Make:
    """Sends a table as a viewer, on the page or by a token."""
    client = others()
    database: Any = client.app.state.house.database  # type: ignore[attr-defined]
    fill(database, harmful())
    if request.param == "page":
        log_in(client, "chi-xem")
        form = {"csrf": token(client, "/lich"), "mau": PROFILE, "dinh-dang": "xlsx", "da-xem": "true"}
        path = f"/xuat/tep?van-ban={HOME}"
        return lambda data: client.post(path, data=form, files={"ma": ("../../mã.csv", data)})
    _, secret = people.new_token(database, "x", "chi-xem", "viewer", Clock()())
    headers, query = {"authorization": f"Bearer {secret}"}, {"format": "xlsx", "profile": PROFILE, "document": HOME}
    return lambda data: client.post("/api/v1/export", params=query, headers=headers, files={"codes": ("../../mã.csv", data)})


def cells(answer: httpx.Response) -> list[Any]:
    assert answer.status_code == 200, answer.text
    return [cell for sheet in load_workbook(io.BytesIO(answer.content)) for row in sheet.iter_rows() for cell in row]


def test_a_viewer_makes_the_file(make: Make) -> None:
    assert {f"DV{number}" for number in range(1, len(LEADS) + 1)} & {cell.value for cell in cells(make(table()))}


def test_a_code_is_no_formula(make: Make) -> None:
    found = [cell for cell in cells(make(table(FORMULA))) if str(cell.value).startswith(FORMULA)]
    assert found and {cell.data_type for cell in found} == {"s"}


@pytest.mark.parametrize(
    "data",
    [
        *(one.make() for one in FILES if one.name in ("flat.zip", "nested.zip")),  # bombs: nothing is unpacked
        b"\xff\xfem\x00a\x00", b"ma,ten\nx,y\n", b"", b"\x00" * 1000, b'ma,ten,loai\n"', b"ma,ten,loai\n" + b'"' + b"x" * 10**6,
        b"," * 10**6, b"\n" * 10**6,
    ],
    ids=range(10),
)  # fmt: skip
def test_what_is_no_table_is_refused(make: Make, data: bytes) -> None:
    answer = make(data)
    assert answer.status_code == 422 and "/tmp" not in answer.text and "dondoc-" not in answer.text


def test_a_table_that_is_too_large_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "MOST", len(table()))
    assert make(table()).status_code == 200
    assert make(table() + b"\n").status_code == 413


def test_without_its_table_the_api_says_how_to_send_it(others: Callable[[], TestClient]) -> None:
    client = others()
    database: Any = client.app.state.house.database  # type: ignore[attr-defined]
    fill(database, harmful())
    headers = {"authorization": f"Bearer {people.new_token(database, 'x', 'chi-xem', 'viewer', Clock()())[1]}"}
    query = {"format": "xlsx", "profile": PROFILE, "document": HOME}
    answer = client.get("/api/v1/export", params=query, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "codes-missing")
    assert "POST" in answer.json()["message"] and "--codes" not in answer.json()["message"]
    made = client.post("/api/v1/export", params=query, headers=headers, files={"codes": ("x.csv", table())})
    assert NOTES in made.headers  # a row without a lead is left out, and told
    unused = {**query, "profile": "xa-6"}
    answer = client.post("/api/v1/export", params=unused, headers=headers, files={"codes": ("x.csv", table())})
    assert (answer.status_code, answer.json()["code"]) == (422, "codes-unused")
