"""The call that a run was: what `dondoc runs resume` runs again. It never holds the password of a database."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.steps import Options

if TYPE_CHECKING:
    from pipeline.export import Target

__all__ = ["Command"]


@dataclass(frozen=True, slots=True)
class Command:
    """The arguments of `pipeline.convert` in plain words, paths made absolute: they mean the same in another folder."""

    sources: tuple[str, ...]
    outputs: tuple[str, ...]
    jobs: int
    reference_date: str | None
    rules_dir: str | None
    ocr: str
    allow_classified: bool
    lang: str
    profile: str | None
    codes: str | None

    @classmethod
    def of(
        cls,
        sources: Sequence[str | Path],
        targets: Sequence[Target],
        jobs: int,
        options: Options,
        lang: str,
        profile: str | None,
        codes: str | os.PathLike[str] | None,
    ) -> Command:
        """That of a call."""
        return cls(
            sources=tuple(_absolute(source) for source in sources),
            outputs=tuple(_output(target) for target in targets),
            jobs=jobs,
            reference_date=None if options.reference_date is None else options.reference_date.isoformat(),
            rules_dir=None if options.rules_dir is None else _absolute(options.rules_dir),
            ocr=options.ocr,
            allow_classified=options.allow_classified,
            lang=lang,
            profile=profile,
            codes=None if codes is None else _absolute(codes),
        )

    def encode(self) -> str:
        """As JSON in ASCII: a name that is no UTF-8 is kept."""
        return json.dumps(asdict(self))

    @classmethod
    def decode(cls, text: str) -> Command:
        """What `encode` was called on. Raises ValueError for other words."""
        import msgspec

        return msgspec.convert(json.loads(text), cls)

    def arguments(self) -> dict[str, Any]:
        """What `pipeline.convert` is given."""
        date = self.reference_date
        return {**asdict(self), "reference_date": None if date is None else dt.date.fromisoformat(date)}


def _absolute(path: str | os.PathLike[str]) -> str:
    return str(Path(path).absolute())


def _output(target: Target) -> str:
    if target.database is not None:
        path = target.database.path
        return str(target.database) if path is None else f"{target.kind}:///{path.absolute()}"
    return _absolute(target.path) + ("/" if target.kind.endswith("/") else "")
