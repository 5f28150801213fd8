"""Every page of the desk in a real Chromium: quiet, usable by keyboard and screen reader, no wider than the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from lxml.html import HtmlElement, fromstring
from playwright.sync_api import APIResponse, Browser, ViewportSize

from service.office import Office
from tests.support.browser import DESKTOP, PHONE, Tabs, Watched, axe
from tests.support.desk import serving
from tests.support.desk_pages import editor, opened, pages_of
from tests.support.form_traps import enter_traps
from tests.support.printed_week import printed_week_office

pytestmark = [
    pytest.mark.browser,
    pytest.mark.libreoffice,
    pytest.mark.usefixtures("soffice"),
    pytest.mark.timeout(400),  # the first looks at eighty pages: a minute, on a busy machine several
]

FRAMES = ("/original/frame", "/original/pages")
"""What stands within a page, in a sandbox of its own, with paper as wide as paper is."""

SIZES = (PHONE, DESKTOP, ViewportSize(width=1920, height=1080))
PRIMARY = """() => Array.from(document.querySelectorAll("main button, main .button"))
  .filter((one) => one.checkVisibility() && getComputedStyle(one).backgroundColor === "rgb(26, 86, 168)")
  .map((one) => one.textContent.trim())"""
"""By the colour of `button` in desk.css."""
WORDED_BY_BROWSER = ", ".join(f"input[type={kind}]" for kind in ("date", "time", "datetime-local", "month", "week"))
WORDED_BY_BROWSER += ", input[type=file]:not(.unseen)"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a page. overflow: CSS pixels by which it is too wide, by the width of the window."""

    path: str
    faults: list[str]
    faults_in_the_dark: list[str]
    overflow: dict[int, int]
    headings: int
    """Number of its main headings (h1)."""
    pressed_first: list[str]
    """The words of its primary buttons, those behind a click left out."""
    worded_by_browser: int
    """Fields that a browser labels in its own language: days, times, months, files."""
    on_paper: bool
    """Whether the heading is printed."""
    complaints: list[str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with printed_week_office(tmp_path_factory.mktemp("week"), hostile=True, past=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def url(office: Office) -> Iterator[str]:
    with serving(office) as url:
        yield url


@pytest.fixture(scope="module")
def seen(chromium: Browser, office: Office, url: str) -> list[Seen]:
    """Every page, opened once: in light, in dark, at three widths, and as it is printed."""
    tabs = Tabs(chromium)
    tab = editor(tabs, office, url)
    tab.refused.add(400)  # what cannot be edited any more says so, and is looked at as well
    seen_pages = [_look(tab, path) for path in pages_of(office) if opened(tab, path)]
    tabs.close()
    assert len(seen_pages) > 5
    return seen_pages


def _look(tab: Watched, path: str) -> Seen:
    page = tab.page
    light = axe(page)
    page.emulate_media(color_scheme="dark")
    dark = axe(page, "color-contrast")  # the only rule that colours matter to; the others take as long again
    page.emulate_media(color_scheme="light")
    desktop = page.viewport_size
    assert desktop
    overflow = {}
    for size in SIZES:
        page.set_viewport_size(size)
        overflow[size["width"]] = tab.overflow()
    page.set_viewport_size(desktop)
    worded = page.locator(WORDED_BY_BROWSER).count()
    headings, primary = page.locator("h1").count(), page.evaluate(PRIMARY)
    complaints = list(tab.complaints)
    tab.complaints.clear()
    page.emulate_media(media="print")
    on_paper = page.locator("h1").first.is_visible()
    page.emulate_media(media="screen")
    return Seen(
        path,
        light,
        dark,
        {width: by for width, by in overflow.items() if by},
        headings,
        primary,
        worded,
        on_paper=on_paper,
        complaints=complaints,
    )


def test_nothing_keeps_people_from_using_a_page(seen: list[Seen]) -> None:
    assert {page.path: page.faults for page in seen if page.faults} == {}


def test_nothing_keeps_people_from_using_it_in_the_dark(seen: list[Seen]) -> None:
    assert {page.path: page.faults_in_the_dark for page in seen if page.faults_in_the_dark} == {}


def test_no_page_has_to_be_scrolled_sideways(seen: list[Seen]) -> None:
    pages = [page for page in seen if not page.path.endswith(FRAMES)]
    assert {page.path: page.overflow for page in pages if page.overflow} == {}


def test_every_page_has_one_heading_and_at_most_one_primary_button(seen: list[Seen]) -> None:
    pages = [page for page in seen if not page.path.endswith(FRAMES)]
    assert {page.path: page.headings for page in pages if page.headings != 1} == {}
    assert [page.path for page in pages if not page.on_paper] == []
    assert {page.path: page.pressed_first for page in pages if len(page.pressed_first) > 1} == {}


def test_no_field_is_worded_in_the_browsers_language(seen: list[Seen]) -> None:
    assert {page.path: page.worded_by_browser for page in seen if page.worded_by_browser} == {}


def test_no_page_breaks_its_policy_or_fails_at_anything(seen: list[Seen]) -> None:
    assert {page.path: page.complaints for page in seen if page.complaints} == {}


@pytest.fixture(scope="module")
def texts(chromium: Browser, office: Office, url: str) -> dict[str, HtmlElement]:
    """Every page and part of one, as it is sent."""
    tabs = Tabs(chromium)
    request = editor(tabs, office, url).page.context.request
    answers = {path: request.get(url + path) for path in pages_of(office)}
    sent = {
        path: fromstring(answer.text())
        for path, answer in answers.items()
        if answer.headers["content-type"].startswith("text/html") and answer.text().strip()
    }
    tabs.close()
    return sent


def test_enter_in_a_field_does_nothing_by_chance(texts: dict[str, HtmlElement]) -> None:
    """Of several buttons, Enter takes the first: 采用, where the editor has just typed why an article is rejected."""
    assert sum(len(list(page.iter("form"))) for page in texts.values()) > 100
    assert {path: traps for path, page in texts.items() if (traps := enter_traps(page))} == {}


def test_every_link_to_a_file_is_marked_as_a_download(
    tabs: Tabs, office: Office, url: str, texts: dict[str, HtmlElement]
) -> None:
    """The page is left for any other link, and shows until then that an answer is awaited."""
    request = editor(tabs, office, url).page.context.request
    linked: dict[str, str] = {}
    for path, page in texts.items():
        links: list[str] = [link.get("href", "") for link in page.iter("a") if "download" not in link.attrib]
        linked |= {link.partition("#")[0]: path for link in links if link.startswith("/")}
    assert len(linked) > 20
    files = {link: page for link, page in linked.items() if link and _is_file(request.get(url + link))}
    assert files == {}


def _is_file(answer: APIResponse) -> bool:
    return "attachment" in answer.headers.get("content-disposition", "")


def test_every_page_says_something_without_scripts(tabs: Tabs, office: Office, url: str) -> None:
    tab = editor(tabs, office, url, java_script_enabled=False)
    tab.refused.add(400)
    paths = [path for path in pages_of(office) if not path.endswith(FRAMES)]
    shown = {path: tab.page.locator("main").inner_text() for path in paths if opened(tab, path)}
    assert [path for path, text in shown.items() if not text.strip()] == []
