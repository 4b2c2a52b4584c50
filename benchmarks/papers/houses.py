"""Who issues a made document: letterhead, number, bodies that get work, closing; and how this house writes."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from benchmarks.papers import words

COMMUNES = 288  # that issue in turn: a document in so many is of the same commune, with the next number
FIRST_DAY = dt.date(2026, 1, 5)
DAYS = 340


@dataclass(frozen=True, slots=True)
class Voice:
    """How a house writes: `way` of its sentences, `bullet` of its items (empty for letters), days in words or not."""

    way: str
    bullet: str
    day_in_words: bool
    labels: tuple[str, str, str, str]  # of lead, those that help, time, product
    counted: bool


VOICES = (
    Voice("run-in", "", False, ("Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Sản phẩm"), True),
    Voice("bracket", "-", False, ("Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn", "Kết quả"), False),
    Voice("labelled", "", True, ("Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành", "Sản phẩm"), False),
    Voice("assigned", "-", True, ("Chủ trì", "Phối hợp", "Thời gian thực hiện", "Sản phẩm"), True),
)


@dataclass(frozen=True, slots=True)
class House:
    """An issuer. `level` is what a body of it is called by (xã, phường, tỉnh), `head` whom others report to."""

    party: bool
    level: str
    place: str
    province: str
    number: int
    date: dt.date
    bodies: tuple[str, ...]

    @property
    def issuer(self) -> str:
        """The name as it stands in a sentence."""
        if self.party:
            return "Tỉnh ủy" if self.level == "tỉnh" else "Đảng ủy"
        return f"Ủy ban nhân dân {self.level}"

    @property
    def head(self) -> str:
        """Whom the others report to."""
        return f"Ban Thường vụ {self.issuer}" if self.party else self.issuer

    def symbol(self, code: str) -> str:
        """The number with its symbol; `code` is that of the type, CV for a letter."""
        if self.party:
            return f"{self.number:02}-{code}/{'TU' if self.level == 'tỉnh' else 'ĐU'}"
        return f"{self.number:02}/UBND-KT" if code == "CV" else f"{self.number:02}/{code}-UBND"

    def left(self, code: str) -> tuple[str, ...]:
        """The left half of the letterhead."""
        own = f"{self.level} {self.place}".upper()
        if not self.party:
            return "ỦY BAN NHÂN DÂN", own, f"Số: {self.symbol(code)}"
        if self.level == "tỉnh":
            return f"TỈNH ỦY {self.place.upper()}", "*", f"Số {self.symbol(code)}"
        return f"ĐẢNG BỘ TỈNH {self.province.upper()}", f"ĐẢNG ỦY {own}", "*", f"Số {self.symbol(code)}"

    @property
    def right(self) -> tuple[str, ...]:
        """The right half of the letterhead."""
        day = f"{self.place}, ngày {self.date.day:02} tháng {month(self.date.month)} năm {self.date.year}"
        if self.party:
            return "ĐẢNG CỘNG SẢN VIỆT NAM", day
        return "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", day

    def signature(self, signer: str) -> tuple[str, ...]:
        """The right half of the closing."""
        if self.party:
            return "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "", signer
        return "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", signer

    @property
    def recipients(self) -> tuple[str, ...]:
        """The left half of the closing."""
        above = "Thường trực Tỉnh ủy" if self.level != "tỉnh" else "Văn phòng Trung ương Đảng"
        if self.party:
            keep = "Lưu Văn phòng Tỉnh ủy" if self.level == "tỉnh" else "Lưu Văn phòng Đảng ủy"
            return "Nơi nhận:", f"- {above} (để báo cáo),", "- Như nội dung,", f"- {keep}."
        return "Nơi nhận:", f"- TT. HĐND {self.level} (để báo cáo);", "- Như nội dung;", "- Lưu: VT, KT."


def month(number: int) -> str:
    """A month as rules ask for it: a nought before January and February only."""
    return f"{number:02}" if number < 3 else str(number)


def issuer(kind: str, place: int, chance: random.Random) -> House:
    """The house of the document at that place of a run; `kind` is commune, commune-party, province, province-party."""
    commune, earlier = place % COMMUNES, place // COMMUNES
    province = words.PROVINCES[commune % len(words.PROVINCES)]
    party, number = kind.endswith("party"), 1 + earlier
    day = FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))
    bodies: tuple[str, ...]
    if kind.startswith("province"):
        bodies = words.PROVINCE_PARTY_BODIES if party else words.PROVINCE_BODIES
        # The documents of a province are as many as its communes' together: its numbers follow the place in the run.
        return House(party, "tỉnh", province, province, 1 + place // len(words.PROVINCES), day, bodies)
    level = "phường" if commune % 5 == 0 else "xã"
    bodies = words.COMMUNE_PARTY_BODIES if party else words.COMMUNE_BODIES
    named = tuple(body.format(level=level) for body in bodies)
    return House(party, level, village(commune), province, number, day, named)


def village(number: int) -> str:
    """The name of a commune: three syllables, as many names as there are ways to put them together."""
    first, second, third = words.FIRST, words.SECOND, words.THIRD
    rest, last = divmod(number * 5 + 3, len(third))
    return f"{first[rest % len(first)]} {second[(rest // len(first) + last) % len(second)]} {third[last]}"
