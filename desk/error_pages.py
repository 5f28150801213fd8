"""The answer to a request that cannot be done: a page, or a fragment for htmx, that says why and what to do next."""

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
from desk.refusals import AccountFirst, BulletinRenamed, LogInFirst, RequestRefused, TooLarge
from service.people.attempts import TooManyAttempts
from values.errors import Changed, JianbaoError, NotThere, TryLater

_log = structlog.get_logger(__name__)

_SENTENCES: Final = {
    404: "没有这个页面。可能是地址写错了，或者内容已经不在。",
    405: "这个地址不能这样用。",
    413: "内容太大，没有接收。",
}
"""By HTTP status, for what Starlette itself refuses."""


def refusal_page(request: Request, error: Exception) -> Response:
    """For every error that is part of the product."""
    assert isinstance(error, JianbaoError)
    if isinstance(error, LogInFirst):
        response = _to_log_in(request, error)
    elif isinstance(error, BulletinRenamed) and request.method in ("GET", "HEAD"):
        query = f"?{request.url.query}" if request.url.query else ""
        path = request.url.path.replace(f"/b/{error.former}/", f"/b/{error.now}/", 1)
        response = RedirectResponse(f"{quote(path, safe='/')}{query}", 308)
    elif isinstance(error, AccountFirst) and is_htmx(request):
        response = Response(status_code=403, headers={"HX-Redirect": "/account"})
    elif isinstance(error, AccountFirst) and request.method in ("GET", "HEAD"):
        response = RedirectResponse("/account", 303)
    else:
        fields = error.fields if isinstance(error, RequestRefused) else ()
        response = _error_page(request, status_of(error), str(error), fields)
    if isinstance(error, RequestRefused | TooManyAttempts) and error.retry_after:
        response.headers["retry-after"] = str(error.retry_after)
    if getattr(request.state, "unread", False) and not isinstance(error, TooLarge):
        # A refused client may not go on sending. A body that is only too large is drained unread: after an early close
        # the browser would report a broken connection instead of the reason.
        response.headers["connection"] = "close"
    return response


def http_error_page(request: Request, error: Exception) -> Response:
    """For what Starlette itself refuses: unknown paths, and methods that a path does not have."""
    assert isinstance(error, HTTPException)
    response = _error_page(request, error.status_code, _SENTENCES.get(error.status_code, "这个请求看不懂，没有执行。"))
    response.headers.update(error.headers or {})
    return response


def failure_page(request: Request, _error: Exception) -> Response:
    """For a defect of our own. It is answered outside of all middleware, and logged by the server."""
    response = _error_page(request, 500, "审稿台出了错，没有保存。请稍后重试；总是这样的话，请把时间告诉维护人员。")
    add_headers(MutableHeaders(raw=response.raw_headers), headers_of(office_of(request)))
    return response


def status_of(error: JianbaoError) -> int:
    """The HTTP status of the answer."""
    match error:
        case RequestRefused():
            return error.status
        case TooManyAttempts():
            return 429
        case Changed():
            return 409
        case NotThere():
            return 404
        case TryLater():
            return 503
        case _:
            return 400


def _to_log_in(request: Request, error: LogInFirst) -> Response:
    """After the log-in a page is shown that was asked for. A form is not repeated: the answer says so, and offers its
    fields again where it may."""
    if is_htmx(request):
        current = urlsplit(request.headers.get("hx-current-url", ""))
        return Response(status_code=401, headers={"HX-Redirect": _login_path(current.path, current.query)})
    if request.method in ("GET", "HEAD"):
        return RedirectResponse(_login_path(request.url.path, request.url.query), 303)
    message = "已经退出登录，刚才的操作没有保存。请先登录，再做一次。"
    return _error_page(request, error.status, message, error.fields)


def _login_path(path: str, query: str) -> str:
    wanted = f"{path}?{query}" if query else path
    return f"/login?next={quote(wanted, safe='/')}" if wanted not in ("", "/") else "/login"


def _error_page(request: Request, status: int, message: str, fields: tuple[tuple[str, str], ...] = ()) -> Response:
    """fields: of a form that can be sent again from this page."""
    if status >= 500:
        _log.warning("page not shown", path=request.url.path, status=status)
    if is_htmx(request):
        response = fragment(request, "_message.html", status=status, message=message, tone="bad")
        response.headers["HX-Retarget"] = "#messages"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    path = request.url.path
    return page(request, "error.html", status=status, problem=message, code=status, fields=fields, again=path)
