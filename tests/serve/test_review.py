"""Rà soát: every action of the page, two people at one row, and words that would harm a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from browsers import log_in
from corrected import plan, read
from offices import TAG, fill, harmful
from reviewing import ROW, STATE, WORDS, Page, database, done, kept, put
from starlette.testclient import TestClient

from pipeline.serve.pages.words.review import REVIEW
from pipeline.serve.refusals import of_status


@pytest.fixture
def page(here: TestClient) -> Iterator[Page]:
    yield put(here, plan()).open()


def ids() -> list[str]:
    return [task.id for task in plan().tasks]


# ── the page ───────────────────────────────────────────────────────────────────────────────


def test_the_page_has_the_document_and_its_rows(page: Page) -> None:
    text = page.client.get(page.url).text
    assert list(page.rows()) == ids()
    assert "12/KH-UBND" in text and f'href="/xuat?van-ban={page.document}"' in text
    doubts = sum(1 for task in plan().tasks if task.review)
    assert WORDS["counts"].format(rows=len(ids()), doubts=doubts, confirmed=0, rejected=0) in text
    for task in plan().tasks:
        (words,) = task.evidence["text"]
        assert f'data-spans="{words.start}-{words.end}@1"' in text


def test_the_list_leads_to_the_page(page: Page) -> None:
    assert f'href="{page.url}"' in page.client.get("/ra-soat").text


def test_what_is_not_there_is_said(page: Page) -> None:
    assert page.client.get("/van-ban/khong-co").status_code == 404
    assert page.client.get(f"{page.url}/trang/1.png").status_code == 404  # no server has read it: there is no picture
    assert page.client.get(f"{page.url}/trang/1.json").json() == []
    assert page.client.get(f"{page.url}/o", params={"task": "khong-co", "o": "lead"}).status_code == 404
    assert page.client.get(f"{page.url}/o", params={"task": ids()[0], "o": "id"}).status_code == 422


# ── what is typed ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("box", "typed", "shown"), [
    ("due", "quy II/2026", "30/06/2026"),  # without accents, and the last day of the quarter
    ("due", "hằng quý", "hằng quý"),
    ("lead", "phong kinh te", "Phòng Kinh tế"),
    ("lead", "Ban Lạ Lùng", WORDS["unknown-unit"].format(names="Ban Lạ Lùng")),
    ("due", "ngày 40/40/2026", "40/40/2026"),  # what is wrong with it
])  # fmt: skip
def test_a_box_says_what_it_understands(page: Page, box: str, typed: str, shown: str) -> None:
    answer = page.client.get(f"{page.url}/hieu", params={"o": box, f"f-{box}": typed})
    assert answer.status_code == 200 and shown in answer.text
    assert ('class="wrong"' in answer.text) == ("40/40" in typed)


def test_names_are_completed_without_accents(page: Page) -> None:
    assert "Công an xã" in page.client.get(f"{page.url}/don-vi", params={"q": "Phòng Kinh tế; cong an"}).json()


@pytest.mark.parametrize("what", ["lead", "due", "text", "all", "split"])
def test_boxes_hold_what_the_row_says(page: Page, what: str) -> None:
    task = plan().tasks[0]
    text = page.client.get(f"{page.url}/o", params={"task": task.id, "o": what}).text
    shown = {"lead": task.lead[0], "due": str(task.due_text)}.get(what, task.text)
    assert shown in text and f'name="seen" value="{page.state["base"]}"' in text


# ── each action ────────────────────────────────────────────────────────────────────────────


def test_a_row_is_edited(page: Page) -> None:
    key = ids()[0]
    answer = page.send("edit", tasks=key, **{"f-lead": "cong an xa; Phòng Kinh tế", "was-lead": "Phòng Kinh tế"})
    assert done(answer) == {"words": WORDS["done-edit"].format(number=1), "row": key}
    assert [row[0] for row in ROW.findall(answer.text)] == [key]  # this row alone is sent
    (task,) = [one for one in kept(page).replayed.directive.tasks if one.id == key]
    assert task.lead == ("Công an xã", "Phòng Kinh tế")
    shown = page.client.get(page.url).text
    assert WORDS["before"].format(before="Phòng Kinh tế") in shown
    assert kept(page).log[-1].by in shown


def test_a_day_is_typed_in_words(page: Page) -> None:
    key = ids()[3]
    done(page.send("edit", tasks=key, **{"f-due": "quý II/2026", "was-due": ""}))
    (task,) = [one for one in kept(page).replayed.directive.tasks if one.id == key]
    assert (str(task.due), task.due_text, task.due_precision) == ("2026-06-30", "quý II/2026", "quarter")
    assert "no-deadline" not in task.review


def test_what_is_no_value_stays_in_its_box(page: Page) -> None:
    answer = page.send("edit", tasks=ids()[0], **{"f-due": "bao giờ cũng được", "was-due": ""})
    assert answer.status_code == 422 and answer.headers["content-type"].startswith("text/html")
    assert 'value="bao giờ cũng được"' in answer.text and 'aria-invalid="true"' in answer.text
    assert kept(page).log == ()


def test_nothing_that_is_the_same_is_written(page: Page) -> None:
    said = "Phòng Kinh tế"
    answer = page.send("edit", tasks=ids()[0], **{"f-lead": f" {said} ", "was-lead": said})
    assert done(answer)["words"] == WORDS["done-nothing"]
    assert kept(page).log == ()


def test_a_row_is_confirmed_and_that_is_undone(page: Page) -> None:
    key = ids()[0]
    assert done(page.send("confirm", tasks=key))["row"] == key
    assert page.rows()[key] == "confirmed"
    done(page.send("undo"))
    assert page.rows()[key] == "read"
    assert page.send("undo").status_code == 422  # nothing is left of one's own
    done(page.send("confirm", tasks=key))  # the undo of before is no conflict
    assert page.rows()[key] == "confirmed"


def test_all_rows_are_confirmed_at_once(page: Page) -> None:
    answer = page.send("confirm", tasks=" ".join(ids()))
    assert done(answer)["words"] == WORDS["done-confirm-many"].format(count=len(ids()))
    assert set(page.rows().values()) == {"confirmed"}
    assert WORDS["counts"].format(rows=len(ids()), doubts=0, confirmed=len(ids()), rejected=0) in answer.text


def test_of_rows_that_were_confirmed_at_once_one_is_undone(page: Page) -> None:
    first, second, *others = ids()
    done(page.send("confirm", tasks=" ".join(ids())))
    signed = str(kept(page).log[-1].seq)
    assert done(page.send("undo", tasks=second, undoes=signed))["words"] == WORDS["done-undo"]
    assert page.rows() == {first: "confirmed", second: "read", **dict.fromkeys(others, "confirmed")}
    done(page.send("undo", tasks=first, undoes=signed))
    assert page.rows() == {first: "read", second: "read", **dict.fromkeys(others, "confirmed")}
    assert page.send("undo", tasks=first, undoes=signed).status_code != 200  # that is undone already
    done(page.send("undo"))  # without a row: what is left of the last work
    assert set(page.rows().values()) == {"read"}


def test_it_is_undone_of_a_row_that_says_it_otherwise_now(page: Page) -> None:
    """The correction knows the row by the id that it had."""
    done(page.send("confirm", tasks=" ".join(ids())))
    old = plan().tasks[0]
    lines = plan().text.replace(old.text, old.text.replace("rà soát", "tiến hành rà soát")).split("\n")
    fill(database(page.client), read(*lines))
    row = next(iter(page.open().rows()))
    assert row not in ids() and page.rows()[row] == "confirmed"
    done(page.send("undo", tasks=row, undoes=str(kept(page).log[-1].seq)))
    assert page.rows() == {row: "read", **dict.fromkeys(ids()[1:], "confirmed")}


def test_a_row_is_rejected_and_stays_in_sight(page: Page) -> None:
    key = ids()[1]
    done(page.send("reject", tasks=key))
    assert page.rows()[key] == "rejected" and list(page.rows()) == ids()
    assert key not in {task.id for task in kept(page).replayed.directive.tasks}
    done(page.send("undo", undoes=str(kept(page).log[-1].seq)))
    assert page.rows()[key] != "rejected"


def test_a_row_is_split(page: Page) -> None:
    task = plan().tasks[0]
    at = task.text.index("cập nhật")
    answer = page.send("split", tasks=task.id, parts=f"{task.text[:at]}\n\n{task.text[at:]}")
    first, second, *_ = page.rows()
    assert done(answer)["row"] == first
    assert f'id="row-{task.id}" hx-swap-oob="delete"' in answer.text
    assert 'hx-swap-oob="afterbegin:[data-list]"' in answer.text and f'hx-swap-oob="afterend:#row-{first}"' in answer.text
    assert [one.text for one in kept(page).replayed.directive.tasks[:2]] == [task.text[:at].strip(), task.text[at:]]
    assert second not in ids()


def test_a_split_without_a_place_is_refused(page: Page) -> None:
    assert page.send("split", tasks=ids()[0], parts="một dòng").status_code == 422
    assert kept(page).log == ()


def test_a_row_is_merged_into_the_one_above(page: Page) -> None:
    above, below = ids()[:2]
    assert done(page.send("merge", tasks=below))["row"] == above
    assert list(page.rows()) == [key for key in ids() if key != below]
    assert page.send("merge", tasks=above).status_code == 422  # there is none above


def test_a_missed_row_is_added_from_its_words(page: Page) -> None:
    words = "Các thôn phổ biến Kế hoạch này"
    start = plan().text.index(words)
    key = done(page.send("add", start=str(start), end=str(start + len(words))))["row"]
    (task,) = [one for one in kept(page).replayed.directive.tasks if one.id == key]
    assert task.text == words and key in page.rows()
    assert page.send("add", start="5", end="5").status_code == 422  # no words


@pytest.mark.parametrize("values", [
    {"kind": "drop"}, {"kind": "confirm", "tasks": ""}, {"kind": "merge", "tasks": "x"}, {"kind": "undo", "undoes": "99"},
    {"kind": "undo", "undoes": "-1"}, {"kind": "edit", "seen": "x"}, {"kind": "add", "start": "9" * 30},
    {"kind": "confirm", "tasks": "../x"}, {"kind": "edit", "tasks": "x", "f-lead": "A", "was-lead": ""},
])  # fmt: skip
def test_what_is_no_action_is_refused(page: Page, values: dict[str, str]) -> None:
    assert page.send(**values).status_code in (404, 422)
    assert kept(page).log == ()


# ── two people ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def two(others: Callable[[], TestClient]) -> tuple[Page, Page]:
    """Two people who have the same page open."""
    mine = put(log_in(others(), "bien-tap"), plan())
    theirs = Page(log_in(others(), "quan-tri"), mine.document)
    return mine.open(), theirs.open()


def test_the_second_is_told_and_loses_nothing(two: tuple[Page, Page]) -> None:
    mine, theirs = two
    key = ids()[0]
    done(theirs.send("edit", tasks=key, **{"f-lead": "Công an xã", "was-lead": "Phòng Kinh tế"}))
    seen = mine.state["base"]
    edit = {"tasks": key, "seen": seen, "f-lead": "Văn phòng Đảng ủy", "was-lead": "Phòng Kinh tế"}
    answer = mine.send("edit", **edit)
    assert answer.status_code == 409
    assert "quan-tri" in answer.text and "Công an xã" in answer.text and "Văn phòng Đảng ủy" in answer.text
    assert [one.by for one in kept(mine).log] == ["quan-tri"]
    now = re.findall(r'name="seen" value="([0-9]+)"', answer.text)
    again = mine.send("edit", **{**edit, "seen": now[0]})  # keep mine
    assert done(again)["row"] == key
    (task,) = [one for one in kept(mine).replayed.directive.tasks if one.id == key]
    assert task.lead == ("Văn phòng Đảng ủy",) and [one.by for one in kept(mine).log] == ["quan-tri", "bien-tap"]


def test_the_second_is_told_of_what_was_typed_and_not_of_what_follows(two: tuple[Page, Page]) -> None:
    mine, theirs = two
    key = ids()[0]
    done(theirs.send("edit", tasks=key, **{"f-due": "30/6/2026", "was-due": "trước ngày 15/6/2026"}))
    told = mine.send("confirm", tasks=key).text
    assert re.search(rf"{WORDS['mark-edit']}: {WORDS['field-due']}\.", told)
    assert WORDS["field-due_precision"] not in told and WORDS["field-rrule"] not in told
    shown = mine.client.get(mine.url).text
    assert WORDS["field-due_precision"] not in shown and f"<b>{WORDS['field-due_text']}</b>" not in shown


@pytest.mark.parametrize("kind", ["confirm", "reject"])
def test_nobody_signs_what_he_has_not_seen(two: tuple[Page, Page], kind: str) -> None:
    mine, theirs = two
    key = ids()[0]
    done(theirs.send("edit", tasks=key, **{"f-due": "30/6/2026", "was-due": ""}))
    assert mine.send(kind, tasks=key).status_code == 409
    assert len(kept(mine).log) == 1
    taken = mine.client.get(f"{mine.url}/thay-doi", params=mine.state)  # take theirs
    assert [row[0] for row in ROW.findall(taken.text)] == [key] and "30/06/2026" in taken.text
    mine.state |= dict(STATE.findall(taken.text))
    done(mine.send(kind, tasks=key))


def test_a_row_that_somebody_split_is_told_as_well(two: tuple[Page, Page]) -> None:
    mine, theirs = two
    task = plan().tasks[0]
    done(theirs.send("split", tasks=task.id, parts=f"{task.text[:30]}\n{task.text[30:]}"))
    answer = mine.send("edit", tasks=task.id, **{"f-lead": "Công an xã", "was-lead": ""})
    assert answer.status_code == 409 and "Công an xã" in answer.text and WORDS["keep-mine"] + "</button>" not in answer.text


def test_what_another_did_elsewhere_comes_along(two: tuple[Page, Page]) -> None:
    mine, theirs = two
    first, second = ids()[:2]
    done(theirs.send("reject", tasks=second))
    answer = mine.send("confirm", tasks=first)
    assert {row[0]: row[2] for row in ROW.findall(answer.text)} == {first: "confirmed", second: "rejected"}


def test_nobody_undoes_by_one_key_what_another_did(two: tuple[Page, Page]) -> None:
    mine, theirs = two
    done(theirs.send("confirm", tasks=ids()[0]))
    assert mine.send("undo").status_code == 422
    assert [one.kind for one in kept(mine).log] == ["confirm"]


def test_who_may_only_look_changes_nothing(two: tuple[Page, Page], others: Callable[[], TestClient]) -> None:
    viewer = Page(log_in(others(), "chi-xem"), two[0].document).open()
    text = viewer.client.get(viewer.url).text
    assert "data-actions" not in text and f'action="{viewer.url}/sua"' not in text and len(viewer.rows()) == len(ids())
    assert viewer.send("confirm", tasks=ids()[0]).status_code == 403
    assert viewer.client.get(f"{viewer.url}/o", params={"task": ids()[0], "o": "lead"}).status_code == 403
    assert kept(viewer).log == ()


def test_a_form_of_another_site_is_refused(page: Page) -> None:
    page.csrf = "x"
    assert page.send("confirm", tasks=ids()[0]).status_code == 403
    assert kept(page).log == ()


# ── read again ─────────────────────────────────────────────────────────────────────────────


def test_corrections_are_there_when_it_is_converted_again(page: Page) -> None:
    done(page.send("confirm", tasks=ids()[0]))
    fill(database(page.client), plan(thủ_tục_về_đất_đai="thủ tục về đất đai và nhà ở"))
    assert next(iter(page.rows().values())) == "confirmed"
    stale = page.send("confirm", tasks=ids()[1])  # a page of the reading before is made anew
    assert stale.status_code == 204 and stale.headers["hx-refresh"] == "true"
    assert list(page.rows().values())[1] == "confirmed"


def test_a_correction_without_its_row_is_shown_and_can_be_dropped(page: Page) -> None:
    task = plan().tasks[4]
    done(page.send("edit", tasks=task.id, **{"f-lead": "Công an xã", "was-lead": ""}))
    lines = [line for line in plan().text.split("\n") if "tài khoản định danh" not in line]
    fill(database(page.client), read(*lines))
    text = page.open().client.get(page.url).text
    (lost,) = kept(page).replayed.lost
    assert WORDS["lost"].format(count=1) in text and f'name="undoes" value="{lost.seq}"' in text and task.text in text
    done(page.send("undo", undoes=str(lost.seq)))
    assert kept(page).replayed.lost == ()
    assert WORDS["lost-drop"] not in page.client.get(page.url).text


# ── words that would harm ──────────────────────────────────────────────────────────────────


def test_words_of_a_document_stay_words(here: TestClient) -> None:
    page = put(here, harmful()).open()
    key = harmful().tasks[0].id
    answers = [
        here.get(page.url).text,
        here.get("/ra-soat").text,
        here.get(f"{page.url}/o", params={"task": key, "o": "all"}).text,
        here.get(f"{page.url}/hieu", params={"o": "lead", "f-lead": TAG}).text,
        page.send("edit", tasks=key, **{"f-deliverable": f'"{TAG}', "was-deliverable": ""}).text,
        page.send("edit", tasks=key, **{"f-due": TAG, "was-due": ""}).text,
        page.send("edit", tasks=key, seen="0", **{"f-text": f"</textarea>{TAG}", "was-text": ""}).text,
        here.get(page.url).text,
    ]
    assert all("<script>alert" not in text for text in answers)
    assert answers[0].count("&lt;script&gt;") > 3 and all("&lt;script&gt;" in answers[at] for at in (2, 4, 5, 6))


def test_both_languages_say_the_same() -> None:
    assert REVIEW["vi"].keys() == REVIEW["en"].keys()
    for key, words in REVIEW["vi"].items():
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", REVIEW["en"][key])), key


def test_a_refusal_is_in_words_for_a_script(page: Page) -> None:
    answer = page.send("drop")
    assert answer.text == of_status(422).message and answer.headers["content-type"].startswith("text/plain")
