"""The scripts, styles and pictures of the pages."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from desk.environment import STATIC

_FOR_GOOD: Final = "public, max-age=31536000, immutable"


class _Files(StaticFiles):
    """With a version in its URL, a file never changes."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = _FOR_GOOD if b"v=" in scope["query_string"] else "no-cache"
        return response


ROUTES: Final = (Mount("/static", _Files(directory=STATIC), name="static"),)
