"""A comparison made by hand: a parent of four tasks, three plans that differ in known ways."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.compare.model import (
    ADDED,
    COVERED,
    MISSING,
    NOT_APPLICABLE,
    PARTLY,
    Answer,
    Comparison,
    Family,
    Finding,
    Issuer,
    Link,
    Member,
    PlanColumn,
    Reference,
    Result,
)
from pipeline.model import Directive, Evidence, Meta, Task
from pipeline.model import Warning as Caution

ABOVE = Reference("53-CT/TW", dt.date(2025, 11, 1), "Ban Bí thư", quote="triển khai Chỉ thị số 53-CT/TW")
CITED = Reference("154/KH-UBND", dt.date(2026, 3, 20), "UBND tỉnh", quote="Thực hiện Kế hoạch số 154/KH-UBND")


def directive(document: str, *tasks: Task, number: str = "", date: dt.date | None = None) -> Directive:
    """A document whose text holds its tasks one after the other, each with its place."""
    text, placed = "", []
    for task in tasks:
        place = Evidence(len(text), len(text) + len(task.text), task.page, None, "item")
        text += task.text + "\n"
        placed.append(replace(task, evidence={"text": (place,)}))
    meta = Meta(type="kế hoạch", number=number or None, date=date, title="Về nước sạch")
    return Directive(document, "ab" * 32, "text/plain", 3, "ok", meta, tasks=tuple(placed), text=text)


def task(name: str, text: str, **fields: object) -> Task:
    """A task of section II."""
    return Task(**{"id": name, "section": "II.1", "order": 1, "text": text, "page": 2, **fields})  # type: ignore[arg-type]


PARENT = Member(
    directive(
        "KH tỉnh.docx",
        task("p1", "Rà soát công trình cấp nước.", lead=("Sở Xây dựng",), due=dt.date(2026, 6, 15),
             due_text="trước 15/6", deliverable="danh mục", cadence=("once",)),
        task("p2", "Tổ chức ít nhất 02 cuộc kiểm tra.", section="II.2", cadence=("quarterly",),
             quantity=("ít nhất 02 cuộc",)),
        task("p3", "Tập huấn cán bộ thôn.", section="III", page=3, due_text="trước mùa mưa"),
        task("p4", "Trình HĐND tỉnh ban hành nghị quyết.", section="IV", page=3),
        number="154/KH-UBND", date=dt.date(2026, 3, 20),
    ),
    Issuer("UBND tỉnh Sông Trong", "ubnd", "tinh", None, "Sông Trong"), (ABOVE,),
)  # fmt: skip


def plan(commune: str, *, name: str | None = None, province: str = "Sông Trong", document: str = "") -> Member:
    """A plan of three tasks: two that carry out a parent's and one of its own."""
    made = directive(
        document or f"KH {commune}.docx",
        task(f"{commune}1", f"Xã {commune} rà soát giếng.", page=1, lead=("Phòng Kinh tế",), due=dt.date(2026, 6, 30)),
        task(f"{commune}2", f"Kiểm tra 01 cuộc ở {commune}.", section="II.3"),
        task(f"{commune}3", f"Trồng cây ở {commune}.", section="V", page=3, lead=("Hội Nông dân",)),
        number="12/KH-UBND", date=dt.date(2026, 4, 3),
    )  # fmt: skip
    issuer = Issuer(name or f"UBND xã {commune}", "ubnd", "xa", commune, province)
    return Member(made, issuer, (CITED, ABOVE), versions=(f"KH {commune} (bản cũ).docx",))


def column(member: Member, tasks: tuple[Task, ...], statuses: tuple[str, ...]) -> PlanColumn:
    """The plan's answers with these statuses: its first rows carry out what is not missing, a later deadline on the

    first task, a lower number, a weaker cadence and a copied row on the second.
    """
    rows, answers = member.directive.tasks, []
    said = {
        0: (("deadline-later", "trước 15/6", "30/6", 15.0),),
        1: (
            ("number-lower", "ít nhất 02 cuộc", "01 cuộc", -1.0),
            ("cadence-weaker", "quarterly", "term, once", None),
            ("copied", tasks[1].text, rows[1].text, 0.875),
        ),
    }
    for place, (asked, status) in enumerate(zip(tasks, statuses, strict=True)):
        found = (COVERED, PARTLY)
        links = (Link(asked, rows[place % 2], 0.8125, {"words": 0.75, "actor": 1.0}),) if status in found else ()
        carried = tuple(link.row for link in links)
        more = [Finding(kind, asked, carried, *words, amount) for kind, *words, amount in said.get(place, ()) if links]
        first = Finding(status, asked, carried, amount=0.5 if status == PARTLY else None)
        answers.append(Answer(asked, status, links, (first, *more)))
    return PlanColumn(member, tuple(answers), (Finding(ADDED, None, rows[2:], plan_says=rows[2].text),), 14)


STATUSES = (
    (COVERED, PARTLY, MISSING, NOT_APPLICABLE),
    (MISSING, COVERED, COVERED, NOT_APPLICABLE),
    (PARTLY, MISSING, MISSING, NOT_APPLICABLE),
)


def compared(*plans: Member, parent: Member = PARENT) -> Comparison:
    """These plans against the parent, by default An Lạc, Bình Hòa and Cẩm Sơn."""
    members = plans or tuple(plan(name) for name in ("An Lạc", "Bình Hòa", "Cẩm Sơn"))
    tasks = parent.directive.tasks
    columns = tuple(column(one, tasks, STATUSES[place % len(STATUSES)]) for place, one in enumerate(members))
    return Comparison(Family(CITED, ABOVE, parent, members), tasks, columns, (parent.document,) * len(tasks))


def united() -> Comparison:
    """Two plans without a parent: the first one's tasks, and one that only the second has."""
    members = (plan("An Lạc", document="KH 7.docx"), plan("Dương Nội"))
    tasks = (*members[0].directive.tasks, members[1].directive.tasks[2])
    columns = tuple(column(one, tasks, (*STATUSES[place][:3], COVERED)) for place, one in enumerate(members))
    homes = (*[members[0].document] * 3, members[1].document)
    return Comparison(Family(CITED, ABOVE, None, members), tasks, columns, homes)


def result(*comparisons: Comparison) -> Result:
    """The families with a document of none and a remark."""
    alone = Member(directive("Giấy mời.docx"), Issuer("UBND xã Đông Lâm", "ubnd", "xa", "Đông Lâm"))
    return Result(comparisons or (compared(),), (alone,), (Caution("no-citation", "Giấy mời.docx không viện dẫn gì."),))
