"""What others would try: each attack fails, and says nothing that it should not."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsers import NAME, PASSWORD, USERS, Clock, log_in, token
from fastapi import FastAPI, UploadFile
from starlette.testclient import TestClient

from pipeline.errors import OutputError
from pipeline.serve.security import bodies
from pipeline.serve.security.csrf import VISIT
from pipeline.serve.security.logins import SESSION
from pipeline.store import people

Browser = Callable[[], TestClient]
OTHER = {"sec-fetch-site": "cross-site"}


@pytest.fixture
def written(here: TestClient) -> Iterator[list[str]]:
    """What reached a page that changes something, on a server of this machine."""
    found: list[str] = []
    _add_pages(here.app, found)
    yield found


def _add_pages(app: object, found: list[str]) -> None:
    assert isinstance(app, FastAPI)

    @app.post("/ghi")
    async def write() -> None:
        found.append("ghi")

    @app.post("/gui-tep")
    async def take(tep: UploadFile) -> None:
        found.append(tep.filename or "")


# ── who asks: names of the server ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:8765",  # a name that was made to point here
        "127.0.0.1.evil.example", "localhost.evil.example", "evil-localhost",  # that look like ours
        "127.0.0.1@evil.example", "[::1].evil.example", "[::1", "", "127.0.0.1:x", "0.0.0.0", "127.0.0.2",
    ],
)  # fmt: skip
def test_another_name_is_answered_with_nothing(here: TestClient, host: str) -> None:
    answer = here.get("/van-ban", headers={"host": host})
    assert answer.status_code == 421
    assert token(here) not in answer.text  # the site whose name it is can read this answer
    assert here.get("/static/x/base.js", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost", "LOCALHOST:1", "[::1]", "[::1]:8765"])
def test_our_names_are_answered(here: TestClient, host: str) -> None:
    assert here.get("/van-ban", headers={"host": host}).status_code == 200


def test_two_names_are_none(here: TestClient) -> None:
    assert here.get("/van-ban", headers=[("host", "127.0.0.1"), ("host", "evil.example")]).status_code == 421


@pytest.mark.parametrize("header", ["x-forwarded-for", "X-Forwarded-Host", "forwarded", "x-real-ip", "via"])
def test_without_a_login_nobody_comes_through_a_program_in_between(
    here: TestClient, others: Browser, header: str
) -> None:
    answer = here.get("/van-ban", headers={header: "192.0.2.7"})
    assert answer.status_code == 421 and "--host" in answer.text
    assert others().get("/dang-nhap", headers={header: "192.0.2.7"}).status_code == 200


# ── forms of other sites ───────────────────────────────────────────────────────────────────


def test_a_form_of_ours_is_taken(here: TestClient, written: list[str]) -> None:
    key = token(here)
    assert here.post("/ghi", data={"csrf": key}).status_code == 200
    assert here.post("/ghi", headers={"x-csrf-token": key}).status_code == 200
    # browsers say no origin where a page sends no referrer, as ours do
    assert here.post("/ghi", data={"csrf": key}, headers={"origin": "null", "sec-fetch-site": "same-origin"}).is_success
    assert here.post("/ghi", data={"csrf": key}, headers={"origin": "http://127.0.0.1:8765"}).is_success
    assert here.post("/gui-tep", data={"csrf": key}, files={"tep": ("a.txt", b"x")}).is_success
    assert written == [*["ghi"] * 4, "a.txt"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_changed_without_a_token(here: TestClient, written: list[str], method: str) -> None:
    here.app.add_api_route("/sua", lambda: written.append("sua"), methods=[method])  # type: ignore[attr-defined]
    for headers in ({}, {"x-csrf-token": ""}, {"x-csrf-token": "ă".encode()}, {"x-csrf-token": "0" * 64}):
        assert here.request(method, "/sua", headers=headers).status_code == 403
    for data in ({}, {"csrf": ""}, {"csrf": "0" * 64}):
        assert here.request(method, "/sua", data=data).status_code == 403
    assert here.request(method, "/sua", json={"csrf": token(here)}).status_code == 403
    assert here.request(method, "/sua", files={"csrf": ("csrf", token(here))}).status_code == 403
    assert written == []


@pytest.mark.parametrize(
    "headers",
    [
        OTHER, {"sec-fetch-site": "same-site"},  # another port of this machine is another site to us
        {"origin": "https://evil.example"}, {"origin": "http://127.0.0.1:9999"}, {"origin": "http://127.0.0.1:8765.evil.example"},
    ],
)  # fmt: skip
def test_another_site_changes_nothing_even_with_a_token(
    here: TestClient, written: list[str], headers: dict[str, str]
) -> None:
    key = token(here)
    assert here.post("/ghi", data={"csrf": key}, headers=headers).status_code == 403
    assert here.post("/ghi", headers={"x-csrf-token": key, **headers}).status_code == 403
    assert written == []


def test_the_token_of_one_person_is_not_that_of_another(others: Browser) -> None:
    one, other = log_in(others(), "bien-tap"), log_in(others(), "quan-tri")
    given = {"name": "chi-xem", "role": "admin"}
    assert other.post("/nguoi-dung/quyen", data={"csrf": token(one, "/lich"), **given}).status_code == 403
    assert other.post("/nguoi-dung/quyen", data={"csrf": token(other, "/lich"), **given}).status_code == 303


def test_a_login_cannot_be_forged_for_a_visitor(others: Browser) -> None:
    attacker, victim = others(), others()
    victim.get("/dang-nhap")
    data = {"csrf": token(attacker), "name": "bien-tap", "password": PASSWORD}
    assert victim.post("/dang-nhap", data=data).status_code == 403
    assert SESSION not in victim.cookies


def test_no_other_site_learns_the_token_that_counts_now(here: TestClient, others: Browser) -> None:
    """Pages ask for it anew: it is told to pages of this server, and of nobody who is logged in to whoever is not."""
    for host in ("evil.example", "127.0.0.1.evil.example"):
        assert here.get("/dang-nhap/phien", headers={"host": host}).status_code == 421
    answer = here.get("/dang-nhap/phien", headers={"origin": "https://evil.example", **OTHER})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["content-type"] == "application/json" and answer.headers["cache-control"] == "no-store"
    victim, attacker = log_in(others(), "bien-tap"), others()
    assert attacker.get("/dang-nhap/phien").json()["csrf"] != victim.get("/dang-nhap/phien").json()["csrf"]


# ── sessions ───────────────────────────────────────────────────────────────────────────────


def test_a_session_that_was_planted_is_worth_nothing(others: Browser) -> None:
    browser = others()
    browser.cookies.set(SESSION, "planted", domain=NAME)
    browser.cookies.set(VISIT, "planted", domain=NAME)
    log_in(browser, "bien-tap")
    attacker = others()
    for value in ("planted", ""):
        attacker.cookies.set(SESSION, value, domain=NAME)
        assert attacker.get("/van-ban").status_code == 303


def test_the_session_of_before_ends_at_a_new_login(others: Browser) -> None:
    browser = log_in(others(), "bien-tap")
    before = browser.cookies[SESSION]
    browser.get("/van-ban")
    browser.post("/dang-nhap", data={"csrf": token(browser, "/lich"), "name": "chi-xem", "password": PASSWORD})
    stolen = others()
    stolen.cookies.set(SESSION, before, domain=NAME)
    assert stolen.get("/van-ban").status_code == 303


def test_the_cookie_is_for_no_script_and_no_other_site(others: Browser) -> None:
    browser = others()
    data = {"csrf": token(browser), "name": "bien-tap", "password": PASSWORD}
    told = browser.post("/dang-nhap", data=data).headers["set-cookie"]
    assert "HttpOnly" in told and "SameSite=Strict" in told and "Secure" not in told
    secure = others()
    secure.base_url = f"https://{NAME}"  # type: ignore[assignment]
    data["csrf"] = token(secure)
    answer = secure.post("/dang-nhap", data=data)
    assert "; Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers


# ── roles ──────────────────────────────────────────────────────────────────────────────────


def test_nobody_comes_in_without_a_login(others: Browser) -> None:
    browser = others()
    _add_pages(browser.app, [])
    for path in ("/", "/van-ban", "/nguoi-dung", "/khong-co", "/api/openapi.json", "/api/khong-co"):
        answer = browser.get(path)
        assert answer.status_code == (401 if path.startswith("/api/") else 303), path
        assert answer.headers.get("location", "/dang-nhap").startswith("/dang-nhap")
    assert browser.post("/ghi", data={"csrf": token(browser)}).status_code == 303
    assert browser.get("/van-ban", headers={"hx-request": "true"}).status_code == 401


def test_a_viewer_changes_nothing(others: Browser) -> None:
    found: list[str] = []
    viewer, editor = log_in(others(), "chi-xem"), log_in(others(), "bien-tap")
    _add_pages(viewer.app, found)
    assert viewer.get("/van-ban").status_code == 200
    assert viewer.post("/ghi", data={"csrf": token(viewer, "/lich")}).status_code == 403
    assert found == []
    assert editor.post("/ghi", data={"csrf": token(editor, "/lich")}).status_code == 200
    assert found == ["ghi"]


@pytest.mark.parametrize("name", ["chi-xem", "bien-tap"])
def test_only_an_admin_keeps_the_users(others: Browser, name: str) -> None:
    browser = log_in(others(), name)
    page = browser.get("/nguoi-dung").text
    assert not [user for user in USERS if user != name and user in page]
    key = {"csrf": token(browser, "/nguoi-dung")}
    for path, data in (
        ("/nguoi-dung", {"name": "moi", "password": PASSWORD, "again": PASSWORD, "role": "admin"}),
        ("/nguoi-dung/quyen", {"name": name, "role": "admin"}),
        ("/nguoi-dung/khoa", {"name": "quan-tri", "disabled": "true"}),
    ):
        assert browser.post(path, data={**key, **data}).status_code == 403


def test_who_is_shut_out_is_out_at_once(others: Browser) -> None:
    admin, editor = log_in(others(), "quan-tri"), log_in(others(), "bien-tap")
    data = {"csrf": token(admin, "/lich"), "name": "bien-tap", "disabled": "true"}
    assert admin.post("/nguoi-dung/khoa", data=data).status_code == 303
    assert editor.get("/van-ban").status_code == 303
    again = others()
    data = {"csrf": token(again), "name": "bien-tap", "password": PASSWORD}
    assert again.post("/dang-nhap", data=data).status_code == 401


# ── other systems ──────────────────────────────────────────────────────────────────────────


def test_a_token_opens_the_api_and_nothing_else(others: Browser, clock: Clock) -> None:
    system, found = others(), []
    _add_pages(system.app, found)
    system.app.add_api_route("/api/v1/ghi", lambda: found.append("api"), methods=["POST"])  # type: ignore[attr-defined]
    database = system.app.state.house.database  # type: ignore[attr-defined]
    made = {role: people.new_token(database, "hệ thống", "quan-tri", role, clock())[1] for role in ("viewer", "editor")}
    given = {role: {"authorization": f"Bearer {secret}"} for role, secret in made.items()}
    assert system.get("/api/openapi.json", headers=given["viewer"]).status_code == 200
    assert system.post("/api/v1/ghi", headers=given["viewer"]).status_code == 403
    assert system.post("/api/v1/ghi", headers=given["editor"]).status_code == 200  # no form, so no token of one
    assert system.post("/ghi", headers=given["editor"]).status_code == 303
    assert system.get("/van-ban", headers=given["editor"]).status_code == 303
    for wrong in ("Bearer x", "Bearer ", "Basic eDp5", f"Bearer {made['viewer']}x", f"Token {made['viewer']}"):
        assert system.get("/api/openapi.json", headers={"authorization": wrong}).status_code == 401
    assert found == ["api"]


def test_a_token_of_who_is_shut_out_opens_nothing(others: Browser, clock: Clock) -> None:
    system = others()
    database = system.app.state.house.database  # type: ignore[attr-defined]
    given = {"authorization": f"Bearer {people.new_token(database, 'x', 'bien-tap', 'editor', clock())[1]}"}
    assert system.get("/api/openapi.json", headers=given).status_code == 200
    people.disable(database, "bien-tap", True, "quan-tri", clock())
    assert system.get("/api/openapi.json", headers=given).status_code == 401


def test_on_this_machine_the_api_too_needs_what_no_other_site_has(here: TestClient, clock: Clock) -> None:
    found: list[str] = []
    here.app.add_api_route("/api/v1/ghi", lambda: found.append("api"), methods=["POST"])  # type: ignore[attr-defined]
    assert here.post("/api/v1/ghi").status_code == 403
    assert here.post("/api/v1/ghi", headers={"authorization": "Bearer x"}).status_code == 401
    assert here.post("/api/v1/ghi", headers={"x-csrf-token": token(here)}).status_code == 200
    assert found == ["api"]


# ── addresses ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/../app.py", "/static/x/..%2fapp.py", "/static/x/..%5capp.py", "/static/..%2f..%2f/settings.py",
        "/static/x/%2e%2e%2fhouse.py", "/static/x/%00", "/static/x/base.js%00.py", "/static/x/c:%5cwindows%5cwin.ini",
        "/static/x//etc/passwd", "/static/x/htmx.LICENSE", "/static/x/.", "/static/x/%ff",
    ],
)  # fmt: skip
def test_no_other_file_is_served(here: TestClient, path: str) -> None:
    assert here.get(path).status_code == 404


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "evil", "", "/\t/evil.example",
     "/\n/evil.example", "\\\\evil.example"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(others: Browser, here: TestClient, wanted: str) -> None:
    browser = others()
    data = {"csrf": token(browser), "name": "bien-tap", "password": PASSWORD, "next": wanted}
    assert browser.post("/dang-nhap", data=data).headers["location"] == "/"
    assert here.post("/ngon-ngu", data={"csrf": token(here), "lang": "vi", "next": wanted}).headers["location"] == "/"


# ── too much ───────────────────────────────────────────────────────────────────────────────


def test_a_body_that_is_too_large_is_not_read(here: TestClient, written: list[str]) -> None:
    key = {"x-csrf-token": token(here)}
    assert here.post("/ghi", headers=key, content=b"x" * bodies.FORM).status_code == 200
    assert here.post("/ghi", headers=key, content=b"x" * (bodies.FORM + 1)).status_code == 413
    for told in ("-1", "9" * 30, "1e9", "x"):
        assert here.post("/ghi", headers={**key, "content-length": told}).status_code == 413
    assert written == ["ghi"]


def test_what_is_too_large_is_stopped_while_it_comes(here: TestClient, written: list[str]) -> None:
    """Without a length; as a form, whose body is read."""
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(64):
            sent += 2**16
            yield b"a=" + b"x" * (2**16 - 3) + b"&"

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert here.post("/ghi", headers=headers, content=endless()).status_code == 413
    assert written == []


def test_a_file_that_is_too_large_is_refused_by_name(
    here: TestClient, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "FILE", 1000)
    key = {"x-csrf-token": token(here)}
    assert here.post("/gui-tep", headers=key, files={"tep": ("vua.txt", b"x" * 1000)}).status_code == 200
    answer = here.post("/gui-tep", headers=key, files={"tep": ("quá lớn.txt", b"x" * 1001)})
    assert answer.status_code == 413 and "quá lớn.txt" in answer.text
    assert written == ["vua.txt"]


# ── words of others in pages and logs ──────────────────────────────────────────────────────


def test_words_from_outside_stay_words(others: Browser, here: TestClient) -> None:
    script = '"><script>alert(1)</script>'
    browser = others()
    page = browser.get("/dang-nhap", params={"next": f"/{script}"}).text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    data = {"csrf": token(browser), "name": script, "password": "x"}
    answer = browser.post("/dang-nhap", data=data)
    assert answer.status_code == 401 and "<script>alert" not in answer.text
    files = {"tep": (f"{script}.txt", b"x")}
    assert "<script>alert" not in here.get(f"/{script}").text
    assert "<script>alert" not in here.get("/lich", params={"thang": script}).text
    assert "<script>alert" not in here.post("/khong-co", files=files).text


def test_a_name_with_marks_stays_a_name(here: TestClient) -> None:
    house = here.app.state.house  # type: ignore[attr-defined]
    name = "<img src=x onerror=alert(1)>"
    page = house.page(_request(here), "people.html", _people_words(), roles=("viewer",), everybody=[
        people.User(name=name, role="viewer", since=house.settings.now(), disabled=None)
    ])  # fmt: skip
    assert b"<img" not in page.body and b"&lt;img" in page.body


def _request(client: TestClient) -> object:
    from starlette.requests import Request

    from pipeline.serve.security.roles import Person

    scope = {"type": "http", "method": "GET", "path": "/nguoi-dung", "query_string": b"", "headers": [], "app": client.app}
    request = Request(scope)
    request.state.person = Person("<b>ai</b>", "admin")
    return request


def _people_words() -> object:
    from pipeline.serve.pages.people import WORDS

    return WORDS


def test_an_error_shows_and_logs_no_words(here: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    secret = "Đề nghị Phòng Nội vụ báo cáo trước ngày 15"
    app = here.app
    assert isinstance(app, FastAPI)

    @app.get("/hong")
    def broken() -> None:
        raise ValueError(secret)

    @app.get("/api/hong")
    def broken_too() -> None:
        raise OutputError("database", "Đĩa đã đầy.", secret)

    with caplog.at_level(logging.DEBUG):
        page, data = here.get("/hong"), here.get("/api/hong")
    assert (page.status_code, data.status_code) == (500, 503)
    assert secret not in page.text + data.text + caplog.text
    assert "ValueError" in caplog.text and "broken" in caplog.text  # a developer finds the place


def test_a_database_that_is_gone_is_not_named(here: TestClient, others: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: object) -> None:
        raise OutputError("database", "Không dùng được cơ sở dữ liệu postgresql://ai@may/ten.", "")

    monkeypatch.setattr(people, "session", gone)
    browser = others()
    browser.cookies.set(SESSION, "x", domain=NAME)
    answer = browser.get("/van-ban")
    assert answer.status_code == 503 and "postgresql" not in answer.text


def test_each_attack_that_is_told_of_is_tried() -> None:
    here = Path(__file__).parent
    told = re.findall(r"`([\w/]+\.py)::(\w+)`", (here.parents[1] / "docs" / "safety.md").read_text(encoding="utf-8"))
    assert len(told) > 30
    missing = [name for file, name in told if f"def {name}(" not in (here / file).read_text(encoding="utf-8")]
    assert missing == []


def test_what_is_asked_for_is_not_logged(here: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        here.get("/nhiem-vu", params={"tim": "nguyenvana"})
    assert "nguyenvana" not in "".join(record.getMessage() for record in caplog.records if "httpx" not in record.name)
