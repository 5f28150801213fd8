"""Every page of the desk, by the paths that an editor would open in the week of the printed issue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from service.office import Office
from tests.support.browser import Tabs, Watched
from tests.support.desk import browser_cookies
from tests.support.week import BULLETIN

# What stands in a path, by its name there.
VALUES: Final = {"bulletin": BULLETIN}
NOT_PAGES: Final = ("/static", "/invitation", "/metrics", "/readyz", "/healthz")
_PARAMETER: Final = re.compile(r"\{(\w+)(?::\w+)?\}")


def paths(pages: Iterable[str]) -> list[str]:
    """The paths of these routes, sorted. An unknown parameter is an error: this file has to be told of it."""
    kept = sorted(page for page in pages if page != "/" and not page.startswith(NOT_PAGES))
    unknown = [page for page in kept if set(_PARAMETER.findall(page)) - VALUES.keys()]
    assert unknown == [], "tell tests/support/desk_pages.py what stands in these paths"
    return [_PARAMETER.sub(lambda found: VALUES[found[1]], page) for page in kept]


def editor(tabs: Tabs, office: Office, url: str, role: str = "admin", **more: Any) -> Watched:
    """A tab of somebody who is logged in. more: as for `Tabs.open`."""
    tab = tabs.open(url, **more)
    tab.page.context.add_cookies(browser_cookies(office, url, role))  # type: ignore[arg-type]  # plain dicts
    return tab


def opened(tab: Watched, path: str) -> bool:
    """Opens the page. False, and nothing opened, for what is no page of its own: a file, or a piece of a page."""
    answer = tab.page.context.request.get(tab.base + path)
    assert answer.status == 200, (path, answer.status)
    whole = "attachment" not in answer.headers.get("content-disposition", "")
    if not (whole and answer.headers["content-type"].startswith("text/html") and "<!doctype" in answer.text().lower()):
        return False
    tab.go(path)
    return True
