"""What stands on a page and is not the document: menus, site heads and feet, controls, notes, what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from pipeline.ingest.web.letterhead import MOTTO
from pipeline.ingest.web.looks import inline

# Never words of the page, whatever is in them.
SILENT = frozenset(
    {"head", "title", "script", "style", "noscript", "template", "meta", "link", "xml", "svg", "iframe", "object"}
    | {"audio", "video", "canvas", "map", "img"}
)
_NAVIGATION = frozenset({"nav", "aside", "button", "select", "textarea", "datalist", "input", "progress", "meter"})
_SITE = frozenset({"header", "footer"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar"})
_SITE_ROLES = frozenset({"banner", "contentinfo"})

# What Word says of a part of its HTML, and the kind of aside that it is.
_WORD = {
    "footnote": "footnote",
    "endnote": "footnote",
    "comment": "comment",
    "comment-list": "comment",
    "header": "running-head",
    "footer": "running-head",
}
# Ids of notes: Word (ftn1, edn1), LibreOffice (sdfootnote1) and Google Docs (ftnt1, and cmnt1 for comments).
_NOTE = re.compile(r"(?:ftnt?|edn|cmnt|sdfootnote|sdendnote)\d{1,5}")
_REFERENCE = re.compile(rf"#_?({_NOTE.pattern})(?:sym)?")

# What sites call the parts around the document, in id and class. The name alone proves nothing of a large part.
_NAMED = frozenset({"div", "section", "ul", "ol", "dl", "table"})
_NAMES = frozenset(
    "nav navbar navigation menu submenu breadcrumb breadcrumbs sidebar topbar footer banner related lienquan share "
    "sharing social pagination pager login popup modal quangcao advertisement copyright comments".split()
)
_LARGE = 0.25  # of the words of the page that are no links

# A menu is a block whose words are nearly all links. A sentence of a directive has other words around its links:
# "Căn cứ Luật …" with the name of a long law linked has 0.87.
_MENUS = frozenset({"ul", "ol", "dl", "div", "section", "table", "p"})
_MENU_SHARE = 0.9
_MENU_LINKS = 3
# A table only places columns where one cell holds nearly everything, a page of words or a table: no task table is like
# that.
_ONE_CELL = 0.8
_LONG = 300  # words, about a page

_ROWS = frozenset({"tr", "tbody", "thead", "tfoot", "form"})
_PART_OF_NAME = re.compile("[A-Z]?[a-z]+|[A-Z]+")  # main-menu, mainMenu
_WORDS = re.compile(r"\w+")


@dataclass(slots=True, eq=False)
class _Weight:
    """How many words an element holds, by where they stand."""

    words: int = 0
    linked: int = 0
    links: int = 0
    in_tables: int = 0  # for a table: words in the tables inside it
    cells: list[int] = field(default_factory=list)  # for a table: the words of each of its cells


class Furniture:
    """Says of each element whether it is part of the document. The page is gone through once, beforehand."""

    def __init__(self, body: etree._Element) -> None:
        self._weights: dict[etree._Element, _Weight] = {}
        self._heads: set[etree._Element] = set()  # heads and feet of an article: no site's
        self._body = body
        self._measure(body)
        self.main = self._main()
        self._above_main = set(self.main.iterancestors()) if self.main is not None else set()

    def kind(self, node: etree._Element, in_main: bool, in_cell: bool) -> str | None:
        """What an element is that is left out: silent, reference, or the kind of its `Aside`; None for one that stays.

        In the main part of a page heads, feet and blocks of links belong to the document, unless their names say else.
        """
        found = _marked(node)
        if found is not None:
            return None if node in self._heads else found
        if in_cell:
            return None
        if self._is_named(node):
            return "navigation"
        if in_main:
            return None
        if self._outside_main(node):
            return "navigation"
        weight = self._weights.get(node) if node.tag in _MENUS else None
        return "navigation" if weight is not None and _is_menu(weight) else None

    def is_layout(self, table: etree._Element) -> bool:
        """Whether a table only places what is in it: a frame, columns of the page."""
        weight = self._weights[table]
        filled = [words for words in weight.cells if words]
        return (
            table.get("role") in ("presentation", "none")
            or len(filled) <= 1
            or 2 * weight.in_tables > weight.words
            or ((weight.words > _LONG or weight.in_tables > 0) and max(filled) > _ONE_CELL * weight.words)
        )

    def _is_named(self, node: etree._Element) -> bool:
        """Whether its id or class says that an element is a part of the site, and its words do not deny it."""
        if node.tag not in _NAMED or not _says_furniture(f"{node.get('id', '')} {node.get('class', '')}"):
            return False
        small = self._plain(node) <= _LARGE * self._plain(self._body)
        return small and MOTTO.search(" ".join("".join(map(str, node.itertext("*"))).split())) is None

    def _outside_main(self, node: etree._Element) -> bool:
        """Beside a ``main`` stands what repeats on each page of the site; an ``article`` promises nothing like it."""
        return self.main is not None and _is_main(self.main) and node is not self.main and node not in self._above_main

    def _main(self) -> etree._Element | None:
        """The ``main`` or ``article`` with most of the words that are no links."""
        for wanted in (_is_main, _is_article):
            parts = [node for node in self._weights if wanted(node)]
            best = max(parts, key=self._plain, default=None)
            if best is not None and 2 * self._plain(best) > self._plain(self._body):
                return best
        return None

    def _plain(self, node: etree._Element) -> int:
        weight = self._weights[node]
        return weight.words - weight.linked

    # ── words ──

    def _measure(self, body: etree._Element) -> None:
        """Adds up the words of each element that may be judged by them, in one walk."""
        open_: list[_Weight] = []
        links, left_out = 0, None
        articles = 0  # around the element
        walk = etree.iterwalk(body, events=("start", "end", "comment"))
        for event, node in walk:
            if event == "start":
                marked = _marked(node)
                open_.append(_Weight())
                if marked is not None and articles and _of_site(node):
                    self._heads.add(node)
                elif marked is not None:
                    left_out = node
                    walk.skip_subtree()
                    continue
                articles += _is_main(node) or _is_article(node)
                links += _is_link(node)
                _count(open_[-1], node.text, links)
                continue
            if event == "end":
                weight = open_.pop()
                if node is left_out:
                    left_out = None
                else:
                    articles -= _is_main(node) or _is_article(node)
                    links -= _is_link(node)
                    self._close(node, weight, open_)
            if open_:
                _count(open_[-1], node.tail, links)

    def _close(self, node: etree._Element, weight: _Weight, open_: list[_Weight]) -> None:
        weight.links += _is_link(node) and weight.words > 0
        if node.tag in _MENUS or node is self._body or _is_main(node) or _is_article(node):
            self._weights[node] = weight
        if not open_:
            return
        above = open_[-1]
        above.words += weight.words
        above.linked += weight.linked
        above.links += weight.links
        if node.tag in ("td", "th"):
            above.cells.append(weight.words)
        elif node.tag in _ROWS:
            above.cells.extend(weight.cells)
        above.in_tables += weight.words if node.tag == "table" else weight.in_tables


def reference(node: etree._Element) -> str | None:
    """The id of the note that a mark leads to; its other end, in the note, is none."""
    target = _REFERENCE.fullmatch(node.get("href") or "") if node.tag == "a" else None
    return target[1] if target else None


def note(node: etree._Element) -> str | None:
    """The id of the note that a block holds; Google Docs writes it on the mark that the note begins with."""
    if node.tag != "div":
        return None
    names = [node.get("id")]
    if len(node) and len(node[0]) and node[0][0].tag == "a":
        names.append(node[0][0].get("id"))
    return next((name for name in names if name and _NOTE.fullmatch(name)), None)


def _marked(node: etree._Element) -> str | None:
    """What an element says of itself."""
    tag = node.tag
    if tag in SILENT:
        return "silent"
    if reference(node) is not None or (tag == "a" and node.get("class") == "msocomanchor"):
        return "reference"
    name = note(node)
    if name is not None:
        return "comment" if name.startswith("cmnt") else "footnote"
    if tag == "dialog" and node.get("open") is None:
        return "hidden"
    if not node.attrib:  # most elements
        return "navigation" if tag in _NAVIGATION or tag in _SITE else "deleted" if tag == "del" else None
    style = inline(node)
    hidden = style.get("display") == "none" or style.get("visibility") == "hidden" or style.get("mso-hide") == "all"
    if hidden or node.get("hidden") is not None:
        return "hidden"
    if style.get("mso-element") in _WORD:
        return _WORD[style["mso-element"]]
    if tag == "div" and node.get("title") in _SITE:  # as LibreOffice writes them
        return "running-head"
    if tag == "del":
        return "deleted"
    return "navigation" if tag in _NAVIGATION or tag in _SITE or node.get("role") in _ROLES else None


@lru_cache(maxsize=4096)
def _says_furniture(names: str) -> bool:
    return any(
        name.lower() == "header" or not _NAMES.isdisjoint(map(str.lower, _PART_OF_NAME.findall(name)))
        for name in names.split()
    )


def _of_site(node: etree._Element) -> bool:
    return node.tag in _SITE or node.get("role") in _SITE_ROLES


def _is_main(node: etree._Element) -> bool:
    return node.tag == "main" or node.get("role") == "main"


def _is_article(node: etree._Element) -> bool:
    return node.tag == "article" or node.get("role") == "article"


def _is_link(node: etree._Element) -> bool:
    return node.tag == "a" and node.get("href") is not None


def _is_menu(weight: _Weight) -> bool:
    return weight.links >= _MENU_LINKS and weight.linked >= _MENU_SHARE * weight.words


def _count(weight: _Weight, text: str | None, links: int) -> None:
    if text:
        words = len(_WORDS.findall(text))
        weight.words += words
        weight.linked += words if links else 0
