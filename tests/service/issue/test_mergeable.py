"""Which articles may become one."""

from __future__ import annotations

import pytest

from service.article.joint_adoption import MergeRequest, merge_articles
from service.issue.mergeable import mergeable_articles
from service.office import Office
from tests.support.joint_office import joint_office_setup, written
from tests.support.ledger_rows import BULLETIN
from tests.support.office_fixtures import OfficeSetup


@pytest.fixture
def office_setup() -> OfficeSetup:
    return joint_office_setup()


def test_what_may_be_merged_is_what_is_open(office: Office) -> None:
    for name in ("甲", "乙", "丙"):
        written(office, name)
    merge_articles(office, MergeRequest([1, 2], 1, "王编辑"))
    bulletin = office.bulletin(BULLETIN)
    with office.ledger.reading() as ledger:
        assert [record.id for record in mergeable_articles(ledger, bulletin)] == [1, 3]
        assert [record.id for record in mergeable_articles(ledger, bulletin, [2, 99])] == [1, 3, 2]
