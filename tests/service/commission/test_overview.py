"""How far the commissions have come: which are shown, and in which order."""

from __future__ import annotations

import pytest

from archive import commissions
from service.commission.commissioning import cancel
from service.commission.overview import commissions_at_hand, open_first
from service.office import Office
from tests.support.commissioned_office import EDITOR, MONDAY, ask, config, pass_time
from tests.support.ledger_rows import BULLETIN
from tests.support.office_fixtures import OfficeSetup


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(), MONDAY)


def test_open_commissions_come_first_and_old_ones_leave_the_issue(office: Office) -> None:
    due = {"甲题目一": "11月20日", "乙题目二": "11月9日", "丙题目三": "11月15日"}
    first, second, third = (ask(office, topic, due=day, send=False) for topic, day in due.items())
    cancel(office, office.bulletin(None), third.id, who=EDITOR)
    with office.ledger.reading() as ledger:
        made = commissions.commissions_of(ledger, BULLETIN)
    assert [entry.commission.id for entry in open_first(made, MONDAY)] == [second.id, first.id, third.id]
    pass_time(office, days=5)
    with office.ledger.reading() as ledger:
        at_hand = commissions_at_hand(ledger, BULLETIN, MONDAY, office.now())
        later = commissions_at_hand(ledger, BULLETIN, office.now(), office.now())
    assert [(entry.commission.id, entry.missed, entry.awaited) for entry in at_hand] == [
        (second.id, ("区民政局", "区教体局"), ()),
        (first.id, (), ("区民政局", "区教体局")),
    ]
    assert [entry.commission.id for entry in later] == [first.id]
