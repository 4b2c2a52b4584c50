"""Sổ nhiệm vụ: what the address asks for is what is shown; states are written once, by whom may, and over nobody."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from browsers import log_in, token
from offices import NOW, TAG, fill, harmful, plan, task
from starlette.testclient import TestClient

from pipeline.export.wording import VI
from pipeline.model import Meta
from pipeline.serve.pages.filters import SIZES
from pipeline.serve.pages.words.register import REGISTER
from pipeline.store import register, trail
from pipeline.store.database import Database
from pipeline.store.register import Filter

WORDS = REGISTER["vi"]


def base(client: TestClient) -> Database:
    database: Database = client.app.state.house.database  # type: ignore[attr-defined]
    return database


@pytest.fixture
def office(here: TestClient) -> TestClient:
    fill(base(here), plan(), harmful())
    return here


def shown(page: str) -> list[str]:
    """The ids of the rows, in their order."""
    return re.findall(r'<tr id="task-([^"]+)"', page)


def all_rows(client: TestClient, wanted: Filter | None = None) -> list[str]:
    return [row.id for row in register.search(base(client), wanted or Filter(), 1, 1000).rows]


def test_all_tasks_are_there_by_their_deadline(office: TestClient) -> None:
    page = office.get("/nhiem-vu").text
    assert shown(page) == all_rows(office)
    assert WORDS["found"].format(total=len(plan().tasks) + len(harmful().tasks)) in page


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        # with and without diacritics
        ("q=đường dây", Filter(text="đường dây")),
        ("q=duong day", Filter(text="duong day")),
        # each filter, and several at once
        ("tu=2026-03-10&den=2026-03-12", Filter(due_from=dt.date(2026, 3, 10), due_to=dt.date(2026, 3, 12))),
        ("trang-thai=open&q=họp", Filter(text="họp", status="open")),
        ("loai=target", Filter(kind="target")),
        ("ra-soat=co", Filter(doubtful=True)),
        ("ra-soat=khong", Filter(doubtful=False)),
        ("con=khong-con", Filter(vanished=True)),
        ("con=tat-ca", Filter(vanished=None)),
    ],
)
def test_the_address_filters(office: TestClient, query: str, wanted: Filter) -> None:
    assert shown(office.get(f"/nhiem-vu?{query}").text) == all_rows(office, wanted)


def test_what_its_document_no_longer_says_is_asked_for_apart(office: TestClient) -> None:
    fill(base(office), replace(harmful(), sha256="d" * 64, tasks=harmful().tasks[:2]))
    gone = harmful().tasks[2].id
    for query, there in (("", False), ("con=khong-con", True), ("con=tat-ca", True)):
        assert (gone in shown(office.get(f"/nhiem-vu?{query}").text)) is there
    assert VI.situations[-1] in office.get("/nhiem-vu?con=khong-con").text


def test_a_unit_and_a_document_filter(office: TestClient) -> None:
    unit, _ = register.unit_names(base(office))[0]
    document = register.search(base(office), Filter(), 1, 1).rows[0].document_id
    assert shown(office.get(f"/nhiem-vu?don-vi={unit}").text) == all_rows(office, Filter(unit=unit)) != []
    assert shown(office.get(f"/nhiem-vu?van-ban={document}").text) == all_rows(office, Filter(document=document))


@pytest.mark.parametrize("query", ["tu=31/3/2026", "trang-thai=xong-het", "loai=%00", "den=2026-02-30", "so-dong=999999"])
def test_a_filter_that_is_not_understood_is_said(office: TestClient, query: str) -> None:
    page = office.get(f"/nhiem-vu?{query}")
    assert page.status_code == 200
    assert WORDS["not-understood"].format(names=query.partition("=")[0]) in page.text


@pytest.mark.parametrize("query", ["trang=0", "trang=-1", "trang=999999999999", "trang=²", "q=%25_%5C", "q=%ED%A0%80", "don-vi=%00"])
def test_no_address_breaks_the_page(office: TestClient, query: str) -> None:
    assert office.get(f"/nhiem-vu?{query}").status_code == 200


def test_columns_sort_both_ways(office: TestClient) -> None:
    up = shown(office.get("/nhiem-vu?sap-xep=noi-dung").text)
    down = shown(office.get("/nhiem-vu?sap-xep=noi-dung&chieu=giam").text)
    assert up == list(reversed(down)) != all_rows(office)
    assert 'aria-sort="descending"' in office.get("/nhiem-vu?sap-xep=noi-dung&chieu=giam").text


def test_many_tasks_go_on_pages(office: TestClient) -> None:
    many = tuple(task(f"cc{number:010}", number, f"Việc {number}") for number in range(1, SIZES[0] + 2))
    fill(base(office), replace(harmful(), sha256="f" * 64, meta=Meta(number="9/KH"), tasks=many))
    document = next(row.document_id for row in register.search(base(office), Filter(text="việc 1"), 1, 1).rows)
    first, second = (office.get(f"/nhiem-vu?van-ban={document}&trang={page}").text for page in (1, 2))
    assert (len(shown(first)), len(shown(second))) == (SIZES[0], 1)
    assert f"/nhiem-vu?van-ban={document}&amp;trang=2" in first
    assert len(shown(office.get(f"/nhiem-vu?van-ban={document}&so-dong={SIZES[1]}").text)) == len(many)


def test_words_of_a_document_stay_words(office: TestClient) -> None:
    page = office.get("/nhiem-vu").text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert TAG not in office.get("/nhiem-vu/bbbbbbbbbb01/trang-thai").text


def test_situations_are_those_of_the_day(office: TestClient) -> None:
    rows = dict(re.findall(r'<tr id="task-(bbbbbbbbbb\d\d)".*?<span class="said \w*">([^<]+)<', office.get("/nhiem-vu").text, re.DOTALL))
    _, _, soon, overdue, *_, none, _ = VI.situations
    assert rows == {"bbbbbbbbbb01": overdue, "bbbbbbbbbb02": soon, "bbbbbbbbbb03": none}


# ── states ─────────────────────────────────────────────────────────────────────────────────


def post(client: TestClient, path: str, **fields: object) -> int:
    data = {"csrf": token(client, "/nhiem-vu"), **{name.replace("_", "-"): value for name, value in fields.items()}}
    return client.post(path, data=data).status_code


def state(client: TestClient, task: str) -> tuple[object, ...]:
    (row,) = register.listed(base(client), [task])
    return row.status, row.percent, row.done_on, row.outcome, row.notes


def ticks(client: TestClient, *numbers: int) -> list[str]:
    """What the boxes of rows send: what they are, and what was seen of them."""
    page = client.get("/nhiem-vu").text
    return [re.findall(rf'name="ma" value="(bbbbbbbbbb0{number} \w+)"', page)[0] for number in numbers]


def test_states_of_many_are_written_at_once(office: TestClient) -> None:
    data = {"csrf": token(office, "/nhiem-vu"), "trang-thai": "done", "ma": ticks(office, 1, 2)}
    answer = office.post("/nhiem-vu/trang-thai?q=x&trang=3", data=data)
    assert (answer.status_code, answer.headers["location"]) == (303, "/nhiem-vu?q=x&trang=3&da-ghi=2")
    assert [state(office, f"bbbbbbbbbb0{number}")[0] for number in (1, 2, 3)] == ["done", "done", None]
    assert WORDS["written"].format(count=2) in office.get("/nhiem-vu?da-ghi=2").text
    note = trail.of(base(office))[0]
    assert (note.what, note.who) == ("status", office.app.state.house.owner)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"trang_thai": "done"}, 400), ({"trang_thai": "xong", "ma": "bbbbbbbbbb01"}, 422), ({"trang_thai": "done", "ma": "khong-co"}, 404)],
)
def test_what_is_not_right_writes_nothing(office: TestClient, fields: dict[str, str], status: int) -> None:
    assert post(office, "/nhiem-vu/trang-thai", **fields) == status
    assert state(office, "bbbbbbbbbb01") == (None,) * 5


def test_one_state_with_all_that_an_officer_says(office: TestClient) -> None:
    path = "/nhiem-vu/bbbbbbbbbb01/trang-thai"
    seen = re.search(r'name="da-thay" value="(\w+)"', office.get(path).text)
    assert seen is not None
    data = {
        "csrf": token(office, "/nhiem-vu"), "da-thay": seen[1], "trang-thai": "done", "phan-tram": "100 %",
        "ngay-xong": "2026-03-08", "ket-qua": " đã xong ", "ghi-chu": TAG,
    }  # fmt: skip
    row = office.post(path, data=data, headers={"hx-request": "true"})
    assert row.status_code == 200 and row.text.lstrip().startswith('<tr id="task-bbbbbbbbbb01"') and TAG not in row.text
    assert state(office, "bbbbbbbbbb01") == ("done", 100.0, dt.date(2026, 3, 8), "đã xong", TAG)


@pytest.mark.parametrize(("name", "value"), [("phan-tram", "101"), ("phan-tram", "½"), ("ngay-xong", "8/3/2026")])
def test_a_wrong_value_is_said_and_nothing_written(office: TestClient, name: str, value: str) -> None:
    path = "/nhiem-vu/bbbbbbbbbb01/trang-thai"
    seen = re.findall(r'name="da-thay" value="(\w+)"', office.get(path).text)[0]
    answer = office.post(path, data={"csrf": token(office, "/nhiem-vu"), "da-thay": seen, "trang-thai": "done", name: value})
    assert answer.status_code == 422 and value in answer.text
    assert state(office, "bbbbbbbbbb01") == (None,) * 5


def test_of_two_who_write_at_once_the_second_is_told(office: TestClient) -> None:
    path = "/nhiem-vu/bbbbbbbbbb01/trang-thai"
    seen = re.findall(r'name="da-thay" value="(\w+)"', office.get(path).text)[0]
    register.bulk_state(base(office), ["bbbbbbbbbb01"], {"status": "paused", "notes": "chờ ý kiến"}, "người khác", NOW)
    data = {"csrf": token(office, "/nhiem-vu"), "da-thay": seen, "trang-thai": "done", "ket-qua": "của tôi"}
    answer = office.post(path, data=data, headers={"hx-request": "true"})
    assert answer.status_code == 409
    assert "chờ ý kiến" in answer.text and 'value="của tôi"' in answer.text  # theirs is told, mine is still in its field
    assert state(office, "bbbbbbbbbb01")[0] == "paused"
    again = re.findall(r'name="da-thay" value="(\w+)"', answer.text)[0]
    assert office.post(path, data={**data, "da-thay": again}, headers={"hx-request": "true"}).status_code == 200
    assert state(office, "bbbbbbbbbb01")[0] == "done"


def test_of_many_those_that_another_wrote_stay_and_are_told(office: TestClient) -> None:
    chosen = ticks(office, 1, 2)
    register.bulk_state(base(office), ["bbbbbbbbbb01"], {"status": "paused", "notes": "chờ ý kiến"}, "người khác", NOW)
    data = {"csrf": token(office, "/nhiem-vu"), "trang-thai": "done", "ma": chosen}
    answer = office.post("/nhiem-vu/trang-thai", data=data)
    assert answer.status_code == 409
    assert WORDS["overtaken"].format(count=1) in answer.text and WORDS["written"].format(count=1) in answer.text
    assert [state(office, f"bbbbbbbbbb0{number}")[0] for number in (1, 2)] == ["paused", "done"]
    assert '<option value="done" selected>' in answer.text
    again = re.findall(r'name="ma" value="([^"]+)" form="bulk" checked', answer.text)
    assert [one.partition(" ")[0] for one in again] == ["bbbbbbbbbb01"]  # what is left to decide
    assert office.post("/nhiem-vu/trang-thai", data={**data, "ma": again}).status_code == 303
    assert state(office, "bbbbbbbbbb01") == ("done", None, None, None, "chờ ý kiến")


def test_of_many_those_that_are_gone_are_told(office: TestClient) -> None:
    data = {"csrf": token(office, "/nhiem-vu"), "trang-thai": "done", "ma": [*ticks(office, 1), "khong-co " + "0" * 16]}
    answer = office.post("/nhiem-vu/trang-thai", data=data)
    assert answer.status_code == 409 and WORDS["gone-rows"].format(count=1) in answer.text
    assert state(office, "bbbbbbbbbb01")[0] == "done"


def test_a_viewer_reads_and_writes_nothing(others: Callable[[], TestClient]) -> None:
    client = others()
    fill(base(client), harmful())
    log_in(client, "chi-xem")
    page = client.get("/nhiem-vu").text
    assert len(shown(page)) == 3 and "/trang-thai" not in page and 'name="ma"' not in page
    assert client.get("/nhiem-vu/bbbbbbbbbb01/trang-thai").status_code == 403
    data = {"csrf": token(client, "/nhiem-vu"), "trang-thai": "done", "ma": "bbbbbbbbbb01"}
    assert client.post("/nhiem-vu/trang-thai", data=data).status_code == 403
    assert state(client, "bbbbbbbbbb01")[0] is None


def test_without_its_token_a_form_writes_nothing(office: TestClient) -> None:
    assert office.post("/nhiem-vu/trang-thai", data={"trang-thai": "done", "ma": "bbbbbbbbbb01"}).status_code == 403
    assert state(office, "bbbbbbbbbb01")[0] is None
