"""The original as it was sent: to keep, as pictures of its pages, or drawn in a frame that belongs to no origin.

A .docx is turned into a page by docx-preview, in the browser. Whatever the file makes of that, it can do nothing: the
frame's document is sandboxed by its own headers too, so that it has no origin, cookies or storage even when somebody
opens it by itself; it may run our three scripts alone and ask nothing of anybody. It holds the file's bytes itself.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute

from desk.environment import STATIC
from desk.page import download, fragment, page
from desk.pages.article_of import ARTICLE, path_of, record_of
from desk.refusals import NotFound
from desk.routes import get
from service.article.original import OriginalViewer
from values.errors import NeedsEditor

_SCRIPTS: Final = ("vendor/jszip-3.10.2/jszip.min.js", "vendor/docx-preview-0.4.1/docx-preview.min.js", "original.js")
_LARGEST_DRAWN: Final = 25_000_000
"""Bytes of a .docx that a browser is given to draw; larger ones are to be downloaded."""
_MOST_PAGES: Final = 8
_LONGEST_TEXT: Final = 500_000
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def original(request: Request) -> Response:
    """The file, to keep."""
    record = record_of(request)
    found = _viewing(request).original(record)
    if found.kind == "text":
        return download(found.data, f"稿件{record.id}-邮件正文.txt", "text/plain; charset=utf-8")
    return download(found.data, found.name, _DOCX if found.kind == "docx" else "application/octet-stream")


def frame(request: Request) -> Response:
    """What stands in the frame on the article's page. Says why where there is nothing to be seen."""
    record = record_of(request)
    try:
        found = _viewing(request).original(record)
        if found.kind == "docx" and len(found.data) <= _LARGEST_DRAWN:
            data = base64.b64encode(found.data).decode()
            return _framed(request, "original/docx.html", data=data, scripts=_scripts())
        if found.kind == "text":
            text = found.data.decode("utf-8", "replace")[:_LONGEST_TEXT]
            return _framed(request, "original/words.html", said="这篇稿件写在邮件正文里：", text=text)
        seen = _viewing(request).pages(record, 1, _MOST_PAGES)
    except NeedsEditor as error:
        return _framed(request, "original/words.html", said=str(error), text="")
    pictures = [base64.b64encode(png).decode() for png in seen.pngs]
    return _framed(request, "original/drawn.html", pictures=pictures, of=seen.of)


def pages(request: Request) -> Response:
    """The original page by page, as pictures that LibreOffice and PDFium made."""
    record = record_of(request)
    count, why_not = 0, ""
    try:
        count = _viewing(request).pages(record, 1).of
    except NeedsEditor as error:
        why_not = str(error)
    return page(request, "original/pages.html", article=record, path=path_of(record), pages=count, why_not=why_not)


def page_picture(request: Request) -> Response:
    record = record_of(request)
    try:
        [png] = _viewing(request).pages(record, request.path_params["number"]).pngs
    except NeedsEditor as error:
        raise NotFound(str(error)) from error
    headers = {"content-security-policy": "default-src 'none'; sandbox", "cache-control": "private, max-age=86400"}
    return Response(png, media_type="image/png", headers=headers)


def _viewing(request: Request) -> OriginalViewer:
    """One for the whole application: its lock lets one original be opened at a time."""
    viewing = request.app.state.original_viewer
    assert isinstance(viewing, OriginalViewer)
    return viewing


def _framed(request: Request, template: str, **values: Any) -> Response:
    response = fragment(request, template, **values)
    assert isinstance(response, HTMLResponse)
    response.headers["content-security-policy"] = _policy()
    response.headers["x-dns-prefetch-control"] = "off"
    return response


@lru_cache(maxsize=1)
def _scripts() -> tuple[Markup, ...]:
    """Our own files, within the page itself: Cross-Origin-Resource-Policy keeps a document without origin from
    loading them."""
    texts = [(STATIC / name).read_text(encoding="utf-8") for name in _SCRIPTS]
    assert not any("</script" in text for text in texts)
    return tuple(Markup(text) for text in texts)  # noqa: S704 - files of the repository


@lru_cache(maxsize=1)
def _policy() -> str:
    digests = (base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in _scripts())
    allowed = " ".join(f"'sha256-{one}'" for one in digests)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts"
    )


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(ARTICLE + "/original", original),
    get(ARTICLE + "/original/frame", frame),
    get(ARTICLE + "/original/pages", pages),
    get(ARTICLE + "/original/pages/{number:int}", page_picture),
)
