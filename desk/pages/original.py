"""The original as it was sent: as a download, as pictures of its pages, or rendered in a frame without an origin.

docx-preview renders a .docx in the browser. A hostile file gains nothing by that: the frame's document is sandboxed by
its own headers too, so that it has no origin, cookies or storage even when it is opened by itself; it may run our four
scripts alone and make no requests. The document holds the bytes of the file.
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
from desk.pages.article_path import ARTICLE, article_in_path, article_path
from desk.refusals import NotFound
from desk.routes import get
from service.article.original import OriginalViewer
from service.people.access_record import HandedOut
from values.errors import NeedsEditor

_DRAWING: Final = ("vendor/jszip-3.10.2/jszip.min.js", "vendor/docx-preview-0.4.1/docx-preview.min.js", "original.js")
_FOLLOWING: Final = ("original_follow.js",)
"""Scrolls every original along with the text."""
_SCRIPTS: Final = (*_DRAWING, *_FOLLOWING)
_LARGEST_DRAWN: Final = 25_000_000
"""Bytes of a .docx that the browser renders: the document holds them in base64, and the tab its whole tree."""
_MOST_PAGES: Final = 8
"""Pages of another file that the frame shows as pictures; /original/pages has them all."""
_LONGEST_TEXT: Final = 500_000
"""Characters of a pasted text that the frame shows: more than an article may have."""
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def original(request: Request) -> Response:
    """The file as a download."""
    record = article_in_path(request)
    file = original_viewer(request).original(record)
    handed_out = HandedOut(record.bulletin, f"稿件 {record.id} 的原件", record.id)
    if file.kind == "text":
        name = f"稿件{record.id}-邮件正文.txt"
        return download(request, file.data, name, "text/plain; charset=utf-8", handed_out)
    content_type = _DOCX if file.kind == "docx" else "application/octet-stream"
    return download(request, file.data, file.name, content_type, handed_out)


def frame(request: Request) -> Response:
    """The document in the frame of the article's page; the reason where the file cannot be shown."""
    record = article_in_path(request)
    try:
        file = original_viewer(request).original(record)
        if file.kind == "docx" and len(file.data) <= _LARGEST_DRAWN:
            data = base64.b64encode(file.data).decode()
            return _framed(request, "original/docx.html", data=data, names=_SCRIPTS)
        if file.kind == "text":
            text = file.data.decode("utf-8", "replace")[:_LONGEST_TEXT]
            return _framed(request, "original/words.html", message="这篇稿件写在邮件正文里：", text=text)
        pages_seen = original_viewer(request).pages(record, 1, _MOST_PAGES)
    except NeedsEditor as error:
        return _framed(request, "original/words.html", message=str(error), text="")
    pictures = [base64.b64encode(png).decode() for png in pages_seen.pngs]
    return _framed(request, "original/drawn.html", pictures=pictures, of=pages_seen.of)


def pages(request: Request) -> Response:
    """The original page by page, as pictures made by LibreOffice and PDFium."""
    record = article_in_path(request)
    count, why_not = 0, ""
    try:
        count = original_viewer(request).pages(record, 1).of
    except NeedsEditor as error:
        why_not = str(error)
    return page(request, "original/pages.html", article=record, path=article_path(record), pages=count, why_not=why_not)


def page_picture(request: Request) -> Response:
    """A page of the original as a picture."""
    record = article_in_path(request)
    try:
        [png] = original_viewer(request).pages(record, request.path_params["number"]).pngs
    except NeedsEditor as error:
        raise NotFound(str(error)) from error
    headers = {"content-security-policy": "default-src 'none'; sandbox", "cache-control": "no-store"}
    return Response(png, media_type="image/png", headers=headers)


def original_viewer(request: Request) -> OriginalViewer:
    """The one of the application, which opens one original at a time."""
    viewer = request.app.state.original_viewer
    assert isinstance(viewer, OriginalViewer)
    return viewer


def _framed(request: Request, template: str, names: tuple[str, ...] = _FOLLOWING, **values: Any) -> Response:
    """names: of the scripts of the document."""
    response = fragment(request, template, scripts=_scripts(names), **values)
    assert isinstance(response, HTMLResponse)
    response.headers["content-security-policy"] = _policy()
    response.headers["x-dns-prefetch-control"] = "off"
    return response


@lru_cache(maxsize=2)
def _scripts(names: tuple[str, ...]) -> tuple[Markup, ...]:
    """Our own files, embedded in the document: Cross-Origin-Resource-Policy forbids a document without an origin to
    load them."""
    texts = [(STATIC / name).read_text(encoding="utf-8") for name in names]
    assert not any("</script" in text for text in texts)
    return tuple(Markup(text) for text in texts)  # noqa: S704 - files of the repository


@lru_cache(maxsize=1)
def _policy() -> str:
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in _scripts(_SCRIPTS))
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
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
