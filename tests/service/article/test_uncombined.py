"""Which earlier texts may be put in place of the present one after splits and mergers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.article.joint_adoption import MergeRequest, merge_articles, undo_merger
from service.article.split import NewPart, SplitRequest, split_article
from service.article.uncombined import refuse_uncombined
from service.office import Office
from tests.support.joint_office import article, joint_office_setup, written
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import Clock
from values.errors import BadUsage
from values.manuscript import Paragraph


@pytest.fixture
def office_setup() -> OfficeSetup:
    return joint_office_setup()


def pass_a_minute(office: Office) -> None:
    assert isinstance(office.now, Clock)
    office.now.now += timedelta(minutes=1)


def refusal(office: Office, number: int) -> str:
    """Why that revision of article 1 is not taken, "" where it is."""
    with office.ledger.reading() as ledger:
        try:
            refuse_uncombined(ledger, article(office, 1), number)
        except BadUsage as error:
            return str(error)[:10]
    return ""


def test_each_text_of_an_article_that_was_split_merged_back_merged_and_undone(office: Office) -> None:
    written(office, "食堂", Paragraph("一。"), Paragraph("二。"))
    written(office, "校园")
    assert refusal(office, 1) == ""
    split_article(office, SplitRequest(1, [NewPart(1, "第二段")], "王编辑"))
    assert [refusal(office, number) for number in (1, 2)] == ["第 1 稿是拆分以前", ""]
    merge_articles(office, MergeRequest([1, 3], 1, "王编辑"))
    assert [refusal(office, number) for number in (1, 2, 3)] == ["第 1 稿是合并以前", "第 2 稿是合并以前", ""]
    pass_a_minute(office)
    undo_merger(office, 1, "王编辑")
    merge_articles(office, MergeRequest([1, 2], 1, "王编辑"))
    pass_a_minute(office)
    undo_merger(office, 1, "王编辑")
    assert [refusal(office, number) for number in (3, 4, 5, 6)] == ["第 3 稿是合并时的", "", "第 5 稿是合并时的", ""]
