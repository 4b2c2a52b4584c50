"""A counter as Word spells it: digits, letters, Roman numbers, Vietnamese words, and formats given by examples."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_TAIL = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VIETNAMESE = "abcdđeghiklmnopqrstuvxy"  # the order of items in Vietnamese documents: đ counts, f j w z don't exist


def spell(value: int, form: str, examples: str = "") -> str:
    """A counter in one of Word's number formats; what is not known is shown in digits.

    `examples` say what the format ``custom`` looks like: ``"001, 002, 003, ..."``.
    """
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter"):
        return _case(_letters(value), form)
    if form in ("lowerRoman", "upperRoman"):
        return _case(_roman(value), form)
    if form == "decimalZero":
        return f"{value:02d}"
    if form == "vietnameseCounting":
        return _counted(value)
    if form == "numberInDash":
        return f"- {value} -"
    if form == "decimalEnclosedParen":
        return f"({value})"
    if form == "decimalEnclosedFullstop":
        return f"{value}."
    if form == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    return _like(value, examples) if form == "custom" else str(value)


def _case(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text


def _letters(value: int) -> str:
    """a … z, aa, bb, …: Word repeats the letter. A list longer than 780 entries is not lettered by a person."""
    return str(value) if not 0 < value <= 780 else _LETTERS[(value - 1) % 26] * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = []
    for step, letters in (*_ROMAN, *_ROMAN_TAIL):
        count, value = divmod(value, step)
        text.append(letters * count)
    return "".join(text)


def _counted(value: int) -> str:
    """Vietnamese words up to 99 (``mười lăm``, ``hai mươi mốt``), digits above."""
    if not 0 <= value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    tail = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{head} {tail}".strip()


def _like(value: int, examples: str) -> str:
    """The example in that place, or how the row of letters that they begin goes on; ``001`` asks for three digits."""
    given = [text for example in examples.split(",") if (text := example.strip(" .…"))]
    if not given or given[0].isdecimal():
        return str(value).zfill(len(given[0]) if given else 1)
    for row in (_LETTERS, _LETTERS.upper(), _VIETNAMESE, _VIETNAMESE.upper()):
        if list(row[: len(given)]) == given:
            given = list(row)
            break
    return given[value - 1] if 0 < value <= len(given) else str(value)
