"""约稿 and 催稿 in a real browser: made and mailed by clicks, at a desktop and on a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from archive import commissions
from archive.commissions import NewLink
from service.office import Office
from tests.support.browser import DESKTOP, PHONE, Tabs, axe
from tests.support.commissioned_office import MONDAY, TOPIC, ask, config
from tests.support.desk import browser_cookies, serving
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import hand_in
from tests.support.outboxes import all_out
from values.commission import LinkState, LinkWay

pytestmark = pytest.mark.browser


@pytest.fixture
def office_setup() -> OfficeSetup:
    grouped = '\n[[bulletin.department]]\nname = "水东镇"\ngroup = "乡镇"\nsenders = ["sdz@example.org"]\n'
    return OfficeSetup(config() + grouped, MONDAY)


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    with serving(office) as url:
        yield url


@pytest.fixture
def tabs(url: str, chromium: Browser) -> Iterator[Tabs]:
    """Closed before the server is: 本期 asks it every two seconds."""
    opened = Tabs(chromium)
    yield opened
    complaints = opened.close()
    assert not complaints, complaints


def test_a_commission_is_made_and_mailed_by_clicks(tabs: Tabs, office: Office, url: str) -> None:
    tab = tabs.open(url)
    tab.page.context.add_cookies(browser_cookies(office, url))
    tab.go("/b/wuxing/issue")
    page = tab.page
    page.get_by_role("link", name="约稿", exact=True).click()
    page.get_by_role("link", name="约稿…").click()
    page.get_by_label("题目").fill(TOPIC)
    page.get_by_label("要求").fill("800字左右，附照片")
    page.get_by_label("截稿", exact=True).fill("11月10日")
    page.get_by_label("区民政局").check()
    page.get_by_label("乡镇（全部 1 个）").check()
    page.get_by_role("button", name="下一步：看约稿信").click()
    expect(page.get_by_role("heading", name=TOPIC)).to_be_visible()
    page.locator("summary", has_text="寄 2 封信").click()
    page.get_by_role("button", name="寄 2 封信").click()
    expect(page.get_by_text("2 封信十分钟后寄出")).to_be_visible()
    assert [record.to for record in all_out(office)] == ["mzj@example.org", "sdz@example.org"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_fit_and_are_accessible(tabs: Tabs, office: Office, url: str, size: ViewportSize) -> None:
    ask(office)
    first, second = hand_in(office, "严防死守护林海", "护林防火在行动")
    with office.ledger.writing() as ledger:
        for article, state in ((first, LinkState.LINKED), (second, LinkState.PROPOSED)):
            commissions.add_link(ledger, NewLink(1, article, state, LinkWay.REFERENCE), at=MONDAY)
    tab = tabs.open(url, size)
    tab.page.context.add_cookies(browser_cookies(office, url))
    for name in ("commissions", "commissions/new", "commissions/1", "issue/urging"):
        tab.go(f"/b/wuxing/{name}")
        assert axe(tab.page) == []
        assert tab.overflow() <= 0
