"""What a digest is made of: the bulletin's own letters and articles, and what waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.removals import remove
from service.article.decide import DecisionRequest, decide
from service.commission.commissioning import commission
from service.digest.collect import collect
from service.digest.digest_of import DigestPeriod, Wait
from service.health.activity import Activity
from service.office import Office
from tests.support.answering import answered_config
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import hand_in
from values.issue import ArticleStatus
from values.letter import Removal, RemovalKind


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(answered_config())


def test_the_facts_of_a_period(office: Office) -> None:
    hand_in(office, "甲", "乙")
    commission(office, office.bulletin(None), "防汛", "", ["区教体局"], "2022-11-09", who="王")
    office.now.now = AT + timedelta(days=2)  # type: ignore[attr-defined]
    decide(office, DecisionRequest(1, ArticleStatus.RETURNED, "王", "数字"))
    activity = Activity()
    activity.record_poll("wuxing", AT, "连不上")
    with office.ledger.reading() as ledger:
        period = DigestPeriod(("a",), AT, AT + timedelta(days=1))
        facts = collect(office, ledger, office.bulletin(None), activity, period)
    assert (facts.letters, facts.articles, facts.fetched_at, facts.fault) == (2, 2, None, "连不上")
    assert facts.undecided == (Wait(2, "乙", "区民政局", AT),)
    assert facts.returned == (Wait(1, "甲", "区民政局", AT + timedelta(days=2)),)
    assert facts.silent == ("区教体局",)
    assert facts.free > 0
    [awaited] = facts.commissions
    assert (awaited.label, awaited.topic, awaited.is_over, awaited.missing) == ("约稿 1号", "防汛", True, ("区教体局",))


def test_what_a_removed_letter_brought_waits_for_nobody(office: Office) -> None:
    hand_in(office, "甲", "乙", "丙")
    decide(office, DecisionRequest(1, ArticleStatus.RETURNED, "王", "数字"))
    with office.ledger.writing() as ledger:
        remove(ledger, 1, Removal(RemovalKind.ERASED, "赵管理", "对方要求", AT))
    with office.ledger.reading() as ledger:
        facts = collect(office, ledger, office.bulletin(None), Activity(), DigestPeriod(("a",), AT, AT))
    assert (facts.returned, [wait.title for wait in facts.undecided]) == ((), ["乙", "丙"])
