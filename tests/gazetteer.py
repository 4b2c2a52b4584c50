"""The tables in rules/places/ as they follow from the package vietnamadminunits.

    python tests/gazetteer.py            exits with 1 where the tables are not those of the installed package
    python tests/gazetteer.py --write    writes them

Only the package's data is read. Its code is not imported: that would pull in a geocoder which asks the network, and a
library under the GPL. Both tables are in the spelling of `pipeline.normalise.canonical`.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from pathlib import Path

from pipeline.normalise import canonical
from pipeline.ruleset import shipped
from pipeline.units.words import slug

PACKAGE = "vietnamadminunits"
FOLDER = shipped() / "places"


def tables() -> dict[str, str]:
    """The text of each table by its file name."""
    data = Path(str(distribution(PACKAGE).locate_file(PACKAGE))) / "data"
    with sqlite3.connect(data / "dataset.db") as base:
        now = base.execute("select provinceKey, wardKey, province, ward from admin_units").fetchall()
        old = base.execute(
            "select provinceKey, districtKey, wardKey, province, district, ward from admin_units_legacy"
        ).fetchall()
    moves = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    return {"provinces.tsv": _text(_provinces(now, old, moves)), "communes.tsv": _text(_communes(now, old, moves))}


def _provinces(now: list[tuple[str, ...]], old: list[tuple[str, ...]], moves: dict) -> Iterator[tuple[str, ...]]:
    """Province, what it was made of."""
    names = {row[0]: row[2] for row in now}
    before = {row[0]: row[3] for row in old}
    for key, made_of in moves["DICT_PROVINCE"].items():
        yield _small(names[key]), "; ".join(sorted(_small(before[part]) for part in made_of))


def _communes(now: list[tuple[str, ...]], old: list[tuple[str, ...]], moves: dict) -> Iterator[tuple[str, ...]]:
    """Province, commune, slug where the plain one is another commune's too, what the commune was made of."""
    before = {"_".join(row[:3]): row[5] for row in old if row[5]}
    parts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for province, wards in moves["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            parts[province, ward] += [before[key] for key in olds if key in before]
    for province, olds in moves["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, wards in olds.items():
            for ward in wards:
                if key in before:
                    parts[province, ward["newWardKey"]].append(before[key])
    same: dict[tuple[str, str], list[str]] = defaultdict(list)
    for province, _, _, ward in now:
        same[province, slug(_bare(ward))].append(ward)
    for province, key, name, ward in now:
        alone = len(same[province, slug(_bare(ward))]) == 1
        made_of = sorted({_small(part) for part in parts[province, key]})
        yield _small(name), _small(ward), "" if alone else telex(_bare(ward)), "; ".join(made_of)


def telex(name: str) -> str:
    """The name as it is typed, which keeps accents apart: “Ba Tơ” is ba-tow, “Ba Tô” ba-too."""
    import unicodedata

    marks = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
    shapes = {"\u0302": None, "\u031b": "w", "\u0306": "w"}
    done = []
    for word in name.lower().replace("đ", "dd").split():
        typed, tone = "", ""
        for letter in unicodedata.normalize("NFD", word):
            if letter in marks:
                tone = marks[letter]
            elif letter in shapes:
                typed += shapes[letter] or typed[-1]
            else:
                typed += letter
        done.append(typed + tone)
    return "-".join(done)


def _bare(ward: str) -> str:
    for kind in ("Phường ", "Xã ", "Đặc khu "):
        if ward.startswith(kind):
            return ward[len(kind) :]
    raise ValueError(ward)


def _small(name: str) -> str:
    """“Thành phố Hà Nội” as it stands in a sentence, in canonical spelling."""
    return canonical(name[0].lower() + name[1:])


def _text(rows: Iterable[tuple[str, ...]]) -> str:
    return "".join("\t".join(row).rstrip("\t") + "\n" for row in sorted(rows))


def main() -> int:
    """Writes the tables, or tells whether they are up to date."""
    stale = [name for name, text in tables().items() if _there(FOLDER / name) != text]
    if "--write" in sys.argv[1:]:
        for name, text in tables().items():
            (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
        return 0
    return int(bool(stale))


def _there(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    raise SystemExit(main())
