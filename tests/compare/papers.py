"""Small invented documents as an office would type them, read by the program itself.

The places are invented: tỉnh Sông Trong and its communes An Lạc, Bình Hòa, Cẩm Sơn.
"""

from __future__ import annotations

from pathlib import Path

import pipeline
from pipeline.model import Directive

PROVINCE, COMMUNE = "ỦY BAN NHÂN DÂN\nTỈNH SÔNG TRONG", "ỦY BAN NHÂN DÂN\nXÃ AN LẠC"
PARENT = "154/KH-UBND"
FROM_PARENT = (
    "Thực hiện Kế hoạch số 154/KH-UBND ngày 20 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh Sông Trong về cấp nước sạch "
    "nông thôn năm 2026, Ủy ban nhân dân xã ban hành Kế hoạch như sau:"
)
ABOVE = (
    "Thực hiện Chỉ thị số 53-CT/TW ngày 01 tháng 11 năm 2025 của Ban Bí thư về nước sạch nông thôn, Ủy ban nhân dân "
    "tỉnh ban hành Kế hoạch như sau:"
)


def paper(
    preamble: str = FROM_PARENT,
    tasks: str = "1. Tổ chức rà soát các công trình cấp nước trên địa bàn xã trước ngày 30/6/2026.",
    *,
    head: str = COMMUNE,
    number: str = "12/KH-UBND",
    place: str = "An Lạc",
    date: str = "ngày 10 tháng 4 năm 2026",
    title: str = "Cấp nước sạch nông thôn năm 2026",
    kind: str = "KẾ HOẠCH",
) -> str:
    """A document in the form of Nghị định 30: letterhead, title, preamble, and the tasks under one heading."""
    letterhead = f"{head}\nSố: {number}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    return f"{letterhead}{place}, {date}\n\n{kind}\n{title}\n\n{preamble}\n\nI. NHIỆM VỤ\n\n{tasks}\n"


def parent_paper(
    tasks: str = "1. Tổ chức rà soát các công trình cấp nước, hoàn thành trước ngày 15/6/2026.\n"
    "2. Tập huấn vận hành trạm bơm cho cán bộ thôn trong quý III/2026.",
    preamble: str = ABOVE,
    **parts: str,
) -> str:
    """The province's plan that the communes' plans implement."""
    own = {"head": PROVINCE, "number": PARENT, "place": "Sông Trong", "date": "ngày 20 tháng 3 năm 2026"}
    return paper(preamble, tasks, **{**own, **parts})


def directive(folder: Path, text: str, name: str = "van-ban.txt") -> Directive:
    """The text as a file, read and extracted."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return pipeline.extract(pipeline.read(path))
