"""A block is cut where a later part contrasts, and only there."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline import ruleset
from pipeline.extract.actors import read_actors
from pipeline.extract.clauses import clauses_of
from pipeline.extract.segments import Clock, read_parts, segments_of

RULES = ruleset.load()
CLOCK = Clock(dt.date(2026, 1, 5), 2026)


def cut(block: str, above: str | None = None) -> list[str]:
    lead = None
    if above is not None:
        lead = read_actors(f"{above} thực hiện", 0, len(above) + 10, RULES).subject
        assert lead is not None
    segments = segments_of(read_parts(block, 0, len(block), CLOCK, RULES), block, lead)
    return [block[segment.start : segment.end] for segment in segments]


@pytest.mark.parametrize(
    ("block", "tasks"),
    [
        # a sentence that states nothing belongs to the task before it
        ("Công an xã tuần tra. Kịp thời xử lý vi phạm.", 1),
        # nothing said before, a deadline after: no contrast
        ("Rà soát danh sách; hoàn thành trước ngày 15/5/2026.", 1),
        # two leads
        ("Công an xã tuần tra; Ban Chỉ huy Quân sự xã trực sẵn sàng.", 2),
        # the same lead again
        ("Công an xã tuần tra. Công an xã báo cáo kết quả.", 1),
        # one of the leads of the first part leads the second alone
        ("Công an xã, Ban Chỉ huy Quân sự xã tuần tra. Công an xã tổng hợp.", 2),
        # yearly, then all the time
        ("Hằng năm tổ chức hội nghị; thường xuyên theo dõi.", 2),
        # once, then all the time
        ("Tổ chức hội nghị trong tháng 6/2026; đưa nội dung vào sinh hoạt thường xuyên.", 2),
        # the same cadence twice
        ("Công khai kết quả hằng tháng; báo cáo chậm nhất ngày 05 hằng tháng.", 1),
        # a sentence that only says when
        ("Thường xuyên rà soát. Thời gian hoàn thành: trước ngày 15/5/2026.", 1),
        # what a body cannot do is no task of its own
        ("Các đơn vị nộp hồ sơ trước ngày 15/5/2026; sau thời hạn trên, Sở Nội vụ sẽ không tiếp nhận.", 1),
        # behind what recurs, the end of a month recurs as well
        ("Cập nhật số liệu thứ Sáu hằng tuần; cuối tháng tổng hợp, báo cáo Đảng ủy.", 2),
        ("Hoàn thành trước ngày 31/8/2026; hằng ngày công khai lộ trình.", 2),
        # each of another kind with a time of its own; each of those that lead
        ("Các cấp ủy kiểm điểm cuối năm; mỗi chi bộ sinh hoạt chuyên đề trong quý III/2026.", 2),
        ("Các xã rà soát số liệu; mỗi xã hoàn thành trước ngày 30/6/2026.", 1),
        # a deadline that hangs on an event differs from a date
        ("Gửi danh sách trước ngày 15/9/2026. Đối với người mới, gửi trong vòng 10 ngày kể từ ngày nhập học.", 2),
        # rounds of one work
        ("Kiểm tra 02 đợt: đợt 1 tháng 4/2026; đợt 2 tháng 9/2026.", 1),
        # no blank behind the semicolon
        ("Bệnh viện xong trước ngày 30/9/2026;Trung tâm Y tế chậm nhất ngày 30/11/2026.", 2),
        # a condition names who acts when, and is no assignment of its own
        ("Bí thư chi bộ chuẩn bị nội dung. Đảng viên vắng thì chi ủy nhắc nhở.", 1),
    ],
)
def test_contrast(block: str, tasks: int) -> None:
    assert len(cut(block)) == tasks, cut(block)


def test_another_body_contrasts_with_the_heading() -> None:
    block = "Chuẩn bị tài liệu. Các phòng liên quan cung cấp số liệu."
    assert len(cut(block, above="Văn phòng Đảng ủy")) == 2
    assert len(cut(block)) == 1


def test_directing_another_body_is_a_lead_where_nobody_else_leads() -> None:
    block = "Chỉ đạo các chi bộ tổ chức sinh hoạt."
    (segment,) = segments_of(read_parts(block, 0, len(block), CLOCK, RULES), block, None)
    assert segment.lead is not None
    assert segment.lead.names == ("các chi bộ",)
    above = read_actors("Văn phòng Đảng ủy thực hiện", 0, 27, RULES).subject
    (segment,) = segments_of(read_parts(block, 0, len(block), CLOCK, RULES), block, above)
    assert segment.lead is None


def test_a_part_that_is_split_off_keeps_the_subject() -> None:
    block = "Hằng năm, Đảng ủy xã tổ chức hội nghị; thường xuyên theo dõi."
    _first, second = segments_of(read_parts(block, 0, len(block), CLOCK, RULES), block, None)
    assert second.lead is None
    assert second.inherited is not None
    assert second.inherited.names == ("Đảng ủy xã",)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("A làm. B làm.", ["A làm.", "B làm."]),
        ("rà soát; báo cáo", ["rà soát", "báo cáo"]),  # the ";" belongs to neither
        ("tại TP. Hải An và P. Tân Lập", ["tại TP. Hải An và P. Tân Lập"]),  # abbreviations
        ("gồm (a; b. C) và d; e", ["gồm (a; b. C) và d", "e"]),  # brackets are closed
        ("nói “rõ người; rõ việc”; làm", ["nói “rõ người; rõ việc”", "làm"]),
        ("mở ngoặc (không đóng; vẫn cắt", ["mở ngoặc (không đóng", "vẫn cắt"]),
        ("tư vấn.... Đồng thời tăng cường", ["tư vấn....", "Đồng thời tăng cường"]),
        ("ngày 12.5.2026 và 3.500 hộ", ["ngày 12.5.2026 và 3.500 hộ"]),
        ("", []),
    ],
)
def test_clauses(text: str, clauses: list[str]) -> None:
    assert [text[c.start : c.end] for c in clauses_of(text, 0, len(text))] == clauses


@pytest.mark.parametrize(
    ("block", "above", "leads"),
    [
        # the people of the body that leads, and others
        ("Phân công từng tổ phụ trách từng đoạn đường.", "Trưởng các ấp", [None]),
        ("Phân công ủy viên Ban Thường vụ phụ trách chi hội.", "Ban Thường vụ Hội Phụ nữ xã", [None]),
        ("Giao các phòng phụ trách.", "Văn phòng Đảng ủy", [("các phòng",)]),
        # whoever is seen to is no lead beside one that leads
        ("Phòng Kinh tế lập kế hoạch; đôn đốc nhà thầu thi công trước ngày 15/11/2026.", None, [("Phòng Kinh tế",)]),
    ],
)
def test_who_carries_out_what_another_sees_to(
    block: str, above: str | None, leads: list[tuple[str, ...] | None]
) -> None:
    lead = read_actors(f"{above} thực hiện", 0, len(above) + 10, RULES).subject if above is not None else None
    segments = segments_of(read_parts(block, 0, len(block), CLOCK, RULES), block, lead)
    assert [segment.lead and segment.lead.names for segment in segments] == leads


def test_where_a_labelled_line_leads_only_times_contrast() -> None:
    bodies = "Công an xã lập danh sách; Phòng Kinh tế kiểm tra."
    dates = "Lập danh sách trước ngày 15/3/2026; xử lý từng trường hợp trước ngày 30/9/2026."
    read = {block: read_parts(block, 0, len(block), CLOCK, RULES) for block in (bodies, dates)}
    assert [len(segments_of(parts, block, None)) for block, parts in read.items()] == [2, 2]
    assert [len(segments_of(parts, block, None, labelled=True)) for block, parts in read.items()] == [1, 2]
