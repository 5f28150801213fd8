"""Answers to what cannot be done: application/problem+json (RFC 9457), with a title in English and in Chinese.

The detail is the sentence of the operation, in Chinese, as at the desk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from desk.error_pages import status_of
from desk.refusals import RequestRefused
from service.people.attempts import TooManyAttempts
from values.errors import Changed, JianbaoError

PROBLEM_TYPE: Final = "application/problem+json"
_TITLES: Final[Mapping[int, tuple[str, str]]] = {
    400: ("The request cannot be done", "请求办不到"),
    401: ("No valid token", "没有有效的令牌"),
    403: ("Not allowed", "没有权限"),
    404: ("Not found", "没有这个内容"),
    405: ("Method not allowed", "不能这样用"),
    408: ("The body did not arrive in time", "内容没有收完"),
    412: ("Changed meanwhile", "已被改动"),
    413: ("Too large", "内容太大"),
    415: ("Media type not supported", "格式不对"),
    422: ("The request is malformed", "请求的格式不对"),
    428: ("A version is required", "要写明版本"),
    429: ("Too many requests", "请求太多"),
    500: ("A fault of the service", "服务出错"),
    503: ("Unavailable, try again later", "暂时不可用"),
}
"""By HTTP status."""


class VersionRequired(RequestRefused):
    """A change without If-Match: nobody overwrites what he has not seen (RFC 6585 section 3)."""

    status = 428


class FieldProblem(BaseModel):
    """What is wrong about one part of a request."""

    pointer: str
    """Where, as body/status."""
    detail: str


class Problem(BaseModel):
    """What a refused request is answered with."""

    type: str
    """Identifies the kind of problem."""
    title: str
    title_zh: str
    status: int
    detail: str
    """What happened, and the remedy; Chinese."""
    errors: list[FieldProblem] = []
    """Of a malformed request: all its mistakes."""


def problems(*more: int) -> dict[int | str, dict[str, Any]]:
    """The answers of a route but the good one, for the description. more: statuses that not every route has."""
    statuses = (400, 401, 403, 404, 413, 422, 429, *more)
    return {status: {"model": Problem, "description": _TITLES[status][0]} for status in statuses}


def problem_response(
    status: int, detail: str, *, errors: Sequence[FieldProblem] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """The answer. status: a key of `_TITLES`; any other is answered as 400 or 500 in words."""
    title, chinese = _TITLES.get(status) or _TITLES[500 if status >= 500 else 400]
    problem = Problem(
        type=f"urn:jianbao:problem:{title.lower().replace(',', '').replace(' ', '-')}",
        title=title,
        title_zh=chinese,
        status=status,
        detail=detail,
        errors=list(errors),
    )
    return JSONResponse(problem.model_dump(), status, dict(headers or {}), PROBLEM_TYPE)


def refusal(_request: Request, error: Exception) -> Response:
    """For every error that is part of the product."""
    assert isinstance(error, JianbaoError)
    # The version comes in If-Match here, whose failure has a status of its own (RFC 9110 section 13.1.1).
    status = 412 if isinstance(error, Changed) else status_of(error)
    headers = {}
    if isinstance(error, RequestRefused | TooManyAttempts) and error.retry_after:
        headers["retry-after"] = str(error.retry_after)
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    return problem_response(status, str(error), headers=headers)


def http_refusal(_request: Request, error: Exception) -> Response:
    """For what the framework refuses: unknown paths, methods that a path does not have, bodies that are too large."""
    assert isinstance(error, HTTPException)
    title = _TITLES.get(error.status_code)
    return problem_response(error.status_code, f"{title[1] if title else '请求办不到'}。", headers=error.headers)


def malformed(_request: Request, error: Exception) -> Response:
    """For a request whose parameters or body are not as described."""
    assert isinstance(error, RequestValidationError)
    errors = [
        FieldProblem(pointer="/".join(map(str, mistake["loc"])), detail=mistake["msg"]) for mistake in error.errors()
    ]
    return problem_response(422, "请求的参数或内容与接口说明不符，没有执行。", errors=errors)


def failure(_request: Request, _error: Exception) -> Response:
    """For a defect of our own, which the server logs."""
    return problem_response(500, "服务出了错，没有保存。请稍后重试；总是这样的话，请把时间告诉维护人员。")
