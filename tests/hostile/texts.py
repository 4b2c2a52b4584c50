"""Plain text: of any length, and of letters that take longer than others."""

from __future__ import annotations

from hostile.nouns import OK, SENTENCE, Hostile

LARGE = frozenset({"too-large"})

FILES = (
    Hostile("line.txt", lambda: b"Giao Cong an xa tuan tra, " * 2_000_000, LARGE, "50 MB in one line"),
    Hostile("long-line.txt", lambda: f"{SENTENCE[:-1]}, ".encode() * 5000, OK, "200,000 characters without a full stop"),
    Hostile("lines.txt", lambda: b"a\n" * 10_000_000, LARGE, "10 million lines"),
    Hostile("marks.txt", lambda: ("Giao " + "a" + "\u0301\u0316" * 100_000).encode(), OK, "marks that must be sorted"),
    Hostile("directions.txt", lambda: (SENTENCE + "\u202e\u2066\u200f\u202d") .encode() * 5000, OK, "marks of direction"),
    Hostile("stars.txt", lambda: b"Giao *" + b"*a_*" * 200_000, OK, "emphasis that is never closed"),
    Hostile("pipes.txt", lambda: b"|a|b|\n|-|-|\n" + b"|" * 500_000 + b"\n", OK | LARGE, "half a million cells in a row"),
    Hostile("merged.txt", lambda: b"|a|b|\n|-|-|\n" + b"|^|<|\n" * 50_000, OK, "cells merged into cells"),
)  # fmt: skip
