"""刊物: all bulletins at one look, for an office that has several."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.navigation import OVERVIEW
from desk.page import activity_of, office_of, page, person_of
from desk.routes import get
from service.issue.bulletins_overview import bulletins_overview


def overview(request: Request) -> Response:
    """A line for each bulletin: next dates, what is unread and undecided, letters that wait, alarms, the draft."""
    lines = bulletins_overview(office_of(request), activity_of(request), person_of(request).id)
    return page(request, "overview.html", lines=lines)


ROUTES: Final[tuple[BaseRoute, ...]] = (get(OVERVIEW, overview),)
