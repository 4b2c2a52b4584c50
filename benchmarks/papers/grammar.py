"""Makes plans, directives, letters and conclusions: what stands in each sort of document, in which order.

As in real ones, tasks are two thirds of the words: before them stand what the document rests on, what was reached and
what falls short, what for, and how; behind them who reports and a closing.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import count

from benchmarks.papers import words
from benchmarks.papers.author import Author, capital
from benchmarks.papers.houses import VOICES, issuer, month
from benchmarks.papers.model import Line, Look, Paper, Table


def make(seed: int, place: int, style: int, pages: int) -> Paper:
    """The document at that place of the run: equal arguments, equal paper. It fills about so many pages."""
    chance = random.Random(f"{seed}/{place}")
    sort, kind, write = SORTS[style % len(SORTS)]
    author = Author(chance, issuer(kind, place, chance), VOICES[style // len(SORTS) % len(VOICES)], pages)
    return write(author, sort)


def _opened(author: Author) -> None:
    """A plan up to its tasks."""
    author.title("Kế hoạch", f"{capital(author.topic.name)} năm {author.house.date.year}")
    author.basis()
    author.draft.add("ĐÁNH GIÁ TÌNH HÌNH", Look.HEADING, "I.")
    author.background()
    author.draft.add("MỤC ĐÍCH, YÊU CẦU", Look.HEADING, "II.")
    for number, (name, forms) in enumerate((("Mục đích", words.PURPOSES), ("Yêu cầu", words.DEMANDS)), start=1):
        author.draft.add(name, Look.HEADING, f"{number}.")
        for form in author.chance.sample(forms, 2):
            author.draft.add(author.filled(form), label="-")
    author.draft.add("CHỈ TIÊU", Look.HEADING, "III.")
    author.goals()


def _closed(author: Author, kind: str) -> None:
    author.draft.add(
        f"Trên đây là {kind} {author.topic.name}, yêu cầu các đơn vị nghiêm túc thực hiện; trong quá trình thực hiện "
        f"nếu có khó khăn, vướng mắc thì phản ánh về {author.house.head} để xem xét./."
    )


def _plan(author: Author, sort: str) -> Paper:
    _opened(author)
    author.draft.add("NHIỆM VỤ, GIẢI PHÁP", Look.HEADING, "IV.")
    author.tasks(author.room * 0.75)
    author.draft.add("TỔ CHỨC THỰC HIỆN", Look.HEADING, "V.")
    author.shares(author.room - 3)
    _closed(author, "Kế hoạch")
    return author.paper(sort, "KH")


def _annexed_plan(author: Author, sort: str) -> Paper:
    """A short plan whose tasks stand in the table behind it."""
    _opened(author)
    author.draft.add("TỔ CHỨC THỰC HIỆN", Look.HEADING, "IV.")
    author.shares(author.draft.lines + 8)
    _closed(author, "Kế hoạch")
    head = ("TT", "Nội dung công việc", *author.voice.labels[:3])
    table = Table((head, *author.rows(author.room)))
    house = author.house
    day = f"{house.date.day:02}/{month(house.date.month)}/{house.date.year}"
    annex = (
        Line("PHỤ LỤC", Look.TITLE),
        Line("BẢNG PHÂN CÔNG NHIỆM VỤ", Look.TITLE),
        Line(f"(Kèm theo Kế hoạch số {house.symbol('KH')} ngày {day} của {house.issuer})", Look.NOTE),
        table,
    )
    return author.paper(sort, "KH", annex)


def _directive(author: Author, sort: str) -> Paper:
    """A directive: what is wrong, then numbered orders to bodies."""
    author.title("Chỉ thị", f"về tăng cường công tác {author.topic.name}")
    author.background()
    author.draft.add(f"Để khắc phục tình trạng trên, {author.house.head} yêu cầu thực hiện tốt các nhiệm vụ sau:")
    for number in count(1):
        author.task(f"{number}.")
        if author.draft.lines >= author.room - 2:
            break
    author.draft.add("Chỉ thị này được phổ biến đến chi bộ./.")
    return author.paper(sort, "CT")


def _letter(author: Author, sort: str) -> Paper:
    """A letter to those who get the work."""
    author.draft.add("Kính gửi:")
    for body in author.chance.sample(author.house.bodies, 3):
        author.draft.add(f"{body};", label="-")
    author.draft.add(f"Thực hiện {author.cited()};")
    author.background()
    author.draft.add(f"{author.house.issuer} đề nghị các cơ quan, đơn vị thực hiện các nội dung sau:")
    author.tasks(author.room - 2)
    author.draft.add("Quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh để được hướng dẫn./.")
    paper = author.paper(sort, "CV")
    about = f"V/v triển khai công tác {author.topic.name}"
    return Paper(sort, (*paper.left, about), paper.right, paper.body, paper.recipients, paper.signature, (),
                 paper.tasks, paper.counted)  # fmt: skip


def _conclusion(author: Author, sort: str) -> Paper:
    """The conclusion of a meeting: what it found, then who is charged with what."""
    author.title("Thông báo", f"Kết luận tại cuộc họp về {author.topic.name}")
    author.draft.add(
        f"{author.house.issuer} tổ chức họp nghe báo cáo về {author.topic.name}. Sau khi nghe ý kiến của các đại biểu, "
        "đồng chí chủ trì cuộc họp kết luận như sau:"
    )
    author.draft.add("Đánh giá chung", Look.HEADING, "1.")
    author.background()
    author.tasks(author.room - 2, first=2)
    author.draft.add("Văn phòng thông báo để các cơ quan, đơn vị biết, thực hiện./.")
    return author.paper(sort, "TB")


# name, house, how it is written
SORTS: tuple[tuple[str, str, Callable[[Author, str], Paper]], ...] = (
    ("plan", "commune", _plan),
    ("party-plan", "commune-party", _plan),
    ("annexed-plan", "commune", _annexed_plan),
    ("directive", "province-party", _directive),
    ("letter", "province", _letter),
    ("conclusion", "province", _conclusion),
)
STYLES = len(SORTS) * len(VOICES)
