"""Second stage: what a reader found, as one canonical text with a map back to the pages."""

from __future__ import annotations

from pipeline.model import Aside, Block, Document, Grid, GridCell, Paragraph, Piece, Source, Table, Warning
from pipeline.normalise.characters import canonical
from pipeline.normalise.drafts import Draft, Token, drafts_of
from pipeline.normalise.joining import join_cut, set_furniture_apart
from pipeline.normalise.mending import mend, mend_column
from pipeline.normalise.tables import (
    DraftTable,
    append_table,
    counters,
    draft_table,
    heal_rows,
    is_layout,
    open_layout,
)
from pipeline.ruleset import Ruleset

__all__ = ["canonical", "normalise"]


def normalise(source: Source, rules: Ruleset) -> Document:
    """The source as a `Document`: one line a paragraph or cell paragraph, one blank between words.

    Page numbers, drawn rules and repeated table headers go to `asides`; nothing else is left out. Words recognised in
    a picture are mended where `rules` and the words around prove them wrong, each change with a warning.
    """
    drafts, asides, mended = _drafts(source, rules)
    text = _Text()
    blocks: list[Block | Grid] = []
    for draft in drafts:
        if isinstance(draft, DraftTable):
            blocks.append(text.add_table(draft))
        else:
            blocks.append(text.add(draft))
    return Document(
        name=source.name,
        sha256=source.sha256,
        media_type=source.media_type,
        pages=source.pages,
        text="\n".join(text.lines),
        blocks=tuple(blocks),
        pieces=tuple(text.pieces),
        asides=source.asides + tuple(asides),
        warnings=source.warnings + tuple(mended),
        errors=source.errors,
        sizes=source.sizes,
    )


def _drafts(source: Source, rules: Ruleset) -> tuple[list[Draft | DraftTable], list[Aside], list[Warning]]:
    """Runs of paragraphs joined, tables made ready, in the order of the source; what was set aside and mended."""
    done: list[Draft | DraftTable] = []
    asides: list[Aside] = []
    mended: list[Warning] = []
    run: list[Paragraph] = []

    def close_run() -> bool:
        """Whether a page number and nothing else stood there."""
        drafts, furniture = set_furniture_apart(drafts_of(run))
        mended.extend(mend(drafts, rules))
        done.extend(join_cut(drafts))
        asides.extend(furniture)
        run.clear()
        return not drafts and any(aside.kind == "page-number" for aside in furniture)

    for block in source.blocks:
        if isinstance(block, Paragraph):
            run.append(block)
        elif is_layout(block):
            run.extend(open_layout(block))
        else:
            asides.extend(_place_table(done, block, page_ended=close_run()))
    close_run()
    for draft in done:
        if isinstance(draft, DraftTable):
            heal_rows(draft)
            for cell in draft.cells:
                mended.extend(mend(cell.drafts, rules))
            mended.extend(mend_column(counters(draft)))
    return done, asides, mended


def _place_table(done: list[Draft | DraftTable], table: Table, *, page_ended: bool) -> list[Aside]:
    """Appends a table, or goes on with the one before it where a page end and nothing else stands between."""
    draft = draft_table(table)
    last = done[-1] if done else None
    if isinstance(last, DraftTable) and last.columns == draft.columns and (page_ended or draft.page > last.page):
        return append_table(last, draft)
    done.append(draft)
    return []


class _Text:
    """Lays drafts out one below the other and notes where each word went."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[Piece] = []
        self._offset = 0

    def add(self, draft: Draft) -> Block:
        start, line = self._offset, draft.text
        behind = start + len(line)
        self._note_words(start, draft.tokens)
        self.lines.append(line)
        self._offset = behind + 1
        return Block(start, behind, draft.first_page, draft.style)

    def _note_words(self, position: int, tokens: list[Token]) -> None:
        for token in tokens:
            end = position + len(token.text)
            if token.box is None and token.words is None:
                self._note(position, end, token.page)
            else:
                self.pieces.append(Piece(position, end, token.page, token.box, token.confidence, token.words))
            position = end + 1

    def _note(self, start: int, end: int, page: int) -> None:
        """Words without a place of their own share one piece, so that a plain text has few."""
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last.box is None and last.words is None and last.page == page:
            self.pieces[-1] = Piece(last.start, end, page)
        else:
            self.pieces.append(Piece(start, end, page))

    def add_table(self, table: DraftTable) -> Grid:
        cells = tuple(
            GridCell(cell.row, cell.column, cell.row_span, cell.column_span, tuple(map(self.add, cell.drafts)))
            for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column))
        )
        return Grid(table.rows, table.columns, cells, table.page)
