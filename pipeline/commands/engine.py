"""The options that say where documents are read: on this machine, or on the workers of a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated

import typer

__all__ = ["Engine", "EngineName", "Scheduler", "check"]


class Engine(StrEnum):
    """What reads the documents."""

    LOCAL = "local"
    DASK = "dask"


EngineName = Annotated[
    Engine, typer.Option("--engine", help="Nơi đọc văn bản: máy này (local) hoặc cụm máy dask.distributed (dask).")
]
Scheduler = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="tcp://HOST:PORT", help="Bộ điều phối của cụm máy, cho --engine dask."),
]


def check(engine: Engine, scheduler: str | None, named: Iterable[str], others: Mapping[str, object]) -> None:
    """Raises `UsageError` where options do not go together.

    `named` are inputs and outputs; `others` are the options that only this machine knows, with what they were given.
    """
    from pipeline.errors import UsageError

    if engine is Engine.LOCAL:
        if scheduler is not None:
            raise UsageError("scheduler-unused", "--scheduler chỉ dùng cùng với --engine dask.", scheduler)
        _refuse_addresses(named)
        return
    if scheduler is None:
        message = "Với --engine dask hãy nêu bộ điều phối, ví dụ: --scheduler tcp://10.0.0.1:8786"
        raise UsageError("scheduler-missing", message)
    given = ", ".join(option for option, value in others.items() if value is not None)
    if given:
        raise UsageError("option-unused", f"{given} không dùng được với --engine dask.", given)


def _refuse_addresses(named: Iterable[str]) -> None:
    from pipeline.errors import UsageError

    for text in named:
        scheme = text.partition("://")[0].lower()
        if scheme in {"s3", "sftp", "ssh", "memory", "file"} and "://" in text:
            message = (
                f"{scheme}:// chỉ dùng được với --engine dask. Hãy dùng đường dẫn trên máy này, hoặc thêm "
                "--engine dask --scheduler tcp://…"
            )
            raise UsageError("address-needs-cluster", message, scheme)
