"""Gợi ý quy tắc: what recurs in the corrections, with the rule that would read it so. Nothing is learnt by itself."""

from __future__ import annotations

from threading import Lock
from weakref import WeakKeyDictionary

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.requests import Request

from pipeline import ruleset
from pipeline.corrections.recurring import ENOUGH, Suggestion, suggestions
from pipeline.english import told
from pipeline.serve.house import House, house_of
from pipeline.serve.refusals import language_of
from pipeline.serve.security.roles import Editor
from pipeline.store import effective
from pipeline.store.examined import stamp

__all__ = ["router"]

router = APIRouter()
HERE = "/ra-soat/goi-y"
MOST = 100  # documents that are looked through, the last corrected ones: ten milliseconds each
NAMED = 10  # documents of a suggestion that are named
WORDS = {
    "vi": {
        "suggestions": "Gợi ý quy tắc",
        "lead": f"Những sửa đổi lặp lại từ {ENOUGH} lần trở lên trong {MOST} văn bản sửa gần đây nhất. Máy không tự "
        "học: thêm quy tắc hay không là do cơ quan quyết định.",
        "to-list": "Về danh sách rà soát",
        "none": "Chưa có sửa đổi nào lặp lại.",
        "documents": "Văn bản:",
        "more": "và {count} văn bản khác",
        "rule": "Quy tắc để thêm vào tệp {file} trong thư mục quy tắc:",
        "how": "Cách thêm: lưu đoạn này vào thư mục quy tắc của cơ quan, thử bằng dondoc rules test --rules THƯ-MỤC, "
        "chạy lại dondoc serve với --rules THƯ-MỤC, rồi gửi lại văn bản cần đọc lại.",
    },
    "en": {
        "suggestions": "Suggested rules",
        "lead": f"Corrections that were made {ENOUGH} times or more in the {MOST} documents that were corrected last. "
        "Nothing is learnt by itself: the office decides whether to add a rule.",
        "to-list": "To the documents to review",
        "none": "No correction recurs yet.",
        "documents": "Documents:",
        "more": "and {count} more",
        "rule": "A rule to add to the file {file} of a folder of rules:",
        "how": "To add it: save these lines in the office's folder of rules, try them with dondoc rules test --rules "
        "FOLDER, start dondoc serve again with --rules FOLDER, then send again what is to be read anew.",
    },
}

_looking = Lock()
_found: WeakKeyDictionary[House, tuple[str, tuple[Suggestion, ...]]] = WeakKeyDictionary()


@router.get(HERE)
def page(request: Request, person: Editor) -> Response:
    """What recurs, the most frequent first."""
    house, lang = house_of(request), language_of(request)
    found = [(one, told(one.message, lang)) for one in _suggestions(house)]
    return house.page(request, "suggested.html", WORDS, found=found, named=NAMED)


def _suggestions(house: House) -> tuple[Suggestion, ...]:
    """Looked for once for each state of the database; of two that ask at once, one looks."""
    now = stamp(house.database)
    with _looking:
        known = _found.get(house)
        if known is None or known[0] != now:
            rules = house.database.rules or ruleset.load()
            known = _found[house] = now, suggestions(effective.corrected(house.database, MOST), rules)
    return known[1]
