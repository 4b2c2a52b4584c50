"""Date phrases whose values other projects' own suites assert, read by `pipeline.time.parse`.

The phrases stand beside the checkout. Where the sources contradict each other, the policy is: forward, ISO weeks, whole
periods; what that policy reads otherwise is listed with its reason and counted apart.
``python tests/time/test_temporal_cases.py`` prints the score.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.time import parse

CASES = Path(__file__).resolve().parents[3] / "shared" / "eval" / "temporal_cases.tsv"

# phrase, source, why it is read otherwise
POLICY: dict[tuple[str, str], str] = {
    ("mùa hè này", "facebook/duckling"): "offices know no astronomical seasons; no day is invented",
    ("mùa hè năm nay", "facebook/duckling"): "offices know no astronomical seasons; no day is invented",
    ("mùa đông này", "facebook/duckling"): "offices know no astronomical seasons; no day is invented",
    ("tháng 3", "wanasit/chrono"): "forward: the next March, not the nearest; Duckling reads it so",
    ("tuần trước", "wanasit/chrono"): "whole periods: the week before, not the day a week ago; Duckling reads it so",
    ("Thứ năm", "scrapinghub/dateparser"): "forward: the next Thursday, not the last; Duckling and chrono read it so",
    ("Thứ sáu", "scrapinghub/dateparser"): "forward: the next Friday, not the last; Duckling and chrono read it so",
    ("2 tuần 3 ngày", "scrapinghub/dateparser"): "a length of time without a direction is no day",
}


@dataclass(frozen=True)
class Case:
    """A phrase, the day it is told from, and what its source reads: two days, NONE or MATCH=words."""

    phrase: str
    reference: dt.date
    expected: str
    source: str

    def read(self) -> str:
        """What the program reads, in the spelling of `expected`."""
        read = parse(self.phrase, self.reference)
        if read is None or read.due is None:
            return "NONE"
        if self.expected.startswith("MATCH="):
            return f"MATCH={self.phrase[read.start : read.end]}"
        begin, _, _ = self.expected.partition("/")
        # A day or a period that nobody calls a range has no beginning of its own.
        return f"{read.begin or begin}/{read.due}"

    @property
    def policy(self) -> str | None:
        """Why the program reads it otherwise, None where it should read what the source reads."""
        return POLICY.get((self.phrase, self.source))


def cases() -> list[Case]:
    """All cases, none where the file is not there."""
    if not CASES.is_file():
        return []
    rows = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()[1:]]
    return [Case(phrase, dt.date.fromisoformat(day), expected, source) for phrase, day, expected, _, source in rows]


def report() -> str:
    """The score by source, and each case that is read otherwise."""
    found = cases()
    right = Counter(case.source for case in found if case.read() == case.expected)
    every = Counter(case.source for case in found)
    lines = [f"{source}: {right[source]} of {every[source]}" for source in sorted(every)]
    lines.append(f"all: {right.total()} of {every.total()}")
    for case in found:
        if case.read() != case.expected:
            why = f"policy ({case.policy})" if case.policy else "WRONG"
            lines.append(f"  {case.phrase!r} at {case.reference}: {case.expected}, read {case.read()}: {why}")
    return "\n".join(lines)


@pytest.mark.skipif(not cases(), reason="the cases of other projects stand beside the checkout")
def test_cases_of_other_projects(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{report()}\n")
    wrong = [(case.phrase, case.expected, case.read()) for case in cases() if case.read() != case.expected]
    assert [row for row in wrong if row[0] not in {phrase for phrase, _ in POLICY}] == []


@pytest.mark.skipif(not cases(), reason="the cases of other projects stand beside the checkout")
def test_every_policy_is_needed() -> None:
    apart = {(case.phrase, case.source) for case in cases() if case.read() != case.expected}
    assert apart == POLICY.keys()


if __name__ == "__main__":
    sys.stdout.write(f"{report()}\n")
