"""A draft of issues made by tests.support.issues, as the editor gets it."""

from __future__ import annotations

from datetime import date
from typing import Final

from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.issues import TEMPLATE, no_picture
from values.draft import DraftArticle, DraftIssue, News
from values.finding import Finding
from values.issue import Issue

NO_NEWS: Final = News()


def draft_of(
    issue: Issue,
    *findings: Finding,
    flagged: bool = False,
    revision: int = 2,
    news: News = NO_NEWS,
    missing: tuple[str, ...] = (),
) -> DraftIssue:
    """findings: all of them the first article's."""
    articles = tuple(
        DraftArticle(article.id, article.manuscript.title, article.department, findings if place == 0 else (), flagged)
        for place, article in enumerate(issue.articles)
    )
    number = issue.masthead.number
    return DraftIssue(
        about=("wuxing", number.series, str(number.number), str(revision)),
        title=issue.masthead.title,
        label=number.label,
        number=number,
        dated=date(2022, 11, 8),
        revision=revision,
        articles=articles,
        news=news,
        missing=missing,
    )


def typeset_draft(issue: Issue, draft: DraftIssue, template: bytes = TEMPLATE) -> bytes:
    """Typeset, and checked against the rules of .docx."""
    made = typeset(issue, template, no_picture, draft=draft)
    assert violations(made) == []
    return made
