"""Deadlines and cadences: what Vietnamese office prose says of when something is due and how often."""

from pipeline.time.mentions import combine, find
from pipeline.time.phrase import parse

__all__ = ["combine", "find", "parse"]
