"""What is in a workbook's package that openpyxl would not write again.

Parts and elements that it keeps are named here; whatever else there is counts as lost, so that a kind that nobody
thought of is found as well. What only says how an application likes to show things may go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from io import BytesIO
from typing import Any
from zipfile import ZipFile

__all__ = ["losses"]

# part → what is lost with it; None: it is kept, or nobody misses it. The first that fits counts.
_PARTS: tuple[tuple[str, str | None], ...] = (
    ("[[]Content_Types].xml", None),
    ("*.rels", None),
    ("docProps/*", None),
    ("xl/workbook.xml", None),
    ("xl/styles.xml", None),
    ("xl/sharedStrings.xml", None),
    ("xl/theme/theme*.xml", None),
    ("xl/calcChain.xml", None),  # an order of reckoning, made anew by Excel
    ("xl/printerSettings/*", None),
    ("xl/worksheets/sheet*.xml", None),  # looked into below
    ("xl/tables/table*.xml", None),
    ("xl/comments*.xml", None),
    ("xl/comments/comment*.xml", None),
    ("xl/drawings/drawing*.xml", None),  # looked into below
    ("xl/drawings/*vmlDrawing*.vml", None),  # looked into below
    ("xl/drawings/commentsDrawing*.vml", None),
    ("xl/charts/chartEx*", "chart"),
    ("xl/charts/chart*.xml", None),  # put back as they were: `saving`
    ("xl/charts/style*.xml", None),
    ("xl/charts/colors*.xml", None),
    ("xl/externalLinks/*", None),
    ("xl/chartsheets/*", "chart"),
    ("xl/charts/*", "chart"),
    ("xl/vbaProject*", "macro"),
    ("xl/macrosheets/*", "macro"),
    ("xl/dialogsheets/*", "macro"),
    ("customUI/*", "macro"),
    ("_xmlsignatures/*", "signature"),
    ("xl/media/*", "picture"),
    ("xl/diagrams/*", "smart-art"),
    ("xl/slicer*", "slicer"),
    ("xl/timeline*", "slicer"),
    ("xl/ctrlProps/*", "control"),
    ("xl/activeX/*", "control"),
    ("xl/featurePropertyBag/*", "control"),  # checkboxes of Excel 365
    ("xl/embeddings/*", "object"),
    ("xl/threadedComments/*", "threaded-comment"),
    ("xl/persons/*", None),  # names for threaded comments, written without any as well
    ("xl/pivot*", "pivot"),
    ("xl/connections.xml", "query"),
    ("xl/queryTables/*", "query"),
    ("xl/model/*", "query"),
    ("customXml/*", None),  # looked into below
    ("xl/metadata.xml", "dynamic-array"),
    ("xl/richData/*", "rich-data"),
    ("xl/revisions/*", "shared-book"),
    ("xl/webextensions/*", "object"),
)
# elements right below a worksheet's root
_KEPT = frozenset(
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetProtection autoFilter mergeCells phoneticPr "
    "conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks "
    "colBreaks drawing legacyDrawing tableParts ignoredErrors sheetCalcPr scenarios extLst AlternateContent".split()
)
_LOST = {
    "customSheetViews": "custom-view",
    "protectedRanges": "protected-range",
    "legacyDrawingHF": "header-picture",
    "picture": "background",
    "controls": "control",
    "oleObjects": "object",
    "webPublishItems": "object",
    "dataConsolidate": "query",
    "cellWatches": None,
    "smartTags": None,
    "sortState": None,
    "customProperties": "custom-data",
}
# what an extension of a worksheet or a table holds
_EXTENSIONS = {
    "sparklineGroups": "sparkline",
    "slicerList": "slicer",
    "timelineRefs": "slicer",
    "conditionalFormattings": "conditional-format",
    "dataValidations": "validation",
    "protectedRanges": "protected-range",
    "ignoredErrors": None,
    "table": None,  # its alternative text
    "webExtensions": "object",
}
_DRAWN = {"sp": "shape", "cxnSp": "shape", "grpSp": "shape", "pic": "picture", "contentPart": "shape"}
_QUERY = b"http://schemas.microsoft.com/DataMashup"
# A page's header may hold a picture by this code alone.
_HEADER_PICTURE = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>[^<]*&amp;G")


def losses(data: bytes) -> list[tuple[str, str]]:
    """What would be lost of the workbook, as code and place, each once. Raises `BadZipFile` and what lxml raises."""
    found: dict[tuple[str, str], None] = {}
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith("/"):
                continue
            for loss in _of_part(archive, name.lstrip("/")):
                found[loss] = None
    return list(found)


def _of_part(archive: ZipFile, name: str) -> Iterator[tuple[str, str]]:
    for pattern, code in _PARTS:
        if fnmatchcase(name, pattern):
            if code is not None:
                yield code, ""
                return
            break
    else:
        yield "other", name
        return
    if name.startswith("xl/worksheets/sheet"):
        yield from _of_sheet(archive.read(name))
    elif name.startswith("xl/drawings/drawing"):
        yield from _of_drawing(archive.read(name))
    elif name.endswith(".vml"):
        yield from _of_vml(archive.read(name))
    elif name.startswith("xl/charts/chart") and b"userShapes" in archive.read(name):
        yield "shape", ""
    elif name.startswith("customXml/item") and _QUERY in archive.read(name).replace(b"\0", b""):
        yield "query", ""
    elif name == "xl/styles.xml" and b"xfComplement" in archive.read(name):
        yield "control", ""


def _of_sheet(data: bytes) -> Iterator[tuple[str, str]]:
    from lxml import etree

    depth = 0
    for event, element in etree.iterparse(BytesIO(data), events=("start", "end"), resolve_entities=False):
        depth += 1 if event == "start" else -1
        name = etree.QName(element).localname
        if event == "end" and depth == 1:
            if name in _LOST:
                code = _LOST[name]
                if code is not None:
                    yield code, ""
            elif name == "extLst":
                yield from _of_extensions(element)
            elif name not in _KEPT:
                yield "other", name
            elif name == "AlternateContent":
                yield from ((_LOST[one] or "other", "") for one in ("controls", "oleObjects") if one in _names(element))
        if event == "end" and name in {"c", "row"}:
            element.clear()
    if _HEADER_PICTURE.search(data):
        yield "header-picture", ""


def _names(element: Any) -> set[str]:
    from lxml import etree

    return {etree.QName(one).localname for one in element.iter("*")}


def _of_extensions(element: Any) -> Iterator[tuple[str, str]]:
    from lxml import etree

    for extension in element:
        for held in extension:
            name = etree.QName(held).localname
            code = _EXTENSIONS.get(name, "other")
            if code is not None:
                yield code, name if code == "other" else ""


def _of_drawing(data: bytes) -> Iterator[tuple[str, str]]:
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    for anchor in root:
        # The fallback of something newer is a shape too: what counts is what would be shown.
        for name in _names(anchor):
            if name in _DRAWN:
                yield _DRAWN[name], ""
        if "AlternateContent" in _names(anchor):
            yield "chart" if "sp" not in _names(anchor) else "shape", ""


def _of_vml(data: bytes) -> Iterator[tuple[str, str]]:
    kinds = set(re.findall(rb'ObjectType="(\w+)"', data))
    for kind in kinds - {b"Note"}:
        yield ("picture" if kind == b"Pict" else "control"), ""
