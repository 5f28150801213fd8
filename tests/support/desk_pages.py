"""Every page of the desk, by the paths that an editor would open in the week of the printed issue."""

from __future__ import annotations

from typing import Any, Final

from desk.app import make_app
from service.office import Office
from tests.support.browser import Tabs, Watched
from tests.support.desk import browser_cookies
from tests.support.printed_week import BULLETIN
from tools.desk_paths import paths

# In the week with a past issue: an article of the open draft, the hostile one, a published one; the signed-off issue.
_VALUES: Final = {
    "bulletin": (BULLETIN,),
    "department": ("区教体局",),
    "article": ("3", "7", "1"),
    "letter": ("1", "6"),
    "issue": ("1",),
}
_MORE: Final[dict[str, tuple[str, ...]]] = {
    "/b/{bulletin}/search": ("?q=区", "?q=没有这样的话"),
    "/b/{bulletin}/issue/replace": ("?words=区&substitute=县",),
}


def pages_of(office: Office) -> list[str]:
    """The paths of all pages, and of the files and pieces that have a path of their own."""
    return paths(make_app(office).state.roles, _VALUES, _MORE)


def editor(tabs: Tabs, office: Office, url: str, role: str = "admin", **more: Any) -> Watched:
    """A tab of a logged-in person. more: as for `Tabs.open`."""
    tab = tabs.open(url, **more)
    tab.page.context.add_cookies(browser_cookies(office, url, role))
    return tab


def opened(tab: Watched, path: str) -> bool:
    """Opens the page. Returns False, opening nothing, for a path that is no whole page: a file, or a part of a page."""
    answer = tab.page.context.request.get(tab.base + path)
    assert answer.status in {200, *tab.refused}, (path, answer.status)
    whole = "attachment" not in answer.headers.get("content-disposition", "")
    if not (whole and answer.headers["content-type"].startswith("text/html") and "<!doctype" in answer.text().lower()):
        return False
    tab.go(path)
    return True
