"""Exports: every format and profile, of what was filtered and as people decided it; what is refused is said."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from urllib.parse import unquote

import pytest
from browsers import token
from offices import FORMULA, NOW, fill, harmful, plan
from openpyxl import load_workbook
from starlette.testclient import TestClient

from pipeline.corrections.model import Correction
from pipeline.export.profiles.load import load
from pipeline.export.wording import VI
from pipeline.serve.exporting import FORMATS, LEFT_OUT, formats, known_profiles
from pipeline.serve.pages.words.exports import EXPORTS
from pipeline.store import corrections, register
from pipeline.store.database import Database
from pipeline.store.register import Filter

WORDS = EXPORTS["vi"]
BEGINS = {"xlsx": b"PK", "csv": b"\xef\xbb\xbf", "jsonl": b"{", "json": b"PK", "ics": b"BEGIN:VCALENDAR", "parquet": b"PAR1"}


def base(client: TestClient) -> Database:
    database: Database = client.app.state.house.database  # type: ignore[attr-defined]
    return database


@pytest.fixture
def office(here: TestClient) -> TestClient:
    fill(base(here), plan(), harmful())
    return here


def home(client: TestClient, text: str) -> str:
    return register.search(base(client), Filter(text=text), 1, 1).rows[0].document_id


def lines(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_made(office: TestClient, kind: str) -> None:
    assert kind in formats()
    answer = office.get(f"/xuat/tep?dinh-dang={kind}&da-xem=1")
    assert answer.status_code == 200 and answer.content.startswith(BEGINS[kind])
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert "html" not in answer.headers["content-type"]


@pytest.mark.parametrize("name", [one.name for one in known_profiles(None) if not one.coded])
def test_every_profile_is_made_or_says_why_not(office: TestClient, name: str) -> None:
    for suffix in load(name, None).formats:
        answer = office.get(f"/xuat/tep?dinh-dang={suffix[1:]}&mau={name}&da-xem=1")
        assert answer.content.startswith(b"PK") or (answer.status_code == 422 and WORDS["refused"] in answer.text)


def test_the_page_offers_all_that_there_is(office: TestClient) -> None:
    page = office.get("/xuat?q=họp").text
    for kind in formats():
        assert f"dinh-dang={kind}" in page
    for profile in known_profiles(None):
        assert profile.title in page
    assert "/xuat/tep?q=h%E1%BB%8Dp&amp;dinh-dang=xlsx" in page  # what was filtered goes with it


def test_what_was_filtered_is_what_is_written(office: TestClient) -> None:
    found = register.search(base(office), Filter(text="bao cao"), 1, 1000)
    rows = lines(office.get("/xuat/tep?dinh-dang=csv&q=bao cao").content)
    assert {row["Mã nhiệm vụ"].lstrip("'") for row in rows} == {row.id for row in found.rows}
    assert len(rows) == found.total > 1


def test_rows_are_as_people_decided_them(office: TestClient) -> None:
    first, second = harmful().tasks[:2]
    document = home(office, "đường dây nóng")
    for kind, one, values in (
        ("edit", first, {"lead": ["Công an xã"], "before": {"lead": list(first.lead)}}),
        ("reject", second, {}),
    ):
        draft = Correction(0, document, kind, (one.id,), (one.text,), values, "người sửa", NOW)
        corrections.append(base(office), document, draft, 0, NOW)
    rows = lines(office.get(f"/xuat/tep?dinh-dang=csv&van-ban={document}").content)
    assert [row["Đơn vị chủ trì"] for row in rows] == ["Công an xã", ""]  # the rejected one is not there


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_officers_typed_is_in_the_tracker(office: TestClient, kind: str) -> None:
    typed = {"status": "done", "percent": 100.0, "done_on": NOW.date(), "outcome": FORMULA, "notes": "ghi chú"}
    register.bulk_state(base(office), ["bbbbbbbbbb01"], typed, "cán bộ", NOW)
    data = office.get(f"/xuat/tep?dinh-dang={kind}&q=duong day nong").content
    if kind == "csv":
        (row,) = lines(data)
        values = [row[name] for name in ("Trạng thái", "% hoàn thành", "Ngày hoàn thành", "Kết quả", "Ghi chú")]
        assert values == [VI.states[2], "100", NOW.date().isoformat(), f"'{FORMULA}", "ghi chú"]
        return
    sheet = load_workbook(io.BytesIO(data))[VI.sheet]
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, sheet[2], strict=True))
    assert (row["Trạng thái"].value, row["% hoàn thành"].value) == (VI.states[2], 100)
    assert row["Ngày hoàn thành"].value.date() == NOW.date()
    assert (row["Kết quả"].value, row["Kết quả"].data_type) == (FORMULA, "s")


def test_no_words_are_a_formula(office: TestClient) -> None:
    document = home(office, "đường dây nóng")
    for row in lines(office.get(f"/xuat/tep?dinh-dang=csv&van-ban={document}").content):
        assert not [value for value in row.values() if value.startswith(("=", "+", "-", "@"))]
    for query in ("dinh-dang=xlsx", "dinh-dang=xlsx&mau=xa-6&da-xem=1", "dinh-dang=xlsx&mau=phu-luc&da-xem=1"):
        book = load_workbook(io.BytesIO(office.get(f"/xuat/tep?{query}&van-ban={document}").content))
        cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
        assert FORMULA in {cell.value for cell in cells}
        assert not [cell.value for cell in cells if cell.data_type == "f" and "vi-du.vn" in str(cell.value)]


def test_the_name_of_a_file_is_a_name(office: TestClient) -> None:
    header = office.get(f"/xuat/tep?dinh-dang=json&van-ban={home(office, 'đường dây nóng')}").headers
    assert "x-a" not in header
    _, plain, whole = header["content-disposition"].split("; ")
    for name in (plain.removeprefix("filename=").strip('"'), unquote(whole.removeprefix("filename*=UTF-8''"))):
        assert name.endswith(".json") and not set(name) & set('/\\:*?"<>|;\r\n')


def test_of_several_documents_each_is_in_the_archive(office: TestClient) -> None:
    answer = office.get("/xuat/tep?dinh-dang=json")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        found = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    assert {one["meta"]["number"] for one in found.values()} == {plan().meta.number, harmful().meta.number}
    assert all("/" not in name and ".." not in name and name.endswith(".json") for name in found)
    assert answer.content == office.get("/xuat/tep?dinh-dang=json").content


def test_what_is_to_be_told_is_told_before_the_file(office: TestClient) -> None:
    asked = office.get("/xuat/tep?dinh-dang=ics")
    assert WORDS["notes"] in asked.text and "VTODO" in asked.text
    again = re.findall(r'href="(/xuat/tep[^"]+)" download', asked.text)[0].replace("&amp;", "&")
    assert office.get(again).content.startswith(b"BEGIN:VCALENDAR")


def test_a_row_that_no_document_says_any_more_is_not_written_silently(office: TestClient) -> None:
    fill(base(office), replace(harmful(), sha256="d" * 64, tasks=harmful().tasks[:1]))
    page = office.get("/xuat?con=tat-ca&q=hop giao ban").text
    assert WORDS["gone"] in page
    asked = office.get(f"/xuat/tep?dinh-dang=csv&con=tat-ca&van-ban={home(office, 'đường dây nóng')}")
    assert LEFT_OUT["vi"].format(count=2) in asked.text


@pytest.mark.parametrize("query", ["", "dinh-dang=exe", "dinh-dang=xlsx&mau=../../etc/passwd", "dinh-dang=docx&mau=xa-6", "dinh-dang=docx"])
def test_what_cannot_be_made_is_refused(office: TestClient, query: str) -> None:
    answer = office.get(f"/xuat/tep?{query}")
    assert answer.status_code in (404, 422) and "content-disposition" not in answer.headers


def test_a_profile_with_codes_takes_the_table_along(office: TestClient) -> None:
    document = home(office, "đường dây nóng")
    form = {"csrf": token(office, "/nhiem-vu"), "mau": "nq57", "dinh-dang": "xlsx"}
    leads = {lead for one in harmful().tasks for lead in one.lead}
    table = "ma,ten,loai\n" + "".join(f'DV{number},"{lead}",don-vi\n' for number, lead in enumerate(sorted(leads), 1))
    path = f"/xuat/tep?van-ban={document}"
    told = office.post(path, data=form, files={"ma": ("mã.csv", table.encode())})
    assert WORDS["notes"] in told.text and WORDS["again"] in told.text  # a row without a lead is left out, and told
    made = office.post(path, data={**form, "da-xem": "true"}, files={"ma": ("mã.csv", table.encode())})
    sheet = load_workbook(io.BytesIO(made.content)).active
    assert sheet is not None
    assert {line[1].value for line in sheet.iter_rows(min_row=2)} <= {"DV1", "DV2"}
    wrong = office.post(path, data=form, files={"ma": ("mã.csv", b"\xff\xfe")})
    assert wrong.status_code == 422 and "UTF-8" in wrong.text and "/tmp" not in wrong.text
