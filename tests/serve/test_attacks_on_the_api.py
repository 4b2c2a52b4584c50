"""What others would try on the API, and on every address by its id: nobody reads or writes what is not his to."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browsers import PASSWORD, Clock, log_in, token
from corrected import plan
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.testclient import TestClient

from pipeline.errors import UsageError
from pipeline.serve.security import bodies
from pipeline.serve.security.csrf import SAFE
from pipeline.serve.security.gate import EXPORTS, LANGUAGE, LOGIN, LOGOUT, SESSION_NOW
from pipeline.serve.security.gate import PASSWORD as OWN_PASSWORD
from pipeline.store import corrections, files, people, register
from pipeline.store.register import Filter
from pipeline.store.rows import document_id
from pipeline.store.saving import save
from pipeline.store.states import UNTOUCHED, mark_of

Browser = Callable[[], TestClient]
V1 = "/api/v1"
PLAN = plan()
HOME, ROW = document_id(PLAN), PLAN.tasks[0].id
STATE, LOG = f"{V1}/tasks/{ROW}/state", f"{V1}/documents/{HOME}/corrections"
SEEN = mark_of(UNTOUCHED)
DONE = {"status": "done", "seen": SEEN}
ANYBODY = {LOGIN, LOGOUT, LANGUAGE, SESSION_NOW, OWN_PASSWORD}
EVIL = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}


def base(app: Any) -> Any:
    return app.state.house.database


@pytest.fixture
def office(others: Browser) -> Browser:
    save(base(others().app), [PLAN], Clock()())
    return others


@pytest.fixture
def system(here: TestClient) -> Iterator[TestClient]:
    """Another system with the token of an editor."""
    save(base(here.app), [PLAN], Clock()())
    here.headers.update(bearer(here.app, "editor"))
    yield here
    assert register.listed(base(here.app), [ROW])[0].status in (None, "done")  # what is right alone was written


def bearer(app: Any, role: str, user: str = "lan") -> dict[str, str]:
    return {"authorization": f"Bearer {people.new_token(base(app), 'x', user, role, Clock()())[1]}"}


def addresses(app: Any) -> list[tuple[str, str]]:
    """Method and address of everything that there is, of the document and its rows."""
    assert isinstance(app, FastAPI)
    found = []
    for context in iter_route_contexts(app.routes):
        if isinstance(context.route, APIRoute):
            path = (context.path or "").replace("{task}", ROW).replace("{document}", HOME)
            path = path.replace("{upload}", "1").replace("{token}", "0" * 12).replace("{", "").replace("}", "")
            found += [(method, path) for method in context.methods or ()]
    return found


# ── what is another's ──────────────────────────────────────────────────────────────────────


def test_nobody_reads_or_writes_anything_by_its_id(office: Browser) -> None:
    every = addresses(office().app)
    assert len(every) > 40
    for method, path in every:
        if path in ANYBODY:
            continue
        answer = office().request(method, path)
        assert answer.status_code == (401 if path.startswith("/api/") else 303), (method, path)
        assert PLAN.tasks[0].text not in answer.text
        # who only sends a made-up token is nobody too
        made_up = office().request(method, path, headers={"authorization": "Bearer " + "A" * 43})
        assert made_up.status_code in (303, 401), (method, path)


def test_a_viewer_changes_nothing_at_any_address(office: Browser) -> None:
    viewer = log_in(office(), "chi-xem")
    key = {"x-csrf-token": token(viewer, "/lich")}
    by_token = bearer(viewer.app, "viewer")
    for method, path in addresses(viewer.app):
        if method in SAFE or path in ANYBODY | EXPORTS:
            continue
        assert viewer.request(method, path, headers=key, json={}).status_code == 403, (method, path)
        if path.startswith("/api/"):
            assert office().request(method, path, headers=by_token, json={}).status_code == 403, (method, path)


@pytest.mark.parametrize("name", ["chi-xem", "bien-tap"])
def test_only_an_admin_sees_or_makes_tokens(office: Browser, name: str) -> None:
    browser = log_in(office(), name)
    key = {"x-csrf-token": token(browser, "/lich")}
    assert browser.get(f"{V1}/tokens").status_code == 403
    assert browser.post(f"{V1}/tokens", headers=key, json={"name": "x", "role": "admin"}).status_code == 403
    assert people.tokens(base(browser.app)) == ()


def test_a_token_makes_no_other_that_would_outlive_it(office: Browser) -> None:
    caller = office()
    given = bearer(caller.app, "admin", "quan-tri")
    answer = caller.post(f"{V1}/tokens", headers=given, json={"name": "x", "role": "admin"})
    assert (answer.status_code, answer.json()["code"]) == (403, "token-by-token")
    assert len(people.tokens(base(caller.app))) == 1


@pytest.mark.parametrize("role", ["admin", "editor"])
def test_a_token_may_do_no_more_than_who_made_it(office: Browser, role: str) -> None:
    caller = office()
    given = bearer(caller.app, role, "chi-xem")  # who was an admin once
    assert caller.get(f"{V1}/tasks", headers=given).status_code == 200
    assert caller.patch(STATE, headers=given, json=DONE).status_code == 403


@pytest.mark.parametrize("name", ["%25" * 12, "_" * 12, "0", "0" * 11 + "%25", "'or 1=1 --", "../tokens"])
def test_a_pattern_revokes_no_token(office: Browser, name: str) -> None:
    caller = office()
    given = bearer(caller.app, "admin", "quan-tri")
    assert caller.delete(f"{V1}/tokens/{name}", headers=given).status_code in (404, 405, 422)
    assert caller.get(f"{V1}/tokens", headers=given).status_code == 200


def test_a_token_in_an_address_is_none(office: Browser) -> None:
    caller = office()
    secret = bearer(caller.app, "admin")["authorization"].partition(" ")[2]
    for name in ("token", "access_token", "authorization", "key"):
        assert caller.get(f"{V1}/tasks", params={name: secret}).status_code == 401
    caller.cookies.set("authorization", f"Bearer {secret}")
    assert caller.get(f"{V1}/tasks").status_code == 401


def test_who_made_a_correction_is_not_what_was_sent(system: TestClient) -> None:
    draft = {"kind": "confirm", "tasks": [ROW], "seen": 0}
    for more in ({"by": "giám đốc"}, {"at": "2020-01-01T00:00:00Z"}, {"document": "khac"}, {"texts": ["khác"]}):
        assert system.post(LOG, json=draft | more).status_code == 422
    assert system.post(LOG, json=draft, headers={"x-forwarded-user": "giám đốc".encode()}).status_code == 201
    (made,) = corrections.of(base(system.app), HOME)
    assert (made.by, made.texts) == ("lan (x)", (PLAN.tasks[0].text,))


@pytest.mark.parametrize("path", ["documents/{}", "documents/{}/tasks", "documents/{}/corrections", "tasks/{}", "queue/{}"])
def test_an_id_is_only_an_id(system: TestClient, path: str) -> None:
    for name in ("..", "%2e%2e%2f", "%00", "x%00", "' OR 1=1 --", "%25", "_", "x" * 10_000, "%ff", "\u202e", "*", "9" * 30):
        answer = system.get(f"{V1}/{path.format(name)}")
        assert answer.status_code in (200, 307, 404, 405, 422), name
        assert answer.status_code != 200 or name == ".."  # which the browser itself takes out
        assert answer.headers.get("location", "http://127.0.0.1:8765/").startswith("http://127.0.0.1:8765/")
        assert "sqlite" not in answer.text.lower() and "Traceback" not in answer.text


# ── other sites ────────────────────────────────────────────────────────────────────────────


def test_another_site_calls_nothing_with_our_cookies(office: Browser) -> None:
    editor = log_in(office(), "bien-tap")
    draft = json.dumps(DONE).encode()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", ""):
        assert editor.patch(STATE, content=draft, headers={"content-type": kind}).status_code in (400, 403)
        assert editor.patch(STATE, content=draft, headers={"content-type": kind, **EVIL}).status_code == 403
    assert register.search(base(editor.app), Filter(status="done")).total == 0


def test_no_other_site_is_let_in(system: TestClient) -> None:
    asked = {"access-control-request-method": "PATCH", "access-control-request-headers": "authorization"}
    for answer in (
        system.get(f"{V1}/tasks", headers={"origin": "https://evil.example"}),
        system.options(STATE, headers={"origin": "https://evil.example", **asked}),
        system.get("/api/openapi.json", headers={"origin": "null"}),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert system.patch(STATE, json=DONE, headers=EVIL).status_code == 403


def test_a_name_that_was_made_to_point_here_reads_nothing(system: TestClient) -> None:
    for host in ("evil.example", "evil.example:8765", "127.0.0.1.evil.example"):
        assert system.get(f"{V1}/tasks", headers={"host": host}).status_code == 421
    for name in ("x-forwarded-host", "x-host", "forwarded", "x-original-host"):
        assert system.get(f"{V1}/tasks", headers={name: "127.0.0.1", "host": "evil.example"}).status_code == 421


# ── methods ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["x-http-method-override", "x-method-override", "x-http-method"])
def test_a_method_is_not_another_one(system: TestClient, name: str) -> None:
    body = DONE
    assert system.request("GET", STATE, headers={name: "PATCH"}, json=body).status_code == 405
    assert system.post(STATE, headers={name: "PATCH"}, json=body).status_code == 405
    assert system.post(f"{STATE}?_method=PATCH", json=body).status_code == 405
    assert register.listed(base(system.app), [ROW])[0].status is None


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "GET\t", "get", "QUERY"])
def test_a_method_that_is_none_does_nothing(system: TestClient, method: str) -> None:
    answer = system.request(method, STATE, json=DONE)
    assert answer.status_code in (400, 403, 405)
    assert "Bearer" not in answer.text


# ── bodies ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000, b'{"status":' * 50_000, b'{"a":' * 400 + b"1" + b"}" * 400, b"{" + b'"x":1,' * 100_000 + b'"y":1}',
        b'{"percent":' + b"9" * 100_000 + b"}", b'{"percent":1e999}', b'{"percent":NaN}', b'{"percent":Infinity}',
        b'{"notes":"\\ud800"}', b'{"\\ud800":1}', b'{"notes":"a\\u0000b"}', b'{"notes":"\xff\xfe"}', b'{"status":"\\u0064one\\u0000"}',
        '{"status":"done"}'.encode("utf-16-le")[:-1], "trạng thái".encode("cp1258", "replace"), b"", b"null", b'"done"', b"[]", b"{", b"\x1f\x8b\x08",
        b'{"__proto__":{"status":"done"}}', b'{"constructor":1}', b'{"status":["done"]}', b'{"status":{"$ne":null}}', b"status=done",
    ],
    ids=range(26),
)  # fmt: skip
def test_a_body_that_is_none_writes_nothing(system: TestClient, body: bytes) -> None:
    body = body.replace(b'{"', b'{"seen":"' + SEEN.encode() + b'","', 1)  # else it would be refused for that alone
    answer = system.patch(STATE, content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert set(answer.json()) <= {"code", "message", "where"}
    assert len(answer.content) < 8000  # what was sent does not come back
    assert register.listed(base(system.app), [ROW])[0].status is None


def test_the_same_key_twice_and_a_bomb_of_packed_words(system: TestClient) -> None:
    import gzip

    packed = gzip.compress(b'{"seen":"' + SEEN.encode() + b'","notes":"' + b"x" * 10**7 + b'"}')
    headers = {"content-type": "application/json", "content-encoding": "gzip"}
    assert system.patch(STATE, content=packed, headers=headers).status_code in (400, 422)
    twice = system.patch(STATE, content=b'{"seen":"' + SEEN.encode() + b'","status":"khong","status":"done"}', headers={"content-type": "application/json"})
    assert twice.status_code == 200 and twice.json()["status"] == "done"  # the last counts, for the check and for the writing


def test_what_is_too_large_is_refused(system: TestClient) -> None:
    body = json.dumps({"notes": "x" * bodies.FORM, "seen": SEEN})
    answer = system.patch(STATE, content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    many = {"kind": "confirm", "tasks": [f"{number:012x}" for number in range(1001)], "seen": 0}
    assert system.post(LOG, json=many).status_code == 422
    long = {"kind": "edit", "task": ROW, "values": {"text": "x" * 20_001}, "seen": 0}
    assert system.post(LOG, json=long).status_code == 422


def test_too_many_parts_are_refused(system: TestClient) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    file = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n1\r\n'
    for body in (part * 2000 + b"--x--", file * 2000 + b"--x--", b"--x\r\n" + b"A" * 10**6, b"--x\r\nContent-Disposition: x\r\n"):
        headers = {"content-type": "multipart/form-data; boundary=x"}
        assert system.post(f"{V1}/documents", content=body, headers=headers).status_code in (400, 422)
    assert files.queue(base(system.app)) == ()


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.txt", "..\\..\\x.txt", "C:\\x.txt", "a\u202etxt.exe.txt", "nul.txt", "a" * 5000 + ".txt", "ă" * 5000 + ".txt",
     "\ufeffa.txt", "a\u0000b.txt", "a\r\nX-A: 1.txt", "${jndi:x}.txt", "=cmd|' /C calc'!A0.txt"],
    ids=range(12),
)  # fmt: skip
def test_a_file_name_is_a_name(system: TestClient, name: str) -> None:
    answer = system.post(f"{V1}/documents", files={"file": (name, b"Giao")})
    assert answer.status_code in (202, 400, 415, 422)
    for queued in files.queue(base(system.app)):
        assert "/" not in queued.name and "\\" not in queued.name and len(queued.name) <= files.LONGEST_NAME
        assert queued.size == len(b"Giao")


# ── letters that look alike ────────────────────────────────────────────────────────────────


def test_a_name_in_other_letters_is_no_second_user(office: Browser) -> None:
    database = base(office().app)
    people.add_user(database, "Nguyễn Lân", PASSWORD, "viewer", "quan-tri", Clock()())
    for name in (unicodedata.normalize("NFD", "Nguyễn Lân"), " Nguyễn Lân ", "Nguyễn Lân\n"):
        with pytest.raises(UsageError):
            people.add_user(database, name, PASSWORD, "admin", "quan-tri", Clock()())
    for name in ("Nguyễn\u202eLân", "Nguyễn\u0000", "\u200b", "a\u2028b"):
        with pytest.raises(UsageError):
            people.add_user(database, name, PASSWORD, "admin", "quan-tri", Clock()())


def test_words_that_turn_the_line_stay_in_their_value(system: TestClient) -> None:
    """Directions and joiners of Unicode are words of a document; controls are not kept."""
    values = {"lead": ["Phòng\u202eKinh tế", "Công\x07 an xã"], "deliverable": "báo\u2028cáo"}
    made = system.post(LOG, json={"kind": "edit", "task": ROW, "values": values, "seen": 0})
    assert made.status_code == 201
    found = next(row for row in system.get(f"{V1}/documents/{HOME}/tasks").json()["tasks"] if row["id"] == ROW)
    assert found["lead"] == ["PhòngKinh tế", "Công an xã"] and found["deliverable"] == "báo cáo"
