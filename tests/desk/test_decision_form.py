"""One form decides about an article, on the page of the article and on 本期."""

from __future__ import annotations

from typing import Any

import pytest

from archive import articles
from archive.articles import ArticleRecord
from archive.changes import changes_of
from tests.support.correspondence import written
from tests.support.desk import DeskDriver
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from values.issue import ArticleStatus

PAGES = ["/b/wuxing/articles/1/decide", "/b/wuxing/issue/articles/1/decide"]


@pytest.fixture
def office_setup() -> OfficeSetup:
    """An office that sends letters."""
    return OfficeSetup(sending(None))


@pytest.fixture
def desk(desk: DeskDriver) -> DeskDriver:
    desk.office.raws.put(b"")
    desk.hand_in("甲文")
    desk.login()
    return desk


def article(desk: DeskDriver) -> ArticleRecord:
    with desk.office.ledger.reading() as ledger:
        return articles.article_named(ledger, 1)


def decide(desk: DeskDriver, path: str, **form: Any) -> Any:
    return desk.post(path, version=article(desk).version, **form)


@pytest.mark.parametrize("path", PAGES)
def test_status_reason_and_department_are_taken_from_the_form(desk: DeskDriver, path: str) -> None:
    assert decide(desk, path, status="held", note=" 下期再用 ", department="区教体局").status_code == 303
    assert (article(desk).status, article(desk).department) == (ArticleStatus.HELD, "区教体局")
    with desk.office.ledger.reading() as ledger:
        [change] = changes_of(ledger, "article", 1)
    assert (change.who, change.why) == ("王编辑", "下期再用")


@pytest.mark.parametrize("path", PAGES)
def test_silent_returns_an_article_without_a_letter(desk: DeskDriver, path: str) -> None:
    assert decide(desk, path, status="returned", note="请补上人数。", silent="1").status_code == 303
    assert (article(desk).status, written(desk.office)) == (ArticleStatus.RETURNED, [])


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("status", ["", "published", "nonsense"])
def test_another_status_is_refused(desk: DeskDriver, path: str, status: str) -> None:
    answer = decide(desk, path, status=status)
    assert (answer.status_code, "请选一个决定" in answer.text) == (400, True)
    assert article(desk).version == 1


@pytest.mark.parametrize("path", PAGES)
def test_another_version_than_the_one_shown_is_refused(desk: DeskDriver, path: str) -> None:
    decide(desk, path, status="adopted")
    assert desk.post(path, status="rejected", version=1).status_code == 409
    assert article(desk).status is ArticleStatus.ADOPTED
