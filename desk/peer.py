"""Where a request comes from."""

from __future__ import annotations

from starlette.requests import Request


def address_of(request: Request) -> str:
    """The address of whoever opened the connection."""
    return request.client.host if request.client else ""
