"""Words that say how often, in prose and in cells."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.ruleset import Ruleset
from pipeline.time import combine, find

REFERENCE = dt.date(2025, 8, 20)

# where, phrase, codes in order of appearance, reason
ROWS: list[tuple[str, str, str, str]] = [
    ("prose", "Thường xuyên theo dõi, đôn đốc việc thực hiện", "continuous", "opens the sentence"),
    ("prose", "Chủ động, thường xuyên phối hợp chặt chẽ", "continuous", "with chủ động"),
    ("prose", "tăng cường giám sát thường xuyên", "continuous", "behind the verb"),
    ("prose", "phải được thực hiện thường xuyên, chặt chẽ", "continuous", "behind the verb"),
    ("prose", "thường xuyên, liên tục kiểm tra", "continuous", "one cadence, not two"),
    ("prose", "đưa nội dung này vào sinh hoạt thường xuyên", "continuous", "meetings"),
    ("prose", "báo cáo trước 16h00 mỗi ngày", "daily", "mỗi ngày"),
    ("prose", "Hằng tuần báo cáo Ủy ban nhân dân xã", "weekly", "hằng"),
    ("prose", "định kỳ hàng tuần rà soát", "weekly", "định kỳ with an interval is the interval"),
    ("prose", "họp tuần/lần", "weekly", "per"),
    ("prose", "Định kỳ hằng tháng, công khai kết quả", "monthly", "định kỳ with an interval"),
    ("prose", "công bố chỉ số hằng tháng", "monthly", "of the product"),
    ("prose", "tổ chức đối thoại định kỳ với người dân, hằng tháng báo cáo", "monthly", "the sentence names the rate"),
    ("prose", "định kỳ báo cáo kết quả với Ban Thường vụ", "periodic", "no interval"),
    ("prose", "gửi báo cáo định kỳ theo quy định", "periodic", "no interval"),
    ("prose", "Định kỳ hằng quý, hoặc đột xuất, nghe báo cáo", "quarterly,ad_hoc", "two codes"),
    ("prose", "mỗi quý ít nhất 01 cuộc", "quarterly", "mỗi"),
    ("prose", "họp 03 tháng/lần", "quarterly", "three months have a name"),
    ("prose", "Định kỳ sáu tháng, tổ chức giao ban", "semiannual", "in words"),
    ("prose", "sơ kết 6 tháng", "semiannual", "in digits"),
    ("prose", "tiếp công dân 02 lần/năm", "semiannual", "twice a year"),
    ("prose", "báo cáo 6 tháng, năm", "semiannual,annual", "a list"),
    ("prose", "báo cáo tháng, quý, 6 tháng, năm", "monthly,quarterly,semiannual,annual", "a long list"),
    ("prose", "định kỳ 6 tháng, 1 năm, đột xuất", "semiannual,annual,ad_hoc", "a list with ad hoc"),
    ("prose", "Hằng năm tổ chức ít nhất 01 cuộc giám sát", "annual", "hằng"),
    ("prose", "vào chương trình công tác hằng năm", "annual", "the plan that the action feeds"),
    ("prose", "xây dựng kế hoạch giám sát hàng năm", "annual", "hàng"),
    ("prose", "Mỗi năm HĐND xã tổ chức ít nhất 02 cuộc giám sát", "annual", "mỗi"),
    ("prose", "khen thưởng hằng năm, giữa nhiệm kỳ và tổng kết nhiệm kỳ", "annual,term", "two rates"),
    ("prose", "họp 05 năm một lần", "term", "five years"),
    ("prose", "tiếp xúc cử tri trước và sau các kỳ họp", "per_event", "sessions"),
    ("prose", "tuyên truyền trước, trong và sau kỳ họp", "per_event", "sessions"),
    ("prose", "giải trình giữa hai kỳ họp", "per_event", "sessions"),
    ("prose", "Sau kỳ họp, công bố nghị quyết", "per_event", "opens the sentence"),
    ("prose", "báo cáo sau mỗi cuộc giám sát", "per_event", "each"),
    ("prose", "cập nhật khi có thay đổi", "per_event", "a change"),
    ("prose", "thực hiện báo cáo đột xuất theo yêu cầu", "ad_hoc", "đột xuất"),
    ("prose", "cung cấp khi có yêu cầu", "ad_hoc", "on request"),
    ("prose", "Trường hợp cần thiết, báo cáo chuyên đề", "ad_hoc", "when needed"),
    ("cell", "Khi cần thiết", "ad_hoc", "only in a cell"),
    ("cell", "Theo yêu cầu", "ad_hoc", "only in a cell"),
    ("cell", "Thực hiện thường xuyên khi có yêu cầu", "continuous,ad_hoc", "both"),
    ("cell", "Báo cáo định kỳ; thực hiện thường xuyên", "periodic,continuous", "continuous is no rate"),
    ("cell", "Thường xuyên trong tháng", "continuous,monthly", "both"),
    ("cell", "Các năm tiếp theo", "continuous", "goes on"),
    ("cell", "Quanh năm", "continuous", "all year"),
    ("cell", "Hằng tháng, quý, năm", "monthly,quarterly,annual", "a list"),
]


@pytest.mark.parametrize(("where", "phrase", "codes", "reason"), ROWS)
def test_cadence(where: str, phrase: str, codes: str, reason: str, rules: Ruleset) -> None:
    read = combine(find(phrase, REFERENCE, cell=where == "cell", rules=rules))
    assert read is not None and ",".join(read.cadence) == codes, reason


@pytest.mark.parametrize(
    ("phrase", "rrule"),
    [
        ("họp 02 tuần/lần", "FREQ=WEEKLY;INTERVAL=2"),
        ("họp 10 ngày/lần", "FREQ=DAILY;INTERVAL=10"),
        ("họp 2 tháng một lần", "FREQ=MONTHLY;INTERVAL=2"),
        ("họp 2 quý/lần", None),  # half a year has a name
        ("họp 02 năm/lần", "FREQ=YEARLY;INTERVAL=2"),
        ("ngày 10 và ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=10,25"),
        ("trước ngày 20/12 và ngày 20/6 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20"),
    ],
)
def test_rule_of_recurrence(phrase: str, rrule: str | None, rules: Ruleset) -> None:
    read = combine(find(phrase, REFERENCE, rules=rules))
    assert read is not None and read.rrule == rrule and read.due is None


def test_traps_take_only_their_own_words(rules: Ruleset) -> None:
    text = "bố trí chi thường xuyên; thường xuyên kiểm tra"
    (mention,) = find(text, REFERENCE, rules=rules)
    assert mention.start == text.rindex("thường xuyên")
