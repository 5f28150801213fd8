"""What becomes of a request that cannot be done: a page, or a fragment for htmx, that says so and what to do next."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

import structlog
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.headers import add_headers, headers_of
from desk.page import fragment, is_htmx, office_of, page
from desk.refusals import LogInFirst, Refused, TooLarge
from values.errors import Changed, JianbaoError, TryLater

_log = structlog.get_logger(__name__)

_OF_HTTP: Final = {
    404: "没有这个页面。可能是地址写错了，或者内容已经不在。",
    405: "这个地址不能这样用。",
    413: "内容太大，没有接收。",
}


def refused(request: Request, error: Exception) -> Response:
    """For every error that is part of the product."""
    assert isinstance(error, JianbaoError)
    if isinstance(error, LogInFirst):
        response = _to_log_in(request, error)
    else:
        fields = error.fields if isinstance(error, Refused) else ()
        response = _shown(request, _status(error), str(error), fields)
    if getattr(request.state, "unread", False) and not isinstance(error, TooLarge):
        # Whoever was refused may not go on sending. What is only too large is let run out, unread: closing now would
        # make the browser say that the connection broke, and not why.
        response.headers["connection"] = "close"
    return response


def not_answered(request: Request, error: Exception) -> Response:
    """For what Starlette itself refuses: paths that are not there, methods that are not meant."""
    assert isinstance(error, HTTPException)
    response = _shown(request, error.status_code, _OF_HTTP.get(error.status_code, "这个请求看不懂，没有执行。"))
    response.headers.update(error.headers or {})
    return response


def broken(request: Request, _error: Exception) -> Response:
    """For a mistake of our own. It is answered outside of all middleware, and logged by the server."""
    response = _shown(request, 500, "审稿台出了错，没有保存。请稍后重试；总是这样的话，请把时间告诉维护人员。")
    add_headers(MutableHeaders(raw=response.raw_headers), headers_of(office_of(request)))
    return response


def _status(error: JianbaoError) -> int:
    match error:
        case Refused():
            return error.status
        case Changed():
            return 409
        case TryLater():
            return 503
        case _:
            return 400


def _to_log_in(request: Request, error: LogInFirst) -> Response:
    """A page comes back after the log-in; a form does not: it says so, and gives the words back where it may."""
    if is_htmx(request):
        shown = urlsplit(request.headers.get("hx-current-url", ""))
        return Response(status_code=401, headers={"HX-Redirect": _login(shown.path, shown.query)})
    if request.method in ("GET", "HEAD"):
        return RedirectResponse(_login(request.url.path, request.url.query), 303)
    said = "已经退出登录，刚才的操作没有保存。请先登录，再做一次。"
    return _shown(request, error.status, said, error.fields)


def _login(path: str, query: str) -> str:
    wanted = f"{path}?{query}" if query else path
    return f"/login?next={quote(wanted, safe='/')}" if wanted not in ("", "/") else "/login"


def _shown(request: Request, status: int, said: str, fields: tuple[tuple[str, str], ...] = ()) -> Response:
    """fields: of a form that is not lost: it can be sent again from this page."""
    if status >= 500:
        _log.warning("page not shown", path=request.url.path, status=status)
    if is_htmx(request):
        response = fragment(request, "_said.html", status=status, said=said, tone="bad")
        response.headers["HX-Retarget"] = "#messages"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    path = request.url.path
    return page(request, "mishap.html", status=status, said_wrong=said, code=status, fields=fields, again=path)
