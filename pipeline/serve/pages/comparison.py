"""So sánh: the families among the documents, and the matrix of each."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.requests import Request

from pipeline.english import told
from pipeline.export.comparison import web_page
from pipeline.export.comparison.phrases import share
from pipeline.serve.comparing import HERE
from pipeline.serve.house import house_of
from pipeline.serve.pages.words.comparison import COMPARISON
from pipeline.serve.refusals import language_of, of_status
from pipeline.store.overview import number_of_documents

__all__ = ["router"]

router = APIRouter()
_SCRIPT, _STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"


@router.get(HERE)
def page(request: Request) -> Response:
    """The families, as far as they are known; while they are looked for the page asks again by itself."""
    house, lang = house_of(request), language_of(request)
    answer = house.comparisons.of(house.database)
    compared = answer.compared
    template = "comparison_list.html" if request.headers.get("hx-request") == "true" else "comparison.html"
    return house.page(
        request, template, COMPARISON,
        answer=answer, unread=number_of_documents(house.database) - answer.documents, share=share,
        lines=() if compared is None else compared.lines[lang],
        remarks=() if compared is None else [told(one, lang) for one in compared.remarks],
        alone=0 if compared is None else compared.alone, failed=told(answer.failed, lang),
    )  # fmt: skip


@router.get(f"{HERE}/ma-tran/{{key}}")
def matrix(request: Request, key: str) -> Response:
    """The page of the matrices; where the documents have changed since, the list, which has the new one."""
    compared = house_of(request).comparisons.made(key)
    if compared is None:
        return RedirectResponse(HERE, 303)
    return Response(compared.pages[language_of(request)], media_type="text/html; charset=utf-8")


@router.get(f"{HERE}/du-lieu/{{key}}")
def data(request: Request, key: str) -> Response:
    """The data of that page."""
    compared = house_of(request).comparisons.made(key)
    if compared is None:
        raise of_status(404)
    return Response(compared.data[language_of(request)], media_type="application/json")


@router.get(f"{HERE}/trang.js")
def script() -> Response:
    """The script of the page, which is the one of the page that is sent on."""
    return Response(_script(), media_type=_SCRIPT)


@router.get(f"{HERE}/trang.css")
def style() -> Response:
    """Its style."""
    return Response(_style(), media_type=_STYLE)


@cache
def _script() -> str:
    return web_page.script()


@cache
def _style() -> str:
    return web_page.style()
