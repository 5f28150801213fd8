"""The contents of a draft for the editor: changes since the draft before, and departments without an article."""

from __future__ import annotations

from datetime import date

import pytest

from archive import issues
from archive.letters import settle
from service.article.joint_adoption import MergeRequest, merge_articles
from service.issue.arrange import move_article
from service.issue.assemble import assemble
from service.issue.draft_issue import draft_issue, news_of
from service.issue.planning import next_issue
from service.office import Office
from tests.support.articles import rewrite
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin, hand_in
from tests.support.remarks import remarks
from values.draft import News
from values.letter import Verdict
from values.manuscript import Manuscript, Paragraph

TODAY = date(2022, 11, 8)


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin() + '[[bulletin.department]]\nname = "区教体局"\n')


def news(office: Office) -> News:
    """Of the issue as it is now, against the open draft."""
    with office.ledger.reading() as ledger:
        planned = next_issue(ledger, office.bulletin(None), TODAY)
        revisions = {record.id: record.revision for record in planned.records}
        return news_of(ledger, planned.issue, revisions, issues.open_draft(ledger, "wuxing"))


def test_first_draft_has_no_news(office: Office) -> None:
    hand_in(office, "甲")
    assert news(office) == News()


def test_news_names_added_and_moved_articles(office: Office) -> None:
    hand_in(office, "甲", "乙", "丙")
    assemble(office, office.bulletin(None), TODAY)
    hand_in(office, "丁")
    move_article(office, 3, "王编辑", place="first")
    assert news(office) == News(added=("丁",), moved=("丙",))


def test_draft_issue_names_departments_without_an_article(office: Office) -> None:
    hand_in(office, "甲")
    with office.ledger.reading() as ledger:
        planned = next_issue(ledger, office.bulletin(None), TODAY)
        draft = draft_issue(
            ledger, office.bulletin(None), planned.issue, planned.records, 3, News(), year_of=lambda moment: moment.year
        )
    assert (draft.revision, draft.label, draft.missing) == (3, "第70期", ("区教体局",))
    assert draft.about == ("wuxing", "running", "70", "3")
    assert [(article.title, article.flagged) for article in draft.articles] == [("甲", False)]


def test_an_article_is_flagged_for_any_letter_of_its_text(office: Office) -> None:
    hand_in(office, "甲", "乙")
    with office.ledger.writing() as ledger:
        settle(ledger, 2, Verdict.FLAGGED, "另有附件没有读", at=office.now())
    merge_articles(office, MergeRequest([1, 2], 1, "王编辑"))
    with office.ledger.reading() as ledger:
        planned = next_issue(ledger, office.bulletin(None), TODAY)
        draft = draft_issue(
            ledger, office.bulletin(None), planned.issue, planned.records, 1, News(), year_of=lambda moment: moment.year
        )
    assert [(article.title, article.flagged) for article in draft.articles] == [("甲", True)]


@pytest.mark.parametrize(("dated", "expected"), [(TODAY, 0), (TODAY.replace(year=TODAY.year + 1), 1)])
def test_words_of_the_year_are_pointed_at_where_the_issue_is_printed_in_another(
    office: Office, dated: date, expected: int
) -> None:
    [article] = hand_in(office, "甲")
    text = Manuscript(("甲",), "区民政局", (Paragraph("今年以来，全区经济运行稳中向好。"),))
    rewrite(office, article, text)
    done = assemble(office, office.bulletin(None), dated)
    assert done is not None
    made = (office.data_dir / done.issue.draft).read_bytes()
    assert [characters for characters, _ in remarks(made)].count("今年以来") == expected
