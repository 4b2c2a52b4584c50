"""What is published of a row: the JSON Schema of a line, and the table of Parquet columns in docs/formats.md.

    python tests/task_schema.py            exits with 1 where they are not those of the model
    python tests/task_schema.py --write    writes them

Both are made of `pipeline.export.row_fields`: types are the model's, and so cannot tell another thing than the files.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

from pipeline.export import parquet
from pipeline.export.row_fields import CODES, Field, fields_of, row
from pipeline.model import Box

DOCS = Path(__file__).resolve().parent.parent / "docs"
SCHEMA, PAGE = DOCS / "schema" / "task.schema.json", DOCS / "formats.md"
BEGIN, END = "<!-- columns: written by tests/task_schema.py -->", "<!-- end of columns -->"
SIMPLE: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    dt.date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    Box: {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
}
# What the type does not say of a number.
BOUNDS: Mapping[str, dict[str, Any]] = {
    "order": {"minimum": 1},
    "page": {"minimum": 1},
    "start": {"minimum": 0},
    "end": {"minimum": 0},
    "confidence": {"minimum": 0, "maximum": 1},
}
INTRODUCTION = (
    "A line of the JSON Lines that dondoc writes: a task, with the document that assigns it in front. Every key is "
    "always there; null or an empty list: the document does not say."
)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Task",
        "description": INTRODUCTION,
        **_object(row()),
    }


def _object(fields: tuple[Field, ...]) -> dict[str, Any]:
    properties = {field.name: _property(field) for field in fields}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _property(field: Field) -> dict[str, Any]:
    kind = _type(field.type)
    if kind["type"] in ("integer", "number"):
        kind = kind | BOUNDS[field.attribute]
    if field.attribute in CODES:
        codes: list[str | None] = list(CODES[field.attribute])
        kind["enum"] = codes + ([None] if "null" in kind["type"] else [])
    return {"description": field.meaning, **kind}


def _type(hint: Any) -> dict[str, Any]:
    if hint in SIMPLE:
        return dict(SIMPLE[hint])
    if get_origin(hint) is UnionType:
        (kind,) = (part for part in get_args(hint) if part is not type(None))
        inner = _type(kind)
        return inner | {"type": [inner["type"], "null"]}
    if is_dataclass(hint):
        return _object(fields_of(hint))
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _type(get_args(hint)[0])}
    return {"type": "object", "additionalProperties": _type(get_args(hint)[1])}


def columns() -> str:
    """The columns of the Parquet file as a table of Markdown."""
    lines = ["| column | type | may be null | meaning |", "|---|---|---|---|"]
    for column in parquet.schema():
        meaning = column.metadata[b"description"].decode()
        null = "yes" if column.nullable else ""
        lines.append(f"| `{column.name}` | {_name(column.type)} | {null} | {meaning} |")
    return "\n".join(lines)


def _name(kind: Any) -> str:
    """A type in words: pyarrow's own say “not null” and “element” of every part."""
    import pyarrow

    if pyarrow.types.is_list(kind):
        return f"list of {_name(kind.value_type)}"
    if pyarrow.types.is_map(kind):
        return f"map from {_name(kind.key_type)} to {_name(kind.item_type)}"
    if pyarrow.types.is_struct(kind):
        return f"struct ({', '.join(f'{part.name}: {_name(part.type)}' for part in kind)})"
    return "date32" if pyarrow.types.is_date(kind) else str(kind)


def published() -> dict[Path, str]:
    """The text of each file as it must be."""
    page = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    table = f"{BEGIN}\n{columns()}\n{END}"
    return {
        SCHEMA: json.dumps(schema(), ensure_ascii=False, indent=2) + "\n",
        PAGE: page.sub(lambda _: table, PAGE.read_text(encoding="utf-8")),
    }


def main() -> int:
    """Writes the files, or tells whether they are up to date."""
    texts = published()
    if "--write" in sys.argv[1:]:
        SCHEMA.parent.mkdir(exist_ok=True)
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8", newline="\n")
        return 0
    return int(any(not path.is_file() or path.read_text(encoding="utf-8") != text for path, text in texts.items()))


if __name__ == "__main__":
    raise SystemExit(main())
