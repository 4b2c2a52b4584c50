"""A correction that found no row, put on another one: on the page and by the API, one kind after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from browsers import Clock, log_in
from corrected import PLAN, plan, read
from offices import fill
from reviewing import WORDS, Page, database, done, kept, put
from starlette.testclient import TestClient

from pipeline.model import Directive, Task
from pipeline.store import people, trail

LAND, FIRE, SUMS, RADIO, ONLINE, HOMES = plan().tasks
GONE = ("hệ thống loa", "tài khoản định danh", "phòng cháy")
NEW = "4. Vận động người dân đăng ký chữ ký số; hướng dẫn cài đặt ứng dụng."
QUOTE = "cập nhật lên trang thông tin điện tử của xã"


def shorter(*more: str) -> Directive:
    """The plan without three of its rows, with one that it did not have, and with these lines."""
    lines = [line for line in PLAN if not any(words in line for words in GONE)]
    return read(*lines[:11], NEW, *more, *lines[11:])


@pytest.fixture
def page(here: TestClient) -> Iterator[Page]:
    yield put(here, plan()).open()


@pytest.fixture
def two(others: Callable[[], TestClient]) -> tuple[Page, Page]:
    mine = put(log_in(others(), "bien-tap"), plan()).open()
    return mine, Page(log_in(others(), "quan-tri"), mine.document).open()


def again(page: Page, *more: str) -> Page:
    """The document is read again, and the page loaded anew."""
    fill(database(page.client), shorter(*more))
    return page.open()


def row(page: Page, words: str) -> Task:
    """The only row that counts or is rejected with these words."""
    found = kept(page).replayed
    (one,) = [task for task in (*found.directive.tasks, *found.rejected) if words in task.text]
    return one


def lost(page: Page) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.kind, one.tasks) for one in kept(page).replayed.lost]


def place(page: Page, kind: str, words: str = "chữ ký số", **values: str) -> httpx.Response:
    """Puts the first lost correction on the row with these words."""
    (one, *_) = kept(page).replayed.lost
    return page.send(kind, tasks=row(page, words).id, lost=str(one.seq), of=" ".join(one.tasks), **values)


def edited(page: Page) -> Page:
    """ONLINE has another lead and a deadline, and is gone in the further reading."""
    values = {"f-lead": "Công an xã", "was-lead": "", "f-due": "quý II/2026", "was-due": ""}
    done(page.send("edit", tasks=ONLINE.id, **values))
    return again(page)


# ── on the page ────────────────────────────────────────────────────────────────────────────


def test_an_edit_is_put_on_another_row_and_taken_back_from_there(page: Page) -> None:
    edited(page)
    text = page.client.get(page.url).text
    assert 'data-put="edit"' in text and f'data-of="{ONLINE.id}"' in text
    assert re.search(r"<b>Chủ trì</b> → <span lang=\"vi\">Công an xã</span>; <b>Thời hạn</b> → .*quý II/2026", text)
    answer = place(page, "edit")
    new = row(page, "chữ ký số")
    assert done(answer) == {"words": WORDS["done-put"].format(number=3), "row": new.id}
    assert (new.lead, str(new.due), new.due_text) == (("Công an xã",), "2026-06-30", "quý II/2026")
    assert lost(page) == [] and "data-put=" not in page.client.get(page.url).text
    first, second = kept(page).log
    assert (second.kind, second.undoes, second.tasks) == ("edit", first.seq, (new.id,))
    assert second.values["before"]["lead"] == []  # what this row said, not the other
    assert "đặt lại lần sửa của" in page.client.get(page.url).text
    done(page.send("undo"))
    assert row(page, "chữ ký số").lead == () and lost(page) == [("edit", (ONLINE.id,))]
    done(place(page, "edit", "hộ dân"))  # and may be put somewhere else
    assert row(page, "hộ dân").lead == ("Công an xã",)


def test_of_several_rows_that_were_confirmed_the_others_stay_so(page: Page) -> None:
    done(page.send("confirm", tasks=" ".join((LAND.id, RADIO.id, ONLINE.id, HOMES.id))))
    again(page)
    assert lost(page) == [("confirm", (RADIO.id, ONLINE.id))]
    text = page.client.get(page.url).text
    assert re.findall(r'data-put="confirm" [^>]*data-of="([^"]+)"', text) == [RADIO.id, ONLINE.id]  # each by itself
    seq = str(kept(page).log[0].seq)
    new = row(page, "chữ ký số")
    done(page.send("confirm", tasks=new.id, lost=seq, of=RADIO.id))
    assert lost(page) == [("confirm", (ONLINE.id,))]
    done(page.send("undo", undoes=seq, of=ONLINE.id))  # the rest of it is dropped
    assert lost(page) == []
    assert kept(page).replayed.confirmed == {LAND.id, HOMES.id, new.id}
    assert kept(page).log[-1].texts == (ONLINE.text,)
    done(page.send("undo", undoes=str(kept(page).log[-1].seq)))
    done(page.send("undo", undoes=str(kept(page).log[1].seq)))
    assert lost(page) == [("confirm", (RADIO.id, ONLINE.id))]
    assert kept(page).replayed.confirmed == {LAND.id, HOMES.id}


def test_a_signature_stands_for_what_its_row_says_now(page: Page) -> None:
    done(page.send("confirm", tasks=ONLINE.id))
    again(page)
    new = row(page, "chữ ký số")
    done(place(page, "confirm"))
    assert kept(page).log[-1].values["rows"][new.id]["quantity"] == list(new.quantity)
    assert row(page, "chữ ký số").text == new.text


def test_a_row_that_is_no_task_is_another_one(page: Page) -> None:
    done(page.send("reject", tasks=ONLINE.id))
    again(page)
    done(place(page, "reject"))
    assert page.rows()[row(page, "chữ ký số").id] == "rejected" and lost(page) == []


def test_another_row_is_split_where_its_own_words_part(page: Page) -> None:
    first, second = FIRE.text.split(". ")
    done(page.send("split", tasks=FIRE.id, parts=f"{first}\n{second}"))
    again(page)
    (one,) = kept(page).replayed.lost
    new = row(page, "chữ ký số")
    box = page.client.get(f"{page.url}/o", params={"task": new.id, "o": "split", "lost": one.seq}).text
    assert f'name="lost" value="{one.seq}"' in box and new.text in box and f"<li>{second}</li>" in box
    done(place(page, "split", parts=new.text.replace("; ", "\n")))
    assert [task.text for task in kept(page).replayed.directive.tasks[2:4]] == new.text.split("; ")
    assert lost(page) == []
    done(page.send("undo"))
    assert row(page, "chữ ký số").text == new.text and lost(page) == [("split", (FIRE.id,))]


def test_another_row_is_merged_into_the_one_above_it(page: Page) -> None:
    done(page.send("merge", tasks=ONLINE.id))
    again(page)
    assert lost(page) == [("merge", (RADIO.id, ONLINE.id))]
    done(place(page, "merge"))
    assert row(page, "chữ ký số").id == SUMS.id and lost(page) == []


def test_a_row_is_added_from_other_words_and_keeps_what_was_decided_of_it(page: Page) -> None:
    start = plan().text.index("Đẩy mạnh")
    key = done(page.send("add", start=str(start), end=str(start + 8)))["row"]
    done(page.send("edit", tasks=key, **{"f-lead": "Công an xã", "was-lead": ""}))
    again(page)
    assert lost(page) == [("add", (key,)), ("edit", (key,))]
    text = kept(page).reading.directive.text
    start = text.index(QUOTE)
    one = kept(page).replayed.lost[0]
    answer = page.send("add", lost=str(one.seq), of=key, start=str(start), end=str(start + len(QUOTE)))
    assert done(answer)["row"] == key
    assert lost(page) == []  # the edit of it has its row again
    (new,) = [task for task in kept(page).replayed.directive.tasks if task.id == key]
    assert (new.text, new.lead) == (QUOTE, ("Công an xã",))


@pytest.mark.parametrize(("kind", "values"), [
    ("confirm", {}),  # of another kind than the lost one
    ("edit", {"lost": "99"}),
    ("edit", {"of": LAND.id}),  # a row that it has not lost
])  # fmt: skip
def test_what_cannot_be_put_is_refused(page: Page, kind: str, values: dict[str, str]) -> None:
    edited(page)
    (one,) = kept(page).replayed.lost
    sent = {"tasks": row(page, "chữ ký số").id, "lost": str(one.seq), "of": ONLINE.id, **values}
    assert page.send(kind, **sent).status_code == 422
    assert len(kept(page).log) == 1


def test_what_has_its_row_is_put_nowhere_else(page: Page) -> None:
    done(page.send("edit", tasks=ONLINE.id, **{"f-lead": "Công an xã", "was-lead": ""}))
    assert page.send("edit", tasks=RADIO.id, lost=str(kept(page).log[0].seq)).status_code == 422


# ── two people ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("quicker", ["puts", "drops"])
def test_the_second_is_told_that_it_was_decided(two: tuple[Page, Page], quicker: str) -> None:
    mine, theirs = two
    edited(mine)
    theirs.open()
    seq = str(kept(mine).log[0].seq)
    done(place(theirs, "edit", "hộ dân") if quicker == "puts" else theirs.send("undo", undoes=seq, of=ONLINE.id))
    late = mine.send("edit", tasks=row(mine, "chữ ký số").id, lost=seq, of=ONLINE.id)
    assert late.status_code == 409 and "quan-tri" in late.text
    assert WORDS["keep-mine"] + "</button>" not in late.text  # there is nothing left to put
    assert mine.send("undo", undoes=seq, of=ONLINE.id).status_code == 409
    assert len(kept(mine).log) == 2 and row(mine, "chữ ký số").lead == ()


def test_who_has_not_seen_what_the_row_says_now_is_told_and_may_go_on(two: tuple[Page, Page]) -> None:
    mine, theirs = two
    edited(mine)
    theirs.open()
    new = row(mine, "chữ ký số")
    done(theirs.send("edit", tasks=new.id, **{"f-lead": "Các thôn", "was-lead": ""}))
    late = place(mine, "edit")
    assert late.status_code == 409 and WORDS["keep-mine"] + "</button>" in late.text
    (seen,) = re.findall(r'name="seen" value="([0-9]+)"', late.text)
    assert f'name="lost" value="{kept(mine).log[0].seq}"' in late.text
    done(place(mine, "edit", seen=seen))
    assert row(mine, "chữ ký số").lead == ("Công an xã",)
    assert [note.what for note in trail.of(database(mine.client))][:1] == ["correction.edit"]


# ── the API ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def call(page: Page, clock: Clock) -> Callable[..., httpx.Response]:
    """Another system with a token asks for something of the document, or sends a correction of it."""
    _, secret = people.new_token(database(page.client), "hệ thống", "lan", "editor", clock())

    def asked(what: str, **draft: object) -> httpx.Response:
        path, headers = f"/api/v1/documents/{page.document}/{what}", {"authorization": f"Bearer {secret}"}
        return page.client.request("POST" if draft else "GET", path, headers=headers, json=draft or None)

    return asked


def test_a_system_is_told_what_is_lost_and_puts_it(page: Page, call: Callable[..., httpx.Response]) -> None:
    edited(page)
    shown = call("tasks").json()
    (one,) = shown["lost"]
    assert (one["kind"], one["tasks"], one["texts"]) == ("edit", [ONLINE.id], [ONLINE.text])
    new = row(page, "chữ ký số").id
    draft = {"kind": "edit", "task": new, "undoes": one["seq"], "seen": shown["seen"]}
    made = call("corrections", **draft)
    assert made.status_code == 201, made.text
    entered = made.json()["correction"]
    assert (entered["undoes"], entered["values"]["lead"], entered["values"]["of"]) == (one["seq"], ["Công an xã"], [ONLINE.id])
    assert call("tasks").json()["lost"] == []
    late = call("corrections", **draft)
    assert (late.status_code, late.json()["correction"]["seq"]) == (409, entered["seq"])
    seen = call("corrections", **{**draft, "seen": entered["seq"]})
    assert (seen.status_code, seen.json()["code"]) == (422, "no-such-correction")


def test_a_system_may_put_other_values(page: Page, call: Callable[..., httpx.Response]) -> None:
    edited(page)
    (one,) = kept(page).replayed.lost
    new = row(page, "chữ ký số").id
    made = call("corrections", kind="edit", task=new, undoes=one.seq, seen=one.seq, values={"lead": ["Các thôn"]})
    assert made.status_code == 201 and lost(page) == []
    assert (row(page, "chữ ký số").lead, row(page, "chữ ký số").due) == (("Các thôn",), None)
