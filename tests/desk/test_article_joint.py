"""联合署名 at the article's page: departments are ticked off and added in one form, without scripts."""

from __future__ import annotations

import pytest

from tests.support.desk import DeskDriver
from tests.support.issue_page import article
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin

ARTICLE = "/b/wuxing/articles/1"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin() + '\n[[bulletin.department]]\nname = "区教体局"\n')


def test_departments_are_added_and_ticked_off(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    seen = article(desk, 1).version
    done = desk.post(f"{ARTICLE}/joint", version=seen, shared=["区民政局"], keep=["区民政局"], add="区教体局")
    assert done.status_code == 303
    assert article(desk, 1).departments == ("区民政局", "区教体局")
    assert "单位区民政局、区教体局" in desk.words(ARTICLE)
    both = ["区民政局", "区教体局"]
    assert desk.post(f"{ARTICLE}/joint", version=seen, shared=both, keep=both, add="").status_code == 409
    fresh = article(desk, 1).version
    desk.post(f"{ARTICLE}/joint", version=fresh, shared=both, keep=["区教体局"], add="")
    assert article(desk, 1).departments == ("区教体局",)
    desk.login("viewer")
    assert "再加一个单位" not in desk.words(ARTICLE)
