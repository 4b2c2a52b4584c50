"""Where the subject of a clause may stand, and what shows that it acts."""

from __future__ import annotations

from pipeline.extract.lexicon import Lexicon, Phrases, Token
from pipeline.extract.name_ends import ends_closed
from pipeline.extract.units import UnitList

LABEL_REACH = 22  # tokens of a run-in label ("Việc sửa nhà văn hóa thôn: Ủy ban nhân dân xã …")
_CONNECTIVES = Phrases(
    (
        "đồng thời",
        "ngoài ra",
        "bên cạnh đó",
        "qua đó",
        "trong đó",
        "riêng",
        "song song với đó",
        "từ đó",
        "trên cơ sở đó",
    )
)
# "được giao", "được đề nghị", "được yêu cầu", "được phân công", "được khuyến khích"
_GIVES = frozenset({"giao", "đề", "yêu", "phân", "khuyến"})
_FORBIDS = frozenset({"tự", "được", "để"})
_TIME_ADVERBS = frozenset({"hằng", "hàng", "định", "mỗi"})
_MOST_COMMAS = 8  # how far into a clause its subject may stand
_TIME_REACH = 9  # tokens
_SHARE_REACH = 14  # tokens of a list behind "100%"
_ADDING = frozenset({"riêng", "đồng", "ngoài", "bên", "song"})  # connectives that a subject follows without a comma
# Openers that are whole by themselves, so that the subject may follow without a comma ("Hằng năm các xã rà soát").
_WHOLE = _TIME_ADVERBS | _ADDING | {"trước", "thời"}
_PARTS = frozenset({"mỗi", "từng"})
_WHEN_REACH = 16  # tokens of a time between subject and verb
_WHEN = frozenset({"trước", "sau", "ngay", "trong"})
_TIMES = frozenset({"khi", "thời", "vòng", "ngày", "tháng", "quý", "tuần"})


def opens_subject(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a plain noun at `index` may be the subject: behind an adverbial, a label or a connective.

    "Trong thời hạn 07 ngày, nhà trường thẩm định", "Về hồ sơ: chi bộ lưu giữ", "Riêng chi bộ bản Hin họp".
    """
    if index == 0:
        return False
    before = tokens[index - 1].low
    if before == ",":
        return index > behind_connective(tokens) and not _ends_plain(tokens, index - 1, words)
    return before == ":" or (tokens[0].low in _ADDING and index == behind_connective(tokens))


def _ends_plain(tokens: list[Token], comma: int, words: Lexicon) -> bool:
    """Whether a plain noun for bodies, or a share of them, stands before a comma: what follows goes on with it."""
    if any(token.low == "%" for token in tokens[max(comma - _SHARE_REACH, 0) : comma]):
        return True
    return any(words.group.match(tokens, comma - size) == size for size in (1, 2, 3) if comma >= size)


def behind_bracket(tokens: list[Token], index: int) -> int:
    """The token behind the bracket that opens at `index`, or `index` where it does not close soon."""
    for k in range(index, min(index + 30, len(tokens))):
        if tokens[k].low == ")":
            return k + 1
    return index


def says_what_is(tokens: list[Token], index: int, after: int, words: Lexicon) -> bool:
    """Whether a clause says what each of many is to have ("Mỗi hộ có 01 thùng rác"), and not what it does."""
    return tokens[index].low in _PARTS and _verb(tokens, after, words) == "có"


def _verb(tokens: list[Token], index: int, words: Lexicon) -> str:
    """The verb or adverb at `index` ("có" is none in "có trách nhiệm")."""
    return " ".join(token.low for token in tokens[index : index + words.size(tokens, index)])


def is_short_form(tokens: list[Token], index: int) -> bool:
    """Whether the letters at `index` are those that the words before the bracket begin with ("… ban đầu (CSSKBĐ)")."""
    letters = [letter for letter in tokens[index].word if letter.isalpha()]
    before = [token.word[0].upper() for token in tokens[: index - 1] if token.word[0].isalpha() and token.low != "và"]
    return len(letters) > 1 and tokens[index].word.isupper() and before[-len(letters) :] == letters


def passive(tokens: list[Token], index: int) -> bool:
    """Whether something is done to the body ("được khen thưởng"), and nothing given to it to do ("được giao")."""
    return tokens[index].low == "được" and index + 1 < len(tokens) and tokens[index + 1].low not in _GIVES


def predicate(tokens: list[Token], listed: UnitList, after: int, words: Lexicon) -> bool:
    """Whether a verb stands behind the names: one of the lists, or any plain word behind a full proper name."""
    asked = [token.low for token in tokens[after : after + 2]]
    if words.acts(tokens, after) or (len(asked) == 2 and asked[0] == "được" and asked[1] in _GIVES):
        return True
    if after >= len(tokens) or after != listed.after:
        return False
    if _acts_behind_time(tokens, after, words):
        return True
    token, first = tokens[after], tokens[0]
    proper = first.capital and bool(words.head.match(tokens, 0)) and not words.topic.match(tokens, 0)
    if first.capital and acts_behind_full_name(tokens, after, words):
        return True
    return proper and token.word.isalpha() and token.word.islower() and token.low not in words.no_predicate


def _acts_behind_time(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a verb follows a time that stands behind the subject without a comma.

    "Phòng Kinh tế khi thẩm định hồ sơ | phải …", "Bộ phận Một cửa trong 02 ngày làm việc | trả kết quả". A clause of
    time has a verb of its own.
    """
    opening = [token.low for token in tokens[index : index + 2]]
    if len(opening) < 2 or not (opening[0] == "khi" or (opening[0] in _WHEN and _is_time(opening[1]))):
        return False
    verbs = 0
    k = index + 1 + int(opening[1] == "khi")
    while k < min(index + _WHEN_REACH, len(tokens)):
        if not tokens[k].word[0].isalnum():
            return False
        size = words.size(tokens, k)
        verbs += bool(size)
        k += size or 1
    return verbs > int("khi" in opening)


def _is_time(low: str) -> bool:
    return low in _TIMES or low.isdecimal()


def acts_behind_full_name(tokens: list[Token], after: int, words: Lexicon) -> bool:
    """Whether a plain word that no list knows stands behind a name that a place, a number or a level has closed."""
    if after >= len(tokens) or not ends_closed(tokens, after, 0, words):
        return False
    token = tokens[after]
    return token.word.isalpha() and token.word.islower() and token.low not in words.no_predicate


def denied(tokens: list[Token], index: int) -> bool:
    """Whether a clause says what a body does not or cannot do ("Sở không tiếp nhận bản giấy"): a notice, no work.

    What a body shall not do ("không tự ý", "không được", "không để") is work.
    """
    for k in range(max(index - 1, 0), min(index + 2, len(tokens))):
        if tokens[k].low == "chưa":
            return True
        if tokens[k].low == "không":
            absolutely = k > 0 and tokens[k - 1].low == "đối"  # "tuyệt đối không"
            return not absolutely and (k + 1 >= len(tokens) or tokens[k + 1].low not in _FORBIDS)
    return False


def places_of_subject(tokens: list[Token], words: Lexicon) -> list[int]:
    """Where the subject may begin: at the front, behind a run-in label, behind adverbials."""
    index = behind_connective(tokens)
    places = [index]
    near = [token.low for token in tokens[index : index + LABEL_REACH]]
    if ":" in near and not _in_brackets(tokens, label := index + near.index(":")):
        places.append(label + 1)
    for place in tuple(places):
        places.extend(_behind_adverbials(tokens, place, words))
    return [place for place in places if place < len(tokens)]


def _behind_adverbials(tokens: list[Token], index: int, words: Lexicon) -> list[int]:
    """Where the subject may begin behind the adverbials that open a clause, if any do."""
    opener = words.opener.match(tokens, index)
    if not opener:
        return []
    places = [index + opener] if tokens[index].low in _WHOLE else []
    if tokens[index].low == "định" and index + opener < len(tokens):  # "Định kỳ sáu tháng, …"
        places.append(index + opener + 2)
    # "Hằng năm, …": an adverb of time is short; "Căn cứ …, trên cơ sở …, …" may be long.
    reach = _TIME_REACH if tokens[index].low in _TIME_ADVERBS else len(tokens)
    return [*places, *(comma + 1 for comma in _commas(tokens, index, reach))]


def _commas(tokens: list[Token], index: int, reach: int) -> list[int]:
    """The first commas from `index` on; what stands in brackets is passed over and takes up no reach.

    "Hằng quý (trước ngày 20 tháng cuối quý), …", "Định kỳ 6 tháng (ngày 10/6, ngày 10/12), …".
    """
    found: list[int] = []
    inside = False
    for k in range(index, len(tokens)):
        low = tokens[k].low
        if low in {"(", ")"}:
            inside = low == "("
        elif not inside:
            reach -= 1
            if low == ",":
                found.append(k)
            if reach == 0 or len(found) == _MOST_COMMAS:
                break
    return found


def behind_connective(tokens: list[Token]) -> int:
    """The token behind the bracket or the connective that opens a clause, 0 where none does."""
    if tokens[0].low == "(":
        return 1
    after = _CONNECTIVES.match(tokens, 0)
    return after + 1 if after and after < len(tokens) and tokens[after].low == "," else after


def _in_brackets(tokens: list[Token], index: int) -> bool:
    """Whether a bracket that opens before a token is still open there: "(cơ quan phối hợp: …)" names no subject."""
    before = [token.low for token in tokens[:index]]
    return before.count("(") > before.count(")")
