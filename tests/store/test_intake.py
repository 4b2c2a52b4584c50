"""What came in, as it is asked for: uploads with their documents, those of commands, and what is not kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from databases import NOW, dump

from pipeline.model import Directive, Meta, Task
from pipeline.store import files, intake, leases, trail
from pipeline.store.address import Address
from pipeline.store.database import Database
from pipeline.store.files import DONE, FAILED, READING, WAITING
from pipeline.store.intake import DOUBTFUL, Wanted
from pipeline.store.saving import save, take_in

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def database(address: Address) -> Iterator[Database]:
    with Database(address) as opened:
        yield opened


def directive(number: str, *reviews: tuple[str, ...]) -> Directive:
    """A plan with a task for each tuple of codes that ask a person to look."""
    tasks = tuple(
        Task(f"{number}-{place}", "II", place, f"Việc {place}", review=codes) for place, codes in enumerate(reviews, 1)
    )
    meta = Meta("kế hoạch", number, "Ủy ban nhân dân xã Đại Thắng", title="Về đất đai")
    return Directive(f"{number}.docx", f"{number:0>64}", "text/plain", 1, "ok", meta, tasks=tasks)


def uploaded(database: Database, one: Directive, when: dt.datetime, data: bytes = b"") -> int:
    upload = files.put(database, data or one.document.encode(), one.document, "lan", when)
    assert leases.take(database, "1", when) is not None
    take_in(database, upload.id, [one], {}, "1", when, reader="1")
    return upload.id


def shown(database: Database, limit: int = 100, offset: int = 0, **wanted: object) -> list[str]:
    found, _ = intake.arrivals(database, Wanted(**wanted), limit, offset)  # type: ignore[arg-type]
    return [one.queued.name if one.queued else one.papers[0].name for one in found]


def test_the_newest_is_first_whichever_way_it_came(database: Database) -> None:
    uploaded(database, directive("1"), NOW)
    save(database, [directive("2")], NOW + HOUR)
    uploaded(database, directive("3"), NOW + 2 * HOUR)
    assert shown(database) == ["3.docx", "2.docx", "1.docx"]
    assert shown(database, 1, 1) == ["2.docx"]
    assert intake.arrivals(database, Wanted(), 1)[1] == 3
    assert shown(database, uploads=frozenset((1,))) == ["1.docx"]


def test_rows_and_doubts_are_counted(database: Database) -> None:
    uploaded(database, directive("1", (), ("no-lead",), ("no-lead", "no-deadline")), NOW)
    save(database, [directive("2", ())], NOW)
    save(database, [directive("3")], NOW)
    found = {one.papers[0].number: one.papers[0] for one in intake.arrivals(database, Wanted(), 100)[0]}
    assert {number: (paper.rows, paper.doubts) for number, paper in found.items()} == {
        "1": (3, 2), "2": (1, 0), "3": (0, 0),
    }  # fmt: skip
    assert intake.counts(database, [found["1"].id]) == {found["1"].id: (3, 2)}
    assert shown(database, state=DOUBTFUL) == ["1.docx"]
    # a task that the document says no more is no row
    save(database, [directive("1", ())], NOW + HOUR)
    assert intake.counts(database, [found["1"].id]) == {found["1"].id: (1, 0)}


def test_states_and_words(database: Database) -> None:
    uploaded(database, directive("1"), NOW)
    wrong = files.put(database, b"x", "hỏng.docx", "minh", NOW + HOUR)
    assert shown(database, state=WAITING) == ["hỏng.docx"]
    assert leases.take(database, "1", NOW) is not None
    assert shown(database, state=WAITING) == ["hỏng.docx"]  # being read
    files.fail(database, wrong.id, "hỏng", NOW + HOUR, "1")
    assert shown(database, state=FAILED) == ["hỏng.docx"]
    assert shown(database, state=DONE) == ["1.docx"]
    for words in ("dat dai", "ĐẤT ĐAI", "uy ban", "kế hoạch", "1.docx", "lan"):
        assert shown(database, words=words) == ["1.docx"], words
    assert shown(database, words="đát đai") == []
    assert shown(database, words=" ") == ["hỏng.docx", "1.docx"]


def test_what_was_read_before(database: Database) -> None:
    one, data = directive("1"), b"the bytes"
    uploaded(database, one, NOW, data)
    (file,) = files.queue(database)
    assert intake.read_before(database, file.sha256, "1") == file.documents
    assert intake.read_before(database, file.sha256, "2") == ()  # by an older program
    assert intake.read_before(database, "ab" * 32, "1") == ()
    uploaded(database, directive("1", ()), NOW + HOUR, b"another file of it")
    assert intake.read_before(database, file.sha256, "1") == ()


def test_what_failed_waits_again_and_what_waits_does_not(database: Database) -> None:
    upload = files.put(database, b"x", "a.docx", "lan", NOW)
    assert not intake.retry(database, upload.id, "minh", NOW)
    assert not intake.retry(database, 99, "minh", NOW)
    assert leases.take(database, "1", NOW) is not None
    assert not intake.retry(database, upload.id, "minh", NOW)
    files.fail(database, upload.id, "hỏng", NOW, "1")
    assert intake.retry(database, upload.id, "minh", NOW)
    (queued,) = files.queue(database)
    assert (queued.state, queued.reason, queued.done_at) == (WAITING, None, None)
    assert [(note.who, note.what) for note in trail.of(database)] == [("minh", "upload.again"), ("lan", "upload")]


def test_of_what_is_classified_only_the_refusal_is_kept(database: Database, address: Address) -> None:
    secret = b"QXZVKJ" * 5000
    upload = files.put(database, secret, "mật.docx", "lan", NOW)
    assert leases.take(database, "1", NOW) is not None
    intake.refuse(database, upload.id, "đóng dấu mật", NOW)
    (queued,) = files.queue(database)
    assert (queued.state, queued.reason, queued.size) == (FAILED, "đóng dấu mật", 0)
    assert [row["content"] for row in dump(address)["files"]] == [b""]
    assert not intake.retry(database, upload.id, "lan", NOW)
    if address.path is not None:
        assert not [path for path in address.path.parent.glob("*") if b"QXZVKJ" in path.read_bytes()]
    again = files.put(database, secret, "mật.docx", "lan", NOW)  # sent once more, it is read and refused once more
    assert files.bytes_of(database, again.sha256) == secret
    assert leases.take(database, "1", NOW) == files.Upload(again.id, again.sha256, True, "mật.docx")
    assert files.queue(database)[0].state == READING


def test_the_list_by_places_is_the_one_of_whole_rows(database: Database) -> None:
    for number in range(1, 6, 2):
        uploaded(database, directive(str(number), ("no-lead",)), NOW + number * HOUR)
        save(database, [directive(str(number + 1), ())], NOW + (number + 1) * HOUR)
    uploaded(database, directive("1", ("no-lead",)), NOW + 9 * HOUR, b"another file of the same document")
    files.put(database, b"x", "waits", "lan", NOW + 10 * HOUR)
    said = "a"  # in the names or words of all, so that each is looked at
    for state in ("", DONE, WAITING, FAILED):
        whole, count = intake.arrivals(database, Wanted(said, state), 100)
        assert (whole, count) == intake.arrivals(database, Wanted("", state), 100)
        parts = [intake.arrivals(database, Wanted("", state), 2, at) for at in range(0, count + 2, 2)]
        assert tuple(one for part, _ in parts for one in part) == whole and {total for _, total in parts} == {count}
    assert count == 0 and intake.arrivals(database, Wanted(), 100)[1] == 8
