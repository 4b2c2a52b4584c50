"""ZIP archives broken, and the packages of Office, whose parts are XML."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile

from broken.general import BYTES, Change
from broken.markup import MARKUP, elements, values


def records(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Headers and directory with other methods, flags, sums, sizes, names or places."""
    found = bytearray(data)
    heads = [match.start() for match in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", data)]
    for place in chance.sample(heads, min(chance.randint(1, 3), len(heads))):
        start = place + chance.randrange(4, 46)
        value = struct.pack("<I", chance.choice((0, 1, 8, 99, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, chance.getrandbits(32))))
        size = chance.choice((1, 2, 4))
        found[start : start + size] = value[:size]
    return bytes(found[: len(data)])


def names(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Parts under strange names, in another packing or not at all."""
    strange = ("../../outside.docx", "/etc/outside.txt", "C:\\out.pdf", "a" * 5000, "\u202etxt.exe", "con.docx", " ")
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w") as target:
        for info in source.infolist():
            draw = chance.random()
            if draw < 0.1:
                continue
            name = chance.choice(strange) if draw > 0.9 else info.filename
            if name in target.namelist():
                continue  # zipfile warns of it; `records` makes equal names too
            method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
            written = zipfile.ZipInfo(name)
            written.compress_type = method
            target.writestr(written, source.read(info))
    return file.getvalue()


STRUCTURE: tuple[Change, ...] = (records, names)

# What is no XML any more is refused at once; most parts stay XML, so that what reads them is met too.
PARTS: tuple[Change, ...] = (*MARKUP, *(elements,) * 10, *(values,) * 4, *BYTES)
_MAIN = re.compile(r"document|content|sheet\d|sharedStr|workbook|numbering|styles")


def part(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """One or two parts of a sound package broken; most often one that holds text."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        names = [name for name in source.namelist() if name.endswith((".xml", ".rels"))]
        main = [name for name in names if _MAIN.search(name)]
        chosen = {chance.choice(main or names), chance.choice(names if chance.random() < 0.3 else main or names)}
        for name in source.namelist():
            content = source.read(name)
            if name in chosen:
                content = chance.choice(PARTS)(content or b" ", other, chance)
            target.writestr(name, content)
    return file.getvalue()
