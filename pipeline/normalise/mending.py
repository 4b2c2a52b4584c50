"""Mends what recognition of pictures reads wrong, where the words around prove what stood there.

Only words with a confidence (those read from a picture) are looked at, and every change is told with the reading
before it. The proofs that are accepted: a phrase of the rules from which the reading differs in accents alone; a name
that the document reads otherwise elsewhere; the shape of a date or a quarter; the counters before and behind.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from pipeline.model import Warning
from pipeline.normalise.drafts import Draft, Token
from pipeline.normalise.slots import blank_slots
from pipeline.ruleset import Ruleset

_EDGES = re.compile(r"^([^\w]*)(.*?)([^\w]*)$", re.DOTALL)
_LONGEST = 8  # syllables of a phrase
_SHORT = 5  # letters: a shorter word may be one of its own
# Lists of whole phrases. Others hold words that stand beside any other: "sở tại" is no proof against "Sở Tài chính".
_PROVES = frozenset({"phrase", "verb", "adverb", "unit-head", "unit-person", "unit-group", "compound", "product"})
_GUESSED = 0.6  # confidence of a number that was mended: a value read from it is looked at by a person

_ROMAN_LIKE = re.compile(r"[IlH1|]{1,3}|[Il1|]V")
_DATE_LIKE = re.compile(r"[\dIlOo|]{1,2}([/.-])[\dIlOo|]{1,2}(?:\1[\dIlOo|]{4})?")
_NUMBER_LIKE = re.compile(r"(?=.*\d)(?=.*[l|])[\dl|]{2,4}")  # no word of Vietnamese has digits and an l
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-6]\d)(?!\d)")
_DATED = re.compile(r"(\d{1,2}[/.-](?:\d{1,2}[/.-])?)(\d{4})")
_DIGITS = str.maketrans({"I": "1", "l": "1", "|": "1", "O": "0", "o": "0"})
_LIKE_DIGITS = str.maketrans({"§": "8", "S": "5", "B": "8", "l": "1", "I": "1", "|": "1", "Z": "2", "b": "6", "&": "8"})
_ARABIC = re.compile(r"(\d{1,2})([.,/])")
_ROMAN_MARK = re.compile(r"([IVXlH1|]{1,5})([./])")
_MARK_LIKE = re.compile(r"[^\w\s]{1,2}|[§\w&|]{1,2}[.,/]")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# What stands on every document: most of its words, read right, prove the others.
_FORMULAS = ("cộng hòa xã hội chủ nghĩa việt nam", "đảng cộng sản việt nam", "độc lập - tự do - hạnh phúc")
_ENOUGH = 0.6  # of the words of a formula
_DOUBLED = re.compile(r"(?<![^\W_])(QĐ|NĐ)Đ(?=[-/]|$)")  # a letter read twice in a symbol
_OFTEN = 2  # a reading must be that often there, and that many times as often as the other
_NEAR = 12  # items that are looked through for the next counter


def mend(drafts: Sequence[Draft], rules: Ruleset) -> list[Warning]:
    """Mends the drafts in place and tells each change: what was read and what it was taken for."""
    if not any(token.confidence is not None for draft in drafts for token in draft.tokens):
        return []
    for draft in drafts:  # a line without placed words beside recognised ones is one token, and no word
        draft.tokens = [word for token in draft.tokens for word in token.parted()]
    phrases = _phrases(rules)
    found = [*_counters(drafts), *_names(drafts)]
    year = _year(drafts)
    for draft in drafts:
        draft.tokens, parted = parted_words(draft.tokens, phrases)
        found.extend(parted)
        found.extend(_words(draft.tokens, phrases))
        found.extend(_formulas(draft.tokens))
        found.extend(_numbers(draft.tokens, year))
        draft.tokens, blanked = blank_slots(draft.tokens)
        found.extend(blanked)
    return found


def parted_words(tokens: list[Token], phrases: dict[str, str]) -> tuple[list[Token], list[Warning]]:
    """The words of a phrase that were read as one, parted again: ``banhành`` is ``ban hành``."""
    parted: list[Token] = []
    found = []
    joined = _joined(tuple(phrases.values()))
    for token in tokens:
        core = _core(token)
        phrase = joined.get(core.lower()) if token.confidence is not None and len(core) > _SHORT else None
        if phrase is None:
            parted.append(token)
            continue
        words = _spread(phrase, core)
        head, _, tail = token.text.partition(core)
        words[0], words[-1] = head + words[0], words[-1] + tail
        found.append(_told(token, " ".join(words)))
        parted.extend(Token(word, token.page, token.box, token.confidence) for word in words)
    return parted, found


@lru_cache(maxsize=4)
def _joined(phrases: tuple[str, ...]) -> dict[str, str]:
    """Phrases, and each two neighbours in one, by how they read without blanks."""
    pairs = (" ".join(pair) for phrase in phrases for pair in pairwise(phrase.split()))
    return {text.replace(" ", ""): text for text in (*pairs, *phrases)}


def _spread(phrase: str, like: str) -> list[str]:
    """The words of a phrase in the case of the one word that they were read as."""
    words, at = [], 0
    for word in phrase.split():
        words.append(like[at : at + len(word)])
        at += len(word)
    return words


def _change(token: Token, text: str, *, guessed: bool = False) -> Warning:
    """Gives the token another text and tells of it."""
    told = _told(token, text)
    token.text = text
    if guessed:
        token.confidence = min(token.confidence or 0.0, _GUESSED)
    return told


def _told(token: Token, text: str) -> Warning:
    message = f"Chữ nhận dạng “{token.text}” được hiểu là “{text}”. Hãy đối chiếu nếu quan trọng."
    return Warning("ocr-mended", message, token.page)


# ── phrases ────────────────────────────────────────────────────────────────────────────────


def fold(text: str) -> str:
    """Lower case without accents, ``đ`` as ``d``."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))


@lru_cache(maxsize=4)
def _phrases(rules: Ruleset) -> dict[str, str]:
    """Phrases of several syllables by their folded form; forms that stand for two phrases are left out."""
    words = {word.lower() for rule in rules["words"] if rule["kind"] in _PROVES for word in rule["words"]}
    words |= {str(rule["name"]).lower() for rule in rules["types"]}
    found: dict[str, str] = {}
    twice = set()
    for phrase in sorted(words):
        if 2 <= len(phrase.split()) <= _LONGEST and phrase.replace(" ", "").isalpha():
            twice |= {fold(phrase)} & found.keys()
            found[fold(phrase)] = phrase
    return {form: phrase for form, phrase in found.items() if form not in twice}


def _words(tokens: list[Token], phrases: dict[str, str]) -> Iterator[Warning]:
    cores = [_core(token) for token in tokens]
    folded = [fold(core) for core in cores]
    # A phrase ends where a mark stands between two words.
    open_behind = [bool(core) and token.text.endswith(core) for token, core in zip(tokens, cores, strict=True)]
    as_read = [_longest(cores, i, phrases, open_behind, folded) for i in range(len(tokens))]
    index = 0
    while index < len(tokens):
        length = max(as_read[index], 1)
        phrase = None if as_read[index] else _mended(cores, index, phrases, open_behind, folded, as_read)
        if phrase is not None:
            length = len(phrase.split())
            for token, core, wanted in zip(tokens[index : index + length], cores[index:], phrase.split(), strict=False):
                if core.lower() != wanted and token.confidence is not None:
                    yield _change(token, token.text.replace(core, _in_case(wanted, core)))
        index += length


def _windows(index: int, count: int, open_behind: list[bool]) -> Iterator[int]:
    """Lengths of the stretches from `index` on that no mark interrupts, longest first."""
    most = 1
    while most < _LONGEST and index + most < count and open_behind[index + most - 1]:
        most += 1
    yield from range(most, 1, -1)


def _longest(cores: list[str], index: int, phrases: dict[str, str], behind: list[bool], folded: list[str]) -> int:
    """How many words from here on are a known phrase exactly as read, 0 where none are."""
    for length in _windows(index, len(cores), behind):
        phrase = phrases.get(" ".join(folded[index : index + length]))
        if phrase is not None and phrase == " ".join(cores[index : index + length]).lower():
            return length
    return 0


def _mended(
    cores: list[str], index: int, phrases: dict[str, str], behind: list[bool], folded: list[str], as_read: list[int]
) -> str | None:
    """The phrase that the words from here on differ from in few accents.

    A known phrase that begins further on and is as long is believed rather: ``cần đối thoại`` is no ``cân đối``.
    """
    for length in _windows(index, len(cores), behind):
        phrase = phrases.get(" ".join(folded[index : index + length]))
        if phrase is None:
            continue
        wrong = sum(core.lower() != word for core, word in zip(cores[index:], phrase.split(), strict=False))
        if wrong > (1 if length < 4 else length) or max(as_read[index : index + length]) >= length:
            continue
        return phrase
    return None


def _in_case(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if like[:1].isupper() else word


def _formulas(tokens: list[Token]) -> Iterator[Warning]:
    for formula in _FORMULAS:
        words = formula.split()
        for start in range(len(tokens) - len(words) + 1):
            window = tokens[start : start + len(words)]
            if fold(window[0].text) != fold(words[0]):
                continue
            same = sum(fold(token.text) == fold(word) for token, word in zip(window, words, strict=True))
            if same < _ENOUGH * len(words):
                continue
            for token, word in zip(window, words, strict=True):
                wanted = _in_case(word, window[0].text)
                if fold(token.text) != fold(word) and token.confidence is not None:
                    yield _change(token, wanted)


def _names(drafts: Sequence[Draft]) -> Iterator[Warning]:
    """Two capitalised words that the document reads mostly in one way are read so: ``LÂM ĐÒNG`` is ``LÂM ĐỒNG``."""
    pairs = [pair for draft in drafts for pair in pairwise(draft.tokens) if all(_capitalised(token) for token in pair)]
    readings: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        read = " ".join(_core(token).lower() for token in pair)
        readings[fold(read)][read] += 1
    for pair in pairs:
        read = " ".join(_core(token).lower() for token in pair)
        (usual, count), *_ = readings[fold(read)].most_common(1)
        if usual != read and count >= _OFTEN and count >= _OFTEN * readings[fold(read)][read]:
            for token, word in zip(pair, usual.split(), strict=True):
                core = _core(token)
                if core.lower() != word:
                    yield _change(token, token.text.replace(core, _in_case(word, core)))


def _capitalised(token: Token) -> bool:
    core = _core(token)
    return token.confidence is not None and core.isalpha() and core[:1].isupper() and len(core) > 1


def _core(token: Token) -> str:
    edges = _EDGES.fullmatch(token.text)
    return edges.group(2) if edges else ""


# ── dates and quarters ─────────────────────────────────────────────────────────────────────


def _numbers(tokens: list[Token], year: str | None) -> Iterator[Warning]:
    before = ""
    for token in tokens:
        core = _core(token)
        if token.confidence is not None and core:
            plain = _number(_date(_dated(core, year)))
            wanted = _quarter(core) if fold(before) == "quy" else _DOUBLED.sub(r"\1", plain)
            if wanted != core:
                yield _change(token, token.text.replace(core, wanted), guessed=True)
        before = core


def _number(core: str) -> str:
    """``l6`` is ``16``: an upright stroke beside digits is one."""
    return core.translate(_DIGITS) if _NUMBER_LIKE.fullmatch(core) else core


def _quarter(core: str) -> str:
    """``Il``, ``ll``, ``11`` behind *quý* are ``II``; a lone ``1`` is what offices write too."""
    number, slash, rest = core.partition("/")
    if not _ROMAN_LIKE.fullmatch(number) or number in ("1", "I"):
        return core
    return _strokes(number) + slash + rest.translate(_DIGITS)


def _year(drafts: Sequence[Draft]) -> str | None:
    """The year that these words name most often."""
    years = Counter(year for draft in drafts for token in draft.tokens for year in _YEAR.findall(token.text))
    return years.most_common(1)[0][0] if years else None


def _dated(core: str, year: str | None) -> str:
    """``10/8/2924`` is ``10/8/2024``: a year that cannot be, one digit off the year that the document speaks of."""
    found = _DATED.fullmatch(core)
    if year is None or found is None or _YEAR.fullmatch(found.group(2)):
        return core
    off = sum(one != other for one, other in zip(found.group(2), year, strict=True))
    return found.group(1) + year if off == 1 else core


def _strokes(text: str) -> str:
    """Upright strokes as the Roman numeral that they make: ``Il``, ``H`` are II, ``HI`` is III."""
    return re.sub(r"[l1|]", "I", text.replace("H", "II"))


def _date(core: str) -> str:
    """``15/1l/2022`` is ``15/11/2022``: letters inside a date that is one with digits in their place."""
    if not _DATE_LIKE.fullmatch(core) or core.translate(_DIGITS) == core or not any(c.isdigit() for c in core):
        return core
    numbers = [int(n) for n in re.split(r"[/.-]", core.translate(_DIGITS))]
    return core.translate(_DIGITS) if 1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 12 else core


# ── counters ───────────────────────────────────────────────────────────────────────────────


def _counters(drafts: Sequence[Draft]) -> Iterator[Warning]:
    """``§.`` behind 7 is ``8.``, a blot between 4 and 6 ``5.``, a second ``d)`` is ``đ)``, ``HI.`` behind II III."""
    arabic, roman, letter = 0, 0, ""
    for place, draft in enumerate(drafts):
        token = draft.tokens[0]
        if token.confidence is None or len(draft.tokens) < 2:
            continue
        text = token.text
        found, mark = _ARABIC.fullmatch(text), _ROMAN_MARK.fullmatch(text)
        if found and (found.group(2) != "," or int(found.group(1)) == arabic + 1):
            arabic = int(found.group(1))
            if found.group(2) == ",":
                yield _change(token, f"{arabic}.")
        elif mark and (value := _roman_value(mark.group(1), roman)):
            if text != (wanted := _ROMAN[value - 1] + mark.group(2)):
                yield _change(token, wanted)
            roman, arabic = value, 0
        elif text == "d)" and letter == "d)":
            yield _change(token, "đ)")
            letter = "đ)"
        elif re.fullmatch(r"[a-zđ]\)", text):
            letter = text
        elif arabic and _is_counter(drafts, place, arabic + 1):
            arabic += 1
            yield _change(token, f"{arabic}{text[-1] if text[-1] == '/' else '.'}")


def mend_column(cells: Sequence[tuple[Draft, bool]]) -> list[Warning]:
    """The counters in the first column of a table: ``H`` behind I is II, ``s`` between 4 and 6 is 5. Mends in place.

    `cells` are those cells in the order of their rows, each with whether the row is the title of a group: of such
    titles the counters are Roman where one of them can be read so.
    """
    found = []
    counted = any(group and _strokes(_bare(draft)) in _ROMAN for draft, group in cells)
    arabic = roman = 0
    for place, (draft, group) in enumerate(cells):
        token, bare = draft.tokens[0], _bare(draft)
        if token.confidence is None or len(draft.tokens) > 1:
            continue
        wanted = None
        if group and counted and roman < len(_ROMAN):
            roman += 1
            wanted = _ROMAN[roman - 1]
        elif bare.isdecimal():
            arabic = int(bare)
        elif len(bare) <= 2:
            following = [_bare(other) for other, _ in cells[place + 1 : place + 1 + _NEAR]]
            if str(arabic + 2) in following and str(arabic + 1) not in following:
                arabic += 1
                wanted = str(arabic)
        if wanted is not None and wanted != bare:
            found.append(_change(token, wanted))
    return found


def _bare(draft: Draft) -> str:
    return draft.tokens[0].text.partition(" ")[0].rstrip(".")


def _roman_value(read: str, before: int) -> int:
    """What a Roman counter says: as it is read, or the next one where it repeats the last or is no numeral; else 0."""
    value = _ROMAN.index(read) + 1 if read in _ROMAN else 0
    if value and (value != before or value == 1):
        return value
    strokes = _strokes(read)
    if before and before < len(_ROMAN) and (value or strokes == _ROMAN[before]):
        return before + 1
    return _ROMAN.index(strokes) + 1 if strokes in _ROMAN[1:] else 0


def _is_counter(drafts: Sequence[Draft], place: int, expected: int) -> bool:
    """Whether what opens this item can only be the counter that is missing there."""
    draft = drafts[place]
    text = draft.tokens[0].text
    if not _MARK_LIKE.fullmatch(text) or text in ("-", "–", "+", "*", "•") or not draft.tokens[1].text[:1].isupper():
        return False
    if text[:-1].translate(_LIKE_DIGITS) == str(expected) and text[-1:] in ".,/":
        return True
    firsts = [other.tokens[0].text for other in drafts[place + 1 : place + 1 + _NEAR]]
    return f"{expected + 1}." in firsts and f"{expected}." not in firsts
