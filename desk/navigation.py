"""The tabs above every page: those whose page exists and that the person may open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.routing import BaseRoute, Route

from desk.guard import GuardedGet
from values.account import Person, Role

HERE: Final = "{bulletin}"
"""The place of the bulletin's id in the path of a tab."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab."""

    name: str
    path: str
    """As in its route."""
    also: tuple[str, ...] = ()
    """Paths of other pages that belong to the tab, besides those below its own path."""
    only: Role | None = None
    """The one role that sees the tab; None: every role that may open its page."""


TABS: Final = (
    Tab("审核", "/approvals", ("/b/{bulletin}/approvals",), only=Role.APPROVER),
    Tab("本期", "/b/{bulletin}/issue", ("/b/{bulletin}/articles", "/b/{bulletin}/commissions")),
    Tab("来信", "/b/{bulletin}/letters", ("/b/{bulletin}/search",)),
    Tab("往期", "/b/{bulletin}/past"),
    Tab("统计", "/b/{bulletin}/statistics"),
    Tab("单位", "/b/{bulletin}/departments"),
    Tab("变更记录", "/b/{bulletin}/changes"),
    Tab("运行", "/state"),
    Tab("用户", "/people"),
)
OVERVIEW: Final = "/bulletins"
"""The page of all bulletins, where an office that has several starts."""
ACCOUNT: Final = "/account"
"""The page that every role may open."""


@dataclass(frozen=True, slots=True)
class Link:
    """A tab of one bulletin, as it is shown."""

    name: str
    path: str
    current: bool
    """Whether the page that is shown belongs to the tab."""


def roles_by_path(routes: Iterable[BaseRoute]) -> dict[str, Role | None]:
    """The role that each page needs, None for a page that is for everybody."""
    return {
        route.path: route.app.role for route in routes if isinstance(route, Route) and isinstance(route.app, GuardedGet)
    }


def links(roles: dict[str, Role | None], person: Person, bulletin: str, shown: str) -> tuple[Link, ...]:
    """The tabs that the person may open. shown: the path of the page that they stand on."""
    return tuple(
        Link(tab.name, tab.path.replace(HERE, bulletin), _is_under(shown, tab, bulletin))
        for tab in TABS
        if tab.path in roles
        and person.role.includes(roles[tab.path] or Role.APPROVER)
        and tab.only in (None, person.role)
    )


def home(roles: dict[str, Role | None], person: Person, bulletin: str) -> str:
    """The path of the first tab that the person may open."""
    return next((link.path for link in links(roles, person, bulletin, "")), ACCOUNT)


def start(roles: dict[str, Role | None], person: Person, bulletins: Sequence[str]) -> str:
    """The path of the page that the person starts at. bulletins: ids of all of them."""
    if len(bulletins) > 1 and person.role.includes(Role.VIEWER):
        return OVERVIEW
    return home(roles, person, bulletins[0])


def _is_under(shown: str, tab: Tab, bulletin: str) -> bool:
    paths = (path.replace(HERE, bulletin) for path in (tab.path, *tab.also))
    return any(shown == path or shown.startswith(f"{path}/") for path in paths)
