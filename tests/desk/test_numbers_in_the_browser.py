"""统计, 单位 and 运行 in a real Chromium: charts, dragging, a check that shows its lines as they come."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from service.register.departments import add_department
from tests.support.browser import PHONE, Tabs, Watched, axe
from tests.support.desk import serving
from tests.support.desk_pages import editor
from tests.support.ledger_rows import AT
from tests.support.libreoffice import page_lines
from tests.support.offices import SHANGHAI, hand_in
from values.department import Department

pytestmark = pytest.mark.browser
NAMES = ["区民政局", "沙石镇", "水东镇", "水南镇"]


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    """An issue of two articles is signed off; the register has `NAMES`."""
    ours = office.bulletin(None)
    for name in NAMES[1:]:
        add_department(office, ours, Department(name), who="王编辑")
    hand_in(office, "甲", "乙", "丙")
    assemble(office, ours, AT.astimezone(SHANGHAI).date())
    sign_off(office, ours, 70, "王编辑")
    with serving(office) as url:
        yield url


def drawn(canvas: Locator) -> bool:
    """Whether anything but one colour stands on it."""
    return bool(
        canvas.evaluate(
            """canvas => new Set(new Uint32Array(
                canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size > 5"""
        )
    )


def listed(page: Page) -> list[str]:
    return page.locator("#register td.name").all_inner_texts()


def drag(tab: Watched, name: str, onto: str) -> None:
    """By the grip, as a hand does: SortableJS looks at moves of the mouse."""
    page = tab.page
    start, end = (page.locator("tr", has_text=one).locator(".grip").bounding_box() for one in (name, onto))
    assert start
    assert end
    page.mouse.move(start["x"] + 5, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 5, end["y"] + 4, steps=12)
    page.mouse.up()


def test_charts_are_drawn_from_the_table_and_nothing_breaks_the_policy(tabs: Tabs, office: Office, url: str) -> None:
    tab = editor(tabs, office, url)
    tab.go("/b/wuxing/statistics")
    canvases = tab.page.locator(".chart canvas")
    expect(canvases).to_have_count(2)
    assert [drawn(canvases.nth(number)) for number in range(2)] == [True, True]
    assert axe(tab.page) == []


def test_departments_are_put_in_order_by_dragging(tabs: Tabs, office: Office, url: str) -> None:
    tab = editor(tabs, office, url)
    tab.go("/b/wuxing/departments")
    assert listed(tab.page) == NAMES
    with tab.page.expect_response("**/departments/order"):
        drag(tab, "水南镇", "沙石镇")
    expect(tab.page.locator("#register td.name").nth(1)).to_have_text("水南镇")
    tab.page.reload()
    assert listed(tab.page) == ["区民政局", "水南镇", "沙石镇", "水东镇"]


def test_departments_are_put_in_order_by_the_keyboard_and_the_focus_stays(tabs: Tabs, office: Office, url: str) -> None:
    tab = editor(tabs, office, url)
    tab.go("/b/wuxing/departments")
    for _ in range(2):
        tab.page.get_by_role("button", name="上移水南镇").focus()
        with tab.page.expect_response("**/departments/order"):
            tab.page.keyboard.press("Enter")
        expect(tab.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
        expect(tab.page.get_by_role("button", name="上移水南镇")).to_be_focused()
    assert listed(tab.page) == ["区民政局", "水南镇", "沙石镇", "水东镇"]


def test_department_is_changed_on_a_phone(tabs: Tabs, office: Office, url: str) -> None:
    tab = editor(tabs, office, url, size=PHONE)
    tab.go("/b/wuxing/departments")
    tab.page.get_by_role("link", name="修改沙石镇").click()
    tab.page.get_by_label("投稿地址").fill("ss@example.org")
    tab.page.get_by_role("button", name="保存").click()
    expect(tab.page.get_by_role("status")).to_contain_text("“沙石镇”已保存。")
    expect(tab.page.locator("#register")).to_contain_text("ss@example.org")
    assert not tab.overflow()


def test_check_begins_by_a_button_and_shows_its_lines(tabs: Tabs, office: Office, url: str) -> None:
    tab = editor(tabs, office, url)
    tab.go("/state")
    tab.page.get_by_role("button", name="现在检查").click()
    expect(tab.page.get_by_role("button", name="再查一遍")).to_be_visible(timeout=60_000)
    expect(tab.page.locator("#check")).to_contain_text("台账")
    assert axe(tab.page) == []


def test_long_table_is_printed_in_columns_with_its_head_on_every_page(tabs: Tabs, office: Office, url: str) -> None:
    for number in range(60):
        add_department(office, office.bulletin(None), Department(f"第{number}街道"), who="王编辑")
    tab = editor(tabs, office, url)
    tab.go("/b/wuxing/statistics?period=2022-11")
    pages = ["\n".join(lines) for lines in page_lines(tab.page.pdf(format="A4"))]
    with_rows = [text for text in pages if "街道" in text]
    assert len(with_rows) > 1
    assert all("采用率" in text for text in with_rows)
