"""Logging in: how often a password may be tried, how long a session lasts, how a password is changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browsers import NAME, PASSWORD, USERS, Clock, log_in, token
from starlette.testclient import TestClient

from pipeline.serve.security.logins import SESSION

Browser = Callable[[], TestClient]


def attempt(browser: TestClient, name: str = "bien-tap", password: str = "sai") -> int:
    data = {"csrf": token(browser), "name": name, "password": password}
    return browser.post("/dang-nhap", data=data).status_code


def test_one_goes_where_one_wanted_to_go(others: Browser) -> None:
    browser = others()
    sent = browser.get("/lich?thang=2026-03").headers["location"]
    form = browser.get(sent).text
    assert 'name="next" value="/lich?thang=2026-03"' in form
    data = {"csrf": token(browser), "name": " bien-tap ", "password": PASSWORD, "next": "/lich?thang=2026-03"}
    assert browser.post("/dang-nhap", data=data).headers["location"] == "/lich?thang=2026-03"
    assert "bien-tap" in browser.get("/lich").text
    assert browser.get("/dang-nhap").status_code == 303


def test_passwords_cannot_be_tried_out(others: Browser, clock: Clock) -> None:
    browser = others()
    assert [attempt(browser) for _ in range(7)] == [401] * 5 + [429] * 2
    assert attempt(browser, password=PASSWORD) == 429  # the right one neither: who tries could not tell
    clock.later(minutes=16)
    assert attempt(browser, password=PASSWORD) == 303


def test_whether_a_user_exists_is_not_told(others: Browser) -> None:
    there, not_there = others(), others()
    answers = [
        browser.post("/dang-nhap", data={"csrf": token(browser), "name": name, "password": "sai"})
        for browser, name in ((there, "bien-tap"), (not_there, "khong-co"))
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].text.replace("bien-tap", "").replace(token(there), "") == answers[1].text.replace("khong-co", "").replace(
        token(not_there), ""
    )


def test_a_right_password_forgives_the_wrong_ones(others: Browser) -> None:
    browser = others()
    assert [attempt(browser) for _ in range(4)] == [401] * 4
    assert attempt(browser, password=PASSWORD) == 303
    assert [attempt(others()) for _ in range(4)] == [401] * 4


def test_a_session_ends(others: Browser, clock: Clock) -> None:
    browser = log_in(others(), "bien-tap")
    key, given = token(browser, "/lich"), browser.cookies[SESSION]
    assert browser.post("/dang-xuat", data={"csrf": key}).status_code == 303
    stolen = others()
    stolen.cookies.set(SESSION, given, domain=NAME)
    assert stolen.get("/van-ban").status_code == 303
    log_in(browser, "bien-tap")
    clock.later(days=40)
    assert browser.get("/van-ban").status_code == 303


def test_a_password_is_changed_by_who_knows_it(others: Browser) -> None:
    browser, elsewhere = log_in(others(), "chi-xem"), log_in(others(), "chi-xem")
    new = "mot cau khac cung de nho"
    before = browser.cookies[SESSION]
    right = {"csrf": token(browser, "/nguoi-dung"), "old": PASSWORD, "new": new, "again": new}
    for wrong, status in (
        ({"old": "sai"}, 401),  # a page that was left open changes nothing
        ({"new": "ngan", "again": "ngan"}, 400),
        ({"again": "mot cau khac cung de nhow"}, 400),
    ):
        answer = browser.post("/nguoi-dung/mat-khau", data={**right, **wrong})
        assert answer.status_code == status and 'role="alert"' in answer.text
        assert "mot cau khac" not in answer.text  # no password comes back
    assert elsewhere.get("/van-ban").status_code == 200
    changed = browser.post("/nguoi-dung/mat-khau", data=right)
    assert changed.status_code == 303
    assert 'role="status"' in browser.get(changed.headers["location"]).text
    assert browser.get("/van-ban").status_code == 200
    stolen = others()
    stolen.cookies.set(SESSION, before, domain=NAME)
    assert stolen.get("/van-ban").status_code == 303  # here too it is another session
    assert elsewhere.get("/van-ban").status_code == 303  # who had taken the session is out
    log_in(others(), "chi-xem", new)


def test_the_own_password_cannot_be_tried_out_either(others: Browser) -> None:
    browser = log_in(others(), "chi-xem")
    new = "mot cau khac cung de nho"
    data = {"csrf": token(browser, "/nguoi-dung"), "old": "sai", "new": new, "again": new}
    assert [browser.post("/nguoi-dung/mat-khau", data=data).status_code for _ in range(6)] == [401] * 5 + [429]
    assert browser.post("/nguoi-dung/mat-khau", data={**data, "old": PASSWORD}).status_code == 429


def test_who_is_logged_in_is_told_to_pages_that_are_open(others: Browser) -> None:
    """What `static/session.js` rests on: the token that counts now, and whose it is."""
    browser = others()
    visitor = browser.get("/dang-nhap/phien").json()
    assert visitor["person"] == "" and visitor["csrf"] == token(browser)
    log_in(browser, "chi-xem")
    first = browser.get("/dang-nhap/phien").json()
    assert first == {"person": "chi-xem", "csrf": token(browser, "/lich")}
    log_in_again = {"csrf": first["csrf"], "name": "chi-xem", "password": PASSWORD}
    assert browser.post("/dang-nhap", data=log_in_again).status_code == 303
    stale = browser.post("/ngon-ngu", data={"csrf": first["csrf"], "lang": "en"}, headers={"hx-request": "true"})
    assert (stale.status_code, stale.headers["x-dondoc-code"]) == (403, "stale-page")
    now = browser.get("/dang-nhap/phien").json()
    assert browser.post("/ngon-ngu", data={"csrf": now["csrf"], "lang": "en"}).status_code == 303


def test_an_admin_adds_and_changes_users(others: Browser) -> None:
    admin = log_in(others(), "quan-tri")
    key = {"csrf": token(admin, "/nguoi-dung")}
    new = {**key, "name": "moi-den", "password": PASSWORD, "again": PASSWORD, "role": "viewer"}
    assert admin.post("/nguoi-dung", data={**new, "again": PASSWORD + "x"}).status_code == 400
    assert admin.post("/nguoi-dung", data=new).status_code == 303
    assert all(name in admin.get("/nguoi-dung").text for name in (*USERS, "moi-den"))
    log_in(others(), "moi-den")
    assert admin.post("/nguoi-dung", data=new).status_code == 400  # is there already
    assert admin.post("/nguoi-dung", data={**new, "name": "nua", "role": "chu"}).status_code == 400
    assert admin.post("/nguoi-dung/quyen", data={**key, "name": "moi-den", "role": "editor"}).status_code == 303
    assert admin.post("/nguoi-dung/khoa", data={**key, "name": "moi-den", "disabled": "true"}).status_code == 303
    assert attempt(others(), "moi-den", PASSWORD) == 401
    assert admin.post("/nguoi-dung/khoa", data={**key, "name": "moi-den", "disabled": "false"}).status_code == 303
    log_in(others(), "moi-den")


@pytest.mark.parametrize(("path", "data"), [("quyen", {"role": "viewer"}), ("khoa", {"disabled": "true"})])
def test_an_admin_does_not_shut_himself_out(others: Browser, path: str, data: dict[str, str]) -> None:
    admin = log_in(others(), "quan-tri")
    key = {"csrf": token(admin, "/nguoi-dung")}
    # With another admin there, the database alone would not mind.
    admin.post("/nguoi-dung/quyen", data={**key, "name": "bien-tap", "role": "admin"})
    given = {**key, "name": "quan-tri", **data}
    assert admin.post(f"/nguoi-dung/{path}", data=given).status_code == 400


def test_on_this_machine_nobody_logs_in(here: TestClient) -> None:
    assert here.get("/dang-nhap").headers["location"] == "/"
    assert here.post("/dang-nhap", data={"csrf": token(here, "/lich"), "name": "x", "password": "y"}).status_code == 303
    assert SESSION not in here.cookies
