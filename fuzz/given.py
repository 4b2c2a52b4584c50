"""Bytes → what a harness is given: prose, or numbers one by one. Equal bytes give equal input."""

from __future__ import annotations

from collections.abc import Iterator

# The words on which the rules turn. A byte above 127 stands for one, so that what a byte less would break is a word.
WORDS = (
    "giao chủ trì phối hợp với tham mưu báo cáo trước ngày tháng năm quý hằng định kỳ chậm nhất đến hết từ trong "
    "Ủy ban nhân dân xã huyện tỉnh thành phố phường UBND HĐND Công an Sở Nội vụ Phòng Văn hóa Ban Chỉ huy Quân sự "
    "Đảng ủy Thường trực Chủ tịch Phó Bí thư Trưởng các đồng chí đơn vị liên quan thôn và hoặc của theo tại về việc "
    "Nghị quyết Quyết định Kế hoạch Chỉ thị Công văn Luật Điều khoản điểm số /KH-UBND /QĐ-TTg /NĐ-CP -CT/TU 30/6/2026 "
    "15 tháng 10 2025 II. 1. a) - + ; : . , ( ) “ ” … % \n Nơi nhận: Kính gửi: TM. KT. Lưu: Thời gian: Sản phẩm: "
    "tuần 6 cuối đầu giữa tối thiểu lần mỗi thứ hai sáu | |---| ** # \t \u202f \u0301 \U0001f600 \ufeff \x0b"
).split(" ")[:128]


def prose(data: bytes) -> str:
    """A text. The first byte says how: UTF-8, or a word or letter for each byte with blanks between words."""
    if not data or data[0] % 2:
        return data[1:].decode("utf-8", "replace")
    return "".join(f" {WORDS[byte % len(WORDS)]}" if byte > 127 else chr(byte) for byte in data[1:])


class Numbers:
    """Takes bytes one by one; where there are no more, all is 0."""

    def __init__(self, data: bytes) -> None:
        self._bytes: Iterator[int] = iter(data)
        self.more = bool(data)

    def below(self, most: int) -> int:
        """A number from 0 on below `most`, of a byte or two."""
        found = self._next()
        return (found << 8 | self._next() if most > 256 else found) % most

    def words(self) -> str:
        """One to four words."""
        return " ".join(WORDS[self.below(len(WORDS))] for _ in range(1 + self.below(4)))

    def _next(self) -> int:
        found = next(self._bytes, None)
        self.more = found is not None
        return found or 0
