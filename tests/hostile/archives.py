"""ZIP archives: bombs, names that lead elsewhere, entries that share their bytes."""

from __future__ import annotations

import struct

from hostile.nouns import MB, OK, SENTENCE, Hostile, zipped

NAMES = (
    "../../outside.txt", "/outside.txt", "..\\..\\outside.txt", "C:\\outside.txt", "\\\\server\\share\\outside.txt",
    "a/../../../outside.txt", "..", "nul.txt", "a\x00b.txt", "a\nb.txt", "\u202etxt.exe.txt", "a" * 251 + ".txt",
    "ă" * 4000 + ".txt", " . .txt", "a" * 40 + "/" * 400 + "b.txt", "-o.txt", "$(touch outside).txt", "~/outside.txt",
)  # fmt: skip


def nested(width: int, depth: int, leaf: bytes) -> bytes:
    """An archive of `width` archives of `width` archives …, the innermost of `width` texts."""
    data, name = leaf, "{}.txt"
    for _ in range(depth):
        data, name = zipped([(name.format(i), data) for i in range(width)]), "{}.zip"
    return data


def overlapping(count: int) -> bytes:
    """Entries under names of their own in the directory, all of them on the bytes of one member."""
    data = zipped([("0000.txt", SENTENCE.encode() * 1000)])
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    record = data[start:end]
    records = b"".join(record.replace(b"0000.txt", b"%04d.txt" % number) for number in range(count))
    return data[:start] + records + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(records), start, 0)


FILES = (
    Hostile("flat.zip", lambda: zipped([("a.txt", bytes(220 * MB))]), frozenset({"too-large"}), "1000 : 1"),
    Hostile("nested.zip", lambda: nested(8, 3, bytes(4 * MB)), frozenset({"too-large", "unknown-format"}), "2 GB in archives in archives"),
    Hostile("overlapping.zip", lambda: overlapping(100), OK | {"truncated"}, "entries that share bytes"),
    Hostile("names.zip", lambda: zipped((name, SENTENCE.encode()) for name in NAMES), OK, "names that lead elsewhere, or nowhere"),
    Hostile("10000.zip", lambda: zipped([(f"{i}.txt", b"Giao") for i in range(10_000)]), frozenset({"too-large"}), "entries"),
)  # fmt: skip
