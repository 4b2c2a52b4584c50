"""The closing: Nơi nhận (who receives the document) and the signature, and where they begin and end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model import Document
from pipeline.outline.recipients import Recipients, closing_lines, opens_recipients, read_recipients, untangled
from pipeline.outline.signature import Line, Signature, read_signature
from pipeline.ruleset import Ruleset

_WINDOW = 400  # lines; many times the longest closing met


@dataclass(frozen=True, slots=True)
class Closing:
    """What stands under the body. `start` and `end` are indices of blocks, half open; equal where nothing stands there.

    `spans` says for recipients, signer_title and signer where in the text they were read.
    """

    recipients: tuple[str, ...]
    signer_title: str | None
    signer: str | None
    start: int
    end: int
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def read_closing(document: Document, first: int, rules: Ruleset) -> Closing:
    """Recipients and signature of the document, looked for from block `first` on.

    The first Nơi nhận or signature counts: an annex behind it may have its own.
    """
    lines = list(closing_lines(document, first))
    for at, line in enumerate(lines):
        if opens_recipients(line.text):
            closing = _from_recipients(untangled(lines[at : at + _WINDOW]), rules)
        else:
            closing = _from_signature(lines, at, rules)
        if closing is not None:
            return closing
    end = len(document.blocks)
    return Closing((), None, None, end, end)


def _from_recipients(lines: Sequence[Line], rules: Ruleset) -> Closing | None:
    """The closing that begins with Nơi nhận: the signature stands behind it, or above where its table came second."""
    recipients = read_recipients(lines, 0)
    signature = read_signature(lines, recipients.behind, rules, expected=True)
    if signature is None and not recipients.certain:
        return None  # "Nơi nhận: Bộ phận Một cửa" says where papers are handed in
    behind = recipients.behind if signature is None else signature.behind
    return _closing(lines[:behind], recipients, signature)


def _from_signature(lines: Sequence[Line], at: int, rules: Ruleset) -> Closing | None:
    """The closing that begins with the signature; Nơi nhận may follow it."""
    signature = read_signature(lines, at, rules, expected=False)
    if signature is None:
        return None
    behind = signature.behind
    recipients = None
    if behind < len(lines) and opens_recipients(lines[behind].text):
        recipients = read_recipients(lines, behind)
        behind = recipients.behind
    return _closing(lines[at:behind], recipients, signature)


def _closing(lines: Sequence[Line], recipients: Recipients | None, signature: Signature | None) -> Closing:
    """Both put together; `lines` are those that were used."""
    spans: dict[str, tuple[int, int]] = {}
    if recipients is not None and recipients.entries:
        spans["recipients"] = recipients.span
    if signature is not None and signature.post:
        spans["signer_title"] = (signature.post[0].start, signature.post[-1].end)
    if signature is not None and signature.signer is not None:
        spans["signer"] = (signature.signer.start, signature.signer.end)
    return Closing(
        recipients=recipients.entries if recipients else (),
        signer_title=signature.title if signature else None,
        signer=signature.signer.text if signature and signature.signer else None,
        start=min(line.block for line in lines),
        end=max(line.block for line in lines) + 1,
        spans=spans,
    )
