"""The scripts, styles and icons of the pages."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from desk.environment import STATIC

_IMMUTABLE: Final = "public, max-age=31536000, immutable"


class _VersionedFiles(StaticFiles):
    """Files whose URL holds a digest of their content, so that they never change and may be cached for a year."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = _IMMUTABLE if b"v=" in scope["query_string"] else "no-cache"
        return response


ROUTES: Final = (Mount("/static", _VersionedFiles(directory=STATIC), name="static"),)
