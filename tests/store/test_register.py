"""The register: what a search finds, what the calendar names, what the overview counts; the last two beside a plain count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from databases import NOW, dump

from pipeline.model import Directive, Milestone, Task, UnitMention
from pipeline.store import overview, register, trail
from pipeline.store.address import Address
from pipeline.store.database import Database
from pipeline.store.register import Filter
from pipeline.store.rows import document_id
from pipeline.store.saving import save
from pipeline.store.states import enter

TODAY = NOW.date()


@pytest.fixture
def database(address: Address) -> Iterator[Database]:
    with Database(address) as opened:
        yield opened


def led(name: str, canonical: str) -> dict[str, object]:
    return {"lead": (name,), "units": (UnitMention(name, canonical, "lead"),)}


@pytest.fixture
def filled(database: Database, plan: Callable[..., Directive], task: Callable[..., Task]) -> dict[str, str]:
    """Two documents; the id of each task by a short name."""
    made = {
        "late": task("Rà soát hồ sơ Đất đai.", due=TODAY - dt.timedelta(3), due_text="trước ngày 07/3", **led("Phòng Kinh tế", "kinh-te")),
        "soon": task("Hoàn thành thống kê.", due=TODAY + dt.timedelta(7), review=("no-lead",), deliverable="Báo cáo 100%"),
        "month": task("Lập danh sách hoà giải viên.", due=TODAY + dt.timedelta(30), **led("Công an xã", "cong-an")),
        "far": task("Tổng kết a_b.", due=TODAY + dt.timedelta(31), kind="target", **led("Phòng Kinh tế", "kinh-te"),
                    milestones=(Milestone("sơ kết", TODAY + dt.timedelta(10)),)),
        "never": task("Tuyên truyền thường xuyên.", report_to=("UBND huyện",)),
    }  # fmt: skip
    other = {
        "done": task("Việc đã xong.", home="13", due=TODAY - dt.timedelta(9), **led("Phòng Kinh tế", "kinh-te")),
        "gone": task("Việc không còn.", home="13", due=TODAY - dt.timedelta(9)),
    }
    one = plan(*(replace(task, order=order) for order, task in enumerate(made.values(), 1)))
    two = {"number": "13/KH-UBND", "sha256": "cd" * 32, "document": "kh-13.docx"}
    save(database, [one, plan(*other.values(), **two)], NOW)
    save(database, [plan(other["done"], **two)], NOW + dt.timedelta(1))
    names = {name: task.id for name, task in (made | other).items()}
    enter(database, {names["done"]: {"status": "done"}, names["soon"]: {"status": "under-way"}}, NOW)
    return names


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        # all, by deadline; what has none is last
        (Filter(vanished=None), {"done", "gone", "late", "soon", "month", "far", "never"}),
        (Filter(), {"done", "late", "soon", "month", "far", "never"}),
        (Filter(vanished=True), {"gone"}),
        # words without marks find every spelling, capitals too; words with marks that one
        (Filter(text="dat dai"), {"late"}),
        (Filter(text="ĐẤT đai"), {"late"}),
        (Filter(text="đát"), set()),
        (Filter(text="hòa giải"), {"month"}),
        (Filter(text="HOA GIAI"), {"month"}),
        # all of the words, wherever they stand; in what it brings about as well as in who does it
        (Filter(text="dai soat"), {"late"}),
        (Filter(text="dai thong"), set()),
        (Filter(text="bao cao"), {"soon"}),
        (Filter(text="phòng kinh tế"), {"late", "far", "done"}),
        (Filter(text="trước ngày"), {"late"}),
        (Filter(text="ubnd huyen"), {"never"}),
        # the signs of LIKE are signs
        (Filter(text="100%"), {"soon"}),
        (Filter(text="1%0"), set()),
        (Filter(text="a_b"), {"far"}),
        (Filter(text="o_g"), set()),
        (Filter(text="' OR 1=1 --"), set()),
        (Filter(text="\x00"), set()),
        (Filter(unit="kinh-te"), {"late", "far", "done"}),
        (Filter(unit="khong-co"), set()),
        (Filter(status="done"), {"done"}),
        (Filter(status="not-begun"), {"late", "month", "far", "never"}),
        (Filter(status="open"), {"late", "soon", "month", "far", "never"}),
        (Filter(status="open", due_to=TODAY - dt.timedelta(1)), {"late"}),
        (Filter(due_from=TODAY + dt.timedelta(7), due_to=TODAY + dt.timedelta(30)), {"soon", "month"}),
        (Filter(kind="target"), {"far"}),
        (Filter(doubtful=True), {"soon"}),
        (Filter(doubtful=False, due_from=TODAY), {"month", "far"}),
    ],
)
def test_what_a_search_finds(database: Database, filled: dict[str, str], wanted: Filter, found: set[str]) -> None:
    answer = register.search(database, wanted)
    names = {task: name for name, task in filled.items()}
    assert {names[row.id] for row in answer.rows} == found
    assert answer.total == len(found) == len(answer.rows)
    dues = [row.due or dt.date.max for row in answer.rows]
    assert dues == sorted(dues)


def test_the_pages_of_a_search(database: Database, filled: dict[str, str]) -> None:
    whole = register.search(database, Filter(vanished=None))
    parts = [register.search(database, Filter(vanished=None), page, 3) for page in range(1, 5)]
    assert [row for part in parts for row in part.rows] == list(whole.rows)
    assert {part.total for part in parts} == {7}
    assert register.search(database, Filter(), 10**30, 50).rows == ()
    assert register.listed(database, [row.id for row in whole.rows]) == whole.rows
    assert register.listed(database, ["khac"]) == ()


@pytest.mark.parametrize("by", sorted(register.ORDERS))
def test_the_orders_of_a_search(database: Database, filled: dict[str, str], by: str) -> None:
    up, down = (register.search(database, Filter(vanished=None), by=by, down=way).rows for way in (False, True))
    assert {row.id for row in up} == {row.id for row in down} == set(filled.values())
    if by == "due":
        assert [row.due for row in up][-1] is None is [row.due for row in down][-1]
        assert [row.due for row in down if row.due] == sorted((row.due for row in up if row.due), reverse=True)
    if by == "document":
        assert [row.number for row in up] == sorted(row.number for row in up)
        assert [row.number for row in down] == sorted((row.number for row in up), reverse=True)


def test_a_document_and_what_a_row_holds(database: Database, filled: dict[str, str], plan) -> None:
    rows = register.search(database, Filter(document=document_id(plan()))).rows
    late = next(row for row in rows if row.id == filled["late"])
    assert (late.number, late.document, late.lead, late.status, late.confirmed) == ("12/KH-UBND", "kh-12.docx", ("Phòng Kinh tế",), None, False)
    assert len(rows) == 5
    assert register.unit_names(database) == (("cong-an", "Công an xã"), ("kinh-te", "Phòng Kinh tế"))


def test_many_are_set_at_once(database: Database, address: Address, filled: dict[str, str]) -> None:
    ids = [filled["late"], filled["month"], "khac"]
    entered = register.bulk_state(database, ids, {"status": "done", "done_on": TODAY}, "lan", NOW)
    assert (entered.changed, entered.unknown) == (2, ("khac",))
    rows = {row.id: row for row in register.search(database, Filter(status="done")).rows}
    assert {filled["late"], filled["month"], filled["done"]} == set(rows)
    assert rows[filled["late"]].done_on == TODAY
    (note,) = trail.of(database)
    assert (note.who, note.what, note.detail["changed"]) == ("lan", "status", 2)
    assert sum(row["run"] == note.detail["run"] for row in dump(address)["history"]) == 4
    # nothing new is nothing done
    register.bulk_state(database, ids, {"status": "done"}, "lan", NOW + dt.timedelta(1))
    assert len(trail.of(database)) == 1


def test_what_another_wrote_since_it_was_seen_stays(database: Database, filled: dict[str, str]) -> None:
    late, month = (register.listed(database, [filled[name]])[0] for name in ("late", "month"))
    seen = {late.id: late.mark, month.id: month.mark}
    register.bulk_state(database, [late.id], {"notes": "của người khác"}, "minh", NOW)
    entered = register.bulk_state(database, seen, {"status": "done", "notes": "của tôi"}, "lan", NOW + dt.timedelta(1), seen)
    assert (entered.changed, entered.overtaken) == (1, (late.id,))
    rows = {row.id: row for row in register.listed(database, list(seen))}
    assert (rows[late.id].status, rows[late.id].notes) == ("not-begun", "của người khác")
    assert (rows[month.id].status, rows[month.id].notes) == ("done", "của tôi")
    # Where the answer to a commit was lost it is done once more: what it wrote is not another's
    again = register.bulk_state(database, seen, {"status": "done", "notes": "của tôi"}, "lan", NOW + dt.timedelta(1), seen)
    assert again == entered


def test_the_days_of_a_calendar(database: Database, filled: dict[str, str]) -> None:
    names = {task: name for name, task in filled.items()}
    found = register.days(database, TODAY, TODAY + dt.timedelta(31))
    assert [(one.date - TODAY, names[one.task.id], one.kind, one.text) for one in found] == [
        (dt.timedelta(7), "soon", "due", None), (dt.timedelta(10), "far", "milestone", "sơ kết"),
        (dt.timedelta(30), "month", "due", None), (dt.timedelta(31), "far", "due", None),
    ]  # fmt: skip
    of_unit = register.days(database, TODAY, TODAY + dt.timedelta(31), Filter(unit="cong-an"))
    assert [names[one.task.id] for one in of_unit] == ["month"]
    assert register.days(database, TODAY - dt.timedelta(9), TODAY - dt.timedelta(9))[0].task.id == filled["done"]


def test_the_overview_counts_what_a_search_finds(database: Database, filled: dict[str, str]) -> None:
    found = overview.counts(database, TODAY)

    def total(**wanted: object) -> int:
        return register.search(database, Filter(**wanted)).total

    assert found.tasks == total()
    assert found.open == total(status="open")
    assert found.overdue == total(status="open", due_to=TODAY - dt.timedelta(1)) == 1
    assert found.due_7 == total(status="open", due_from=TODAY, due_to=TODAY + dt.timedelta(7)) == 1
    assert found.due_30 == total(status="open", due_from=TODAY, due_to=TODAY + dt.timedelta(30)) == 2
    assert found.doubtful == total(doubtful=True)
    assert found.confirmed == 0
    assert found.by_status == {status: total(status=status) for status in ("done", "not-begun", "under-way")}
    assert [(one.name, one.tasks, one.open, one.overdue) for one in found.by_unit] == [
        ("Phòng Kinh tế", 3, 2, 1), ("Công an xã", 1, 1, 0),
    ]  # fmt: skip
    rows = register.search(database, Filter()).rows
    assert found.filled == {name: sum(bool(getattr(row, name)) for row in rows) for name in found.filled}
    assert found.documents == {"ok": 2}


def test_an_empty_database_has_an_overview(database: Database) -> None:
    found = overview.counts(database, TODAY)
    assert (found.tasks, found.open, found.by_unit, found.documents) == (0, 0, (), {})
    assert overview.documents(database) == ()


def test_the_list_of_documents(database: Database, filled: dict[str, str]) -> None:
    newest, other = overview.documents(database)
    assert [(one.number, one.rows, one.doubtful, one.corrections) for one in (newest, other)] == [
        ("13/KH-UBND", 1, 0, 0), ("12/KH-UBND", 5, 1, 0),
    ]  # fmt: skip
    assert newest.at == NOW + dt.timedelta(1)
    assert not newest.viewable
    assert overview.document(database, other.id) == other
    assert overview.document(database, "0" * 12) is None
    assert [overview.documents(database, 1, at) for at in range(3)] == [(newest,), (other,), ()]
    assert overview.number_of_documents(database) == 2
    assert overview.to_review(database, 10) == ((other, newest), 2)
    assert [overview.to_review(database, 1, at) for at in range(3)] == [((other,), 2), ((newest,), 2), ((), 2)]
    assert overview.to_review(database, 10, waiting=True) == ((other,), 1)
