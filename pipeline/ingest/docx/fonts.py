"""Which runs of a Word document are set in an old Vietnamese font."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from pipeline.ingest.docx.package import Package, W
from pipeline.ingest.docx.symbols import is_symbolic
from pipeline.ingest.encodings import encoding_of

# Word shows letters above ASCII, all those of Vietnamese, in the hAnsi font.
_SLOTS = ("hAnsi", "ascii")


def has_old_fonts(package: Package) -> bool:
    """Whether any run or style names an old font. Nearly no document does, and then no run is asked."""
    parts = (package.document, package.styles, package.numbering, *package.notes, *package.heads, *package.comments)
    names = {
        node.get(f"{W}{slot}")
        for part in parts
        if part is not None
        for node in part.iter(W + "rFonts")
        for slot in _SLOTS
    }
    return any(name is not None and encoding_of(name) for name in names)


def has_symbol_fonts(package: Package) -> bool:
    """Whether any run or style names a symbol font, those of bullets aside."""
    parts = (package.document, package.styles, *package.notes, *package.heads, *package.comments)
    names = {node.get(f"{W}ascii") for part in parts if part is not None for node in part.iter(W + "rFonts")}
    return any(map(is_symbolic, names))


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
