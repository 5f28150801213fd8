"""Whose words an article has: those of its department alone, or of others too."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive import articles
from intake.pool import ReadingPool
from service.article.joint_adoption import MergeRequest, merge_articles, undo_merger
from service.article.text_of_others import has_text_of_others
from service.office import Office
from tests.support.answers_to_receipts import PHOTO, TEXT, send
from tests.support.correspondence import manuscript
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI
from tests.support.outboxes import sending


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None), datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI))


def of_others(office: Office) -> bool:
    with office.ledger.reading() as ledger:
        return has_text_of_others(ledger, articles.article_named(ledger, 1))


def test_merged_article_has_and_its_own_photograph_does_not_count(
    office: Office, pool: ReadingPool, captured_logs: object
) -> None:
    send(office, pool, manuscript(text=TEXT))
    assert not of_others(office)
    send(office, pool, PHOTO, number=2, answers=True)
    assert not of_others(office)
    send(office, pool, manuscript("社区养老", "二是推行助餐服务。"), number=3, sender="mzj@example.org")
    merge_articles(office, MergeRequest((1, 2), 1, "王编辑"))
    assert of_others(office)
    undo_merger(office, 1, "王编辑")
    assert not of_others(office)
