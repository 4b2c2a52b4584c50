"""Builds small Word documents with automatic numbers: list definitions, styles that number, paragraphs of a list."""

from __future__ import annotations

from dataclasses import dataclass

from handmade import listed, p


@dataclass(frozen=True)
class Case:
    """A small document. `shown` are its paragraphs as Word shows them, parted by a bar; a bullet is a dash there.

    `drawn` is what LibreOffice shows where that differs from Word; `why` then says how that is known.
    """

    why: str
    shown: str
    lists: str
    body: tuple[str, ...]
    styles: str = ""
    drawn: str | None = None


# ── list definitions ───────────────────────────────────────────────────────────────────────

_INDENT = "<w:pPr><w:ind w:left='2600' w:hanging='2600'/></w:pPr>"  # room for a long label in front of the text


def level(depth: int, form: str, text: str, more: str = "", start: int = 1, look: str = "") -> str:
    """A level. `more` is what stands behind its format (pStyle, isLgl, suff, lvlRestart); `look` are run properties."""
    return (
        f"<w:lvl w:ilvl='{depth}'><w:start w:val='{start}'/><w:numFmt w:val='{form}'/>{more}"
        f"<w:lvlText w:val='{text}'/>{_INDENT}<w:rPr>{look}</w:rPr></w:lvl>"
    )


def abstract(name: int, *levels: str, more: str = "") -> str:
    """What lists are defined by; nothing shows it until a `num` names it."""
    return f"<w:abstractNum w:abstractNumId='{name}'>{more}{''.join(levels)}</w:abstractNum>"


def num(name: int, inside: str = "", of: int = 0) -> str:
    """A list."""
    return f"<w:num w:numId='{name}'><w:abstractNumId w:val='{of}'/>{inside}</w:num>"


def numbering(*levels: str, nums: str = num(1)) -> str:
    """One definition and its lists."""
    return abstract(0, *levels) + nums


def one(form: str, text: str, more: str = "", start: int = 1, look: str = "") -> str:
    """A list of one level."""
    return numbering(level(0, form, text, more, start, look))


def starts(depth: int, value: int, definition: str = "") -> str:
    """Inside of a `num`: the level starts anew, and is another one where a definition is given."""
    return f"<w:lvlOverride w:ilvl='{depth}'><w:startOverride w:val='{value}'/>{definition}</w:lvlOverride>"


def replaced(depth: int, definition: str) -> str:
    """Inside of a `num`: the level is another one."""
    return f"<w:lvlOverride w:ilvl='{depth}'>{definition}</w:lvlOverride>"


def custom(examples: str) -> str:
    """A list in a format that is given by examples, written the way Word writes it."""
    form = (
        f"<mc:AlternateContent><mc:Choice Requires='w14'><w:numFmt w:val='custom' w:format='{examples}'/></mc:Choice>"
        "<mc:Fallback><w:numFmt w:val='decimal'/></mc:Fallback></mc:AlternateContent>"
    )
    return numbering(f"<w:lvl w:ilvl='0'><w:start w:val='1'/>{form}<w:lvlText w:val='%1.'/>{_INDENT}</w:lvl>")


DECIMAL = one("decimal", "%1.")

# 1. / 1.1. / 1.1.1. / 1.1.1.1.
OUTLINE = tuple(level(depth, "decimal", "".join(f"%{place + 1}." for place in range(depth + 1))) for depth in range(4))


# ── paragraphs and styles ──────────────────────────────────────────────────────────────────


def items(depths: str, name: int = 1) -> tuple[str, ...]:
    """A paragraph "x" of list `name` for each digit, at that level."""
    return tuple(listed("x", int(depth), name) for depth in depths)


def number(depth: int | None = None, name: int | None = None) -> str:
    """The property that numbers a paragraph or a style; what is None is not said."""
    own = "" if depth is None else f"<w:ilvl w:val='{depth}'/>"
    of = "" if name is None else f"<w:numId w:val='{name}'/>"
    return f"<w:numPr>{own}{of}</w:numPr>"


def style(name: str, properties: str = "", based: str = "", run: str = "") -> str:
    """A paragraph style."""
    base = f"<w:basedOn w:val='{based}'/>" if based else ""
    return (
        f"<w:style w:type='paragraph' w:styleId='{name}'><w:name w:val='{name}'/>{base}"
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def styled(name: str, more: str = "") -> str:
    """A paragraph "x" in a style."""
    return p("x", f"<w:pStyle w:val='{name}'/>{more}")


def marked(mark: str, inside: str) -> str:
    """A paragraph of list 1 with these run properties of its mark, and with these runs."""
    return f"<w:p><w:pPr>{number(0, 1)}<w:rPr>{mark}</w:rPr></w:pPr>{inside}</w:p>"


def rows(*contents: tuple[str, ...], look: str = "") -> str:
    """A table of these rows, each with the content of its cells; `look` are properties of the table."""
    width = 9000 // len(contents[0])
    grid = f"<w:gridCol w:w='{width}'/>" * len(contents[0])
    lines = "".join(f"<w:tr>{''.join(cell(content, width) for content in row)}</w:tr>" for row in contents)
    return (
        f"<w:tbl><w:tblPr>{look}<w:tblW w:w='9000' w:type='dxa'/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
    )


def cell(content: str, width: int) -> str:
    """A cell. Content that begins with a vMerge is one that is merged with those above or below."""
    merge, content = content.split("/>", 1) if content.startswith("<w:vMerge") else ("", content)
    return f"<w:tc><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/>{merge and merge + '/>'}</w:tcPr>{content}</w:tc>"
