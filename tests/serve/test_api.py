"""The API: what another system sends is done as on the pages, and what it is answered keeps its form."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import Clock, log_in, token
from corrected import plan, task
from openpyxl import load_workbook
from starlette.testclient import TestClient

from pipeline.corrections.model import FIELDS
from pipeline.export.document_json import encode
from pipeline.model import Directive
from pipeline.serve.api.exports import NOTES
from pipeline.serve.api.models.corrections import Fields
from pipeline.serve.pages.tokens import HERE as PAGE_OF_TOKENS
from pipeline.store import corrections, people, register, trail
from pipeline.store.register import Filter
from pipeline.store.rows import document_id
from pipeline.store.saving import save

V1 = "/api/v1"
PLAN: Directive = plan()
HOME = document_id(PLAN)
LOG = f"{V1}/documents/{HOME}/corrections"
LAND, FIRE = task(PLAN, "đất đai"), task(PLAN, "phòng cháy")


class System:
    """Another system, with a token."""

    def __init__(self, client: TestClient, role: str = "editor") -> None:
        self.client, self.house = client, client.app.state.house  # type: ignore[attr-defined]
        _, secret = people.new_token(self.house.database, "hệ thống", "lan", role, self.house.settings.now())
        self.headers = {"authorization": f"Bearer {secret}"}

    def __call__(self, method: str, path: str, **more: Any) -> Any:
        return self.client.request(method, V1 + path, headers=self.headers | more.pop("headers", {}), **more)

    def correct(self, seen: int = 0, **draft: Any) -> Any:
        return self.client.post(LOG, headers=self.headers, json={"seen": seen, **draft})


@pytest.fixture
def system(here: TestClient) -> Iterator[System]:
    found = System(here)
    save(found.house.database, [PLAN], Clock()())
    yield found


def rows(system: System) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in system("GET", f"/documents/{HOME}/tasks").json()["tasks"]}


# ── documents ──────────────────────────────────────────────────────────────────────────────


def test_a_file_is_sent_waited_for_and_taken(system: System) -> None:
    words = "KẾ HOẠCH\nNăm 2026\n1. Phòng Kinh tế rà soát hồ sơ đất đai, xong trước ngày 30/6/2026.\n"
    sent = system("POST", "/documents", files={"file": ("thư mục/kh mới.txt", words.encode())})
    assert sent.status_code == 202 and sent.json()["name"] == "kh mới.txt"
    end = time.monotonic() + 120
    while (found := system("GET", f"/queue/{sent.json()['upload']}").json())["state"] in ("waiting", "reading"):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert (found["state"], found["by"]) == ("done", "lan (hệ thống)")
    assert system("GET", "/queue").json()["uploads"] == [found]
    (read,) = found["documents"]
    assert system("GET", f"/documents/{read}").json()["tasks"][0]["due"] == "2026-06-30"
    again = system("POST", "/documents", files={"file": ("x.txt", words.encode())}).json()
    assert again == {"upload": None, "name": "x.txt", "documents": [read]}


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [("a.exe", b"MZ", 415, "unknown-format"), ("a.txt", b"", 422, "empty-file"), ("a.rar", b"Rar!", 415, "not-yet-supported")],
)
def test_what_is_no_document_is_refused(system: System, name: str, data: bytes, status: int, code: str) -> None:
    answer = system("POST", "/documents", files={"file": (name, data)})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert system("GET", "/queue").json()["uploads"] == []


def test_a_document_is_the_json_of_a_conversion(system: System) -> None:
    assert system("GET", f"/documents/{HOME}").content == encode(PLAN)
    (listed,) = system("GET", "/documents").json()["documents"]
    assert (listed["id"], listed["number"], listed["rows"]) == (HOME, PLAN.meta.number, len(PLAN.tasks))
    system.correct(kind="edit", task=LAND.id, values={"lead": ["Công an xã"]})
    found = system("GET", f"/documents/{HOME}").json()
    assert next(row for row in found["tasks"] if row["id"] == LAND.id)["lead"] == ["Công an xã"]


def test_pages_of_documents_and_tasks_hold_each_once(system: System) -> None:
    every = [row["id"] for row in system("GET", "/tasks").json()["tasks"]]
    pages = [system("GET", "/tasks", params={"page": page, "size": 2}).json() for page in (1, 2, 3, 4)]
    assert [row["id"] for page in pages for row in page["tasks"]] == every
    assert {page["total"] for page in pages} == {len(every)} == {len(PLAN.tasks)}
    assert system("GET", "/documents", params={"page": 2}).json() == {"total": 1, "documents": []}


# ── tasks ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"q": "phong chay"}, Filter(text="phong chay")), ({"status": "open"}, Filter(status="open")),
        ({"due_from": "2026-06-15", "due_to": "2026-06-15"}, Filter(due_from=LAND.due, due_to=LAND.due)),
        ({"doubtful": "true"}, Filter(doubtful=True)), ({"document": HOME, "kind": "task"}, Filter(document=HOME, kind="task")),
        ({"vanished": "yes"}, Filter(vanished=True)), ({"document": "x"}, Filter(document="x")),
    ],
)  # fmt: skip
def test_tasks_are_filtered_as_on_the_page(system: System, query: dict[str, str], wanted: Filter) -> None:
    found = system("GET", "/tasks", params={**query, "sort": "document"}).json()
    assert [row["id"] for row in found["tasks"]] == [
        row.id for row in register.search(system.house.database, wanted, by="document").rows
    ]


def test_a_state_is_written_and_what_is_not_sent_stays(system: System) -> None:
    path = f"/tasks/{LAND.id}/state"
    before = system("GET", f"/tasks/{LAND.id}").json()["seen"]
    first = {"status": "under-way", "percent": 40, "notes": "đang chờ", "seen": before}
    seen = system("PATCH", path, json=first).json()["seen"]
    found = system("PATCH", path, json={"status": "done", "done_on": "2026-05-01", "notes": None, "seen": seen}).json()
    assert (found["status"], found["percent"], found["done_on"], found["notes"]) == ("done", 40, "2026-05-01", None)
    assert [note.who for note in trail.of(system.house.database)][:1] == ["lan (hệ thống)"]
    assert system("GET", f"/tasks/{LAND.id}").json() == found


@pytest.mark.parametrize(
    "state", [{"status": "xong"}, {"percent": 101}, {"percent": -1}, {"done_on": "2026-02-30"}, {"done_on": 0}, {"notes": "x" * 2001}, {"x": 1}]
)
def test_a_wrong_state_writes_nothing(system: System, state: dict[str, Any]) -> None:
    seen = system("GET", f"/tasks/{LAND.id}").json()["seen"]
    answer = system("PATCH", f"/tasks/{LAND.id}/state", json={**state, "seen": seen})
    assert answer.status_code == 422 and answer.json()["where"] == [f"body.{next(iter(state))}"]
    assert system("GET", f"/tasks/{LAND.id}").json()["status"] is None


def test_of_two_systems_the_second_is_told_and_writes_over_nothing(system: System) -> None:
    path = f"/tasks/{LAND.id}/state"
    seen = system("GET", f"/tasks/{LAND.id}").json()["seen"]
    assert [row["seen"] for row in system("GET", "/tasks").json()["tasks"] if row["id"] == LAND.id] == [seen]
    assert system("PATCH", path, json={"status": "paused", "notes": "chờ ý kiến", "seen": seen}).status_code == 200
    answer = system("PATCH", path, json={"status": "done", "seen": seen})
    assert (answer.status_code, answer.json()["code"]) == (409, "state-changed")
    theirs = answer.json()["task"]
    assert (theirs["status"], theirs["notes"]) == ("paused", "chờ ý kiến")
    assert system("GET", f"/tasks/{LAND.id}").json() == theirs
    assert [note.what for note in trail.of(system.house.database)].count("status") == 1
    assert system("PATCH", path, json={"status": "done", "seen": theirs["seen"]}).json()["status"] == "done"
    without = system("PATCH", path, json={"status": "paused"})
    assert (without.status_code, without.json()["where"]) == (422, ["body.seen"])


# ── corrections ────────────────────────────────────────────────────────────────────────────


def test_every_kind_of_correction(system: System) -> None:
    edited = system.correct(kind="edit", task=LAND.id, values={"due": "2026-07-01", "coordinating": ["Công an xã"]})
    assert edited.status_code == 201
    entered = edited.json()["correction"]
    assert entered["values"]["before"] == {"due": "2026-06-15", "coordinating": []}  # what it said, not what was sent
    assert (entered["texts"], entered["by"]) == ([LAND.text], "lan (hệ thống)")
    assert rows(system)[LAND.id]["due"] == "2026-07-01"
    first, second = LAND.text.split("; ")
    split = system.correct(entered["seq"], kind="split", task=LAND.id, parts=[first, second]).json()["correction"]
    assert {first, second} <= {row["text"] for row in rows(system).values()} and LAND.id not in rows(system)
    undone = system.correct(split["seq"], kind="undo", undoes=split["seq"]).json()["correction"]
    assert undone["tasks"] == [LAND.id] and rows(system)[LAND.id]["due"] == "2026-07-01"
    others = [one.id for one in PLAN.tasks if one.id not in (LAND.id, FIRE.id)]
    merged = system.correct(undone["seq"], kind="merge", tasks=others[:2]).json()["correction"]
    assert merged["tasks"] == others[:2] and others[1] not in rows(system)
    rejected = system.correct(merged["seq"], kind="reject", tasks=[FIRE.id]).json()["correction"]
    assert FIRE.id not in rows(system)
    shown = system("GET", f"/documents/{HOME}/tasks").json()
    assert [row["id"] for row in shown["rejected"]] == [FIRE.id] and shown["seen"] == rejected["seq"]
    confirmed = system.correct(shown["seen"], kind="confirm", tasks=[LAND.id, FIRE.id])  # which brings it back
    assert confirmed.status_code == 201
    assert set(system("GET", f"/documents/{HOME}/tasks").json()["confirmed"]) == {LAND.id, FIRE.id}
    start = PLAN.text.index("Độc lập - Tự do")
    added = system.correct(99, kind="add", start=start, end=start + len("Độc lập - Tự do")).json()["correction"]
    assert added["values"]["quote"] == "Độc lập - Tự do" and added["tasks"][0] in rows(system)
    log = system("GET", f"/documents/{HOME}/corrections").json()
    assert [one["kind"] for one in log["corrections"]] == "edit split undo merge reject confirm add".split()
    rest = system("GET", f"/documents/{HOME}/corrections", params={"after": merged["seq"], "limit": 2}).json()
    assert [one["kind"] for one in rest["corrections"]] == ["reject", "confirm"] and rest["seen"] == log["seen"]


def test_who_comes_second_is_told_and_nothing_is_lost(system: System) -> None:
    first = system.correct(kind="edit", task=LAND.id, values={"lead": ["Công an xã"]}).json()["correction"]
    late = system.correct(kind="edit", task=LAND.id, values={"lead": ["Phòng Văn hóa"]})
    assert late.status_code == 409
    assert (late.json()["code"], late.json()["correction"]) == ("conflict", first)
    assert rows(system)[LAND.id]["lead"] == ["Công an xã"]
    assert system.correct(kind="edit", task=FIRE.id, values={"due": None}).status_code == 201  # another task


def test_what_was_read_again_meanwhile_is_not_signed_unseen(system: System, clock: Clock) -> None:
    shown = system("GET", f"/documents/{HOME}/tasks").json()
    clock.later(minutes=1)
    save(system.house.database, [plan(**{"Phòng_Kinh_tế_rà_soát": "Phòng Kinh tế kiểm tra"})], clock())
    late = system.correct(kind="confirm", tasks=[FIRE.id], reading=shown["reading"])
    assert (late.status_code, late.json()["code"]) == (409, "read-again")
    assert corrections.of(system.house.database, HOME) == ()
    now = system("GET", f"/documents/{HOME}/tasks").json()["reading"]
    assert system.correct(kind="confirm", tasks=[FIRE.id], reading=now).status_code == 201


def test_a_task_that_somebody_took_apart_meanwhile_is_a_conflict(system: System) -> None:
    parts = LAND.text.split("; ")
    split = system.correct(kind="split", task=LAND.id, parts=parts).json()["correction"]
    late = system.correct(kind="edit", task=LAND.id, values={"due": None})
    assert (late.status_code, late.json()["correction"]["seq"]) == (409, split["seq"])
    gone = system.correct(split["seq"], kind="edit", task=LAND.id, values={"due": None})
    assert (gone.status_code, gone.json()["code"]) == (404, "no-such-task")


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ({"kind": "edit", "task": LAND.id, "values": {}}, 422),
        ({"kind": "edit", "task": LAND.id, "values": {"due": "2026-02-30"}}, 422),
        ({"kind": "edit", "task": LAND.id, "values": {"text": " "}}, 422),
        ({"kind": "edit", "task": LAND.id, "values": {"cadence": ["đôi khi"]}}, 422),
        ({"kind": "edit", "task": LAND.id, "values": {"rrule": "FREQ=SECONDLY"}}, 422),
        ({"kind": "edit", "task": LAND.id, "values": {"before": {"due": None}}}, 422),
        ({"kind": "edit", "task": "khong", "values": {"due": None}}, 404),
        ({"kind": "split", "task": LAND.id, "parts": ["một"]}, 422),
        ({"kind": "split", "task": LAND.id, "parts": ["một", " "]}, 422),
        ({"kind": "merge", "tasks": [LAND.id, LAND.id]}, 422),
        ({"kind": "confirm", "tasks": []}, 422),
        ({"kind": "reject", "tasks": [LAND.id, "khong"]}, 404),
        ({"kind": "add", "start": 5, "end": 5}, 422),
        ({"kind": "add", "start": 10**7, "end": 10**7 + 5}, 422),
        ({"kind": "undo", "undoes": 1}, 422),
        ({"kind": "xoa"}, 422),
        ({"kind": "edit", "task": LAND.id, "values": {"due": None}, "by": "người khác"}, 422),
    ],
)  # fmt: skip
def test_a_correction_that_is_none_writes_nothing(system: System, draft: dict[str, Any], status: int) -> None:
    answer = system.correct(**draft)
    assert answer.status_code == status, answer.text
    assert answer.json()["code"] and answer.json()["message"]
    assert corrections.of(system.house.database, HOME) == ()


# ── exports ────────────────────────────────────────────────────────────────────────────────


def test_an_export_is_of_what_was_filtered(system: System) -> None:
    answer = system("GET", "/export", params={"format": "xlsx", "q": "phòng cháy"})
    book = load_workbook(io.BytesIO(answer.content))
    assert [row[2].value for row in book["Nhiệm vụ"].iter_rows(min_row=2) if row[2].value] == [FIRE.text]
    assert answer.headers["content-disposition"].startswith("attachment")
    calendar = system("GET", "/export", params={"format": "ics"}, headers={"accept-language": "en"})
    assert "VTODO" in json.loads(calendar.headers[NOTES])[0]


@pytest.mark.parametrize(
    ("query", "status"),
    [({"format": "exe"}, 422), ({}, 422), ({"format": "docx"}, 404), ({"format": "xlsx", "profile": "khong-co"}, 422),
     ({"format": "xlsx", "profile": "../vigov"}, 422)],
)  # fmt: skip
def test_an_export_that_there_is_none_of(system: System, query: dict[str, str], status: int) -> None:
    answer = system("GET", "/export", params=query)
    assert answer.status_code == status and answer.json()["code"]


@pytest.mark.parametrize("path", ["/export?format=csv&documnet=x", "/tasks?Q=dat", "/queue?page=1", "/documents?sort=due", "/tasks?unit=a&unit=b",
                                  "/tasks?due_to=0", "/export?format=csv&due_from=0.0", "/tasks?due_to=2026-01-01T00:00"])
def test_a_filter_that_there_is_none_of_is_not_passed_over(system: System, path: str) -> None:
    answer = system("GET", path)
    name = path.partition("?")[2].rpartition("&")[2].partition("=")[0]  # the last
    assert (answer.status_code, answer.json()["where"]) == (422, [f"query.{name}"])


# ── tokens, and who may call ───────────────────────────────────────────────────────────────


def test_an_admin_makes_and_revokes_tokens(others: Callable[[], TestClient]) -> None:
    admin, caller = log_in(others(), "quan-tri"), others()
    key = {"x-csrf-token": token(admin, "/lich")}
    made = admin.post(f"{V1}/tokens", headers=key, json={"name": " một cửa ", "role": "viewer"})
    assert made.status_code == 201 and made.json()["token"]["name"] == "một cửa"
    secret, name = made.json()["secret"], made.json()["token"]["id"]
    given = {"authorization": f"Bearer {secret}"}
    assert caller.get(f"{V1}/tasks", headers=given).status_code == 200
    assert secret not in admin.get(f"{V1}/tokens").text  # it is told once
    assert admin.delete(f"{V1}/tokens/{name}", headers=key).status_code == 204
    assert caller.get(f"{V1}/tasks", headers=given).status_code == 401
    assert admin.delete(f"{V1}/tokens/{name}", headers=key).status_code == 404


def test_a_token_is_made_on_its_page_too(others: Callable[[], TestClient]) -> None:
    admin, caller = log_in(others(), "quan-tri"), others()
    form = {"csrf": token(admin, PAGE_OF_TOKENS), "name": "<b>một cửa</b>", "role": "viewer"}
    page = admin.post(PAGE_OF_TOKENS, data=form).text
    secret = page.partition('id="secret" value="')[2].partition('"')[0]
    assert "&lt;b&gt;" in page and "<b>một" not in page
    assert caller.get(f"{V1}/tasks", headers={"authorization": f"Bearer {secret}"}).status_code == 200
    assert secret not in admin.get(PAGE_OF_TOKENS).text
    (made,) = admin.get(f"{V1}/tokens").json()
    assert admin.post(f"{PAGE_OF_TOKENS}/thu-hoi", data={"csrf": form["csrf"], "id": made["id"]}).status_code == 303
    assert caller.get(f"{V1}/tasks", headers={"authorization": f"Bearer {secret}"}).status_code == 401
    assert admin.post(PAGE_OF_TOKENS, data={**form, "name": " "}).status_code == 422
    for name in ("bien-tap", "chi-xem"):
        assert log_in(others(), name).get(PAGE_OF_TOKENS).status_code == 403


def test_reading_needs_a_token_or_a_page_too(here: TestClient) -> None:
    answer = here.get(f"{V1}/tasks")
    assert (answer.status_code, answer.json()["code"]) == (401, "token-needed")
    assert here.get(f"{V1}/tasks", headers={"x-csrf-token": token(here)}).status_code == 200


def test_a_session_is_enough_to_read_and_not_to_write(others: Callable[[], TestClient]) -> None:
    editor = log_in(others(), "bien-tap")
    assert editor.get(f"{V1}/tasks").status_code == 200
    assert editor.patch(f"{V1}/tasks/x/state", json={}).status_code == 403


@pytest.mark.parametrize(
    ("header", "english"),
    [("", False), ("en", True), ("en-GB,en;q=0.8", True), ("vi,en", False), ("fr, en;q=0.5", True), ("fr", False), (";,;", False)],
)
def test_messages_are_in_the_language_that_is_asked_for(system: System, header: str, english: bool) -> None:
    answer = system("GET", "/tasks/khong", headers={"accept-language": header})
    assert answer.json()["message"].startswith("There is no such task" if english else "Không có nhiệm vụ này")


def test_the_description_loads_nothing_from_elsewhere(here: TestClient) -> None:
    described = here.get("/api/openapi.json").json()
    assert all(path.startswith(f"{V1}/") for path in described["paths"])
    assert "bearer" in json.dumps(described["components"]["securitySchemes"])
    for path in ("/docs", "/redoc", "/api/docs"):
        assert here.get(path).status_code == 404


def test_the_documentation_names_every_call(here: TestClient) -> None:
    told = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
    described = here.get("/api/openapi.json").json()["paths"]
    calls = {f"{method.upper()} {path.removeprefix(V1)}" for path, methods in described.items() for method in methods}
    assert calls == set(re.findall(r"^\| `([A-Z]+ /\S+)` \|", told, re.M))
    fields = re.search(r"\| new values by field: (.*) \|", told)
    assert fields is not None and tuple(re.findall(r"`(\w+)`", fields[1])) == tuple(Fields.model_fields)
    assert set(Fields.model_fields) == set(FIELDS)


def test_every_moment_says_its_zone(system: System) -> None:
    system.correct(kind="reject", tasks=[LAND.id])
    gone = system("GET", f"/tasks/{LAND.id}").json()
    assert gone["vanished"] == "2026-03-10T08:00:00Z"
