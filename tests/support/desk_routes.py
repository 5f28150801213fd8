"""Every route of the desk, with a path that it answers to; pages added later are included."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from starlette.routing import BaseRoute, Mount, Route

from archive.schema import metadata
from desk.app import routes_for
from desk.guard import GuardedGet, GuardedPost
from service.office import Office
from settings.model import DeskSettings
from tests.support.ledger_rows import BULLETIN
from values.account import Role

_SAMPLES: Final = {"bulletin": BULLETIN, "token": "x" * 43}


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """A request to a route. pattern: the route as written. role: the least one allowed, None for everybody."""

    method: str
    path: str
    pattern: str
    role: Role | None

    def __str__(self) -> str:
        return f"{self.method} {self.pattern}"


def guarded_requests() -> list[SampleRequest]:
    """All of them, /metrics too."""
    return [_sample_request(route) for route in _all_routes() if isinstance(route, Route)]


def unguarded() -> list[BaseRoute]:
    """What is reached without one of the two guards."""
    guards = (GuardedGet, GuardedPost)
    return [route for route in _all_routes() if not (isinstance(route, Route) and isinstance(route.endpoint, guards))]


def mounts() -> list[str]:
    return [route.path for route in unguarded() if isinstance(route, Mount)]


def rows_of(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """All that the ledger has, to be compared."""
    with office.ledger.reading() as ledger:
        return {
            name: [tuple(row) for row in ledger.sql.execute(select(table))] for name, table in metadata.tables.items()
        }


def files_of(office: Office) -> set[Path]:
    """What lies in the data directory, without the database's own files."""
    return {path for path in office.data_dir.rglob("*") if path.is_file() and "sqlite3" not in path.name}


def _all_routes() -> list[BaseRoute]:
    return routes_for(DeskSettings.model_validate({"metrics": True}))


def _sample_request(route: Route) -> SampleRequest:
    guard = route.endpoint
    assert isinstance(guard, GuardedGet | GuardedPost), f"{route.path} has no guard"
    path = route.path_format.format(**{name: _sample(route, name) for name in route.param_convertors})
    return SampleRequest("POST" if isinstance(guard, GuardedPost) else "GET", path, route.path, guard.role)


def _sample(route: Route, name: str) -> str:
    return _SAMPLES.get(name, "1")
