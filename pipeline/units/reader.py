"""The grammar of names of bodies: which body, part of which, at which level and where.

    [các] [đồng chí] [post] [cơ quan] body [name of its own] [của] [body that it belongs to] [levels] [places] [limit]

Every rule reads to the end of the name or fails, so that nothing in it is passed over; the longest reading of the
first words is tried first. What begins at a word is read once, so that a name costs at most the square of its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from pipeline.units.belonging import Belonging, at_its_level, merged
from pipeline.units.directory import CITY, Body, Directory, Post
from pipeline.units.nouns import Context, Link, Reading
from pipeline.units.where import MOST_OWN, Where
from pipeline.units.words import Word, slug, words_of

Choice = tuple[int, int, Callable[[], Reading | None]]

# What is longer than any body's name has swallowed a sentence.
_MOST_WORDS = 40
_MOST_OF_PERSON = 5
# Levels whose words name places, and so may stand for themselves ("các xã", "thôn Khe Lá").
_PLACES = frozenset({"tinh", CITY, "huyen", "xa", "thon"})
# Posts of which a body has several, so that the name of a person tells which.
_ONE_OF_MANY = ("pho-", "uy-vien", "thanh-vien", "dai-bieu", "cong-chuc", "can-bo", "chuyen-vien")


def read(name: str, directory: Directory, context: Context) -> Reading | None:
    """What a name in canonical spelling stands for, None where the directory does not know it.

    A bracket behind a name says the part or the whole that is meant; it is asked where the name alone is not enough.
    """
    words = words_of(name)
    if not words or len(words) > _MOST_WORDS:
        return None
    opening = next((k for k, word in enumerate(words) if "(" in word.joint and k), len(words))
    closing = next((k for k in range(opening + 1, len(words)) if ")" in words[k].joint), len(words))
    found = NameReader((*words[:opening], *words[closing:]), directory, context).whole()
    if found is None and opening < len(words):
        found = NameReader((*words[:opening], *words[opening:closing]), directory, context).whole()
    return found


class NameReader:
    """Reads one name."""

    def __init__(self, words: tuple[Word, ...], directory: Directory, context: Context) -> None:
        self.directory = directory
        self.context = context
        self.words = directory.expand(self._with_terms(words))
        self.end = len(self.words)
        self.where = Where(self.words, directory, context, self.at)
        self.belonging = Belonging(directory, context)
        self._known: dict[int, Reading | None] = {}

    def _with_terms(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """The short forms of the document written out: where nothing, or only a level, follows them."""
        done: list[Word] = []
        index = 0
        while index < len(words):
            for size, long in self.context.terms.at(words, index):
                behind = index + size
                if behind == len(words) or self.directory.levels.size(words, behind):
                    done.extend(long)
                    index = behind
                    break
            else:
                done.append(words[index])
                index += 1
        return tuple(done)

    def whole(self) -> Reading | None:
        """The reading of all words; of a channel ("qua …") that is no body as well."""
        if not self.words:
            return None
        low = [word.low for word in self.words[:2]]
        first = 2 if low == ["thông", "qua"] else int(low[0] == "qua")
        if self.where.size("channel", first):
            return Reading(head=f"kenh/{self.where.slug(first, self.end)}")
        return self.at(first)

    def at(self, index: int) -> Reading | None:
        """The reading of the words from `index` to the end."""
        if index not in self._known:
            self._known[index] = None  # no name holds itself
            self._known[index] = self._read(index)
        return self._known[index]

    def _read(self, index: int) -> Reading | None:
        index, group, honoured = self.where.before(index)
        if index >= self.end:
            return None
        part = self.where.size("part", index)
        apart = part and index + part < self.end and self.words[index + part].capital
        found = self._first_of(index + part, group=group, nouns=False) if apart else None
        if found is None or not found.links:
            found = self._first_of(index, group=group) or self._person(index, honoured=honoured)
        return replace(found, group=True) if found is not None and group and not found.group else found

    def _first_of(self, index: int, *, group: bool, nouns: bool = True) -> Reading | None:
        """The reading by the longest first words that leads to the end; of a body at a level where it is, if any."""
        other = None
        choices = self._choices(index, group=group, nouns=nouns)
        for _, _, reading in sorted(choices, key=lambda choice: (-choice[0], choice[1])):
            found = reading()
            if found is not None and at_its_level(found):
                return found
            other = other or found
        return other

    def _choices(self, index: int, *, group: bool, nouns: bool) -> Iterator[Choice]:
        """What the name may begin with: words taken, the order among equals, and the reading."""
        words, directory = self.words, self.directory
        for size, post in directory.posts.at(words, index):
            yield size, 0, partial(self._post, post, index + size)
        for size, body in directory.short_heads.at(words, index):
            if self.belonging.house & {body.id, *body.house}:
                yield size, 1, partial(self._body, body, index + size)
        alone = False
        for size, kind in directory.plain("self").at(words, index) if not group else ():
            yield size, 2, partial(self._issuer, kind, index + size)
            alone = alone or index + size == self.end
        for size, body in directory.heads.at(words, index):
            if not (alone and body.open):  # "Trung tâm" alone says which only to who has read what stands before
                yield size, 3, partial(self._body, body, index + size)
        if (size := directory.levels.size(words, index)) and directory.levels.at(words, index)[0][1].level in _PLACES:
            yield size, 4, partial(self._level, index)
        for size, _ in directory.plain("noun").at(words, index) if nouns and not alone else ():
            if group or index + size == self.end or not words[index + size].capital:
                yield size, 5, partial(self._noun, index, index + size)

    # ── persons and posts ──

    def _post(self, post: Post, index: int) -> Reading | None:
        if index == self.end:
            whole = self.belonging.of_issuer(lambda body: body.sort in post.of)
            return replace(whole, person=post.id) if whole is not None else Reading(person=post.id)
        if post.id.startswith(_ONE_OF_MANY) and (named := self._name_at_end(index)) is not None:
            return named
        if self.words[index].listed:
            return None  # "cán bộ, đảng viên" is a list of people
        inner = self.at(index + self.where.size("owner", index))
        if inner is None:
            return self._person(index, honoured=True)
        if inner.head.startswith("nguoi/"):
            return inner
        return replace(inner, person="/".join(filter(None, (post.id, inner.person))))

    def _name_at_end(self, index: int) -> Reading | None:
        """“Phó Chủ tịch UBND tỉnh Lê Văn Mẫu”: the name of a person behind the body."""
        for first in range(max(index, self.end - _MOST_OF_PERSON), self.end - 1):
            if self.where.size("surname", first) and self.where.run(first, person=True) == self.end:
                return Reading(head=f"nguoi/{self.where.slug(first, self.end)}")
        return None

    def _person(self, index: int, *, honoured: bool) -> Reading | None:
        """“đồng chí Lê Văn Mẫu, Phó Bí thư”, “BS Lê Văn Mẫu”: who is named is known by the name."""
        title = self.where.size("title", index)
        index += title
        behind = self.where.run(index, person=True)
        if not (honoured or title) or not 0 < behind - index <= _MOST_OF_PERSON:
            return None
        if behind < self.end and not self.words[behind].joint:
            return None
        return Reading(head=f"nguoi/{self.where.slug(index, behind)}")

    # ── bodies ──

    def _issuer(self, kind: str, index: int) -> Reading | None:
        """The issuer, or what it is a part of, where its name begins with that word; with a level, as there."""
        found = self.belonging.of_issuer(lambda body: f"{body.id}-".startswith(f"{kind}-"))
        if index == self.end:
            return found
        levels = self.where.levels(index)
        placed = self.where.placed(*levels) if levels is not None else None
        return merged(found, placed) if placed is not None else None

    def _body(self, body: Body, index: int) -> Reading | None:
        """The reading of a body whose name has been read up to `index`."""
        found = self._tail(Link(body, body.id), index)
        if found is None and body.open and index < self.end and not self.words[index].listed:
            found = self._with_name(body, index)
        return found

    def _tail(self, link: Link, index: int) -> Reading | None:
        """What follows a body: nothing, levels with places, the body that it belongs to, a limit, a place."""
        if index == self.end:
            return self.belonging.alone(link)
        # "Ban Chỉ đạo 389 tỉnh" is no board of many provinces
        levels = self.where.levels(index) if not (link.body.open and self.words[index].text.isdecimal()) else None
        if levels is not None and (placed := self.where.placed(*levels)) is not None:
            return merged(self.belonging.alone(link), placed)
        owner = self.where.size("owner", index)
        inner = self.at(index + owner) if self._may_belong(link, index) else None
        if inner is not None and (whole := self.belonging.composed(link, inner, owned=bool(owner))) is not None:
            return whole
        if self.where.size("limit", index):
            return merged(self.belonging.alone(link), Reading(extra=self.where.limit(index)))
        whole_body = link.body.levels and not (link.body.open or link.body.of or link.body.inside)
        if whole_body and (self.words[index].capital or self.words[index].low == "số"):
            placed = self.where.placed(Reading(), index)
            return merged(self.belonging.alone(link), placed) if placed is not None else None
        return None

    def _may_belong(self, link: Link, index: int) -> bool:
        """Whether what it belongs to may stand at a word: behind "của", or at once; behind a comma for parts alone."""
        word, body = self.words[index], link.body
        if word.listed:
            return word.joint == "," and bool(body.inside or link.part != body.id)
        if self.where.size("owner", index) or self.where.size("plural", index):
            return True
        noun = self.where.size("noun", index) and not self.where.named(index)
        return bool(body.of or body.inside or not body.open) and not noun

    def _with_name(self, body: Body, index: int) -> Reading | None:
        """A body with a name of its own, up to the body that it belongs to, the last level, or the end."""
        farthest = min(self.end - 1, index + MOST_OWN)
        wholes = [behind for behind in range(index + 1, farthest + 1) if self._whole_follows(behind)]
        levels = [behind for behind in range(farthest, index, -1) if self._level_follows(behind)]
        for behind in (*wholes, *levels):
            found = self._tail(Link(body, f"{body.id}/{self.where.slug(index, behind)}"), behind)
            if found is not None:
                return found
        if self.end - index > MOST_OWN:
            return None
        return self.belonging.alone(Link(body, f"{body.id}/{self.where.slug(index, self.end)}"))

    def _whole_follows(self, index: int) -> bool:
        """Whether a name of its own may end before a word because a body follows; one word may be part of the name."""
        body = self.directory.heads.size(self.words, index)
        apart = bool({",", "("} & set(self.words[index].joint.split()))
        return bool(self.where.size("owner", index) or body > 1 or (body and apart))

    def _level_follows(self, index: int) -> bool:
        """Whether a name of its own may end before a word for a level; in “Bản Cốc” it is part of a place."""
        first = index + self.where.size("plural", index)
        if first >= self.end or self.where.size("plural", index - 1):
            return False
        word = self.words[first]
        return (not word.capital or word.text.isupper()) and self.where.levels(index) is not None

    def _level(self, index: int) -> Reading | None:
        levels = self.where.levels(index)
        return self.where.placed(*levels) if levels is not None else None

    # ── groups ──

    def _noun(self, index: int, behind: int) -> Reading | None:
        """Plain nouns with what narrows them; a level at the end is apart, so that the issuer's own can be left out."""
        level, end = None, self.end
        for at in range(behind, self.end):
            levels = self.where.levels(at) if not self.words[at].listed else None
            if levels is not None and levels[1] == self.end:
                level, end = levels[0].level, at - (self.words[at - 1].low in {"thuộc", "của"})
                break
        end = next((k + 2 for k in range(behind, end - 2) if self._own_below(k)), end)
        if end - index > MOST_OWN + 2 or any(self._other(k) for k in range(behind, end)):
            return None
        words = [word.text for k, word in enumerate(self.words[index:end], start=index) if not self._adds_nothing(k)]
        return Reading(head=slug(" ".join(words)), level=level, group=True)

    def _own_below(self, index: int) -> bool:
        """“trực thuộc Huyện ủy”: whose they are need not be said."""
        return [word.low for word in self.words[index : index + 2]] == ["trực", "thuộc"] and bool(self.at(index + 2))

    def _other(self, index: int) -> bool:
        """Whether a body or a post begins that is no plain noun: then the name holds more than a group."""
        if not self.words[index].listed:
            return False
        sizes = (self.directory.heads.size(self.words, index), self.directory.posts.size(self.words, index))
        return max(sizes) > max(1, self.where.size("noun", index))

    def _adds_nothing(self, index: int) -> bool:
        """“các cơ quan có liên quan” are “các cơ quan liên quan”."""
        low = self.words[index].low
        behind = self.words[index + 1].low if index + 1 < self.end else ""
        return (low == "các" and behind != "cấp") or low == "của" or (low == "có" and behind == "liên")
