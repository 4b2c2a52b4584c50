"""Which blocks are tasks, and from where to where: headings, articles, points, sentences that only agree or tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline import ruleset
from pipeline.extract import extract
from pipeline.model import Line, Paragraph, Source, Task
from pipeline.normalise import normalise
from pipeline.outline import build

RULES = ruleset.load()


def tasks(lines: str) -> tuple[Task, ...]:
    paragraphs = tuple(Paragraph((Line(line),)) for line in lines.strip().split("\n"))
    document = normalise(Source("x.txt", "0" * 64, "text/plain", 1, paragraphs), RULES)
    return extract(replace(document, outline=build(document, RULES)), RULES).tasks


def read(lines: str) -> list[tuple[str, tuple[str, ...]]]:
    """The first words of each task with its lead."""
    return [(" ".join(task.text.split()[:3]), task.lead) for task in tasks(lines)]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        # an article that demands gives work to what stands beneath, an article that rules does not
        (
            "NGHỊ QUYẾT\nVề chất vấn\nĐiều 1. Đánh giá chung\nCác sở có nhiều cố gắng.\n"
            "Điều 2. Hội đồng nhân dân xã yêu cầu Ủy ban nhân dân xã thực hiện các nội dung sau:\n"
            "a) Rà soát các cầu yếu trước ngày 30/4/2026.\nb) Công an xã tuần tra ban đêm.",
            [("Rà soát các", ("Ủy ban nhân dân xã",)), ("Công an xã", ("Công an xã",))],
        ),
        # under an article that approves, a heading that directs does
        (
            "QUYẾT ĐỊNH\nPhê duyệt Đề án trồng rừng\nĐiều 1. Phê duyệt Đề án với các nội dung sau:\n"
            "1. Quan điểm\na) Trồng rừng là việc của toàn dân.\n2. Nhiệm vụ, giải pháp\n"
            "a) Xây dựng 03 vườn ươm giống.\nb) Tập huấn cho chủ rừng.",
            [("Xây dựng 03", ()), ("Tập huấn cho", ())],
        ),
        # what stands in brackets behind the body of a heading is no second body
        (
            "KẾ HOẠCH\nTổ chức hội thi\nI. PHÂN CÔNG NHIỆM VỤ\n1. Tiểu ban Nội dung (Sở Công Thương làm Trưởng Tiểu ban)\n"
            "- Xây dựng kịch bản khai mạc.",
            [("Xây dựng kịch", ("Tiểu ban Nội dung",))],
        ),
        # a name runs in with a full stop; names before ";" go on with the list
        (
            "KẾ HOẠCH\nPhòng cháy\nI. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế. Thẩm định dự toán của các thôn.\n"
            "2. Đài Truyền thanh xã; Đoàn Thanh niên xã đưa tin hằng ngày.",
            [("Phòng Kinh tế.", ("Phòng Kinh tế",)), ("Đài Truyền thanh", ("Đài Truyền thanh xã", "Đoàn Thanh niên xã"))],
        ),
        # a heading that lists its labels is no task, nor are where and when
        (
            "KẾ HOẠCH\nHội thi\nI. THỜI GIAN, ĐỊA ĐIỂM\n- Thời gian: ngày 05/6/2026.\n- Địa điểm: sân vận động.\n"
            "II. NHIỆM VỤ\n1. Chuẩn bị sân khấu và âm thanh.",
            [("Chuẩn bị sân", ())],
        ),
        # what is looked at may be told as things …
        (
            "KẾ HOẠCH\nGiám sát năm 2026\nI. NỘI DUNG GIÁM SÁT\n- Việc ban hành văn bản từ năm 2024.\n"
            "- Kết quả thu gom rác.\n- Đơn vị được giám sát báo cáo những gì.\nII. TỔ CHỨC THỰC HIỆN\n"
            "1. Ban Pháp chế chuẩn bị đề cương.",
            [("Ban Pháp chế", ("Ban Pháp chế",))],
        ),
        # … or as work: most points name who does them, and labels beneath are theirs
        (
            "KẾ HOẠCH\nGiám sát năm 2026\nI. NỘI DUNG GIÁM SÁT\n1. Chợ\n- Khảo sát các chợ (Ban Pháp chế chủ trì).\n"
            "- Công an xã kiểm tra lò đốt.\n2. Rác\n- Đo khói tại lò đốt.\nĐơn vị thực hiện: Trạm Y tế xã.",
            [("Khảo sát các", ("Ban Pháp chế",)), ("Công an xã", ("Công an xã",)), ("Đo khói tại", ("Trạm Y tế xã",))],
        ),
        # a heading that lists its labels with a dash, and one behind E that has no letter of the Vietnamese alphabet
        (
            "KẾ HOẠCH\nTháng Thanh niên\nD. CHỦ ĐỀ - THỜI GIAN\n- Chủ đề: Tuổi trẻ.\n- Thời gian: tháng 3/2026.\n"
            "E. KINH PHÍ\nTừ ngân sách xã.\nF. TỔ CHỨC THỰC HIỆN\n1. Đoàn xã\n- Xây dựng kịch bản.",
            [("Xây dựng kịch", ("Đoàn xã",))],
        ),
        # an office that puts who leads in brackets means it behind the name of a body too
        (
            "KẾ HOẠCH\nGiám sát\nI. NHIỆM VỤ\n1. Khảo sát chợ (Ban Pháp chế chủ trì).\n2. Đo khói (Trạm Y tế xã thực hiện).\n"
            "3. Vẽ bản đồ (Phòng Kinh tế phụ trách).\n4. Thông báo kết quả đến đại biểu HĐND xã (Thường trực HĐND xã).",
            [("Khảo sát chợ", ("Ban Pháp chế",)), ("Đo khói (Trạm", ("Trạm Y tế xã",)), ("Vẽ bản đồ", ("Phòng Kinh tế",)),
             ("Thông báo kết", ("Thường trực HĐND xã",))],
        ),
        # another office may say there who of them
        (
            "KẾ HOẠCH\nGiám sát\nI. NHIỆM VỤ\n1. Thông báo kết quả đến đại biểu HĐND xã (Thường trực HĐND xã).",
            [("Thông báo kết", ())],
        ),
        # to hold a congress is no body
        (
            "KẾ HOẠCH\nĐại hội\nI. NHIỆM VỤ\n1. Tổ chức Đại hội thi đua của Mặt trận Tổ quốc tỉnh\n- Chuẩn bị giấy mời.",
            [("Chuẩn bị giấy", ())],
        ),
        # a sentence that agrees is left out, the one that assigns begins the row
        (
            "THÔNG BÁO\nKết luận cuộc họp\nI. KẾT LUẬN\n1. Về mua xe: đồng ý về nguyên tắc. Giao Văn phòng lập dự toán.\n"
            "2. Chủ tịch thống nhất phương án 1; giao Công an xã chốt chặn trước ngày 05/6/2026.",
            [("Giao Văn phòng", ("Văn phòng",)), ("giao Công an", ("Công an xã",))],
        ),
        # who is addressed as a whole leads no aim
        (
            "CHỈ THỊ\nVề du lịch\nChủ tịch yêu cầu các cơ quan, đơn vị thực hiện các nội dung sau:\nI. MỤC TIÊU\n"
            "1. 100% cơ sở lưu trú có biển báo.\nII. NHIỆM VỤ\n1. Rà soát các cơ sở lưu trú.",
            [("100% cơ sở", ()), ("Rà soát các", ("các cơ quan, đơn vị",))],
        ),
        # a lead-in that only announces is no task
        (
            "KẾ HOẠCH\nMùa khô\nI. NHIỆM VỤ\nSong song với kiểm tra, yêu cầu các thôn tập trung thực hiện một số việc sau:\n"
            "1. Dọn thực bì dưới tán rừng trồng.",
            [("Dọn thực bì", ("các thôn",))],
        ),
        # "mỗi …" behind a body takes up what was said of it
        (
            "KẾ HOẠCH\nHè\nI. NHIỆM VỤ\n1. Đoàn Thanh niên xã tổ chức sinh hoạt hè; mỗi thôn mở 01 lớp dạy bơi.",
            [("Đoàn Thanh niên", ("Đoàn Thanh niên xã",))],
        ),
    ],
)  # fmt: skip
def test_which_blocks_are_tasks(lines: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert read(lines) == found


def test_a_day_that_no_calendar_has_is_kept_as_written() -> None:
    (task,) = tasks("KẾ HOẠCH\nRà soát\nI. NHIỆM VỤ\n1. Rà soát hộ nghèo, hoàn thành trước ngày 31/11/2026.")
    assert (task.due, task.due_text) == (None, "hoàn thành trước ngày 31/11/2026")
    assert "impossible-date" in task.review


@pytest.mark.parametrize(
    "sentence",
    [
        "Các đồng chí lãnh đạo đã trực tiếp xuống hiện trường chỉ đạo.",
        "Ban Tổ chức yêu cầu các tiểu ban nghiêm túc thực hiện. Nếu có phát sinh, báo về Thường trực.",
        "Trong quá trình thực hiện, nếu cần bổ sung Kế hoạch, các đơn vị báo cáo Sở.",
        "Nhiệm vụ cụ thể của từng đơn vị được nêu tại Phụ lục kèm theo Kế hoạch này.",
    ],
)
def test_sentences_that_give_no_work(sentence: str) -> None:
    rows = read(f"KẾ HOẠCH\nTuyên truyền\nI. TỔ CHỨC THỰC HIỆN\n1. Lập danh sách hội viên.\n{sentence}")
    assert rows == [("Lập danh sách", ())]
