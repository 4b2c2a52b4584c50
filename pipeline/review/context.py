"""What the templates of the panes are given: one document with its rows."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.corrections.model import Replayed
from pipeline.model import Directive
from pipeline.review.pages import blocks_of, sheets_of
from pipeline.review.rows import FIELDS, Sayings, passages_of, rows_of
from pipeline.review.view import View, of_text
from pipeline.review.wording import script_words

__all__ = ["PANES", "context_of"]

PANES = Path(str(files("pipeline.review"))) / "panes"


def context_of(
    decided: Replayed | Directive, view: View | None, sayings: Sayings, document_url: str | None = None
) -> dict[str, Any]:
    """The context of ``panes.html``, beside `w`, which are the `PANE_WORDS`, and `lang`.

    `document_url` is where pictures and words of pages are asked for (``…/trang/2.png``, ``…/trang/2.json``); without
    one the document is shown as a clean page. Without a `view` that is made of its text alone.
    """
    directive = decided.directive if isinstance(decided, Replayed) else decided
    view = view or of_text(directive.text)
    rows = rows_of(decided, sayings)
    return {
        "blocks": list(blocks_of(view, directive.text)),
        "sheets": sheets_of(view) if document_url is not None else [],
        "document_url": document_url or "",
        "rows": rows,
        "reasons": list(dict.fromkeys((doubt.code, doubt.words) for row in rows for doubt in row.doubts)),
        "passages": passages_of(directive, sayings),
        "fields": FIELDS,
        "said_words": script_words(sayings.lang),
    }
