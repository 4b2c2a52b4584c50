"""Leases of the queue: what a living server reads is its own, what a dead one read is read again, but not for ever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from databases import NOW, dump
from sqlalchemy import update

from pipeline.model import Directive, Task
from pipeline.store import files, intake, leases, tables
from pipeline.store.address import Address
from pipeline.store.database import Database
from pipeline.store.files import DONE, FAILED, READING, WAITING, Queued
from pipeline.store.leases import LEASE, MOST_STARTS
from pipeline.store.saving import take_in

AFTER = NOW + LEASE + dt.timedelta(seconds=1)


@pytest.fixture
def database(address: Address) -> Iterator[Database]:
    with Database(address) as opened:
        yield opened


def sent(database: Database, *names: str) -> list[int]:
    return [files.put(database, name.encode(), f"{name}.txt", "lan", NOW).id for name in names]


def only(database: Database) -> Queued:
    (found,) = files.queue(database)
    return found


def test_what_a_living_server_reads_is_its_own(database: Database) -> None:
    (upload,) = sent(database, "1")
    assert leases.take(database, "a", NOW) is not None
    assert leases.orphaned(database, NOW, "hai lần") == {}
    leases.renew(database, "b", AFTER)  # another one, that reads nothing
    leases.renew(database, "a", NOW + LEASE)
    assert leases.orphaned(database, AFTER, "hai lần") == {}
    assert only(database).state == READING
    assert leases.orphaned(database, AFTER + LEASE, "hai lần") == {upload: WAITING}
    assert leases.take(database, "b", AFTER).id == upload


def test_what_was_read_before_there_were_leases_waits_again(database: Database) -> None:
    (upload,) = sent(database, "1")
    leases.take(database, "a", NOW)
    old = update(tables.queue).values(reader=None, until=None, starts=0)
    database.writing(lambda connection: connection.execute(old))
    assert leases.orphaned(database, NOW, "hai lần") == {upload: WAITING}


def test_what_servers_die_over_is_given_up_and_begins_anew_where_a_person_wants_it(
    database: Database, address: Address
) -> None:
    (upload,) = sent(database, "1")
    for turn in range(MOST_STARTS):
        taken = leases.take(database, "a", NOW)
        assert (taken.id, taken.suspect) == (upload, turn > 0)
        files.progress(database, upload, 3, 8, "a")
        assert (only(database).pages_done, only(database).pages) == (3, 8)
        expected = WAITING if turn + 1 < MOST_STARTS else FAILED
        assert leases.orphaned(database, AFTER, "hai lần") == {upload: expected}
        assert (only(database).pages_done, only(database).pages) == (0, None)
    assert leases.take(database, "a", NOW) is None
    shown = only(database)
    assert (shown.state, shown.reason, shown.done_at) == (FAILED, "hai lần", AFTER)
    assert intake.retry(database, upload, "lan", AFTER)
    assert not leases.take(database, "a", AFTER).suspect
    (row,) = dump(address)["queue"]
    assert row["starts"] == 1


def test_a_server_that_is_stopped_in_order_has_died_over_nothing(database: Database, address: Address) -> None:
    (upload,) = sent(database, "1")
    for _ in range(MOST_STARTS + 1):
        assert not leases.take(database, "a", NOW).suspect
        leases.give_back(database, "b")
        assert only(database).state == READING
        leases.give_back(database, "a")
        assert only(database).state == WAITING
    (row,) = dump(address)["queue"]
    assert (row["id"], row["starts"], row["reader"], row["until"]) == (upload, 0, None, None)


def test_suspects_come_last_and_only_where_they_may(database: Database) -> None:
    first, second, third = sent(database, "1", "2", "3")
    leases.take(database, "a", NOW)
    leases.orphaned(database, AFTER, "hai lần")
    assert leases.take(database, "a", NOW).id == second
    assert leases.take(database, "a", NOW, suspects=False).id == third
    assert leases.take(database, "a", NOW, suspects=False) is None
    assert leases.take(database, "a", NOW).id == first


def test_who_has_lost_an_upload_changes_nothing_of_it(
    database: Database, address: Address, plan: Callable[..., Directive], task: Callable[..., Task]
) -> None:
    (upload,) = sent(database, "1")
    leases.take(database, "a", NOW)
    leases.orphaned(database, AFTER, "hai lần")
    leases.take(database, "b", AFTER)
    before = dump(address)
    with pytest.raises(files.TakenOver):
        take_in(database, upload, [plan(task())], {}, "9", AFTER, reader="a")
    assert not files.fail(database, upload, "hỏng", AFTER, "a")
    files.progress(database, upload, 3, 8, "a")
    assert dump(address) == before  # nor is anything of it saved
    (home,) = take_in(database, upload, [plan(task())], {}, "9", AFTER, reader="b")
    assert (only(database).state, only(database).documents) == (DONE, (home,))
    assert leases.states(database, [upload, upload + 1]) == {upload: DONE}
    assert [(row["reader"], row["until"]) for row in dump(address)["queue"]] == [(None, None)]
