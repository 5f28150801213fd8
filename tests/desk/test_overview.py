"""刊物: the start of an office that has several bulletins."""

from __future__ import annotations

import pytest

from tests.support.desk import DeskDriver
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin() + bulletin("other"))


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("viewer", "/bulletins"),
        ("editor", "/bulletins"),
        ("admin", "/bulletins"),
        ("auditor", "/b/wuxing/changes"),
        ("approver", "/approvals"),
    ],
)
def test_people_start_where_they_can_choose(desk: DeskDriver, role: str, path: str) -> None:
    desk.login(role)
    assert desk.get("/").headers["location"] == path


def test_each_bulletin_is_a_row_that_leads_to_its_issue(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文")
    desk.login("viewer")
    page = desk.html("/bulletins")
    rows = page.xpath("//table//tbody/tr")
    assert [row.xpath(".//td[1]/a/@href")[0] for row in rows] == ["/b/wuxing/issue", "/b/other/issue"]
    assert "2 篇 · 未阅 2 · 未定 2" in rows[0].text_content()
    assert "尚未生成送审稿" in rows[1].text_content()
    assert "/bulletins" in page.xpath("//details[@class='switch']//a/@href")
