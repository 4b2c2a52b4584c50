"""The options that commands share, with their help, and what a wrong value of one says."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.errors import DondocError

__all__ = [
    "Classified", "Help", "Jobs", "Lang", "Language", "LogJson", "Ocr", "OcrMode", "Quiet", "ReferenceDate",
    "Rules", "Sources", "Today", "date_of", "status_of",
]  # fmt: skip

WRONG_USAGE = 2
STOPPED = 130  # what a shell says of a program that Ctrl-C has ended


class Lang(StrEnum):
    """The language of what is written."""

    VI = "vi"
    EN = "en"


class Ocr(StrEnum):
    """Whether the words of scanned pages are recognised."""

    AUTO = "auto"
    NEVER = "never"
    ALWAYS = "always"


Sources = Annotated[
    list[str], typer.Argument(metavar="INPUT", help="Tệp, thư mục (tìm cả bên trong) hoặc mẫu như “kh/*.docx”.")
]
Jobs = Annotated[int, typer.Option("--jobs", min=1, metavar="N", help="Số tiến trình đọc văn bản cùng lúc.")]
ReferenceDate = Annotated[
    str | None,
    typer.Option(
        "--reference-date",
        metavar="YYYY-MM-DD",
        help="Ngày làm mốc cho thời hạn không ghi năm (mặc định: ngày văn bản).",
    ),
]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="YYYY-MM-DD", help="Tính tình trạng đến ngày này (mặc định: hôm nay)."),
]
Rules = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="Thư mục quy tắc bổ sung vào quy tắc có sẵn.")
]
Language = Annotated[Lang, typer.Option("--lang", help="Ngôn ngữ của kết quả.")]
OcrMode = Annotated[
    Ocr, typer.Option("--ocr", help="Nhận dạng chữ từ ảnh trang: khi cần (auto), không bao giờ, hoặc mọi trang PDF.")
]
Classified = Annotated[
    bool,
    typer.Option("--allow-classified", help="Xử lý cả văn bản đóng dấu MẬT; chỉ dùng trên máy được phép."),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Chỉ in lỗi.")]
LogJson = Annotated[bool, typer.Option("--log-json", help="Ghi nhật ký ra stderr, mỗi sự kiện một dòng JSON.")]


def _help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        typer.echo(context.get_help())
        raise typer.Exit


# Ours in place of typer's, whose help text is English.
Help = Annotated[bool, typer.Option("--help", callback=_help, is_eager=True, help="In phần trợ giúp này rồi thoát.")]


def date_of(text: str | None, option: str = "--reference-date") -> dt.date | None:
    """The date that an option names. Raises `UsageError`."""
    import datetime as dt

    from pipeline.errors import UsageError

    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError as error:
        message = f"{option} “{text}” không phải ngày dạng YYYY-MM-DD, ví dụ 2026-01-31."
        raise UsageError(option.removeprefix("--"), message, str(error)) from error


def status_of(error: DondocError) -> int:
    """The exit status of an error that ended a run."""
    from pipeline.errors import DocumentError, OutputError

    return 1 if isinstance(error, DocumentError | OutputError) else WRONG_USAGE
