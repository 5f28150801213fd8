"""The page of 本期 as tests read it and send its forms."""

from __future__ import annotations

from typing import Any

from archive import articles
from archive.articles import ArticleRecord
from archive.issues import IssueRecord, open_draft
from service.issue.assemble import assemble
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import AT

ISSUE = "/b/wuxing/issue"


def article(desk: DeskDriver, id: int) -> ArticleRecord:
    with desk.office.ledger.reading() as ledger:
        return articles.article_named(ledger, id)


def act(desk: DeskDriver, id: int, what: str, **form: Any) -> Any:
    """As the form on the page does it, with the version that it shows."""
    return desk.post(f"{ISSUE}/articles/{id}/{what}", version=article(desk, id).version, **form)


def order(desk: DeskDriver) -> list[str]:
    return [str(title) for title in desk.html(ISSUE).xpath("//ol[@class='rows']//p[@class='row-title']/a/text()")]


def aside(desk: DeskDriver) -> list[str]:
    return [str(title) for title in desk.html(ISSUE).xpath("//*[@id='aside']//p[@class='row-title']/a/text()")]


def paper(desk: DeskDriver) -> list[str]:
    return [title.text_content() for title in desk.html(ISSUE).find_class("paper-title")]


def written(desk: DeskDriver) -> IssueRecord:
    assemble(desk.office, desk.office.bulletin(None), AT.date())
    with desk.office.ledger.reading() as ledger:
        draft = open_draft(ledger, "wuxing")
    assert draft is not None
    return draft
