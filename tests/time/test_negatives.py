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

# the same in a document of 10 March 2026: what lies ahead of it, and is no deadline all the same
AHEAD: list[tuple[str, str]] = [
    ("Tăng cường tuần tra, kiểm soát các tuyến đê", "tuần within tuần tra"),
    ("Hưởng ứng tuần lễ áo dài", "tuần within tuần lễ"),
    ("Xác định rõ lộ trình từng năm, từng giai đoạn", "a measure of the plan"),
    ("Giao chỉ tiêu cụ thể cho từng tháng, từng quý", "a measure of the target"),
    ("Phân công rõ việc theo từng tuần", "a measure of the work"),
    ("Đơn vị tự chủ một phần chi thường xuyên", "a kind of budget"),
    ("Bảng giá đất áp dụng từ ngày 01/01/2027", "entry into force"),
    ("Kể từ ngày 01/7/2026, các xã thực hiện theo phân cấp mới", "entry into force"),
    ("Từ ngày 01/4/2026 tiếp nhận hồ sơ tại trụ sở mới", "a beginning without an end"),
    ("Học sinh nghỉ học từ ngày 28/9/2026 đến khi bão tan", "a beginning without an end"),
    ("Cung cấp số liệu từ ngày 01/01/2026 đến ngày 30/6/2026", "data window"),
    ("Thời kỳ giám sát: từ ngày 01/7/2025 đến ngày 30/6/2026", "data window"),
    ("Phạm vi kiểm tra: từ ngày 01/01/2025 đến ngày 31/5/2026", "data window"),
    ("Hộ kinh doanh phát sinh doanh thu từ ngày 01/01/2026 đến ngày 30/6/2026 phải kê khai", "data window"),
    ("Công dân sinh từ ngày 01/01/2008 đến ngày 31/12/2008 phải đăng ký", "dates of birth"),
    ("Thẻ có giá trị đến ngày 31/12/2026", "how long it is valid"),
    ("Chốt số liệu đến ngày 15/4/2026", "as-of date"),
    ("Danh sách lập tính đến ngày 15/4/2026", "as-of date"),
    ("Quyết định này có hiệu lực từ ngày 15/4/2026", "entry into force"),
    ("Quy chế ban hành kèm theo Quyết định số 45/QĐ-UBND ngày 05/02/2026", "citation"),
    ("Kỷ niệm 136 năm Ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890 - 19/5/2026)", "an anniversary"),
    ("Hưởng ứng Ngày Chuyển đổi số quốc gia 10/10", "a feast"),
    ("Tuyên truyền Ngày Gia đình Việt Nam 28/6", "a feast"),
    ("Tổ chức Ngày hội đại đoàn kết toàn dân tộc 18/11", "a feast"),
    ("Đại hội đại biểu nhiệm kỳ 2026 - 2031", "a term"),
    ("Chương trình mục tiêu quốc gia giai đoạn 2026 - 2030", "a period in a title"),
    ("Năm học 2026 - 2027 là năm bản lề", "a school year"),
    ("Bảo hiểm y tế cho học sinh năm học 2026 - 2027", "a school year"),
    ("Học kỳ II năm học 2025 - 2026", "a school year"),
    ("Sau 05 năm thực hiện Nghị quyết, kinh tế phát triển", "a length of time"),
    ("Quy hoạch sử dụng đất đến năm 2030, tầm nhìn đến năm 2045", "horizon of a title"),
    ("Mẫu số 03/BC, biểu 02/TH", "numbers of forms"),
    ("Đạt 12/15 tiêu chí, 3/5 nhóm", "shares"),
    ("Phấn đấu hoàn thành 2/3 khối lượng", "a share"),
    ("Hoàn thành 19/19 tiêu chí", "a share"),
    ("Có ít nhất 1/3 số đại biểu tham dự", "a share"),
    ("Lập quy hoạch phân khu tỷ lệ 1/2000", "a scale"),
    ("Đường 30/4, đường 2/9, khu phố 3/2", "names of streets"),
    ("Gói thầu số 5/2026, lô 12/4", "numbers"),
    ("Tổ công tác số 02/2026", "a number"),
    ("Các khoản thu năm 2025 chuyển sang", "the year of money"),
    ("Kế hoạch vốn đầu tư công năm 2026", "the year of money"),
    ("Dự toán chi năm 2027 được giao", "the year of money"),
    ("Vốn năm 2025 kéo dài sang năm 2026", "the year of money"),
    ("Vốn bố trí cho dự án khởi công mới năm 2026", "the year of money"),
    ("Phân bổ vốn sự nghiệp quý II", "the quarter of money"),
    ("Ngân sách đã chi 3,5 tỷ đồng trong quý I/2025", "a state of things"),
    ("Ước thực hiện đến 31/3/2026 đạt 25%", "an estimate"),
    ("Dân số tính đến 01/4/2026 là 12.000 người", "as-of date"),
    ("So với cùng kỳ năm 2025", "a comparison"),
    ("Chỉ số giá tháng 3/2026 tăng so với tháng 2/2026", "months of figures"),
    ("Xếp loại quý I/2026 đối với cán bộ", "the quarter of a review"),
    ("Xây dựng báo cáo tháng 3, quý I/2026", "what the report is about"),
    ("Chuẩn bị báo cáo tháng 3/2026, quý II/2026", "what the report is about"),
    ("Tổng kết công tác năm 2025, phương hướng năm 2026", "what the meeting is about"),
    ("Kế hoạch công tác quý II/2026", "name of a plan"),
    ("Theo lịch tiếp công dân tháng 3/2026", "name of a list"),
    ("Thực hiện Luật Đất đai 2024, Bộ luật Lao động năm 2019", "names of laws"),
    ("Hoàn thành các chỉ tiêu Nghị quyết năm 2026 đề ra", "year of a resolution"),
    ("Thực hiện tốt chủ đề năm 2026", "a motto"),
    ("Thi đua lập thành tích chào mừng Đại hội XIV của Đảng tháng 01/2026", "an event"),
    ("Hoạt động mừng Đảng, mừng Xuân Bính Ngọ 2026", "a feast"),
    ("Thực hiện đúng quy trình 5 bước, 24 giờ", "a length of time"),
    ("Không để dồn việc vào cuối năm", "manner"),
    ("Người đứng đầu chịu trách nhiệm trước pháp luật", "trước of a superior"),
    ("Các nhiệm vụ nêu tại Thông báo số 12-TB/ĐU, ngày 02/3/2026", "citation"),
    ("Quán triệt Nghị quyết số 66-NQ/TW, ngày 30/4/2025", "citation"),
    ("Danh sách kèm theo Công văn số 415/SNV-CCHC ngày 12/3/2026", "citation, though its date lies ahead"),
    ("Tại Hội nghị lần thứ 12, ngày 05/3/2026", "an event that is over"),
    ("Nghị quyết kỳ họp thứ 10 ngày 08/12/2025", "an event that is over"),
    ("Trồng rừng thay thế vụ xuân 2026", "a season"),
    ("Bảo đảm nước sinh hoạt trong mùa khô 2025 - 2026", "a season"),
    ("Thu hoạch xong lúa vụ Đông Xuân 2025 - 2026", "a season"),
    ("Mức lương cơ sở từ 01/7/2026", "entry into force"),
    ("Công nhân nghỉ Tết từ ngày 14/02/2026 đến ngày 22/02/2026", "over"),
    ("Hợp đồng có giá trị từ ngày 01/4/2026 đến ngày 31/3/2027", "how long it is valid"),
    ("Dự án khởi công từ năm 2024, hoàn thành năm 2025", "a year that is over"),
    ("Các hồ sơ nộp sau ngày 15/4/2026 không được xem xét", "the day after is no deadline"),
    ("Sinh viên tốt nghiệp từ năm 2020 đến năm 2026", "a state of things"),
    ("Nhóm đối tượng từ 18 đến 25 tuổi", "ages"),
    ("Từ 3 đến 5 ngày, sau đó thu hoạch", "a length of time"),
    ("Diện tích từ 10-15/20 ha", "figures"),
    ("Chi bộ có 15/15 đảng viên", "a share"),
    ("Nhiệm vụ đột xuất được giao", "a kind of task"),
    ("Duy trì liên tục trong 03 ngày", "a length of time"),
    ("Thực hiện quy định tại khoản 2 Điều 12", "numbering"),
    ("Giao dự toán ngân sách năm 2026", "the year of money"),
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


@pytest.mark.parametrize(("phrase", "reason"), AHEAD)
def test_what_lies_ahead_says_nothing_either(phrase: str, reason: str, rules: Ruleset) -> None:
    assert find(phrase, dt.date(2026, 3, 10), rules=rules) == (), reason


def test_there_are_negatives_enough() -> None:
    assert len({phrase for phrase, _ in (*PROSE, *AHEAD, *CELLS)}) >= 60


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
