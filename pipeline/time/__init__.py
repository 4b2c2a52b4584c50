"""Deadlines and cadences: what Vietnamese office prose says of when something is due and how often."""

from pipeline.time.mentions import UNBOUND, combine, find, settled
from pipeline.time.phrase import parse
from pipeline.time.readings import IMPOSSIBLE

__all__ = ["IMPOSSIBLE", "UNBOUND", "combine", "find", "parse", "settled"]
