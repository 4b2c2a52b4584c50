"""What can go wrong. `message` is Vietnamese, says what happened and what to do; `detail` is for the developer.

`pipeline.english` has each message in English, for where it is shown."""

from __future__ import annotations


class DondocError(Exception):
    """Base of all errors of the program. `code` is stable, for programs that read the output."""

    def __init__(self, code: str, message: str, detail: str = "") -> None:
        super().__init__(code, message, detail)
        self.code = code
        self.message = message
        self.detail = detail

    def __str__(self) -> str:
        return self.message


class DocumentError(DondocError):
    """A document cannot be read: empty, broken, encrypted, unreadable, of an unknown kind or past a limit."""


class OutputError(DondocError):
    """A result cannot be written: no permission for the folder, the workbook is open elsewhere, the disk is full."""


class UsageError(DondocError):
    """The call asks for something that does not exist: an unknown output format, an input that is not there."""


class RuleError(DondocError):
    """A rule file is wrong. `detail` names the file and the line."""
