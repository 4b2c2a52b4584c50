"""Whose code a name gets: that of the office's own body, never that of a like body of another level."""

from __future__ import annotations

import pytest

from pipeline import ruleset
from pipeline.export.profiles.codes import Code, Codes, Finder
from pipeline.model import Directive, Meta, Task, UnitMention
from pipeline.units import Resolver, directory
from pipeline.units.context import context_of


@pytest.mark.parametrize(
    ("issuer", "number", "name", "code"),
    [
        # the commune's own table, read beside a district's plan: another house
        ("Huyện ủy Kim Lộc", "12-KH/HU", "Văn phòng Huyện ủy", ()),
        ("Huyện ủy Kim Lộc", "12-KH/HU", "Ủy ban Kiểm tra Huyện ủy", ()),
        ("Đảng ủy xã Tân Lộc", "12-KH/ĐU", "Văn phòng Đảng ủy xã", ("vpdu",)),
        ("Ủy ban nhân dân xã Tân Lộc", "12/KH-UBND", "Ủy ban nhân dân xã Tân Lộc", ("ubnd",)),
        ("Ủy ban nhân dân phường Tân Lộc", "12/KH-UBND", "Ủy ban nhân dân phường Tân Lộc", ()),
    ],
)
def test_a_body_of_another_level_has_no_code(issuer: str, number: str, name: str, code: tuple[str, ...]) -> None:
    rules = ruleset.load()
    meta = Meta(type="kế hoạch", number=number, issuer=issuer, place="Tân Lộc")
    bodies = directory(rules)
    canonical = Resolver(bodies, context_of("", meta, bodies)).resolve(name).canonical
    task = Task("a", "I", 1, "Rà soát", lead=(name,), units=(UnitMention(name, canonical, "lead"),))
    plan = Directive(document="kh.txt", sha256="0" * 64, media_type="text/plain", pages=1, status="ok", meta=meta,
                     sections=(), tasks=(task,), unplaced=(), text="")  # fmt: skip
    table = Codes("q.csv", (Code("vpdu", "Văn phòng Đảng ủy", "phong"), Code("ubkt", "Ủy ban Kiểm tra", "phong"),
                            Code("ubnd", "UBND xã", "phong")))  # fmt: skip
    assert tuple(found.code for found in Finder(table, plan, rules).find(name, task)) == code
