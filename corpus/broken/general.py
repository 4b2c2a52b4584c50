"""Bytes of any kind of file flipped, cut, spliced and moved, and what the other changes are made with."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Change = Callable[[bytes, bytes, random.Random], bytes]  # the bytes of a file, those of another, what decides

DEEP = 10_000  # elements, brackets or braces in each other
NUMBERS = (b"0", b"-1", b"1", b"7", b"255", b"65536", b"2147483647", b"4294967296", b"99999999999999999999", b"1e9")


def flipped(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, up to one in a hundred."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, max(len(data) // 100, 1)))):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def cut(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Without its end, its beginning or a stretch of its middle."""
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice((data[:end], data[start:], data[:start] + data[end:]))


def spliced(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def shifted(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A block doubled, left out, zeroed or put elsewhere."""
    size = chance.choice((1, 16, 512, 4096))
    start, place = (chance.randrange(max(len(data) - size, 1)) for _ in range(2))
    block, rest = data[start : start + size], data[:start] + data[start + size :]
    doubled = data[:place] + block + data[place:]
    moved = rest[:place] + block + rest[place:]
    zeroed = data[:start] + bytes(len(block)) + data[start + size :]
    return chance.choice((doubled, rest, zeroed, moved))


BYTES: tuple[Change, ...] = (flipped, cut, spliced, shifted)


def replaced(data: bytes, places: Sequence[tuple[int, int]], chance: random.Random, by: Sequence[bytes]) -> bytes:
    """Up to three of the stretches replaced, each by one of `by`."""
    if not places:
        return flipped(data, b"", chance)
    for start, end in sorted(chance.sample(places, min(chance.randint(1, 3), len(places))), reverse=True):
        data = data[:start] + chance.choice(by) + data[end:]
    return data
