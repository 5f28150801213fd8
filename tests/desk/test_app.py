"""The application: its first page, its optional page, and answers to unknown paths."""

from __future__ import annotations

from starlette.routing import Route

from desk.app import routes_for
from settings.model import DeskSettings
from tests.support.desk import DeskDriver


def paths(desk: DeskSettings) -> set[str]:
    return {route.path for route in routes_for(desk) if isinstance(route, Route)}


def test_the_first_page_is_the_first_tab_of_the_first_bulletin(desk: DeskDriver) -> None:
    assert desk.get("/").headers["location"] == "/login"
    desk.login("viewer")
    assert desk.get("/").headers["location"] == "/b/wuxing/issue"


def test_metrics_are_a_page_only_where_they_are_switched_on() -> None:
    assert paths(DeskSettings.model_validate({"metrics": True})) - paths(DeskSettings()) == {"/metrics"}


def test_a_slash_at_the_end_redirects_nowhere(desk: DeskDriver) -> None:
    desk.login()
    assert desk.get("/account/").status_code == 404
