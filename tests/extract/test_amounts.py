"""What counts as an amount: a figure with what it counts, its bound and its rate, and no name, age or property."""

from __future__ import annotations

import pytest

from pipeline import ruleset
from pipeline.extract.amounts import find_quantities

RULES = ruleset.load()


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        # the whole word, not its first syllable
        ("Huy động 18 đồng chí trực tại 06 chốt kiểm soát", ["18 đồng chí", "06 chốt kiểm soát"]),
        ("Sửa chữa 14 nhà văn hóa, 12 phòng học", ["14 nhà văn hóa", "12 phòng học"]),
        ("Kiểm tra 09 cửa hàng xăng dầu", ["09 cửa hàng xăng dầu"]),
        # a word that no list holds: two syllables, without the verb behind it
        ("Xây 16 lò gạch thủ công", ["16 lò gạch"]),
        ("Chọn 05 khung bậc phù hợp", ["05 khung bậc"]),
        # bounds and ranges
        ("Mời từ 08 đến 10 công ty lữ hành", ["từ 08 đến 10 công ty lữ hành"]),
        ("Có từ 03 chi bộ trở lên hoàn thành xuất sắc", ["từ 03 chi bộ trở lên"]),
        ("Nâng công suất từ 600 lên 1.000 m³/ngày", ["từ 600 lên 1.000 m³/ngày"]),
        ("Mỗi quý họp ít nhất một lần", ["ít nhất một lần"]),
        ("Có từ 80% số hộ trở lên tham gia", ["từ 80% số hộ trở lên"]),
        # rates
        ("Thu nhập đạt 62 triệu đồng/người/năm", ["62 triệu đồng/người/năm"]),
        ("Đạt 10 doanh nghiệp/1.000 dân", ["10 doanh nghiệp/1.000 dân"]),
        ("Phát sóng bản tin 15 phút/buổi", ["15 phút/buổi"]),
        # so much time that the work takes; how long before something it is due
        ("Xuống cơ sở ít nhất 02 ngày/tháng", ["ít nhất 02 ngày/tháng"]),
        ("Gửi tài liệu trước buổi họp ít nhất 02 ngày", []),
        ("Gửi tài liệu ít nhất 03 ngày trước khi họp", []),
        # a unit that touches its figure, sloppy commas, all of so many
        ("Trồng tuyến hoa dài tối thiểu 300m", ["tối thiểu 300m"]),
        ("Đạt 80% hồ sơ trực tuyến,100% kết quả số hóa", ["80%", "100%"]),
        ("Xóa 14/14 điểm rác", ["14/14 điểm rác"]),
        # how often
        ("Phát bản tin mỗi ngày 02 lần", ["02 lần"]),
        # properties of those that are meant
        ("Rà soát các thôn có dưới 50 hộ", []),
        ("Làm việc với các địa phương có tỷ lệ giải ngân dưới 15%", []),
        ("Khám cho người từ 75 tuổi trở lên", []),
        # situations
        ("Đến nay xã mới giải ngân 46,2% kế hoạch vốn", []),
        # names and times of day
        ("Lữ đoàn Công binh 414 huy động xe lội nước", []),
        ("Sửa đường tỉnh 254, 261 đi qua xã", []),
        ("Thuế cơ sở 6 tỉnh phối hợp", []),
        ("Di dời tuyến ống D400 đoạn qua cầu", []),
        ("Gửi trước 15 giờ 30 thứ Sáu hằng tuần", []),
        ("Đầu tư lưới điện 110 kV", []),
        # a name in quotation marks
        ("Biên soạn sổ tay “50 câu hỏi về đất đai”", []),
    ],
)
def test_amounts(words: str, amounts: list[str]) -> None:
    assert [words[start:end] for start, end, _ in find_quantities(words, 0, len(words), RULES)] == amounts
