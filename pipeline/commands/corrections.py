"""``dondoc corrections export|suggest``: what people corrected, as right answers and as rules to add."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import Help, Lang, Language, Rules, status_of
from pipeline.commands.serve import DATABASE

if TYPE_CHECKING:
    from pipeline.corrections.gold import Gold
    from pipeline.corrections.recurring import Suggestion
    from pipeline.store.database import Database

__all__ = ["corrections"]

corrections = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    help="Dùng lại các sửa đổi trong dondoc serve: làm đáp án và gợi ý quy tắc.",
)
Url = Annotated[str, typer.Option("--db", metavar="URL", help="Cơ sở dữ liệu của dondoc serve.")]

WRITTEN = {
    "vi": "{folder}: {complete} văn bản đã rà soát xong, {open} văn bản còn dở (trong {unfinished}/).",
    "en": "{folder}: {complete} documents that were reviewed to the end, {open} that were not (in {unfinished}/).",
}
STALE = {
    "vi": "Còn tệp của lần xuất trước: {path}. Hãy xóa nếu không cần nữa.",
    "en": "There is a file of an earlier export: {path}. Delete it if it is not needed any more.",
}
UNREAD = {
    "vi": "{count} văn bản có sửa đổi nhưng không giữ kết quả đọc, nên không xuất được. Hãy đưa tệp vào đọc lại.",
    "en": "{count} documents were corrected but their reading is not kept, so they are left out. Read them again.",
}
NOTHING = {"vi": "Chưa có sửa đổi nào lặp lại.", "en": "No correction recurs yet."}
RECURS = {"vi": "Văn bản: {documents}", "en": "Documents: {documents}"}
ADD = {"vi": "Thêm vào {file} trong thư mục quy tắc:", "en": "Add to {file} in a folder of rules:"}


@corrections.callback(add_help_option=False)
def common(help_: Help = False) -> None:
    """Dùng lại các sửa đổi trong dondoc serve: làm đáp án và gợi ý quy tắc."""


@corrections.command("export", add_help_option=False)
def export(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="Thư mục ghi các tệp đáp án.")],
    db: Url = DATABASE,
    rules_dir: Rules = None,
    lang: Language = Lang.VI,
    help_: Help = False,
) -> None:
    """Ghi các văn bản đã rà soát thành tệp đáp án của dondoc evaluate."""
    from pipeline.corrections.gold import UNFINISHED

    with _opened(db, rules_dir, lang.value) as database:
        complete = open_ones = 0
        for name, gold in _golds(database):
            stale = _write(output, name, gold)
            complete, open_ones = complete + gold.complete, open_ones + (not gold.complete)
            if stale is not None:
                _say(STALE[lang.value].format(path=stale))
        unread = _unread(database)
    told = WRITTEN[lang.value].format(folder=output, complete=complete, open=open_ones, unfinished=UNFINISHED)
    _say(told)
    if unread:
        _say(UNREAD[lang.value].format(count=unread))


@corrections.command("suggest", add_help_option=False)
def suggest(db: Url = DATABASE, rules_dir: Rules = None, lang: Language = Lang.VI, help_: Help = False) -> None:
    """Gợi ý quy tắc từ những sửa đổi lặp lại; người dùng tự quyết định có thêm hay không."""
    from pipeline import ruleset
    from pipeline.corrections.recurring import suggestions
    from pipeline.store import effective

    with _opened(db, rules_dir, lang.value) as database:
        found = suggestions(effective.corrected(database), database.rules or ruleset.load())
    for one in found:
        _print(one, lang.value)
    if not found:
        _say(NOTHING[lang.value])


def _golds(database: Database) -> Iterator[tuple[str, Gold]]:
    """The gold files with the names that the predictions of their documents have."""
    from pipeline import codec, ruleset
    from pipeline.corrections.gold import gold
    from pipeline.corrections.replay import replay
    from pipeline.export.document_json import Names
    from pipeline.store import effective

    names, rules = Names(), database.rules or ruleset.load()
    for one in effective.kept(database, effective.stamps(database)):
        directive = codec.decode(one.packed)
        name = names(directive.document)  # of those without corrections too: they count where two have one stem
        made = gold(replay(directive, one.log, rules)) if one.log else None
        if made is not None:
            yield name, made


def _write(folder: Path, name: str, gold: Gold) -> Path | None:
    """Writes a gold file; where an export of before put the same document into the other folder, that file."""
    from pipeline.corrections.gold import UNFINISHED
    from pipeline.export.files import holds, put

    path = folder / gold.folder / name
    if not holds(path, gold.data):
        put(path, gold.data)
    other = folder / (UNFINISHED if gold.complete else "") / name
    return other if other.exists() else None  # not deleted: a person may have written it


def _unread(database: Database) -> int:
    from pipeline.store import corrections, effective

    return len(corrections.all(database).keys() - effective.stamps(database).keys())


def _print(one: Suggestion, lang: str) -> None:
    from pipeline.english import told
    from pipeline.terminal import clean, lines

    typer.echo(lines(told(one.message, lang)))
    typer.echo("  " + RECURS[lang].format(documents="; ".join(map(clean, one.documents))))
    if one.entry:
        typer.echo("  " + ADD[lang].format(file=one.file))
        typer.echo("\n".join(f"    {clean_line}" for clean_line in _entry(one.entry)))


def _entry(entry: str) -> list[str]:
    """The lines as they are put into the file, without what a terminal would obey."""
    from pipeline.terminal import clean

    return [line[: len(line) - len(line.lstrip())] + clean(line) for line in entry.splitlines()]


@contextmanager
def _opened(db: str, rules_dir: Path | None, lang: str) -> Iterator[Database]:
    """The database, which is not made where it is not there; ends the program where something cannot be done."""
    from pipeline import steps
    from pipeline.errors import DondocError
    from pipeline.store import address
    from pipeline.store.database import Database
    from pipeline.terminal import reporter

    try:
        database = Database(address.parse(db), rules=steps.load_rules(rules_dir))
        try:
            yield database
        finally:
            database.close()
    except DondocError as error:
        reporter(lang, quiet=False, log_json=False).error(error)
        raise typer.Exit(status_of(error)) from error


def _say(words: str) -> None:
    from pipeline.terminal import clean

    typer.echo(clean(words), err=True)
