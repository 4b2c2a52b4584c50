"""Makes plans, directives, letters and conclusions out of `words`: each task has its lead, time and place."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from itertools import count

from benchmarks.papers import words
from benchmarks.papers.houses import VOICES, House, Voice, issuer, month
from benchmarks.papers.model import PAGE_LINES, Draft, Line, Look, Paper, Table

FRONT = 16  # lines of letterhead, title and closing
ROMAN = ("I", "II", "III", "IV")
QUARTERS = ("I", "II", "III", "IV")
LETTERS = "abcdeghiklmnopqrstuvxy"  # of the Vietnamese alphabet; đ is left out, for Word cannot count it


def make(seed: int, place: int, style: int, pages: int) -> Paper:
    """The document at that place of the run: equal arguments, equal paper. It fills about so many pages."""
    chance = random.Random(f"{seed}/{place}")
    sort, kind, write = SORTS[style % len(SORTS)]
    author = _Author(chance, issuer(kind, place, chance), VOICES[style // len(SORTS) % len(VOICES)], pages)
    return write(author, sort)


class _Author:
    """One document on its way: who writes, how, of what."""

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
                return said, product

    def filled(self, form: str) -> str:
        """A form of `words` with this document's words in it."""
        topic, pick = self.topic, self.chance.choice
        return form.format(
            topic=topic.name, thing=pick(topic.things), people=pick(topic.people), site=pick(topic.sites),
            where=self.where(), count=f"{self.chance.randrange(2, 20):02}", head=self.house.head,
            often=pick(words.OFTEN), kind="Kế hoạch",
        )  # fmt: skip

    def bodies(self) -> tuple[str, str]:
        """Who leads and who helps."""
        lead, other = self.chance.sample(self.house.bodies, 2)
        return lead, other

    # ── tasks ──

    def task(self, label: str) -> None:
        """One task in the way of the house."""
        work, product = self.work()
        lead, other = self.bodies()
        helped = f"{lead} chủ trì, phối hợp với {other}"
        match self.voice.way if self.chance.random() < 0.8 else "rhythm":
            case "run-in":
                self.draft.add(f"{helped} {work}, {self.when()}.", label=label, tasks=1)
            case "bracket":
                self.draft.add(f"{_capital(work)} ({helped}; {self.when()}).", label=label, tasks=1)
            case "assigned":
                self.draft.add(f"Giao {helped} {work}, {self.when()}.", label=label, tasks=1)
            case "labelled":
                self.draft.add(f"{_capital(work)}.", label=label, tasks=1)
                values = (lead, other, self.when().removeprefix("hoàn thành "), product)
                for name, value in zip(self.voice.labels, values, strict=True):
                    self.draft.add(f"{name}: {_capital(value)}.", label="+" if label == "-" else "-")
            case _:
                self.draft.add(f"{self.chance.choice(words.RHYTHMS)}, {lead} {work}.", label=label, tasks=1)

    def tasks(self, until: float) -> None:
        """Numbered groups of tasks until so many lines are full."""
        first = self.chance.randrange(len(GROUPS))
        for number in count(1):
            self.draft.add(f"Về {GROUPS[(first + number) % len(GROUPS)]}", Look.HEADING, f"{number}.")
            for place in range(self.chance.randrange(3, 6)):
                self.task(self.voice.bullet or f"{LETTERS[place]})")
                if self.draft.lines >= until:
                    return

    def shares(self, until: float) -> None:
        """The work of each body under its own heading, until so many lines are full."""
        bodies = list(self.house.bodies)
        self.chance.shuffle(bodies)
        most = max(int(until - self.draft.lines) // len(bodies), 3)
        for number, body in enumerate(bodies, start=1):
            self.draft.add(body, Look.HEADING, f"{number}.")
            for _ in range(self.chance.randrange(1, most)):
                self.draft.add(f"{_capital(self.work()[0])}, {self.when()}.", label="-", tasks=1)
            if number == 1:
                self.draft.add(self.filled(self.chance.choice(words.REPORTS)), label="-", tasks=1)
            if self.draft.lines >= until:
                return

    def goals(self) -> None:
        """Targets: a row each."""
        for number, goal in enumerate(self.chance.sample(self.topic.goals, 2), start=1):
            self.draft.add(f"Trên {self.chance.randrange(60, 99)}% {goal}.", label=f"{number}.", tasks=1)

    # ── the whole ──

    def title(self, kind: str, about: str) -> None:
        """What it is and what it is about."""
        self.draft.add(kind.upper(), Look.TITLE)
        self.draft.add(about, Look.TITLE)

    def basis(self) -> None:
        """What it rests on."""
        above = "Tỉnh ủy" if self.house.party else "Ủy ban nhân dân tỉnh"
        issued = self.house.date - dt.timedelta(days=self.chance.randrange(5, 60))
        symbol = f"{self.chance.randrange(10, 400)}{'-KH/TU' if self.house.party else '/KH-UBND'}"
        comma = "," if self.house.party else ""
        day = f"{issued.day:02}/{month(issued.month)}/{issued.year}"
        self.draft.add(
            f"Căn cứ Kế hoạch số {symbol}{comma} ngày {day} của {above} {self.house.province} về {self.topic.name};",
            Look.BASIS,
        )
        self.draft.add(f"{self.house.head} ban hành Kế hoạch {self.topic.name} với các nội dung sau:")

    def paper(self, sort: str, code: str, annex: tuple[Line | Table, ...] = ()) -> Paper:
        """All of it."""
        chance, house = self.chance, self.house
        signer = " ".join(chance.choice(part) for part in (words.FAMILY, words.MIDDLE, words.GIVEN))
        return Paper(
            sort, house.left(code), house.right, tuple(self.draft.blocks), house.recipients, house.signature(signer),
            annex, self.draft.tasks, self.voice.counted,
        )  # fmt: skip


GROUPS = ("công tác lãnh đạo, chỉ đạo", "tuyên truyền, vận động", "kiểm tra, rà soát", "nguồn lực", "cơ sở dữ liệu",
          "đào tạo, tập huấn", "phối hợp giữa các ngành", "xử lý tồn đọng", "giám sát", "hạ tầng")  # fmt: skip
PARTS = {"tỉnh": "xã", "phường": "khu phố", "xã": "thôn"}  # level of a house → what a part of it is called


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# ── sorts of documents ─────────────────────────────────────────────────────────────────────


def _opened(author: _Author) -> None:
    """A plan up to its tasks."""
    author.title("Kế hoạch", f"{_capital(author.topic.name)} năm {author.house.date.year}")
    author.basis()
    author.draft.add("MỤC ĐÍCH, YÊU CẦU", Look.HEADING, "I.")
    for number, (name, forms) in enumerate((("Mục đích", words.PURPOSES), ("Yêu cầu", words.DEMANDS)), start=1):
        author.draft.add(name, Look.HEADING, f"{number}.")
        for form in author.chance.sample(forms, 2):
            author.draft.add(author.filled(form), label="-")
    author.draft.add("CHỈ TIÊU", Look.HEADING, "II.")
    author.goals()


def _closed(author: _Author, kind: str) -> None:
    author.draft.add(f"Trên đây là {kind} {author.topic.name}, yêu cầu các đơn vị nghiêm túc thực hiện./.")


def _plan(author: _Author, sort: str) -> Paper:
    _opened(author)
    author.draft.add("NHIỆM VỤ, GIẢI PHÁP", Look.HEADING, "III.")
    author.tasks(author.room * 0.75)
    author.draft.add("TỔ CHỨC THỰC HIỆN", Look.HEADING, "IV.")
    author.shares(author.room - 2)
    _closed(author, "Kế hoạch")
    return author.paper(sort, "KH")


def _annexed_plan(author: _Author, sort: str) -> Paper:
    """A short plan whose tasks stand in the table behind it."""
    _opened(author)
    author.draft.add("TỔ CHỨC THỰC HIỆN", Look.HEADING, "III.")
    author.shares(author.draft.lines + 8)
    _closed(author, "Kế hoạch")
    house, head = author.house, ("TT", "Nội dung công việc", *author.voice.labels[:3])
    rows = [head]
    used = author.draft.lines + 8
    while used < author.room or len(rows) < 4:
        work, _ = author.work()
        lead, other = author.bodies()
        rows.append((str(len(rows)), _capital(work), lead, other, _capital(author.when().removeprefix("hoàn thành "))))
        used += max(len(work) // 26, 3) + 1
    author.draft.tasks += len(rows) - 1
    day = f"{house.date.day:02}/{month(house.date.month)}/{house.date.year}"
    annex = (
        Line("PHỤ LỤC", Look.TITLE),
        Line("BẢNG PHÂN CÔNG NHIỆM VỤ", Look.TITLE),
        Line(f"(Kèm theo Kế hoạch số {house.symbol('KH')} ngày {day} của {house.issuer})", Look.NOTE),
        Table(tuple(rows)),
    )
    return author.paper(sort, "KH", annex)


def _directive(author: _Author, sort: str) -> Paper:
    """A directive: what is wrong, then numbered orders to bodies."""
    author.title("Chỉ thị", f"về tăng cường công tác {author.topic.name}")
    author.draft.add(author.filled(author.chance.choice(words.TROUBLES)))
    author.draft.add(f"Để khắc phục tình trạng trên, {author.house.head} yêu cầu thực hiện tốt các nhiệm vụ sau:")
    for number in count(1):
        lead, other = author.bodies()
        work = author.work()[0]
        author.draft.add(f"{lead} phối hợp với {other} {work}, {author.when()}.", label=f"{number}.", tasks=1)
        if author.draft.lines >= author.room - 2:
            break
    author.draft.add("Chỉ thị này được phổ biến đến chi bộ./.")
    return author.paper(sort, "CT")


def _letter(author: _Author, sort: str) -> Paper:
    """A letter to those who get the work."""
    author.draft.add("Kính gửi:")
    for body in author.chance.sample(author.house.bodies, 3):
        author.draft.add(f"{body};", label="-")
    author.draft.add(author.filled(author.chance.choice(words.TROUBLES)))
    author.draft.add(f"{author.house.issuer} đề nghị các cơ quan, đơn vị thực hiện các nội dung sau:")
    author.tasks(author.room - 2)
    author.draft.add("Quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh để được hướng dẫn./.")
    paper = author.paper(sort, "CV")
    about = f"V/v triển khai công tác {author.topic.name}"
    return Paper(sort, (*paper.left, about), paper.right, paper.body, paper.recipients, paper.signature, (),
                 paper.tasks, paper.counted)  # fmt: skip


def _conclusion(author: _Author, sort: str) -> Paper:
    """The conclusion of a meeting: who is charged with what."""
    author.title("Thông báo", f"Kết luận tại cuộc họp về {author.topic.name}")
    author.draft.add(
        f"{author.house.issuer} tổ chức họp nghe báo cáo về {author.topic.name}. Sau khi nghe ý kiến của các đại biểu, "
        "đồng chí chủ trì cuộc họp kết luận như sau:"
    )
    author.tasks(author.room - 2)
    author.draft.add("Văn phòng thông báo để các cơ quan, đơn vị biết, thực hiện./.")
    return author.paper(sort, "TB")


# name, house, how it is written
SORTS: tuple[tuple[str, str, Callable[[_Author, str], Paper]], ...] = (
    ("plan", "commune", _plan),
    ("party-plan", "commune-party", _plan),
    ("annexed-plan", "commune", _annexed_plan),
    ("directive", "province-party", _directive),
    ("letter", "province", _letter),
    ("conclusion", "province", _conclusion),
)
STYLES = len(SORTS) * len(VOICES)
