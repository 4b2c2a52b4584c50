"""A made plan as it is read, and corrections of it: what the tests of corrections share."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline import ruleset
from pipeline.corrections.model import Correction
from pipeline.extract import extract
from pipeline.model import Directive, Line, Paragraph, Source, Task
from pipeline.normalise import normalise
from pipeline.outline import build

RULES = ruleset.load()
MORNING = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
PLAN = (
    "ỦY BAN NHÂN DÂN",
    "XÃ TÂN LỘC",
    "Số: 12/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Tân Lộc, ngày 10 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "Cải cách hành chính năm 2026",
    "II. NHIỆM VỤ",
    "1. Phòng Kinh tế rà soát các thủ tục về đất đai, báo cáo Ủy ban nhân dân xã trước ngày 15/6/2026; "
    "cập nhật lên trang thông tin điện tử của xã.",
    "2. Công an xã chủ trì, phối hợp với Phòng Kinh tế kiểm tra phòng cháy tại các chợ. Hoàn thành trong quý II/2026.",
    "3. Văn phòng HĐND và UBND tổng hợp kết quả thực hiện, trình Ủy ban nhân dân xã hằng quý.",
    "4. Tăng cường tuyên truyền trên hệ thống loa về dịch vụ công trực tuyến.",
    "5. Đẩy mạnh vận động người dân dùng tài khoản định danh khi nộp hồ sơ.",
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Các thôn phổ biến Kế hoạch này đến từng hộ dân trước ngày 30/01/2026.",
    "TM. ỦY BAN NHÂN DÂN",
    "CHỦ TỊCH",
)


def read(*lines: str, name: str = "ke-hoach.txt") -> Directive:
    """What is read of these lines."""
    source = Source(name, "0" * 64, "text/plain", 1, tuple(Paragraph((Line(line),)) for line in lines))
    document = normalise(source, RULES)
    return extract(replace(document, outline=build(document, RULES)), RULES)


def plan(**mended: str) -> Directive:
    """The plan, with words of it mended: what stands there (“_” for a blank) = what is put in its place."""
    lines = PLAN
    for old, new in mended.items():
        words = old.replace("_", " ")
        assert any(words in line for line in lines)
        lines = tuple(line.replace(words, new) for line in lines)
    return read(*lines)


def task(directive: Directive, words: str) -> Task:
    """The only row that holds these words."""
    (found,) = (one for one in directive.tasks if words in one.text)
    return found


def correct(seq: int, kind: str, /, *rows: Task | str, undoes: int | None = None, **values: object) -> Correction:
    """A correction of rows as they are shown; of ids where the row is not there yet."""
    ids = tuple(row if isinstance(row, str) else row.id for row in rows)
    texts = tuple("" if isinstance(row, str) else row.text for row in rows)
    section = next((row.section for row in rows if isinstance(row, Task)), "")
    if "section" not in values:
        values = {**values, "section": section}
    return Correction(seq, "d1", kind, ids, texts, values, "lan", MORNING + dt.timedelta(minutes=seq), undoes)
