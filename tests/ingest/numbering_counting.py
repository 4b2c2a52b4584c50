"""Cases of automatic numbers: how the counters of a list go on, begin anew and are shared."""

from __future__ import annotations

from handmade import p
from numbering_markup import (
    DECIMAL,
    OUTLINE,
    Case,
    abstract,
    items,
    level,
    num,
    numbering,
    replaced,
    starts,
)

LIST = numbering(*OUTLINE)


def restarting(after: int) -> str:
    """Three levels, the third of which begins anew behind level `after` only (counted from 1)."""
    return numbering(*OUTLINE[:2], level(2, "decimal", "%1.%2.%3.", f"<w:lvlRestart w:val='{after}'/>"))


LEVELS = [
    Case("a list goes on behind plain text", "1. x|y|2. x", DECIMAL, (*items("0"), p("y"), *items("0"))),
    Case("a level begins anew below the next heading", "1. x|1.1. x|1.2. x|2. x|2.1. x", LIST, items("01101")),
    Case("all deeper levels do", "1. x|1.1. x|1.1.1. x|2. x|2.1. x|2.1.1. x", LIST, items("012012")),
    Case("back by two levels", "1. x|1.1. x|1.1.1. x|2. x", LIST, items("0120")),
    Case("back and forth", "1. x|1.1. x|1.1.1. x|1.2. x|1.2.1. x|1.2.2. x|1.3. x", LIST, items("0121221")),
    Case("a level that was jumped over shows its start", "1. x|1.1.1. x", LIST, items("02")),
    Case("and counts as used", "1. x|1.1.1. x|1.2. x", LIST, items("021")),
    Case("it does so once", "1. x|1.1.1. x|1.1.2. x|1.2. x", LIST, items("0221")),
    Case("two levels jumped over", "1. x|1.1.1.1. x|1.1.2. x|1.2. x|2. x", LIST, items("03210")),
    Case("jumped over again below the next heading", "1. x|1.1.1. x|2. x|2.1.1. x", LIST, items("0202")),
    Case("a list that begins deep", "1.1. x|1.2. x|2. x", LIST, items("110")),
    Case("a list that begins deeper still", "1.1.1. x|1.2. x|2. x", LIST, items("210")),
    Case(
        "the start of a level that was jumped over",
        "1. x|1.5.1. x|1.6. x",
        numbering(OUTLINE[0], level(1, "decimal", "%1.%2.", start=5), OUTLINE[2]),
        items("021"),
    ),
    Case(
        "nine levels",
        "1 x|9 x",
        numbering(*(level(depth, "decimal", f"%{depth + 1}", start=depth + 1) for depth in range(9))),
        items("08"),
    ),
    Case(
        "restart behind the level above is the usual thing",
        "1. x|1.1. x|1.1.1. x|1.2. x|1.2.1. x",
        restarting(2),
        items("01212"),
    ),
    Case(
        "restart behind the first level only, as the standard has it; LibreOffice always restarts",
        "1. x|1.1. x|1.1.1. x|1.2. x|1.2.2. x|2. x|2.1. x|2.1.1. x",
        restarting(1),
        items("01212012"),
        drawn="1. x|1.1. x|1.1.1. x|1.2. x|1.2.1. x|2. x|2.1. x|2.1.1. x",
    ),
    Case(
        "no restart at all, as the standard has it; LibreOffice always restarts",
        "1. x|1.1. x|1.1.1. x|1.2. x|1.2.2. x|2. x|2.1. x|2.1.3. x",
        restarting(0),
        items("01212012"),
        drawn="1. x|1.1. x|1.1.1. x|1.2. x|1.2.1. x|2. x|2.1. x|2.1.1. x",
    ),
]

TWO = abstract(0, OUTLINE[0]) + abstract(1, level(0, "lowerLetter", "%1)")) + num(1) + num(2, of=1)

LISTS = [
    Case(
        "two definitions count apart",
        "1. x|2. x|a) x|3. x|b) x",
        TWO,
        (*items("00"), *items("0", 2), *items("0"), *items("0", 2)),
    ),
    Case(
        "two lists of one definition count together",
        "1. x|2. x|3. x",
        numbering(*OUTLINE, nums=num(1) + num(2)),
        (*items("0"), *items("0", 2), *items("0")),
    ),
    Case(
        "at every level",
        "1. x|1.1. x|1.2. x|2. x|2.1. x",
        numbering(*OUTLINE, nums=num(1) + num(2)),
        (*items("01"), *items("1", 2), *items("0"), *items("1", 2)),
    ),
    Case(
        "a list that starts anew",
        "1. x|2. x|1. x|2. x",
        numbering(*OUTLINE, nums=num(1) + num(2, starts(0, 1))),
        (*items("00"), *items("00", 2)),
    ),
    Case(
        "and is gone on with by the first one",
        "1. x|2. x|1. x|2. x|3. x",
        numbering(*OUTLINE, nums=num(1) + num(2, starts(0, 1))),
        (*items("00"), *items("0", 2), *items("00")),
    ),
    Case(
        "it starts anew only once",
        "1. x|1. x|2. x|3. x",
        numbering(*OUTLINE, nums=num(1) + num(2, starts(0, 1))),
        (*items("0"), *items("0", 2), *items("0"), *items("0", 2)),
    ),
    Case("a start of its own", "7. x|8. x", numbering(*OUTLINE, nums=num(1, starts(0, 7))), items("00")),
    Case(
        "all levels start anew, as Word writes it",
        "1. x|1.1. x|1.2. x|1. x|1.1. x",
        numbering(*OUTLINE, nums=num(1) + num(2, "".join(starts(depth, 1) for depth in range(4)))),
        (*items("011"), *items("01", 2)),
    ),
    Case(
        "a deeper level starts late",
        "1. x|1.3. x|1.4. x",
        numbering(*OUTLINE, nums=num(1, starts(1, 3))),
        items("011"),
    ),
    Case(
        "and does so below each heading, as the standard has it; LibreOffice does so once",
        "1. x|1.3. x|2. x|2.3. x",
        numbering(*OUTLINE, nums=num(1, starts(1, 3))),
        items("0101"),
        drawn="1. x|1.3. x|2. x|2.1. x",
    ),
    Case(
        "a start of a level that is not used changes nothing",
        "1.1. x|1.2. x|1.3. x",
        numbering(*OUTLINE, nums=num(1) + num(2, starts(0, 1))),
        (*items("11"), *items("1", 2)),
    ),
    Case(
        "the next list starts late, then late again",
        "1. x|10. x|20. x|21. x",
        numbering(*OUTLINE, nums=num(1) + num(2, starts(0, 10)) + num(3, starts(0, 20))),
        (*items("0"), *items("0", 2), *items("00", 3)),
    ),
    Case(
        "a level of its own",
        "a) x|b) x",
        numbering(*OUTLINE, nums=num(1, replaced(0, level(0, "lowerLetter", "%1)")))),
        items("00"),
    ),
    Case(
        "a level of its own counts together with the others",
        "1. x|b) x|3. x",
        numbering(*OUTLINE, nums=num(1) + num(2, replaced(0, level(0, "lowerLetter", "%1)")))),
        (*items("0"), *items("0", 2), *items("0")),
    ),
    Case(
        "a level of its own that starts anew",
        "1. x|e) x|f) x",
        numbering(*OUTLINE, nums=num(1) + num(2, starts(0, 5, level(0, "lowerLetter", "%1)")))),
        (*items("0"), *items("00", 2)),
    ),
    Case(
        "a deeper level of its own",
        "1. x|a) x|2. x|a) x",
        numbering(*OUTLINE, nums=num(1, replaced(1, level(1, "lowerLetter", "%2)")))),
        items("0101"),
    ),
]

LIST_STYLE = "<w:style w:type='numbering' w:styleId='Kieu'><w:name w:val='Kieu'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
LINKED = abstract(0, *OUTLINE, more="<w:styleLink w:val='Kieu'/>") + abstract(1, more="<w:numStyleLink w:val='Kieu'/>")

LIST_STYLES = [
    Case(
        "a list through a list style", "1. x|1.1. x|2. x", LINKED + num(1) + num(2, of=1), items("010", 2), LIST_STYLE
    ),
    Case(
        "a list through a list style that starts late",
        "4. x|5. x",
        LINKED + num(1) + num(2, starts(0, 4), of=1),
        items("00", 2),
        LIST_STYLE,
    ),
    Case("the list of the style itself", "1. x|2. x", LINKED + num(1) + num(2, of=1), items("00"), LIST_STYLE),
    Case(
        "both count together",
        "1. x|2. x|3. x",
        LINKED + num(1) + num(2, of=1),
        (*items("0"), *items("0", 2), *items("0")),
        LIST_STYLE,
    ),
]

CASES = [*LEVELS, *LISTS, *LIST_STYLES]
