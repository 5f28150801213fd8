"""Every page of the desk in a real Chromium: quiet, usable by keyboard and screen reader, and no wider than a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from service.office import Office
from tests.support.browser import DESKTOP, PHONE, Tabs, Watched, axe
from tests.support.desk import serving
from tests.support.desk_pages import editor, opened, pages_of
from tests.support.week import week

pytestmark = [pytest.mark.browser, pytest.mark.libreoffice, pytest.mark.usefixtures("soffice")]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with week(tmp_path_factory.mktemp("week"), hostile=True, past=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def url(office: Office) -> Iterator[str]:
    with serving(office) as url:
        yield url


def said_of(tab: Watched, office: Office, question: Callable[[Watched], object]) -> dict[str, object]:
    """What the question found on each page, where it found something."""
    found = {path: question(tab) for path in pages_of(office) if opened(tab, path)}
    assert len(found) > 1
    return {path: said for path, said in found.items() if said}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_from_using_a_page(tabs: Tabs, office: Office, url: str, scheme: str) -> None:
    tab = editor(tabs, office, url, size=DESKTOP, color_scheme=scheme)
    assert said_of(tab, office, lambda tab: axe(tab.page)) == {}


def test_no_page_has_to_be_scrolled_sideways_on_a_phone(tabs: Tabs, office: Office, url: str) -> None:
    tab = editor(tabs, office, url, size=PHONE)
    assert said_of(tab, office, Watched.overflow) == {}


def test_every_page_works_without_scripts(tabs: Tabs, office: Office, url: str) -> None:
    tab = editor(tabs, office, url, java_script_enabled=False)
    assert said_of(tab, office, lambda tab: not tab.page.locator("main").inner_text().strip()) == {}
