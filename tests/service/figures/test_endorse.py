"""批示 on a printed article."""

from __future__ import annotations

import pytest

from archive import statistics
from service.figures.endorse import endorse
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.offices import hand_in
from values.errors import BadUsage


@pytest.fixture
def printed(office: Office) -> int:
    [article] = hand_in(office, "甲")
    assemble(office, office.bulletin(None))
    sign_off(office, office.bulletin(None), 70, "li")
    return article


def test_an_endorsement_is_recorded_with_its_words(office: Office, printed: int) -> None:
    endorsement_id = endorse(office, office.bulletin(None), printed, "市级", "请推广", who="li")
    with office.ledger.reading() as ledger:
        [endorsement] = statistics.endorsements(ledger, [printed])
    assert (endorsement.id, endorsement.level, endorsement.note) == (endorsement_id, "市级", "请推广")


@pytest.mark.parametrize(
    ("level", "note", "reason"), [("县级", "", "没有“县级”"), ("市级", "字" * 501, "最多 500 个字")]
)
def test_another_level_and_too_many_words_are_refused(
    office: Office, printed: int, level: str, note: str, reason: str
) -> None:
    with pytest.raises(BadUsage, match=reason):
        endorse(office, office.bulletin(None), printed, level, note, who="li")


def test_an_article_that_is_not_printed_is_refused(office: Office) -> None:
    [article] = hand_in(office, "甲")
    with pytest.raises(BadUsage, match="还没有刊发"):
        endorse(office, office.bulletin(None), article, "市级", "", who="li")
