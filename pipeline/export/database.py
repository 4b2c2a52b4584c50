"""Databases: the directives in tables. A document that is there already is updated, and what officers typed stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from pipeline import settings
from pipeline.export.files import Written
from pipeline.model import Directive, Warning
from pipeline.ruleset import Ruleset
from pipeline.store.address import Address

__all__ = ["write"]

SAVED = {
    "vi": "{documents} văn bản: thêm {added} nhiệm vụ, cập nhật {changed}, {vanished} không còn trong văn bản.",
    "en": "{documents} documents: {added} tasks added, {changed} updated, {vanished} no longer in their document.",
}


def write(directives: Sequence[Directive], address: Address, lang: str, rules: Ruleset) -> Written:
    """Writes to the database in one transaction. Codes are the same in every `lang`; `rules` read the corrections.

    The clock is asked for the moment that the history names. Raises `OutputError`, and then nothing is written.
    """
    from pipeline.store.saving import save

    office = settings.beside(address.path or Path())
    saved = save(address, directives, dt.datetime.now(dt.UTC), (office.shift, office.later), rules)
    told = SAVED[lang].format(
        documents=saved.documents, added=saved.added, changed=saved.changed, vanished=saved.vanished
    )
    return Written(str(address), (Warning("saved", told),))
