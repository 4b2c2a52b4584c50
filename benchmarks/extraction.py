"""From the words of a document to its tasks, against ``re.findall`` of the words of the same text.

Nothing is read from files in it: what the reader found is there, and the first line begins with it (canonical text,
outline, tasks), the second with the outline.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from benchmarks.generate import write
from benchmarks.measure import Figure, compared, take_turns
from pipeline import extract, ingest, normalise, outline, ruleset
from pipeline.convert import read
from pipeline.model import Document

WORDS = re.compile(r"\w+")


def run(small: bool) -> list[Figure]:
    """Characters a second."""
    rules = ruleset.load()
    with tempfile.TemporaryDirectory() as folder:
        made = write(Path(folder), 4 if small else 24, formats=("txt",))
        sources = [ingest.read(one.path) for one in made]
        documents = [read(one.path) for one in made]
    text = "\n".join(document.text for document in documents)

    def whole() -> list[Document]:
        found = [normalise.normalise(source, rules) for source in sources]
        for document in found:
            outline.build(document, rules)
        return found

    seconds = take_turns(
        {
            "whole": whole,
            "tasks": lambda: [extract(document) for document in documents],
            "words": lambda: WORDS.findall(text),
        },
        rounds=1 if small else 5,
    )
    both = [first + second for first, second in zip(seconds["whole"], seconds["tasks"], strict=True)]
    of, unit, raw_name = f"{len(made)} documents", "characters/s", r"re: findall of \w+"
    return [
        compared(f"canonical text, outline and tasks of {of}", unit, len(text), both, raw_name, seconds["words"]),
        compared(f"tasks alone of {of}", unit, len(text), seconds["tasks"], raw_name, seconds["words"]),
    ]
