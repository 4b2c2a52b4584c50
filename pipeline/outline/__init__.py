"""Third stage: what stands where in a document, and what each part is for."""

from __future__ import annotations

from pipeline.model import Block, Document, Meta, Outline
from pipeline.outline import marks
from pipeline.outline.citations import find_citations
from pipeline.outline.closing import Closing, read_closing
from pipeline.outline.headlines import headlines
from pipeline.outline.kinds import sections_of, settle
from pipeline.outline.letterhead import Letterhead, read_letterhead
from pipeline.outline.points import labelled_points
from pipeline.outline.tree import TreeBuilder
from pipeline.ruleset import Ruleset

__all__ = ["build"]


def build(document: Document, rules: Ruleset) -> Outline:
    """The outline of a document: its meta, the tree of its blocks, its sections."""
    lines = headlines(document)
    head = read_letterhead(document, lines, rules)
    closing = read_closing(document, head.body, rules)
    builder = TreeBuilder(document, rules)
    for block in document.blocks[head.body : closing.start]:
        builder.add(block)
    builder.leave_body(_role_behind(document, closing, rules))
    for block in document.blocks[closing.end :]:
        builder.add(block)
    nodes = settle(document, labelled_points(document, builder.nodes, rules), rules)
    meta = _meta(document, head, closing)
    return Outline(
        meta=meta,
        nodes=nodes,
        sections=sections_of(document, nodes),
        classification=marks.classification(document, lines),
        urgency=marks.urgency(document),
        remarks=marks.remarks(document, lines, meta),
    )


def _role_behind(document: Document, closing: Closing, rules: Ruleset) -> str:
    """The role of what follows the signature: a plan that a decision issues directs work, an annex need not."""
    for block in document.blocks[closing.end : closing.end + 3]:
        if isinstance(block, Block):
            text = document.text[block.start : block.end]
            for rule in rules["types"]:
                if rule["carries_tasks"] and text.isupper() and rule.regex is not None and rule.regex.match(text):
                    return "unknown"
    return "annex"


def _meta(document: Document, head: Letterhead, closing: Closing) -> Meta:
    cites = find_citations(document.text, 0, len(document.text))
    return Meta(
        type=head.type,
        number=head.number,
        issuer=head.issuer,
        place=head.place,
        date=head.date,
        title=head.title,
        signer_title=closing.signer_title,
        signer=closing.signer,
        recipients=closing.recipients,
        basis=head.basis,
        cites=tuple(cite for cite in cites if cite.number is None or cite.number != head.number),
        addressees=head.addressees,
        year=head.year,
    )
