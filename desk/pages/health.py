"""For machines that watch: /healthz, /readyz and, where it is switched on, /metrics. No login, and no content."""

from __future__ import annotations

from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute

from desk.measures import Measures
from desk.page import activity_of, office_of
from desk.routes import get
from service.health.readiness import readiness_of


def healthz(_request: Request) -> Response:
    """This process answers."""
    return PlainTextResponse("ok")


def readyz(request: Request) -> Response:
    """The service does its work; 503 and the reasons when it does not."""
    readiness = readiness_of(office_of(request), activity_of(request))
    document = {
        "ready": not readiness.reasons,
        "reasons": readiness.reasons,
        "last_tick_age_seconds": readiness.tick_age,
        "last_poll_age_seconds": readiness.poll_ages,
    }
    return JSONResponse(document, 503 if readiness.reasons else 200)


def metrics(request: Request) -> Response:
    registry = CollectorRegistry(auto_describe=False)  # ours alone: the default one tells about the process
    registry.register(Measures(office_of(request), activity_of(request)))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/healthz", healthz, role=None),
    get("/readyz", readyz, role=None),
)
METRICS: Final[tuple[BaseRoute, ...]] = (get("/metrics", metrics, role=None),)
