"""The tabs above every page: those whose page the application has, and that the person may open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from starlette.routing import BaseRoute, Route

from desk.guard import GuardedGet
from values.account import Person, Role

HERE: Final = "{bulletin}"


@dataclass(frozen=True, slots=True)
class Tab:
    """path: as its route is written. also: what else belongs under it, besides everything below its path."""

    name: str
    path: str
    also: tuple[str, ...] = ()


TABS: Final = (
    Tab("本期", "/b/{bulletin}/issue", ("/b/{bulletin}/articles",)),
    Tab("来信", "/b/{bulletin}/letters", ("/b/{bulletin}/search",)),
    Tab("往期", "/b/{bulletin}/past"),
    Tab("统计", "/b/{bulletin}/statistics"),
    Tab("单位", "/b/{bulletin}/departments"),
    Tab("变更记录", "/b/{bulletin}/changes"),
    Tab("运行", "/state"),
    Tab("用户", "/people"),
)
ACCOUNT: Final = "/account"
"""Where everybody may go, whatever else there is."""


@dataclass(frozen=True, slots=True)
class Link:
    """current: the page that is shown lies under it."""

    name: str
    path: str
    current: bool


def roles_by_path(routes: Iterable[BaseRoute]) -> dict[str, Role | None]:
    return {
        route.path: route.app.role for route in routes if isinstance(route, Route) and isinstance(route.app, GuardedGet)
    }


def links(roles: dict[str, Role | None], person: Person, bulletin: str, shown: str) -> tuple[Link, ...]:
    """shown: the path of the page that they stand on."""
    return tuple(
        Link(tab.name, tab.path.replace(HERE, bulletin), _is_under(shown, tab, bulletin))
        for tab in TABS
        if tab.path in roles and person.role.includes(roles[tab.path] or Role.VIEWER)
    )


def home(roles: dict[str, Role | None], person: Person, bulletin: str) -> str:
    """The first tab that there is."""
    return next((link.path for link in links(roles, person, bulletin, "")), ACCOUNT)


def _is_under(shown: str, tab: Tab, bulletin: str) -> bool:
    places = (path.replace(HERE, bulletin) for path in (tab.path, *tab.also))
    return any(shown == place or shown.startswith(f"{place}/") for place in places)
