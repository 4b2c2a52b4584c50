"""PDF files: trees without an end, sizes that no paper has, streams that unpack to gigabytes."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable, Sequence

from handmade import Page, locked_pdf, pdf

from hostile.nouns import MB, OK, STOPPED, Hostile

CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
WORDS = b"BT /F 12 Tf 72 700 Td (Giao Cong an xa tuan tra hang thang, bao cao truoc ngay 30/6/2026) Tj ET"
BROKEN, LARGE, NO_TEXT = frozenset({"truncated"}), frozenset({"too-large"}), frozenset({"no-text"})


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(content), content)


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    parts, places, at = [b"%PDF-1.7\n"], [], 9
    for number, body in enumerate(objects, 1):
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        places.append(at)
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, at)
    return b"".join((*parts, head, table, tail))


def page(content: bytes = WORDS, *more: bytes, box: bytes = b"[0 0 595 842]", keys: bytes = b"", resources: bytes = b"") -> bytes:
    """A PDF of one page, its third object; the content is the fourth, the font the fifth, `more` follow."""
    own = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>%s>>" % (
        box, resources, keys,
    )  # fmt: skip
    return written([CATALOG, PAGES, own, stream(content), FONT, *more])


def endless() -> bytes:
    """A tree whose branches lead back to its root, and that says it has two thousand million pages."""
    root = b"<</Type/Pages/Count 2147483647/Kids[3 0 R 3 0 R]>>"
    return written([CATALOG, root, b"<</Type/Pages/Parent 3 0 R/Count 2147483647/Kids[2 0 R 3 0 R 2 0 R]>>"])


def own_parent() -> bytes:
    """A page that takes its size and its fonts from its parent, which is itself."""
    return written([CATALOG, PAGES, b"<</Type/Page/Parent 3 0 R/Contents 4 0 R>>", stream(WORDS)])


def picture(side: int, data: bytes) -> bytes:
    """A page that is filled by a picture of that size."""
    image = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
    drawn = b"q 595 0 0 842 0 0 cm /I Do Q"
    return page(drawn, stream(data, image % (side, side)), resources=b"/XObject<</I 6 0 R>>")


def looping_fonts() -> bytes:
    """A font whose letters are drawn with itself, one that descends from itself, a table of letters that uses itself."""
    drawn = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 71/LastChar 71/Widths[9]"
    type3 = drawn + b"/CharProcs<</G 7 0 R>>/Encoding<</Differences[71/G]>>/Resources<</Font<</T 6 0 R>>>>>>"
    letter = stream(b"9 0 0 0 9 9 d1 BT /T 9 Tf (GGGGGGGGGG) Tj ET")
    type0 = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 9 0 R/DescendantFonts[8 0 R 8 0 R]/ToUnicode 9 0 R>>"
    table = stream(b"/X usecmap begincmap /X usecmap endcmap", b"/Type/CMap/CMapName/X/UseCMap 9 0 R")
    content = WORDS + b" BT /T 9 Tf 72 600 Td (GGGG) Tj /Z 9 Tf (GGGG) Tj ET"
    fonts = b"/Font<</F 5 0 R/T 6 0 R/Z 8 0 R>>"
    own = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>" % fonts
    return written([CATALOG, PAGES, own, stream(content), FONT, type3, letter, type0, table])


def many_objects(count: int) -> bytes:
    """Objects by the hundred thousand, all of them notes on the page that refer to each other."""
    note = b"<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/Contents(a)/Popup %d 0 R/Parent %d 0 R>>"
    notes = [note % (6 + (i + 1) % count, 6 + (i + 7) % count) for i in range(count)]
    listed = b"/Annots[%s]" % b" ".join(b"%d 0 R" % (6 + i) for i in range(count))
    return page(WORDS, *notes, keys=listed)


def object_stream(size: int) -> bytes:
    """The page tree in an object stream that is packed twice, with blanks before it that unpack to `size` bytes."""
    tree = b"2 0 " + PAGES
    inner = zlib.compress(zlib.compress(tree + b" " * size))
    packed = b"/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]"
    objects = {
        1: CATALOG, 3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        4: stream(WORDS), 5: FONT, 6: stream(inner, packed),
    }  # fmt: skip
    data, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    places[7] = len(data)
    entries = [(0, 0, 255), *((2, 6, 0) if n == 2 else (1, places[n], 0) for n in range(1, 8))]
    table = b"".join(struct.pack(">BIB", *entry) for entry in entries)
    return data + b"7 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        stream(table, b"/Type/XRef/Size 8/W[1 4 1]/Root 1 0 R"), places[7],
    )  # fmt: skip


def looping_tables() -> bytes:
    """A table of places that names itself as the one before it."""
    data = page()
    start = data[data.rindex(b"startxref") :].split()[1]
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %s/XRefStm %s" % (start, start))


def looping_form() -> bytes:
    """Fields that are their own parents, and a note whose look is drawn with its look."""
    look = stream(b"/L Do /L Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</L 7 0 R>>>>")
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[0 0 9 9]/Parent 6 0 R/Kids[6 0 R]/AP<</N 7 0 R>>>>"
    return page(WORDS, field, look, keys=b"/Annots[6 0 R 6 0 R]")


def nested_forms(depth: int, packed: bool = True) -> bytes:
    """Forms of which each draws the next one twice."""
    forms = []
    for number in range(7, 7 + depth):
        content = b"q /N Do Q q /N Do Q"
        own = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</N %d 0 R>>>>" % number
        forms.append(stream(zlib.compress(content), own + b"/Filter/FlateDecode") if packed else stream(content, own))
    last = stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return page(WORDS + b" /N Do", *forms, last, resources=b"/XObject<</N 6 0 R>>")


def letters(count: int, line: int = 100) -> bytes:
    """A page of that many letters, in lines on top of each other."""
    shown = b"(%s) Tj T*\n" % (b"Giao Cong an xa tuan tra " * (line // 25))
    return page(b"BT /F 1 Tf 1 TL 10 840 Td %s ET" % (shown * (count // line)))


def scattered(count: int) -> bytes:
    """Letters here and there: each is a row of its own."""
    chance = random.Random(1)
    shown = (b"1 0 0 1 %.2f %.2f Tm (a) Tj\n" % (chance.uniform(0, 590), chance.uniform(0, 840)) for _ in range(count))
    return page(b"BT /F 6 Tf %s ET" % b"".join(shown))


def ruled(count: int) -> bytes:
    """Lines across and down the page, each a hair from the next, so that they make as many cells as their square."""
    across = (b"0 %.3f m 595 %.3f l S\n" % (i * 842 / count, i * 842 / count) for i in range(count))
    down = (b"%.3f 0 m %.3f 842 l S\n" % (i * 595 / count, i * 595 / count) for i in range(count))
    return page(b"0.1 w " + b"".join((*across, *down)) + WORDS)


def _flat(size: int) -> Callable[[], bytes]:
    return lambda: zlib.compress(bytes(size))


FILES = (
    Hostile("endless.pdf", endless, LARGE | BROKEN, "a page tree without an end"),
    Hostile("own-parent.pdf", own_parent, OK | NO_TEXT | BROKEN, "a page that is its own parent"),
    Hostile("huge-box.pdf", lambda: page(box=b"[-1e9 -1e9 1e9 1e9]", keys=b"/UserUnit 1e9"), OK, "a page of the size of a moon"),
    Hostile("no-box.pdf", lambda: page(box=b"[0 0 0 0]", keys=b"/Rotate 45/CropBox[9 9 -9 -9]"), OK | NO_TEXT, "a page without an area"),
    Hostile("pixels.pdf", lambda: picture(60_000, zlib.compress(b"\x80" * MB)), NO_TEXT | STOPPED, "10 GB of pixels"),
    Hostile("fonts.pdf", looping_fonts, OK, "fonts that loop"),
    Hostile("objects.pdf", lambda: many_objects(100_000), OK, "100,000 objects"),
    Hostile("object-stream.pdf", lambda: object_stream(400 * MB), OK | BROKEN | STOPPED, "Flate of Flate"),
    Hostile("locked.pdf", locked_pdf, frozenset({"password"}), "encrypted"),
    Hostile("no-pages.pdf", lambda: written([CATALOG, b"<</Type/Pages/Count 0/Kids[]>>"]), BROKEN, "no pages"),
    Hostile("tables.pdf", looping_tables, OK, "tables of places that loop"),
    Hostile("form.pdf", looping_form, LARGE, "fields and looks that loop"),
    Hostile("forms.pdf", lambda: nested_forms(30), LARGE, "a thousand million forms"),
    Hostile("few-forms.pdf", lambda: nested_forms(12), OK, "forms in forms, as many as may be"),
    Hostile("letters.pdf", lambda: letters(5_000_000), LARGE | STOPPED, "5 million letters on a page"),
    Hostile("scattered.pdf", lambda: scattered(20_000), OK | NO_TEXT, "each letter a row"),
    Hostile("ruled.pdf", lambda: ruled(400), OK | LARGE, "160,000 cells"),
    Hostile("save-states.pdf", lambda: page(b"q " * 2_000_000 + WORDS), OK, "states that are never given back"),
    Hostile("thousand.pdf", lambda: pdf([Page().text(72, 100, "Giao Công an xã tuần tra.")] * 1000), OK, "a page a sentence"),
)  # fmt: skip
