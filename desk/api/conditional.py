"""Entity tags: a caller asks again for what it has at no cost, and changes only the version that it has seen (RFC 9110
section 13)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final

from fastapi import Depends, Header
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from desk.api.problems import VersionRequired
from values.errors import Changed
from values.whole_number import whole_number

_TAG: Final = re.compile(r'(?:W/)?"([^"]*)"')
_HASH_CHARACTERS: Final = 32
"""Of the SHA-256 in hexadecimal: 128 bits."""


class ConditionalRoute(APIRoute):
    """A route whose GET is answered with 304 where the caller has the same content already."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def conditional(request: Request) -> Response:
            response = await answer(request)
            if request.method != "GET" or response.status_code != 200:
                return response
            version = _opaque(response.headers.get("etag", ""))
            tag = _tag_of(version, response.body)
            response.headers["etag"] = tag
            sent = request.headers.get("if-none-match", "")
            if sent.strip() == "*" or _opaque(tag) in _TAG.findall(sent):
                return Response(status_code=304, headers={"etag": tag})
            return response

        return conditional


def version_tag(version: int) -> str:
    """What a view sets as the ETag of what has versions; the route adds the content, parts of which have none."""
    return f'"{version}"'


_IF_MATCH: Final = Header(description='The ETag that was read, or its version alone, as "7".')


def seen_version(if_match: Annotated[str | None, _IF_MATCH] = None) -> int:
    """The version that the caller has seen. Raises VersionRequired without If-Match, Changed for what is no version of
    ours: * too, since a change must name what it changes."""
    if if_match is None:
        raise VersionRequired("请把读到的 ETag 写在 If-Match 里，以免盖掉别人的改动。")
    matched = _TAG.fullmatch(if_match.strip())
    version = whole_number(matched.group(1).partition(".")[0]) if matched else None
    if version is None:
        raise Changed("If-Match 里的版本不是读到的 ETag，没有执行。请重新读取后再改。")
    return version


SeenVersion = Annotated[int, Depends(seen_version)]


def _tag_of(version: str, body: bytes | memoryview) -> str:
    content = hashlib.sha256(body).hexdigest()[:_HASH_CHARACTERS]
    return f'"{version}.{content}"' if version else f'W/"{content}"'


def _opaque(tag: str) -> str:
    return "".join(_TAG.findall(tag))
