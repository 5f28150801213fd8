"""For monitoring: /healthz, /readyz and, where it is switched on, /metrics. Without log-in, and without content."""

from __future__ import annotations

from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute

from desk.metrics import MetricsCollector
from desk.page import activity_of, office_of
from desk.routes import get
from service.health.readiness import readiness_of


def healthz(_request: Request) -> Response:
    """Reports that this process answers."""
    return PlainTextResponse("ok")


def readyz(request: Request) -> Response:
    """Reports whether the service does its work: 200, or 503 with the reasons."""
    now = readiness_of(office_of(request), activity_of(request))
    document = {
        "ready": not now.reasons,
        "reasons": now.reasons,
        "last_tick_age_seconds": now.tick_age,
        "last_poll_age_seconds": now.poll_ages,
    }
    return JSONResponse(document, 503 if now.reasons else 200)


def metrics(request: Request) -> Response:
    """The metrics in the text format of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)  # without those of the process that the default registry adds
    registry.register(MetricsCollector(office_of(request), activity_of(request)))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/healthz", healthz, role=None),
    get("/readyz", readyz, role=None),
)
METRICS: Final[tuple[BaseRoute, ...]] = (get("/metrics", metrics, role=None),)
