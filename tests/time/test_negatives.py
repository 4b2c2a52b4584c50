"""Dates, years and interval words that say nothing of a task's own time."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.ruleset import Ruleset
from pipeline.time import find

REFERENCE = dt.date(2025, 8, 20)

# phrase in running prose, why it holds no deadline and no cadence
PROSE: list[tuple[str, str]] = [
    ("Thực hiện Chỉ thị số 10-CT/TU, ngày 09/4/2026 của Ban Thường vụ", "date of a citation"),
    ("theo Kế hoạch số 83-KH/TU ngày 12/5/2025", "date of a citation"),
    ("Nghị định số 150/2025/NĐ-CP ngày 12/6/2025 của Chính phủ", "number and date of a citation"),
    ("Quyết định số 766/QĐ-TTg ngày 23/6/2022, Quyết định số 12/QĐ-UBND ngày 05/01/2025", "two citations"),
    ("Luật Tổ chức chính quyền địa phương năm 2025", "year in the name of a law"),
    ("đưa nội dung vào chương trình giám sát năm 2026", "year in the name of a programme"),
    ("Kế hoạch cải cách hành chính năm 2026 của tỉnh", "year in the name of a plan"),
    ("kết quả chỉ số năng lực cạnh tranh năm 2025", "year of an index"),
    ("Nghị quyết Đại hội Đảng bộ xã nhiệm kỳ 2025-2030", "term in a title"),
    ("Đề án nâng cao chất lượng hoạt động giai đoạn 2021-2026", "period in a title"),
    ("số liệu tính từ ngày 15/12/2024 đến ngày 14/6/2025", "data window"),
    ("Số liệu báo cáo tính đến hết ngày 30/9/2025", "as-of date"),
    ("Tính đến hết ngày 30/9/2025, toàn xã có 15 chi bộ", "as-of date"),
    ("lũy kế đến hết tháng 6/2025", "as-of date"),
    ("Quyết định này có hiệu lực kể từ ngày 01/7/2025", "entry into force"),
    ("có hiệu lực thi hành trước ngày 01/7/2025", "entry into force"),
    ("được áp dụng đến hết ngày 31/12/2025", "how long a rule applies"),
    ("người hoạt động cách mạng trước ngày 01 tháng 01 năm 1945", "a status"),
    ("hồ sơ phát sinh trước ngày 01/7/2025", "a state of things"),
    ("các văn bản đã ban hành trước ngày 01/7/2025", "a state of things"),
    ("hồ sơ thủ tục hành chính tiếp nhận trong năm được giải quyết đúng hạn", "trong năm of the files"),
    ("các hoạt động dự kiến thực hiện trong năm 2026", "what was planned"),
    ("các nhiệm vụ trọng tâm trong năm 2026", "tasks of a year"),
    ("phân tích kết quả thực hiện trong năm 2025", "results of a year"),
    ("Hội nghị đánh giá công tác năm 2025", "a bare year"),
    ("Trong năm 2024, công tác cải cách hành chính có chuyển biến", "a year that is over"),
    ("cải thiện các chỉ số trong năm 2026 và các năm tiếp theo", "no end"),
    ("vốn ngân sách nhà nước năm 2026 đạt trên 90%", "a bare year"),
    ("đến năm 2030 đạt 100%", "horizon of a target"),
    ("giảm so với năm trước liền kề", "comparison"),
    ("kỷ niệm 80 năm Quốc khánh (02/9/1945 - 02/9/2025)", "an event and its anniversary"),
    ("khai mạc vào ngày 25/6/2025", "date of an event"),
    ("Hội nghị ngày 15/8/2025", "date of an event"),
    ("trực 24/7", "a ratio"),
    ("đạt 22/22 chỉ tiêu, 3/4 số hộ", "ratios"),
    ("tại Kỳ họp thứ 9", "number of a session"),
    ("tại các kỳ họp và phiên họp", "sessions as places"),
    ("các nội dung trình tại kỳ họp", "a session as a place"),
    ("với những nội dung quan trọng của kỳ họp", "what a session is about"),
    ("xử lý các công việc phát sinh giữa 2 kỳ họp", "work that comes up"),
    ("đơn vị tự bảo đảm chi thường xuyên", "recurrent spending"),
    ("bố trí kinh phí thường xuyên", "recurrent funds"),
    ("ngân sách chi thường xuyên giao tự chủ", "recurrent spending"),
    ("là nhiệm vụ thường xuyên, cấp bách", "a statement about the task"),
    ("chi trả trợ cấp hằng tháng", "a benefit"),
    ("nâng lương hằng năm", "pay"),
    ("phục vụ đời sống hằng ngày của Nhân dân", "daily life"),
    ("các ngân hàng năm 2025", "banks, not every year"),
    ("kịp thời chấn chỉnh, chủ động phối hợp", "manner"),
    ("tiếp tục triển khai trong các năm tiếp theo", "manner"),
    ("duy trì chặt chẽ mối quan hệ với cử tri", "duy trì alone"),
    ("biểu mẫu báo cáo định kỳ", "a form"),
    ("xử lý các vấn đề đột xuất phát sinh", "sudden matters"),
    ("theo yêu cầu của cấp trên", "no cadence in prose"),
    ("khi cần thiết", "no cadence in prose"),
    ("sau khi ban hành", "an event without a distance"),
    ("Sau khi công bố kết quả, giao Trung tâm tổng hợp", "a condition"),
    ("nhiệm vụ, quyền hạn năm 2025", "hạn within quyền hạn"),
    ("khắc phục tồn tại, hạn chế", "hạn within hạn chế"),
    ("chịu trách nhiệm trước Ban Thường vụ", "trước of a superior"),
    ("ghi rõ số ký hiệu, ngày tháng năm ban hành", "words without numbers"),
    ("theo ĐT 0912345678", "a telephone number"),
    ("ít nhất 02 cuộc giám sát", "a count"),
    ("từ 02-04 cuộc", "a range of counts"),
    ("đạt 12,5% và 3.321 đơn vị", "figures"),
    ("mục 1.2.3 và khoản 3 Điều 14", "numbering"),
    ("tạm dừng trong 6 tháng", "a duration"),
    ("hôm nay, tuần sau và 3 tháng tới", "told from today: a document has no today"),
    ("Tháng hành động vì trẻ em", "tháng without a number"),
    ("quý báu, quý hiếm", "quý that is no quarter"),
    ("báo cáo sơ kết quý II/2025", "the period of a report"),
    ("không quá 02 người", "a limit that is no time"),
]

# content of a time cell, why it says nothing
CELLS: list[tuple[str, str]] = [
    ("Theo Kế hoạch rà soát, đánh giá thủ tục hành chính năm 2026 của tỉnh", "another document decides"),
    ("Theo các mốc thời gian tại Quyết định số 1441/QĐ-UBND ngày 25/9/2025", "another document decides"),
    ("Theo Nghị quyết số 12-NQ/TU, ngày 05/6/2025", "another document decides"),
    ("Theo quy định", "unresolved"),
    ("Theo tiến độ của cấp trên", "unresolved"),
    ("Kịp thời, đúng quy định", "manner"),
    ("Ngay sau khi có văn bản hướng dẫn", "an event"),
    ("Kế hoạch cải cách hành chính năm 2026", "the name of a plan"),
    ("105 ngày", "a countdown"),
    ("", "an empty cell"),
    ("-", "a dash"),
    ("24/7", "a ratio"),
]


@pytest.mark.parametrize(("phrase", "reason"), PROSE)
def test_prose_says_nothing(phrase: str, reason: str, rules: Ruleset) -> None:
    assert find(phrase, REFERENCE, year=2026, rules=rules) == (), reason


@pytest.mark.parametrize(("phrase", "reason"), CELLS)
def test_cell_says_nothing(phrase: str, reason: str, rules: Ruleset) -> None:
    found = find(phrase, REFERENCE, year=2026, cell=True, rules=rules)
    assert not any(mention.due or mention.cadence for mention in found), reason


def test_a_deadline_beside_a_citation_is_found(rules: Ruleset) -> None:
    text = "Thực hiện Kế hoạch số 83-KH/TU, ngày 12/5/2025, gửi báo cáo trước ngày 15/9/2025"
    (mention,) = find(text, REFERENCE, rules=rules)
    assert mention.due == dt.date(2025, 9, 15) and text[mention.start : mention.end] == "trước ngày 15/9/2025"


def test_figures_may_be_gathered_before_a_deadline(rules: Ruleset) -> None:
    (mention,) = find("tổng hợp số liệu báo cáo về Sở trước ngày 15/9/2025", REFERENCE, rules=rules)
    assert mention.due == dt.date(2025, 9, 15)
