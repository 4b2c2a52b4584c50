"""Elements of Word that only wrap others: content controls, accepted changes, alternatives, drawings."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.ingest.docx.package import MC, V, W, children

# Wrappers whose content counts; what is deleted or moved away does not.
_THROUGH = frozenset(
    W + name
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
)
_ALTERNATIVE = MC + "AlternateContent"
_SDT = W + "sdt"
_OPENED = _THROUGH | {_ALTERNATIVE, _SDT}


def unwrapped(container: etree._Element) -> list[etree._Element]:
    """The children of `container`, with content controls and accepted changes opened; of alternatives, the first."""
    found = children(container)
    if _OPENED.isdisjoint([child.tag for child in found]):
        return found
    return [node for child in found for node in (_opened(child) if child.tag in _OPENED else (child,))]


def _opened(wrapper: etree._Element) -> Iterator[etree._Element]:
    waiting = [wrapper]
    while waiting:
        node = waiting.pop()
        if node.tag == _ALTERNATIVE:
            choice = node.find(MC + "Choice")
            opened = node.find(MC + "Fallback") if choice is None else choice
            waiting.extend([] if opened is None else list(opened)[::-1])
        elif node.tag == _SDT:
            content = node.find(W + "sdtContent")
            waiting.extend([] if content is None else list(content)[::-1])
        elif node.tag in _THROUGH:
            waiting.extend(list(node)[::-1])
        else:
            yield node


def text_boxes(node: etree._Element) -> list[etree._Element]:
    """The text boxes and the WordArt of a drawing, the outermost of nested ones; of alternatives, the first."""
    found, waiting = [], [node]
    while waiting:
        current = waiting.pop()
        if current.tag in (W + "txbxContent", V + "textpath"):
            found.append(current)
        else:
            waiting.extend(reversed(unwrapped(current)))
    return found
