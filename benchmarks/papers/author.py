"""One made document on its way: who writes, of what, and the sentences, tasks and paragraphs that are its own.

How often a task has a lead, somebody who helps and a deadline is as in the thirteen documents of ``shared/eval``: of
their 368 tasks 69 % have a lead, 27 % somebody who helps, 17 % a date; a task has 246 letters, and for each there are
117 more of headings, background, letterhead and closing.
"""

from __future__ import annotations

import datetime as dt
import random
from enum import Enum
from itertools import count

from benchmarks.papers import words
from benchmarks.papers.houses import House, Voice, month
from benchmarks.papers.model import PAGE_LINES, Draft, Line, Look, Paper, Table

FRONT = 16  # lines of letterhead, title and closing
QUARTERS = ("I", "II", "III", "IV")
LETTERS = "abcdeghiklmnopqrstuvxy"  # of the Vietnamese alphabet; đ is left out, for Word cannot count it
GROUPS = ("công tác lãnh đạo, chỉ đạo", "tuyên truyền, vận động", "kiểm tra, rà soát", "nguồn lực", "cơ sở dữ liệu",
          "đào tạo, tập huấn", "phối hợp giữa các ngành", "xử lý tồn đọng", "giám sát", "hạ tầng")  # fmt: skip
PARTS = {"tỉnh": "xã", "phường": "khu phố", "xã": "thôn"}  # level of a house → what a part of it is called


class Says(Enum):
    """What a task says beside its work."""

    ALL = "lead, who helps, time"
    HELPED = "lead, who helps"
    TIMED = "lead, time"
    LED = "lead"
    RHYTHM = "rhythm, lead"
    BARE = "nothing"


# Of a hundred tasks, where no heading names the lead.
USUAL = {Says.ALL: 13, Says.HELPED: 18, Says.TIMED: 6, Says.LED: 9, Says.RHYTHM: 14, Says.BARE: 40}


class Author:
    """Writes one document: `house` issues it, `voice` is its way; `room` are the lines that it may fill."""

    def __init__(self, chance: random.Random, house: House, voice: Voice, pages: int) -> None:
        self.chance, self.house, self.voice = chance, house, voice
        self.topic = chance.choice(words.TOPICS)
        self.room = pages * PAGE_LINES - FRONT
        self.draft = Draft()
        self._said: set[str] = set()

    # ── parts of a sentence ──

    def day(self, *, in_words: bool) -> str:
        """A day after the document's own, in its year or the next."""
        when = self.house.date + dt.timedelta(days=self.chance.randrange(15, 200))
        if in_words:
            return f"{when.day:02} tháng {month(when.month)} năm {when.year}"
        return f"{when.day:02}/{month(when.month)}/{when.year}"

    def when(self) -> str:
        """The end of a task, as it stands behind a comma."""
        later = self.house.date + dt.timedelta(days=self.chance.randrange(30, 200))
        quarter = QUARTERS[(later.month - 1) // 3]
        return self.chance.choice(
            (
                f"hoàn thành trước ngày {self.day(in_words=self.voice.day_in_words)}",
                f"xong trước ngày {self.day(in_words=False)}",
                f"hoàn thành trong quý {quarter}/{later.year}",
                f"hoàn thành trong tháng {month(later.month)}/{later.year}",
            )
        )

    def where(self) -> str:
        """The place of a task, inside the place of the house."""
        one, other = self.chance.sample(words.SECOND, 2)
        name, another = f"{one} {self.chance.choice(words.THIRD)}", f"{other} {self.chance.choice(words.THIRD)}"
        part = PARTS[self.house.level]
        return self.chance.choice(
            (f"tại {part} {name}", f"tại các {part} {name}, {another}", f"trên địa bàn {self.house.level}")
        )

    def work(self) -> tuple[str, str]:
        """Something to be done that this document has not said yet, and what comes of it."""
        while True:
            form, product = self.chance.choice(words.WORKS)
            said = self.filled(form)
            if said not in self._said:
                self._said.add(said)
                break
        if self.chance.random() < 0.5:
            said = f"{said}, {self.one_of(words.CLAUSES)}"
        return said, product

    def manners(self) -> str:
        """Up to two sentences on how the work is to be done, each with a blank before it."""
        forms = self.chance.sample(words.MANNERS, self.chance.choice((0, 1, 1, 2)))
        return "".join(f" {self.filled(form)}" for form in forms)

    def one_of(self, forms: tuple[str, ...]) -> str:
        """One of the forms, filled."""
        return self.filled(self.chance.choice(forms))

    def filled(self, form: str) -> str:
        """A form of `words` with this document's words in it."""
        topic, pick = self.topic, self.chance.choice
        return form.format(
            topic=topic.name, thing=pick(topic.things), people=pick(topic.people), site=pick(topic.sites),
            where=self.where(), count=f"{self.chance.randrange(2, 20):02}", head=self.house.head,
            often=pick(words.OFTEN), kind="Kế hoạch", share=self.chance.randrange(40, 95), goal=pick(topic.goals),
        )  # fmt: skip

    def bodies(self) -> tuple[str, str]:
        """Who leads and who helps."""
        lead, other = self.chance.sample(self.house.bodies, 2)
        return lead, other

    def says(self) -> Says:
        """What the next task says, as often as `USUAL` has it."""
        (drawn,) = self.chance.choices(list(USUAL), list(USUAL.values()))
        return drawn

    # ── tasks ──

    def task(self, label: str, says: Says | None = None) -> None:
        """One task in the way of the house; `says` is drawn where it is not given."""
        work, product = self.work()
        lead, other = self.bodies()
        says = says or self.says()
        if self.voice.way == "labelled" and says in (Says.ALL, Says.HELPED):
            self._labelled(label, work, (lead, other, self._time(says), product))
            return
        sentence = self._sentence(work, lead, other, says)
        self.draft.add(f"{sentence}.{self.manners()}", label=label, tasks=1)

    def _sentence(self, work: str, lead: str, other: str, says: Says) -> str:
        who = f"{lead} chủ trì, phối hợp với {other}" if says in (Says.ALL, Says.HELPED) else lead
        time = self.when() if says in (Says.ALL, Says.TIMED) else ""
        if says is Says.BARE:
            return capital(work)
        if says is Says.RHYTHM:
            return f"{self.chance.choice(words.RHYTHMS)}, {lead} {work}"
        if self.voice.way == "bracket":
            return f"{capital(work)} ({'; '.join(part for part in (who, time) if part)})"
        order = "Giao " if self.voice.way == "assigned" else ""
        return ", ".join(part for part in (f"{order}{who} {work}", time) if part)

    def _labelled(self, label: str, work: str, values: tuple[str, ...]) -> None:
        """A task with a line for each of its values."""
        self.draft.add(f"{capital(work)}.{self.manners()}", label=label, tasks=1)
        for name, value in zip(self.voice.labels, values, strict=True):
            self.draft.add(f"{name}: {capital(value)}.", label="+" if label == "-" else "-")

    def _time(self, says: Says) -> str:
        """What stands behind a label and in the cell of a table."""
        return self.when().removeprefix("hoàn thành ") if says in (Says.ALL, Says.TIMED) else "thường xuyên"

    def tasks(self, until: float, first: int = 1) -> None:
        """Groups of tasks, numbered from `first`, until so many lines are full."""
        turn = self.chance.randrange(len(GROUPS))
        for number in count(first):
            self.draft.add(f"Về {GROUPS[(turn + number) % len(GROUPS)]}", Look.HEADING, f"{number}.")
            for place in range(self.chance.randrange(3, 6)):
                self.task(self.voice.bullet or f"{LETTERS[place]})")
                if self.draft.lines >= until:
                    return

    def shares(self, until: float) -> None:
        """The work of each body under its own heading, until so many lines are full."""
        bodies = list(self.house.bodies)
        self.chance.shuffle(bodies)
        most = max(int(until - self.draft.lines) // (3 * len(bodies)), 3)
        for number, body in enumerate(bodies, start=1):
            self.draft.add(body, Look.HEADING, f"{number}.")
            for _ in range(self.chance.randrange(1, most)):
                time = f", {self.when()}" if self.chance.random() < 0.2 else ""
                self.draft.add(f"{capital(self.work()[0])}{time}.{self.manners()}", label="-", tasks=1)
            if number == 1:
                self.draft.add(self.one_of(words.REPORTS), label="-", tasks=1)
            if self.draft.lines >= until:
                return

    def rows(self, until: float) -> list[tuple[str, ...]]:
        """Rows of a table of tasks (number, work, lead, who helps, time): three, more until so many lines are full."""
        rows: list[tuple[str, ...]] = []
        used = self.draft.lines + 8.0
        while used < until or len(rows) < 3:
            work, _ = self.work()
            lead, other = self.bodies()
            says = self.says()
            helps = other if says in (Says.ALL, Says.HELPED) else ""
            task = f"{capital(work)}.{self.manners()}"
            rows.append((str(len(rows) + 1), task, lead, helps, capital(self._time(says))))
            used += max(len(task) // 26, 3) + 1
        self.draft.tasks += len(rows)
        return rows

    def goals(self) -> None:
        """Targets: a row each."""
        for number, goal in enumerate(self.chance.sample(self.topic.goals, 2), start=1):
            self.draft.add(f"Trên {self.chance.randrange(60, 99)}% {goal}.", label=f"{number}.", tasks=1)

    # ── the whole ──

    def title(self, kind: str, about: str) -> None:
        """What it is and what it is about."""
        self.draft.add(kind.upper(), Look.TITLE)
        self.draft.add(about, Look.TITLE)

    def cited(self) -> str:
        """The plan of those above on the same field of work."""
        above = "Tỉnh ủy" if self.house.party else "Ủy ban nhân dân tỉnh"
        issued = self.house.date - dt.timedelta(days=self.chance.randrange(5, 60))
        symbol = f"{self.chance.randrange(10, 400)}{'-KH/TU' if self.house.party else '/KH-UBND'}"
        comma = "," if self.house.party else ""
        day = f"{issued.day:02}/{month(issued.month)}/{issued.year}"
        return f"Kế hoạch số {symbol}{comma} ngày {day} của {above} {self.house.province} về {self.topic.name}"

    def basis(self) -> None:
        """What it rests on."""
        self.draft.add(f"Căn cứ {self.cited()};", Look.BASIS)
        self.draft.add(f"{self.house.head} ban hành Kế hoạch {self.topic.name} với các nội dung sau:")

    def background(self) -> None:
        """What was reached, what falls short and why, in two paragraphs."""
        self.draft.add(self.one_of(words.RESULTS))
        self.draft.add(f"{self.one_of(words.SHORTFALLS)} {self.one_of(words.CAUSES)}")

    def paper(self, sort: str, code: str, annex: tuple[Line | Table, ...] = ()) -> Paper:
        """All of it."""
        chance, house = self.chance, self.house
        signer = " ".join(chance.choice(part) for part in (words.FAMILY, words.MIDDLE, words.GIVEN))
        return Paper(
            sort, house.left(code), house.right, tuple(self.draft.blocks), house.recipients, house.signature(signer),
            annex, self.draft.tasks, self.voice.counted,
        )  # fmt: skip


def capital(words: str) -> str:
    """The words with a capital letter in front."""
    return words[:1].upper() + words[1:]
