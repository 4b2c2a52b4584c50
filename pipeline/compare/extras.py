"""What a comparison needs beside the core of the program, and what is said where it is not installed."""

from __future__ import annotations

from importlib import import_module

from pipeline.errors import UsageError

__all__ = ["need"]


def need(extra: str, *modules: str) -> None:
    """Sees that the libraries of an extra are there. Raises `UsageError`, which names the command, where one is not."""
    for name in modules:
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            message = f'Máy này chưa cài {name}. Hãy chạy: pip install "dondoc[{extra}]" rồi thử lại.'
            raise UsageError("not-installed", message, str(error)) from error
