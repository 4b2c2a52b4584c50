"""XML and HTML broken, and XML that is sound and says nonsense."""

from __future__ import annotations

import random
import re

from lxml import etree

from broken.general import DEEP, NUMBERS, Change, flipped, replaced

_LONG = 1_000_000  # characters of one value
_VALUES = (*NUMBERS, b"", b"x", b"restart", b"#", "１".encode(), "٣".encode(), b"-", b"../../etc/passwd")
_TAG = re.compile(rb"<[^<>]{1,400}>")
_ATTRIBUTE = re.compile(rb"=\"([^\"<>]{0,80})\"")
_ENTITIES = (
    b'<!DOCTYPE x [<!ENTITY a "giao">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
    ) + b"]>",
    b'<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/hostname">]>',
    b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY % j SYSTEM "http://127.0.0.1:9/j"> %j;]>',
)  # fmt: skip


def tags(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Tags left out, or replaced by other tags of the file."""
    found = list(_TAG.finditer(data))
    by = [match.group() for match in chance.sample(found, min(20, len(found)))] + [b""]
    return replaced(data, [match.span() for match in found], chance, by)


def values(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Attributes with values out of any range, and one that is a million characters long."""
    by = _VALUES if chance.random() < 0.9 else (b"9" * _LONG, b"x " * (_LONG // 2))
    return replaced(data, [match.span(1) for match in _ATTRIBUTE.finditer(data)], chance, by)


def entities(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Entities that grow to a billion words, or stand for a file or an address."""
    first = re.search(rb"<[A-Za-z]", data)
    text = re.search(rb">[^<>\s][^<>]*<", data)
    if first is None or text is None:
        return flipped(data, other, chance)
    place = text.start() + 1
    return data[: first.start()] + chance.choice(_ENTITIES) + data[first.start() : place] + b"&j;" + data[place:]


def deep(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """An element within itself, ten thousand deep."""
    found = [match for match in _TAG.finditer(data) if match.group()[1:2].isalpha() and match.group()[-2:] != b"/>"]
    if not found:
        return flipped(data, other, chance)
    match = chance.choice(found)
    name = re.split(rb"[\s>]", match.group()[1:])[0]
    depth = chance.choice((50, 255, 1000, DEEP))
    return data[: match.start()] + b"<%s>" % name * depth + b"</%s>" % name * depth + data[match.start() :]


def elements(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Sound XML whose elements are renamed, doubled, gone or elsewhere."""
    try:
        root = etree.fromstring(data)
    except (etree.XMLSyntaxError, ValueError):
        return tags(data, other, chance)
    for _ in range(chance.choice((1, 3, 10))):
        nodes = [node for node in root.iter(etree.Element) if node is not root]
        if not nodes:
            break
        node, place = chance.choice(nodes), chance.choice(nodes)
        parent = node.getparent()
        assert parent is not None
        match chance.randrange(4):
            case 0:
                node.tag = place.tag
            case 1:
                parent.remove(node)
            case 2:
                parent.append(etree.fromstring(etree.tostring(node, with_tail=False)))
            case _ if node not in place.iterancestors() and node is not place:
                place.append(node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


MARKUP: tuple[Change, ...] = (tags, values, entities, deep, elements)
