"""Which runs of a Word document are set in an old Vietnamese font."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from pipeline.ingest.docx.package import Package, W
from pipeline.ingest.docx.symbols import is_symbolic
from pipeline.ingest.encodings import encoding_of

# Word shows letters above ASCII, all those of Vietnamese, in the hAnsi font.
_SLOTS = ("hAnsi", "ascii")
_FONTS, _HANSI, _ASCII = W + "rFonts", W + "hAnsi", W + "ascii"


def named_fonts(package: Package) -> tuple[bool, bool]:
    """Whether any run, style or number names an old font; and whether any run or style names one of symbols.

    Nearly no document does, and then no run is asked.
    """
    parts = (package.document, package.styles, *package.notes, *package.heads, *package.comments)
    shown, others = set[str | None](), set[str | None]()
    for part in parts:
        for node in () if part is None else part.iter(_FONTS):
            shown.add(node.get(_ASCII))
            others.add(node.get(_HANSI))
    numbers = [] if package.numbering is None else list(package.numbering.iter(_FONTS))
    others.update(node.get(name) for node in numbers for name in (_ASCII, _HANSI))
    old = any(name is not None and encoding_of(name) for name in shown | others)
    return old, any(map(is_symbolic, shown))


def symbolic(chain: Iterable[etree._Element]) -> str | None:
    """The symbol font of a run with these properties, nearest first; None where it is set in another one."""
    for properties in chain:
        for node in properties.findall(W + "rFonts"):
            if node.get(f"{W}asciiTheme"):
                return None
            name = node.get(f"{W}ascii")
            if name:
                return name if is_symbolic(name) else None
    return None


def encoding(chain: Iterable[etree._Element]) -> str | None:
    """The old encoding of a run with these properties, nearest first. A theme font goes before a name beside it."""
    fonts = [node for properties in chain for node in properties.findall(W + "rFonts")]
    for slot in _SLOTS:
        for node in fonts:
            if node.get(f"{W}{slot}Theme"):
                return None
            name = node.get(W + slot)
            if name:
                return encoding_of(name)
    return None
