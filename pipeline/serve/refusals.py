"""What a page says instead of doing what was asked, and how it reaches a person, a script of ours or another system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.requests import Request

from pipeline.english import told
from pipeline.errors import DondocError

if TYPE_CHECKING:
    from pipeline.serve.house import House

__all__ = ["API", "LANGUAGES", "Refusal", "answer", "language_of", "of_status", "wants_words"]

API = "/api/"
CODE = "x-dondoc-code"  # the code of a refusal, for the scripts of pages
LANGUAGES = ("vi", "en")
# What the web calls an error → code, and what a person is told of it.
_STATUSES = {
    400: ("bad-request", "Yêu cầu viết chưa đúng. Hãy quay lại trang trước và thử lại."),
    404: ("not-found", "Không có trang này. Có thể văn bản đã được đọc lại; hãy mở từ danh sách văn bản."),
    405: ("not-allowed", "Trang này không nhận cách gọi như vậy. Hãy mở từ thanh mục ở đầu trang."),
    413: ("too-large", "Dữ liệu gửi lên quá lớn. Hãy gửi ít tệp hơn mỗi lần."),
    422: ("wrong-values", "Có ô ghi chưa đúng. Hãy xem lại các ô vừa nhập."),
    500: ("broken", "Máy chủ gặp lỗi nên việc này chưa xong. Dữ liệu đã lưu vẫn còn; hãy tải lại trang rồi thử lại."),
    503: ("unavailable", "Cơ sở dữ liệu đang bận hoặc chưa mở được. Hãy thử lại sau ít phút, hoặc báo người quản trị."),
}


class Refusal(DondocError):
    """What was asked is not done; `status` is that of HTTP."""

    def __init__(self, status: int, code: str, message: str, detail: str = "") -> None:
        super().__init__(code, message, detail)
        self.status = status

    def __reduce__(self) -> tuple[type[Refusal], tuple[int, str, str, str]]:
        """It comes from other processes too, and there is one value more than those of every error."""
        return type(self), (self.status, self.code, self.message, self.detail)


def of_status(status: int) -> Refusal:
    """What is told of an error that has no words of its own."""
    code, message = _STATUSES.get(status) or _STATUSES[500 if status >= 500 else 400]
    return Refusal(status, code, message)


def language_of(request: Request) -> str:
    """The language that the person chose, by a cookie; that of a system's Accept-Language header; Vietnamese else."""
    chosen = request.cookies.get("lang")
    if chosen is None and request.url.path.startswith(API):
        header = request.headers.get("accept-language", "")
        asked = (part.partition(";")[0].strip().lower() for part in header.split(","))
        chosen = next((lang[:2] for lang in asked if lang[:2] in LANGUAGES), None)
    return chosen if chosen in LANGUAGES else "vi"


def wants_words(request: Request) -> bool:
    """Whether a script of the page asked: it shows plain words itself, and would put a whole page into the page."""
    return request.headers.get("hx-request") == "true" or request.headers.get("sec-fetch-dest") == "empty"


def answer(request: Request, refusal: DondocError, status: int, where: Sequence[str] = ()) -> Response:
    """The refusal as the one who asked can use it: JSON for systems, words for a script, a page for a person.

    `where` names the values that are wrong, for systems.
    """
    lang = language_of(request)
    message = told(refusal.message, lang)
    if request.url.path.startswith(API):
        places = {"where": list(where)} if where else {}
        return JSONResponse({"code": refusal.code, "message": message, **places}, status)
    if wants_words(request):
        return PlainTextResponse(message, status, {CODE: refusal.code})
    house: House = request.app.state.house
    return house.page(request, "error.html", status=status, number=status, message=message)
