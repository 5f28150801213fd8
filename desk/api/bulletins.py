"""Bulletins that a token is for, and the figures of each."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request

from desk.api.caller import BulletinInPath, Reader
from desk.api.conditional import ConditionalRoute
from desk.api.problems import problems
from desk.api.shapes import ApiBulletins, ApiStatistics
from service.figures.statistics import statistics_of
from service.shapes.statistics import statistics_document
from values.errors import BadUsage
from values.period import period_between

bulletins: Final = APIRouter(route_class=ConditionalRoute, tags=["bulletins"])


@bulletins.get("/bulletins", responses=problems())
def list_bulletins(caller: Reader) -> ApiBulletins:
    """The bulletins that the token is for."""
    items = [
        {
            "id": bulletin.id,
            "title": bulletin.title,
            "kind": bulletin.kind,
            "office": bulletin.office,
            "sections": list(bulletin.sections),
        }
        for bulletin in caller.office.settings.bulletins
        if caller.may_open(bulletin.id)
    ]
    return ApiBulletins.model_validate({"items": items})


@bulletins.get("/bulletins/{bulletin}/statistics", responses=problems(), response_model_exclude_unset=True)
def read_statistics(caller: Reader, bulletin: BulletinInPath, first: date, last: date) -> ApiStatistics:
    """What each department sent from the first day to the last, and how much of it was printed."""
    period = period_between(first.isoformat(), last.isoformat())
    if period is None:
        raise BadUsage("统计的日子太早或太晚，请改 first 或 last。")
    return ApiStatistics.model_validate(statistics_document(statistics_of(caller.office, bulletin, period)))


@bulletins.get("/openapi.json", include_in_schema=False)
def description(request: Request, _caller: Reader) -> dict[str, Any]:
    """This API as OpenAPI 3.1."""
    described: dict[str, Any] = request.app.openapi()
    return described
