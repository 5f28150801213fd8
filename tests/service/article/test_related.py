"""What the page of an article says about those that it was split from or merged with."""

from __future__ import annotations

import pytest

from archive.revisions import add_revision
from service.article.joint_adoption import MergeRequest, merge_articles
from service.article.related import RelatedArticles, related_to
from service.article.split import NewPart, SplitRequest, split_article
from service.office import Office
from tests.support.joint_office import article, joint_office_setup, written
from tests.support.ledger_rows import AT, new_article
from tests.support.office_fixtures import OfficeSetup
from values.manuscript import Paragraph


@pytest.fixture
def office_setup() -> OfficeSetup:
    return joint_office_setup()


def related(office: Office, id: int) -> RelatedArticles:
    with office.ledger.reading() as ledger:
        return related_to(ledger, article(office, id))


def test_each_side_names_the_other_and_what_came_since(office: Office) -> None:
    written(office, "食堂", Paragraph("一。"), Paragraph("二。"))
    written(office, "校园", department="区教体局")
    assert related(office, 2).is_empty
    split_article(office, SplitRequest(1, [NewPart(1, "第二段")], "王编辑"))
    merge_articles(office, MergeRequest([3, 2], 3, "王编辑"))
    first, second, third = (related(office, id) for id in (1, 2, 3))
    assert [record.id for record in first.split_into] == [3]
    assert third.split_from is not None
    assert second.merged_into is not None
    assert (third.split_from.id, second.merged_into.id) == (1, 3)
    [merged] = third.merged
    assert merged.letter is not None
    assert (merged.record.id, merged.changed_since) == (2, False)
    with office.ledger.writing() as ledger:
        add_revision(ledger, article(office, 2), merged.letter.id, new_article("校园"), at=AT)
    assert [merged.changed_since for merged in related(office, 3).merged] == [True]
    assert not third.is_empty
