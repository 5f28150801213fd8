"""What became of a printed article, in a real Chromium: 批示 with its scan, 上级采用 from a 通报, 更正."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from service.office import Office
from tests.support.browser import Tabs, axe
from tests.support.desk import serving
from tests.support.desk_pages import editor
from tests.support.endorsed import print_articles
from tests.support.pdf import lines, pdf

pytestmark = pytest.mark.browser
ARTICLE = "/b/wuxing/articles/1"
TITLE = "推进政府建设落地见效"


@pytest.fixture
def url(office: Office) -> Iterator[str]:
    print_articles(office, TITLE)
    with serving(office) as url:
        yield url


def test_an_endorsement_with_its_scan_is_recorded_and_looked_at(
    tabs: Tabs, office: Office, url: str, tmp_path: Path
) -> None:
    scan = tmp_path / "批示.pdf"
    scan.write_bytes(pdf(lines("请推广")))
    tab = editor(tabs, office, url)
    tab.go(ARTICLE)
    page = tab.page
    page.get_by_text("登记批示").click()
    page.get_by_label("批示人和职务").fill("张副市长")
    page.get_by_label("批示内容").fill("请推广")
    page.locator("#scan-new").set_input_files(scan)
    page.locator("#endorsements form:visible").get_by_role("button", name="保存").click()
    expect(page.locator("#endorsements li")).to_contain_text("张副市长")
    assert axe(page) == []
    page.get_by_role("link", name="看原件").click()
    picture = page.locator(".sheets img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 500
    assert axe(page) == []


def test_a_notice_is_pasted_compared_and_taken(tabs: Tabs, office: Office, url: str) -> None:
    tab = editor(tabs, office, url)
    tab.go("/b/wuxing/statistics/upper")
    page = tab.page
    page.get_by_label("粘贴通报里的表格或标题").fill(f"1. 章贡区{TITLE}（全文）\n2. 家具产业集群加快发展")
    page.get_by_label("刊物").fill("《赣州信息》")
    page.get_by_label("日期").fill("2022-11-08")
    page.get_by_role("button", name="对照刊发的稿件").click()
    expect(page.get_by_role("checkbox")).to_be_checked()
    expect(page.get_by_text("家具产业集群加快发展")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="登记选中的").click()
    expect(page.locator("table.list tbody tr")).to_contain_text("《赣州信息》")
    assert axe(page) == []


def test_an_erratum_is_made_and_marks_the_printed_article(tabs: Tabs, office: Office, url: str) -> None:
    tab = editor(tabs, office, url)
    tab.go(ARTICLE)
    page = tab.page
    page.get_by_role("link", name="更正…").click()
    page.get_by_label("第 1 处，刊发的").fill(TITLE[:4])
    page.get_by_label("第 1 处，应为").fill("落实政府")
    assert axe(page) == []
    page.get_by_role("button", name="编成更正").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("的更正")
    tab.go(ARTICLE)
    expect(page.get_by_role("link", name="更正待刊")).to_be_visible()
    assert axe(page) == []
