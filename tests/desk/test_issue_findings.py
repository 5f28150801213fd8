"""忽略 and 已核实 at the rows of 本期, by forms alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk.test_pages_article import fields, record
from tests.support.article_office import article as article
from tests.support.article_office import office_setup as office_setup
from tests.support.articles import rewrite
from tests.support.desk import DeskDriver
from tests.support.issue_page import ISSUE
from values import rules
from values.finding import FindingState
from values.manuscript import Manuscript, Paragraph


def form_with(desk: DeskDriver, words: str) -> Any:
    items = desk.html(ISSUE).xpath("//details[contains(@class,'row-findings')]//li")
    return next(item for item in items if words in item.text_content()).xpath(".//form")[0]


@pytest.mark.parametrize(
    ("state", "wanted"), [("dismissed", FindingState.DISMISSED), ("checked", FindingState.CHECKED)]
)
def test_finding_is_settled_without_opening_the_article(
    desk: DeskDriver, article: int, state: str, wanted: FindingState
) -> None:
    person = desk.login()
    assert "疑问 2" in desk.words(ISSUE)
    form = form_with(desk, "台帐")
    done = desk.post(form.get("action"), **(fields(form) | {"state": state}))
    assert (done.status_code, done.headers["location"]) == (303, ISSUE)
    assert "疑问 1" in desk.words(ISSUE)
    [settled] = [finding for finding in record(desk.office, article).findings if not finding.is_open]
    assert settled.settlement is not None
    assert (settled.settlement.state, settled.settlement.who) == (wanted, person.who)
    assert not desk.html(ISSUE).xpath("//details[contains(@class,'row-findings')]//li[contains(., '台帐')]")


def test_habit_is_settled_as_a_whole(desk: DeskDriver, article: int) -> None:
    desk.login()
    spaces = [rules.DIGIT_SPACE.finding(f"数字“{at}”旁有空格。", at, 1, 4, str(at), str(at)) for at in range(3)]
    blocks = tuple(Paragraph(f"共 {at} 个。") for at in range(3))
    rewrite(desk.office, article, Manuscript(("题",), "区民政局", blocks), *spaces)
    form = form_with(desk, "同类问题共 3 处")
    desk.post(form.get("action"), **(fields(form) | {"state": "dismissed"}))
    assert not any(finding.is_open for finding in record(desk.office, article).findings)
    assert not desk.html(ISSUE).xpath("//details[contains(@class,'row-findings')]")


def test_outdated_row_is_refused_and_a_viewer_sees_no_forms(desk: DeskDriver, article: int) -> None:
    desk.login()
    form = form_with(desk, "台帐")
    outdated = fields(form) | {"state": "dismissed", "version": str(record(desk.office, article).version - 1)}
    assert desk.post(form.get("action"), **outdated).status_code == 409
    assert desk.post(form.get("action"), **(fields(form) | {"state": "x"})).status_code == 400
    desk.logout()
    desk.login("viewer")
    assert not desk.html(ISSUE).xpath("//details[contains(@class,'row-findings')]")
