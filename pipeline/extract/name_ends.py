"""Where the name of a body ends.

A name goes on over capitals, level words and fields of work until a verb, a mark of punctuation or a word that no name
holds; what no list knows belongs to it where a verb shows that it does.
"""

from __future__ import annotations

from pipeline.extract.fields import needs_verb, role_behind, unfinished
from pipeline.extract.lexicon import Lexicon, Token
from pipeline.extract.names import begins_name, counted_bodies, plural_noun, rather_acts

_MOST_WORDS = 22  # no body has a longer name; a run-away name is no name
_CONTACT = frozenset({"địa", "điện", "email", "sđt", "số"})
_FARTHEST = 10  # tokens that plain words may go on with a name
_FARTHEST_LEVEL = 14  # tokens from the head to the level that closes the name
_ADDED = 3  # words that no list knows, where a further body follows ("Các Ban Quản lý dự án chuyên ngành, các …")
_NUMBERED = frozenset(
    {
        "số",
        "vực",
        "khu",
        "phố",
        "đội",
        "đoàn",
        "trạm",
        "tổ",
        "ấp",
        "thôn",
        "bản",
        "xóm",
        "khóa",
        "cấp",
        "cơ",
        "sở",
        "ngành",
    }
)
_NOT_OF_LEVEL = frozenset({"hội", "viên"})  # "xã hội", "xã viên" name no level
_HOLDS = frozenset({"quản", "phụ", "theo"})  # quản lý, phụ trách, theo dõi: how a body holds others
_RELATIVE = frozenset({"do", "nơi", "có"})  # what may pick out some of several bodies
_BELOW = frozenset({("chi", "nhánh"), ("phòng", "giao")})  # parts of a bank or company, behind a dash
_LETTERS = 5  # tokens up to the closing bracket of a short form of letters: "(TNCS HCM)"
_LOOSE_ENDS = frozenset({"của", "thuộc", "và", ",", "-", "–", "&", "các"})


def stretched(tokens: list[Token], index: int, words: Lexicon, *, plural: bool) -> int:
    """The token behind a name that seems to end at `index`, where plain words up to the next verb go on with it.

    "Phòng Nghiệp vụ, dự toán, pháp chế theo dõi", "các ngân hàng thương mại trên địa bàn thực hiện": what no list knows
    belongs to the name, for a body is followed by what it does. Without a verb near, the short name stands.
    """
    if plural and index < len(tokens) and tokens[index].low in _RELATIVE and words.size(tokens, index) < 2:
        return _relative_end(tokens, index, words)
    if words.acts(tokens, index):
        return index
    k = index
    while k < min(index + _FARTHEST, len(tokens)):
        token = tokens[k]
        if size := words.tail.match(tokens, k):
            k += size  # "trường mầm non, tiểu học": no verb, though "học" is one
            continue
        if k > index and words.acts(tokens, k):
            return k if tokens[k - 1].low not in {",", "và"} else index
        joins = token.low in {",", "và"}
        if joins and k + 1 < len(tokens) and _opens_body(tokens, k + 1, words):
            return k if index < k <= index + _ADDED else index
        school = token.word.isupper() and words.group.match(tokens, k)
        plain = token.word.isalpha() and token.word.islower() and token.low not in words.never_inside
        plain = plain and not words.reported.match(tokens, k)
        if not (joins or plain or school) or words.opener.match(tokens, k):
            return index
        k += 1
    return index


def _relative_end(tokens: list[Token], index: int, words: Lexicon) -> int:
    """The token behind what picks out some of the bodies ("các chủ đầu tư do Sở quản lý | rà soát"), or `index`.

    It needs a verb of its own where it begins with "do", and the verb of the sentence right behind it.
    """
    verbs = 1 if tokens[index].low == "do" else 0
    k = index + 1
    if words.acts(tokens, k) and tokens[index].low != "nơi":
        return index  # "các xã có trách nhiệm rà soát": the verb of the sentence
    while k < min(index + _FARTHEST, len(tokens)):
        if not tokens[k].word[0].isalnum() or words.opener.match(tokens, k):
            return index
        acts = words.acts(tokens, k) and not tokens[k].capital and tokens[k].low not in _RELATIVE
        if acts and verbs:
            if tokens[k].low not in _HOLDS:
                return index  # "Mỗi tổ do một đồng chí lãnh đạo Sở làm tổ trưởng": who does it
            verbs -= 1
        elif acts and k > index + 1:
            return k
        k += words.size(tokens, k) if acts else 1
    return index


def _opens_body(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a joiner is followed by something that is a body of its own, or by no plain word."""
    school = tokens[index].word.isupper() and words.group.match(tokens, index)
    if school or (tokens[index].word.islower() and words.tail.match(tokens, index)):
        return False
    if not tokens[index].word.islower() or words.acts(tokens, index):
        return True
    lists = (words.group, words.person, words.plural)
    return any(phrases.match(tokens, index) for phrases in lists)


def name_end(
    tokens: list[Token], index: int, first: int, words: Lexicon, *, topic: bool, closed: bool, whole: bool = False
) -> int:
    """The token behind the name that has begun at `first` and been read up to `index`.

    `topic` says that a field of work is to follow, `whole` that what has been read is a name by itself.
    """
    behind, unknown = index, topic and not whole
    while index < len(tokens) and index - first < _MOST_WORDS:
        token = tokens[index]
        if token.low in words.never_inside and (size := words.tail.match(tokens, index)) > 1:  # "trên địa bàn"
            index += size
        elif token.low == "số" and _is_number(tokens, index + 1):  # "Đội Thuế số 2"
            index += 2
        elif token.low == "(":
            closing = _parenthesis(tokens, index, words)
            if closing is None or _says_again(tokens, first, index, closing, words):
                break
            index = closing
        elif token.low in {"-", "–", "&"}:
            if not _hyphen_goes_on(tokens, index, words, topic=topic):
                break
            index += 1
        elif token.low in {"và", ","}:
            further = _behind_joiner(tokens, index, words, topic=topic, behind=behind if unknown else None)
            if further is None and (
                not closed or begins_name(tokens, index + 1, words, after_joiner=True, closed=True)
            ):
                break
            index = further or index + 1
        elif token.low == "các" and plural_noun(tokens, index, words):
            index += 1 + max(words.group.match(tokens, index + 1), words.head.match(tokens, index + 1), 1)
        elif not token.word[0].isalnum() or (not closed and _is_reported(tokens, index, words)):
            break
        elif not closed and _is_no_part(tokens, index, first, words):
            role = _role_behind(tokens, index, first, words) if unknown else None
            if role is None:
                break
            index = role
        elif token.capital:
            index += words.longest(tokens, index) or 1
        elif not closed and _verb_ends(tokens, index, words):
            beyond = _beyond_verb(tokens, index, first, words, behind if unknown else None) if topic else None
            if beyond is None:
                break
            index = beyond
        elif (size := words.tail.match(tokens, index)) and _tail_holds(tokens, index, size, words, closed=closed):
            index += size
        elif (topic and not ends_closed(tokens, index, first, words)) or closed:
            index += 1
        elif words.group.match(tokens, index):
            index += words.group.match(tokens, index)
        else:
            break
    while index - 1 > first and tokens[index - 1].low in _LOOSE_ENDS and tokens[index - 2].low != "trực":
        index -= 1
    return index


def _is_reported(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether what is reported to a body stands at `index`, and is no object of a verb in its name."""
    if tokens[index].capital or not words.reported.match(tokens, index):
        return False
    return not any(words.verb.match(tokens, index - size) == size for size in (1, 2) if index >= size)


def _beyond_verb(tokens: list[Token], index: int, first: int, words: Lexicon, behind: int | None) -> int | None:
    """The token behind the verb at `index` and what goes with it where they are part of a field of work, else None.

    `behind` is the token behind the head where no list knows the field.
    """
    if behind is not None and needs_verb(tokens, index, behind, words):
        return index + words.size(tokens, index)
    level = _level_behind(tokens, index, first, words)
    return _role_behind(tokens, index, first, words) if level is None and behind is not None else level


def _role_behind(tokens: list[Token], index: int, first: int, words: Lexicon) -> int | None:
    """The token of the role that shows that a name goes on, unless a place, a number or a level has closed it."""
    return None if ends_closed(tokens, index, first, words) else role_behind(tokens, index, words)


def _is_number(tokens: list[Token], index: int) -> bool:
    """Whether a short number stands at `index`, and none of a document ("số 12/KH-UBND")."""
    return index < len(tokens) and tokens[index].word.isdecimal() and len(tokens[index].word) < 3


def _is_no_part(tokens: list[Token], index: int, first: int, words: Lexicon) -> bool:
    token = tokens[index]
    counts = token.word[0].isdigit() and not _numbers_body(tokens, index, first, words)
    figures = token.low == "số" and index + 1 < len(tokens) and tokens[index + 1].low in {"liệu", "lượng"}
    return counts or figures or token.low in words.never_inside


def ends_closed(tokens: list[Token], index: int, first: int, words: Lexicon) -> bool:
    """Whether what stands before `index` closes a name, so that a plain word behind it is none of the name.

    A place ("Điện lực Cồn Vạn | bó gọn cáp"), a number ("Xí nghiệp số 4 | dọn"), a level ("… Dân số tỉnh | lấy mẫu"),
    a bracket ("Công ty Cổ phần Cấp nước Nà Hin (Công ty Cấp nước) | súc xả").
    """
    if index - first < 3:
        return False
    before, last = tokens[index - 2], tokens[index - 1]
    if last.low == ")":
        return True
    if last.word.isdecimal() or set(last.word) <= set("IVX"):
        return before.low in _NUMBERED
    if last.word.islower():
        level = words.level.match(tokens, index - 1) == 1 or words.level.match(tokens, index - 2) == 2
        return level and not (index < len(tokens) and tokens[index].low in _NOT_OF_LEVEL)
    if not all(token.word.istitle() and token.word.isalpha() for token in (before, last)):
        return False
    return not words.head.match(tokens, index - 1) and not words.head.match(tokens, index - 2)


def _numbers_body(tokens: list[Token], index: int, first: int, words: Lexicon) -> bool:
    """Whether a number is part of a name ("Đội 3", "Phòng số 2", "đảng ủy 17 xã"), and counts nothing behind it."""
    before = tokens[index - 1]
    if counted_bodies(tokens, index, words) and words.level.match(tokens, index + 1):
        return True
    if before.capital or before.low in _NUMBERED or index - first < 3:
        return True
    # "Bệnh viện Nhi đồng 1 mở lớp": what it would count does not follow.
    counts = index + 1 < len(tokens) and tokens[index + 1].word[0].isalnum() and not words.acts(tokens, index + 1)
    return not counts and _is_number(tokens, index)


def _level_behind(tokens: list[Token], index: int, first: int, words: Lexicon) -> int | None:
    """The token behind a level word that closes a field of work, where a verb follows it.

    "Ban Quản lý dự án đầu tư xây dựng tỉnh làm việc …": the verbs before "tỉnh" are part of the name. A list of works
    ("Ban Chỉ đạo xóa nhà tạm, nhà dột nát xã") is one only right behind the head.
    """
    listed = index == first + words.head.match(tokens, first)
    for k in range(index, min(index + _FARTHEST_LEVEL, len(tokens))):
        if tokens[k].low in {",", "và"} and listed:
            continue
        if tokens[k].capital or not tokens[k].word[0].isalnum() or tokens[k].low in words.never_inside:
            return None
        if k > index and (size := words.level.match(tokens, k)):
            return k + size if words.acts(tokens, k + size) else None
    return None


def _verb_ends(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a verb ends the name here, and is no part of it ("cung cấp dịch vụ", "tham mưu của Đảng ủy")."""
    if not words.acts(tokens, index):
        return False
    size = words.tail.match(tokens, index)
    verb = words.size(tokens, index)
    if max(size, words.group.match(tokens, index), words.person.match(tokens, index)) > verb:
        return False
    if verb == 1 and tokens[index - 1].capital and words.verb.match(tokens, index - 1) > 1:
        return False  # the second half of a capital word ("Sở Xây dựng")
    return not (size and index + size < len(tokens) and tokens[index + size].low in {"của", "thuộc"})


def _tail_holds(tokens: list[Token], index: int, size: int, words: Lexicon, *, closed: bool) -> bool:
    low = tokens[index].low
    if low not in {"của", "thuộc", "trực"} or closed:
        return True
    after = index + size
    if after >= len(tokens):
        return low == "trực"
    return (
        low == "trực"
        or tokens[after].capital
        or bool(words.tail.match(tokens, after))
        or bool(words.group.match(tokens, after) or words.plural.match(tokens, after))
    )


def _parenthesis(tokens: list[Token], index: int, words: Lexicon) -> int | None:
    """The token behind a bracket that names a part of the body or its short form, or None."""
    if not words.head.match(tokens, index + 1) or not tokens[index + 1].capital:
        letters = index + 1
        while letters < len(tokens) and tokens[letters].word.isupper():
            letters += 1
        if not index + 1 < letters < min(len(tokens), index + _LETTERS) or tokens[letters].low != ")":
            return None
    for k in range(index + 1, min(index + 14, len(tokens))):
        if tokens[k].low == ")":
            return k + 1
        if words.verb.match(tokens, k) and not tokens[k].capital:
            return None
    return None


def _says_again(tokens: list[Token], first: int, index: int, closing: int, words: Lexicon) -> bool:
    """Whether a bracket says the whole name again, in short ("Công ty Cấp nước Nà Hin (Công ty Cấp nước)")."""
    alike = tokens[index + 1].word == tokens[first].word and closing - index - 2 < index - first
    goes_on = closing < len(tokens) and (tokens[closing].capital or words.level.match(tokens, closing))
    return alike and not goes_on


def _hyphen_goes_on(tokens: list[Token], index: int, words: Lexicon, *, topic: bool) -> bool:
    if index + 1 >= len(tokens):
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    if after.low in _CONTACT:
        return False  # "… - Địa chỉ: …" says something else of the body
    below = (after.low, tokens[index + 2].low) if index + 2 < len(tokens) else ("", "")
    if below in _BELOW:
        return True
    if below == ("cơ", "quan"):
        return False  # what it is besides: "Sở Nội vụ - Cơ quan Thường trực Ban Chỉ đạo"
    return (
        (before.low == "trị" and after.low == "xã")
        or tokens[index].low == "&"
        or (topic and (after.capital or words.field.match(tokens, index + 1) > 0))
    )


def _further_field(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether a further field of work stands at `index`: a capital and small letters ("…, Chính sách tài chính")."""
    one, two = tokens[index : index + 2] if index + 1 < len(tokens) else (tokens[index], tokens[index])
    phrase = one.word.istitle() and one.word.isalpha() and two.word.islower() and two.word.isalpha()
    begins = words.beginning.match(tokens, index) or words.opener.match(tokens, index)
    closed = words.level.match(tokens, index + 1) or words.level.match(tokens, index - 2)
    return phrase and not begins and not closed


def _behind_joiner(tokens: list[Token], index: int, words: Lexicon, *, topic: bool, behind: int | None) -> int | None:
    """The token behind a joiner inside a field of work, and behind the verb that the field goes on with; else None."""
    if not topic:
        return None
    if _topic_goes_on(tokens, index, words):
        return index + 1
    if behind is None or not unfinished(tokens, index, behind, words):
        return None
    verb = words.verb.match(tokens, index + 1)  # "Đội Quản lý, khai thác bến bãi"
    return index + 1 + verb if verb else None


def _topic_goes_on(tokens: list[Token], index: int, words: Lexicon) -> bool:
    """Whether "và" or a comma stands inside the name of a field ("Khoa học và Công nghệ")."""
    after = index + 1
    if after >= len(tokens) or not tokens[after].capital:
        return False
    if tokens[after].word.isupper():  # "Phòng Nông nghiệp và PTNT", but "Phòng Nội vụ và UBND xã"
        return tokens[index].low == "và" and not words.head.match(tokens, after)
    if words.other.match(tokens, after):
        return True  # "Phòng Tuyên truyền, Báo chí": what only looks like a new body
    if words.head.match(tokens, after) and not rather_acts(tokens, after, words):
        return False
    if words.person.match(tokens, after) or counted_bodies(tokens, after, words):
        return False  # "Trung tâm Cung ứng dịch vụ công và Trưởng các ấp", "Ban Chỉ huy Quân sự xã và 14 bản"
    if tokens[index].low == "và" or (tokens[index - 1].word.islower() and _further_field(tokens, after, words)):
        return True
    # A comma stands inside only where "và" closes the list of fields soon after.
    for k in range(after + 1, min(after + 10, len(tokens))):
        if tokens[k].low == "và":
            return k + 1 < len(tokens) and tokens[k + 1].capital and not words.head.match(tokens, k + 1)
        if not tokens[k].word[0].isalnum() and (tokens[k].low != "," or not _topic_goes_on(tokens, k, words)):
            return False
    return False
