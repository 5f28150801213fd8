"""催稿 at the desk: from 本期未报送, looked at, ticked, taken back."""

from __future__ import annotations

import pytest

from tests.support.commissioned_office import MONDAY, MZJ, config
from tests.support.desk import DeskDriver
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import all_out

PAGE = "/b/wuxing/issue/urging"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config() + '\n[[bulletin.department]]\nname = "区水利局"\n', MONDAY)


def test_departments_are_urged_by_a_click_and_again_only_when_ticked(desk: DeskDriver) -> None:
    desk.hand_in("甲")
    desk.login()
    assert desk.html("/b/wuxing/issue").xpath(f"//a[@href='{PAGE}']")
    words = desk.words(PAGE)
    assert "区教体局 jtj@example.org 还没有寄" in words
    assert "区水利局 名录里没有这个单位的投稿邮箱" in words
    assert MZJ not in words
    assert desk.post(PAGE, unit=["区教体局", "区水利局"]).headers["location"] == PAGE
    assert [record.kind.value for record in all_out(desk.office)] == ["urging"]
    assert "再催一次" in desk.words(PAGE)
    for _ in range(2):  # a form that is sent twice
        desk.post(PAGE, again="1 区教体局")
    assert len(all_out(desk.office)) == 2
    assert desk.post(f"{PAGE}/take-back/2").status_code == 303
    assert "已收回" in desk.words(PAGE)
    assert desk.post(f"{PAGE}/take-back/9").status_code == 404
    assert desk.post(PAGE).status_code == 400


def test_only_editors_urge(desk: DeskDriver) -> None:
    desk.login("viewer")
    assert desk.get(PAGE).status_code == 403
    assert desk.post(PAGE, unit="区教体局").status_code == 403
