"""Moments as the tables keep them: UTC without a zone, for SQLite knows none."""

from __future__ import annotations

import datetime as dt

__all__ = ["kept", "told"]


def kept(moment: dt.datetime) -> dt.datetime:
    """A moment that has a time zone, as a column holds it."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def told(column: dt.datetime) -> dt.datetime:
    """What a column holds, with its zone."""
    return column.replace(tzinfo=dt.UTC)
