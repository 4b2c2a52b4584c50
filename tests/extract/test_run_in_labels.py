"""Labels that run in with the sentences of a block: behind a sentence, between two, in brackets, and what is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline import ruleset
from pipeline.extract import extract
from pipeline.model import Directive, Line, Paragraph, Source, Task
from pipeline.normalise import normalise
from pipeline.outline import build

RULES = ruleset.load()
HEAD = ("KẾ HOẠCH", "Giảm nghèo năm 2026", "UBND xã ban hành Kế hoạch như sau:", "I. NHIỆM VỤ")


def read(block: str) -> Directive:
    lines = (*HEAD, f"1. {block}")
    source = Source("x.txt", "0" * 64, "text/plain", 1, tuple(Paragraph((Line(line),)) for line in lines))
    document = normalise(source, RULES)
    return extract(replace(document, outline=build(document, RULES)), RULES)


def words(read_from: Directive, task: Task, field: str) -> list[str]:
    return [read_from.text[entry.start : entry.end] for entry in task.evidence.get(field, ())]


WORK = "Phòng Kinh tế cấp giống cây cho 20 hộ nghèo, xong trước ngày 30/4/2026"


@pytest.mark.parametrize(
    ("behind", "product"),
    [
        (". Sản phẩm: Biên bản bàn giao giống cây.", "Biên bản bàn giao giống cây"),
        (". Sản phẩm dự kiến: 20 vườn mẫu.", "20 vườn mẫu"),
        (". Kết quả: Danh sách hộ đã nhận.", "Danh sách hộ đã nhận"),
        (", sản phẩm: sổ theo dõi.", "sổ theo dõi"),
        (" - Sản phẩm: Sổ theo dõi.", "Sổ theo dõi"),
        ("; sản phẩm: 01 báo cáo; 02 danh sách.", "01 báo cáo; 02 danh sách"),
        (" (sản phẩm: Danh sách (mẫu 02) hộ đã nhận).", "Danh sách (mẫu 02) hộ đã nhận"),
        (". (Sản phẩm: Sổ theo dõi.)", "Sổ theo dõi"),
        (" (Hội Nông dân xã giám sát; sản phẩm: biên bản bàn giao).", "biên bản bàn giao"),
        # what follows is no more of the product
        (". Sản phẩm: Biên bản bàn giao. Các hộ trồng và chăm sóc cây.", "Biên bản bàn giao"),
        (". Sản phẩm: Biên bản bàn giao, gửi Văn phòng xã.", "Biên bản bàn giao"),
        (". Sản phẩm: Biên bản bàn giao gửi Văn phòng xã.", "Biên bản bàn giao"),
    ],
)
def test_a_product_behind_the_sentence(behind: str, product: str) -> None:
    found = read(WORK + behind)
    task = found.tasks[0]
    assert (task.lead, str(task.due), task.deliverable) == (("Phòng Kinh tế",), "2026-04-30", product)
    assert words(found, task, "deliverable") == [product]
    assert task.text in f"{WORK}{behind}"  # the block's own words, verbatim


@pytest.mark.parametrize(
    "block",
    [
        "Phòng Kinh tế cấp giống cây. Sản phẩm OCOP: gạo nếp, mật ong.",
        "Phòng Kinh tế cấp giống cây. Sản phẩm: phải rõ nguồn gốc.",
        "Phòng Kinh tế cấp giống cây. Sản phẩm: đã được 05 cửa hàng bày bán.",
        "Phòng Kinh tế cấp giống cây. Kết quả: 12/12 thôn đã trồng xong.",
        "Phòng Kinh tế cấp giống cây (kết quả: 12 thôn đã trồng xong).",
        "Phòng Kinh tế cấp giống cây. Kết quả: báo cáo UBND xã.",
        "Phòng Kinh tế cấp giống cây. Kết quả: báo cáo trước ngày 15/5/2026.",
        "Phòng Kinh tế cấp giống cây. Phương châm: rõ hộ, rõ vườn.",
        "Phòng Kinh tế cấp giống cây. Tiến độ: nhiều thôn còn chậm.",
        "Phòng Kinh tế giới thiệu sản phẩm: gạo nếp, mật ong.",
    ],
)
def test_prose_with_a_colon_is_no_label(block: str) -> None:
    (task,) = read(block).tasks
    assert (task.text, task.lead, task.deliverable) == (block, ("Phòng Kinh tế",), None)


def test_all_labels_behind_one_sentence() -> None:
    block = (
        "Cấp giống cây cho hộ nghèo. Đơn vị chủ trì: Phòng Kinh tế. Cơ quan phối hợp: Hội Nông dân xã; Đoàn xã, xong "
        "trong Quý I. Thời gian thực hiện: Quý II/2026. Sản phẩm: Sổ theo dõi."
    )
    found = read(block)
    (task,) = found.tasks
    assert (task.lead, task.coordinating) == (("Phòng Kinh tế",), ("Hội Nông dân xã", "Đoàn xã"))
    assert (str(task.due), task.deliverable, task.text) == ("2026-06-30", "Sổ theo dõi", block)
    assert words(found, task, "lead") == ["Phòng Kinh tế"]
    assert words(found, task, "text") == [block]


def test_a_sentence_behind_a_label_is_read_as_a_sentence() -> None:
    (task,) = read(f"{WORK}. Đơn vị phối hợp: Hội Nông dân xã. Báo cáo Đảng ủy xã trước ngày 30/4/2026.").tasks
    assert (task.coordinating, task.report_to) == (("Hội Nông dân xã",), ("Đảng ủy xã",))
    first, second = read("Cấp giống cây. Chủ trì: Phòng Kinh tế. Công an xã giữ trật tự khi phát cây.").tasks
    assert (first.lead, first.text) == (("Phòng Kinh tế",), "Cấp giống cây. Chủ trì: Phòng Kinh tế.")
    assert (second.lead, second.text) == (("Công an xã",), "Công an xã giữ trật tự khi phát cây.")


def test_labels_speak_of_the_sentences_in_front_of_them() -> None:
    first, second = read(
        "Cấp giống cây. Chủ trì: Phòng Kinh tế. Thời gian: quý II. Mở lớp dạy nghề. Chủ trì: Hội Nông dân xã. "
        "Thời gian: quý III. Sản phẩm: Danh sách học viên."
    ).tasks
    assert (first.lead, str(first.due), first.deliverable) == (("Phòng Kinh tế",), "2026-06-30", None)
    assert (second.lead, str(second.due)) == (("Hội Nông dân xã",), "2026-09-30")
    assert second.deliverable == "Danh sách học viên"
    # who leads speaks of both halves, the product of the second alone
    first, second = read(
        "Rà soát hộ nghèo trước ngày 30/4/2026; cấp thẻ trước ngày 30/6/2026. Chủ trì: Phòng Kinh tế; sản phẩm: "
        "Danh sách cấp thẻ."
    ).tasks
    assert [(task.lead, task.deliverable) for task in (first, second)] == [
        (("Phòng Kinh tế",), None),
        (("Phòng Kinh tế",), "Danh sách cấp thẻ"),
    ]


def test_a_label_in_brackets_names_no_subject() -> None:
    (task,) = read("Cấp giống cây cho hộ nghèo (Cơ quan phối hợp: Hội Nông dân xã, Đoàn xã).").tasks
    assert (task.lead, task.coordinating) == ((), ("Hội Nông dân xã", "Đoàn xã"))
