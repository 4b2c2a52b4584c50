"""dondoc: Vietnamese directives and plans into rows of a task tracker, offline.

    document = pipeline.read("KH 85.docx")
    directive = pipeline.extract(document)
    result = pipeline.convert(["folder/"], ["outputs/tracker.xlsx"], jobs=2)
    frame = pipeline.compare.coverage(directives)

Importing this package costs nothing: a stage is loaded when it is first used.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pipeline.version import __version__

__all__ = ["__version__", "compare", "convert", "errors", "extract", "model", "read", "time"]

_MODULES = frozenset({"compare", "errors", "model", "time"})

if TYPE_CHECKING:
    from pipeline import compare, errors, model, time
    from pipeline.convert import convert, extract, read


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"pipeline.{name}")
    if name == "read":
        return importlib.import_module("pipeline.convert").read
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(ModuleType):
    """`pipeline.extract` and `pipeline.convert` are the public functions, though modules have these names too.

    The import system binds a submodule as an attribute of its package; the setters let that pass without effect,
    so that the functions are there in whatever order things are imported. ``from pipeline.extract import …`` and
    ``from pipeline.convert import …`` work as ever.
    """

    @property
    def extract(self) -> Any:
        return importlib.import_module("pipeline.convert").extract

    @extract.setter
    def extract(self, module: ModuleType) -> None: ...

    @property
    def convert(self) -> Any:
        return importlib.import_module("pipeline.convert").convert

    @convert.setter
    def convert(self, module: ModuleType) -> None: ...


sys.modules[__name__].__class__ = _Package
