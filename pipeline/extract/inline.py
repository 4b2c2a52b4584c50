"""Labels that run in with the sentences of a block: “Mở 02 lớp dạy nghề. Chủ trì: Phòng Kinh tế; thời hạn: quý II”."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from pipeline import time
from pipeline.extract.candidates import Label
from pipeline.extract.clauses import clauses_of
from pipeline.extract.lexicon import lexicon, tokens_of
from pipeline.extract.names import begins_name
from pipeline.extract.values import opens_with_product, tells
from pipeline.labels import label_of, parts_of
from pipeline.ruleset import Ruleset

_LOOKED_AT = 120  # characters of a value in which its first name begins
_NAMES = frozenset({"lead", "coordinating"})
_CORE = frozenset({"lead", "coordinating", "time", "product"})  # one of these shows that the others are labels as well
_NAMED = _NAMES | {"product"}
_CLOSES = " .;,-–"
# Where a name or a product ends and the words begin that say when it is due or where it goes.
_HANDED_ON = re.compile(
    r",\s+(?:phải |cần )?(?:hoàn thành|xong|gửi|trình|nộp|báo cáo về|trước|chậm nhất|trong (?:ngày|tháng|quý|năm))\b"
    r"|\s(?:gửi|nộp)\s",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(((?:[^()]|\([^()]*\))*:(?:[^()]|\([^()]*\))*)\)")


@dataclass(frozen=True, slots=True)
class RunIn:
    """A labelled part of a block: ``text[begin:end]`` with its name, its value and what closes it."""

    begin: int
    end: int
    label: Label


def run_ins(text: str, start: int, end: int, rules: Ruleset) -> list[RunIn]:
    """The labelled parts behind a block's own words, each up to the end of its sentence.

    None where none names who does it, when it is due or what is handed over: “Phương châm: rõ người” is a sentence.
    """
    if ":" not in text[start:end]:
        return []
    parts = [
        (name, start + begin, start + value, _stop(text, name, start + value, start + stop, rules))
        for name, begin, value, stop in parts_of(text[start:end], rules)
        if name is not None
    ]
    if not parts or parts[0][1] == start:
        return []
    plain = [_is_plain(text, *part, rules) for part in parts]
    if not any(plain):
        return []
    kept = (part for part, sure in zip(parts, plain, strict=True) if sure or _may_be(text, *part, rules))
    return [RunIn(begin, stop, _label(text, name, value, stop)) for name, begin, value, stop in kept]


def bracketed(text: str, start: int, end: int, rules: Ruleset) -> tuple[Label, ...]:
    """The products that brackets name: “(Trạm Y tế chủ trì; sản phẩm: danh sách)”.

    Who and when are read there by the rules of sentences, for they mostly stand in brackets without a label.
    """
    if ":" not in text[start:end]:
        return ()
    return tuple(
        _label(text, name, match.start(1) + value, match.start(1) + stop)
        for match in _BRACKET.finditer(text, start, end)
        for name, begin, value, stop in parts_of(match[1], rules)
        if name == "product"
        and _is_plain(text, name, match.start(1) + begin, match.start(1) + value, match.start(1) + stop, rules)
    )


def _label(text: str, name: str, value: int, stop: int) -> Label:
    """The label of a part; of bodies and products only the words that name them, without where they go and when."""
    if name in _NAMED and (handed := _HANDED_ON.search(text, value, stop)) is not None:
        stop = handed.start()
    return Label(name, value, value + len(text[value:stop].rstrip(_CLOSES)), f"label.{name}")


def _stop(text: str, name: str, value: int, end: int, rules: Ruleset) -> int:
    """Where a value ends: with its sentence, or at a “;” behind which something is ordered and not listed."""
    clauses = clauses_of(text, value, end)
    for clause, following in itertools.pairwise(clauses):
        if text[clause.end - 1] in ".!?…" or _orders(text, name, following.start, following.end, rules):
            return clause.end
    return clauses[-1].end if clauses else end


def _orders(text: str, name: str, start: int, end: int, rules: Ruleset) -> bool:
    """Whether what stands behind “;” is work of its own: a verb opens it, or a body where no bodies are listed."""
    tokens = tokens_of(text, start, min(end, start + _LOOKED_AT))
    if name == "product" and opens_with_product(text, start, end, rules):
        return False
    words = lexicon(rules)
    return words.acts(tokens, 0) or (name not in _NAMES and begins_name(tokens, 0, words, after_joiner=True))


def _is_plain(text: str, name: str, begin: int, value: int, end: int, rules: Ruleset) -> bool:
    """Whether the value of a part is what its label asks for: a time, the name of a body, a product.

    “Thực hiện: Niêm yết …” tells how, “Tiến độ: các dự án đang chậm” and “Kết quả: 12 thôn đã xong” tell what is.
    """
    if name == "time":
        return bool(time.find(text[value:end], None, cell=True, rules=rules))
    if name in _NAMES:
        tokens = tokens_of(text, value, min(end, value + _LOOKED_AT))
        return begins_name(tokens, 0, lexicon(rules), after_joiner=True)
    if name != "product":
        return False
    if opens_with_product(text, value, end, rules):
        return True
    found = label_of(text[begin:end], rules)
    return found is not None and found[1] != "result" and not tells(text, value, end, rules)


def _may_be(text: str, name: str, _begin: int, value: int, end: int, rules: Ruleset) -> bool:
    """Whether a part beside others that are plain is a label as well: no verb opens the value of one who acts."""
    if name not in _CORE:
        return True
    tokens = tokens_of(text, value, min(end, value + _LOOKED_AT))
    return name in _NAMES and not lexicon(rules).acts(tokens, 0)
