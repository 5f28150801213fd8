"""What a draft reports to the editor, computed once for its comments, its cover note and the letter that brings it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from archive import articles, letters
from archive.article_origins import origins_of
from archive.articles import ArticleRecord
from archive.issues import IssueRecord
from archive.transaction import Transaction
from intake.check.turned_year import words_of_another_year
from service.issue.moves import out_of_order
from service.issue.reporting import Reporting, reporting
from settings.model import BulletinSettings
from values.draft import DraftArticle, DraftIssue, News
from values.issue import Issue
from values.letter import Verdict


def news_of(ledger: Transaction, issue: Issue, revisions: Mapping[int, int], before: IssueRecord | None) -> News:
    """The differences from the draft before; none for a first one. revisions: of the issue's articles, by their id."""
    if before is None:
        return News()
    earlier = dict(before.articles)
    titles = {article.id: article.manuscript.title for article in issue.articles}
    return News(
        added=tuple(title for id, title in titles.items() if id not in earlier),
        changed=tuple(title for id, title in titles.items() if earlier.get(id, revisions[id]) != revisions[id]),
        removed=tuple(articles.article_named(ledger, id).manuscript.title for id in earlier if id not in titles),
        moved=tuple(titles[id] for id in out_of_order(tuple(earlier), tuple(titles))),
    )


def draft_issue(
    ledger: Transaction,
    bulletin: BulletinSettings,
    issue: Issue,
    records: Sequence[ArticleRecord],
    revision: int,
    news: News,
    *,
    year_of: Callable[[datetime], int],
) -> DraftIssue:
    """This revision of the draft. records: its articles, in any order. year_of: of a moment, on the office's clock."""
    by_id = {record.id: record for record in records}
    origins = origins_of(ledger, records)
    sources = {record.id: (record.letter_sha256, *origins[record.id].letters) for record in records}
    verdicts = letters.verdicts_of(ledger, bulletin.id, [sha256 for of_text in sources.values() for sha256 in of_text])
    masthead, number = issue.masthead, issue.masthead.number
    # No department is expected in a supplement.
    reports = Reporting() if number.supplement else reporting(ledger, bulletin, records)
    return DraftIssue(
        about=(bulletin.id, number.series, str(number.number), str(revision)),
        title=masthead.title,
        label=number.label,
        number=number,
        dated=masthead.dated,
        revision=revision,
        articles=tuple(
            DraftArticle(
                article.id,
                article.manuscript.title,
                article.department,
                (
                    *(finding for finding in by_id[article.id].findings if finding.is_open),
                    *words_of_another_year(
                        article.manuscript, year_of(by_id[article.id].received_at), masthead.dated.year
                    ),
                ),
                any(verdicts.get(sha256) is Verdict.FLAGGED for sha256 in sources[article.id]),
                by_id[article.id].revision,
            )
            for article in issue.articles
        ),
        news=news,
        missing=reports.silent,
        left_out=reports.left_out_in_words,
    )
