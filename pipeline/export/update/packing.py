"""Frozen nouns ↔ JSON: what differs from its default, by field name. Any noun of `pipeline.model` can be kept so."""

from __future__ import annotations

import datetime as dt
import json
import re
import types
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

__all__ = ["as_json", "from_json", "pack", "unpack"]

T = TypeVar("T")
# What a cell cannot hold; and what Excel would read as an escape.
_UNSAFE = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_(?=x)")


def as_json(data: Any) -> str:
    """One line of JSON that stands in a cell of a workbook without harm, whatever words it holds."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", words)


def from_json(words: str) -> Any:
    """What `as_json` was given, tuples as lists. Raises `ValueError`."""
    return json.loads(words)


def pack(noun: Any, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The fields that differ from their defaults, but those named in `without`."""
    packed = {}
    for field in fields(noun):
        value = getattr(noun, field.name)
        if field.name in without or (field.default is not MISSING and value == field.default):
            continue
        packed[field.name] = _plain(value)
    return packed


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return pack(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def unpack(kind: type[T], packed: Mapping[str, Any], **given: Any) -> T:
    """The noun of that kind; `given` are fields that were left out. Raises `TypeError` and `ValueError`."""
    known = _hints(cast(Hashable, kind))
    read = {name: _typed(known[name], value) for name, value in packed.items() if name in known}
    return kind(**{**read, **given})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(hint: Any, value: Any) -> Any:
    if isinstance(hint, types.UnionType):
        if value is None:
            return None
        hint = next(one for one in get_args(hint) if one is not types.NoneType)
    if get_origin(hint) is tuple:
        return tuple(_typed(get_args(hint)[0], one) for one in value)
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    return unpack(cast("type[Any]", hint), value) if is_dataclass(hint) else value
