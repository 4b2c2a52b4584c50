"""What a call that cannot be understood is told. Typer's own words are English, and say nothing of what to do."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from typing import Any

import typer

__all__ = ["command_of", "language_of", "refusal"]


def language_of(args: Sequence[str]) -> str:
    """The language that a call asks for, which may never have been parsed."""
    return "en" if "--lang=en" in args or ("--lang", "en") in pairwise(args) else "vi"


def command_of(error: typer.TyperException) -> str:
    """The command that was called, whose help says more."""
    return getattr(getattr(error, "ctx", None), "command_path", "dondoc")


def refusal(error: typer.TyperException) -> str:
    """What typer refuses, in Vietnamese. It exports the base class alone, so its kinds are told apart by name."""
    kind = type(error).__name__
    option = getattr(error, "option_name", "")
    if kind == "MissingParameter":
        return f"thiếu {_name(error)}."
    if kind == "BadParameter":
        return _wrong_value(error)
    if kind == "NoSuchOption":
        return f"không có tùy chọn {option}.{_meant(getattr(error, 'possibilities', None))}"
    if kind == "BadOptionUsage":
        needs = "requires" in error.message
        return f"tùy chọn {option} cần một giá trị đi sau." if needs else f"tùy chọn {option} không nhận giá trị."
    return _of_words(error.message)


def _name(error: typer.TyperException) -> str:
    """The argument or option as the help names it."""
    param = getattr(error, "param", None)
    named = getattr(param, "metavar", None) if getattr(param, "param_type_name", "") == "argument" else None
    return named or ", ".join(getattr(param, "opts", ()))


def _meant(others: Sequence[str] | None) -> str:
    return f" Có phải {', '.join(others)}?" if others else ""


def _wrong_value(error: typer.TyperException) -> str:
    # The cause is pydantic's: it holds the value, and not only English words.
    found: list[dict[str, Any]] = getattr(error.__cause__, "errors", list)()
    value = f" “{found[0]['input']}”" if found else ""
    return f"giá trị{value} không hợp lệ cho {_name(error)}: {_wanted(getattr(error, 'param', None))}."


def _wanted(param: Any) -> str:
    """What the option takes: one of the words of its default's kind, or a whole number; no other kinds are used."""
    default, least = getattr(param, "default", None), getattr(param, "min", None)
    if isinstance(default, Enum):
        return f"cần một trong: {', '.join(str(choice.value) for choice in type(default))}"
    return "cần số nguyên" if least is None else f"cần số nguyên từ {least} trở lên"


def _of_words(message: str) -> str:
    """The kinds that share one class, by how their English words begin."""
    if message.startswith("Missing command"):
        return "thiếu lệnh."
    if message.startswith("No such command"):
        name, *others = message.split("'")[1::2]
        return f"không có lệnh {name}.{_meant(others)}"
    if message.startswith("Got unexpected extra argument"):
        words = message[message.index("(", message.index("argument(s)") + len("argument(s)")) + 1 : -1]
        return f"thừa {words}. Tên tệp có dấu cách phải đặt trong ngoặc kép."
    return "gọi lệnh chưa đúng."
