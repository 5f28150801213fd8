"""Which signed-off issues are handed to no other system any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive import articles, letters, removals, revision_letters, seals
from archive.withdrawn_issues import withdrawn_issues
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.ledger_rows import AT, BULLETIN, keep_letter
from tests.support.offices import hand_in
from values.letter import Removal, RemovalKind, Seal

LATER = AT + timedelta(days=9)


@pytest.fixture
def printed(office: Office) -> tuple[int, int, int]:
    """An issue, an article of it, and the article's letter."""
    hand_in(office, "甲", "乙")
    made = assemble(office, office.bulletin(None), AT.date())
    assert made
    issue = sign_off(office, office.bulletin(None), made.issue.number.number, "王编辑")
    article = issue.articles[0][0]
    with office.ledger.reading() as ledger:
        sha256 = articles.article_named(ledger, article).letter_sha256
        return issue.id, article, letters.letter_id(ledger, BULLETIN, sha256)


def test_nothing_is_withdrawn_at_first(office: Office, printed: tuple[int, int, int]) -> None:
    with office.ledger.reading() as ledger:
        assert withdrawn_issues(ledger, [printed[0]]) == {}
        assert withdrawn_issues(ledger, []) == {}


def test_a_seal_withdraws_until_it_is_released(office: Office, printed: tuple[int, int, int]) -> None:
    issue, _, letter = printed
    with office.ledger.writing() as ledger:
        seals.seal(ledger, letter, Seal("机密", "正文"), at=LATER)
        assert withdrawn_issues(ledger, [issue, 999]) == {issue: LATER}
        seals.release(ledger, letter, at=LATER)
        assert withdrawn_issues(ledger, [issue]) == {}


@pytest.mark.parametrize(("kind", "expected"), [(RemovalKind.DESTROYED, True), (RemovalKind.ERASED, False)])
def test_a_destroyed_letter_withdraws_and_an_erased_does_not(
    office: Office, printed: tuple[int, int, int], kind: RemovalKind, expected: bool
) -> None:
    issue, _, letter = printed
    with office.ledger.writing() as ledger:
        removals.remove(ledger, letter, Removal(kind, "赵管理", "依函", LATER))
        assert withdrawn_issues(ledger, [issue]) == ({issue: LATER} if expected else {})


def test_a_letter_whose_text_was_merged_into_the_article_withdraws_too(
    office: Office, printed: tuple[int, int, int]
) -> None:
    issue, article, _ = printed
    with office.ledger.writing() as ledger:
        other = keep_letter(ledger, "丙")
        revision_letters.add_letters(ledger, article, 1, [other])
        seals.seal(ledger, other, Seal("秘密", "附件"), at=LATER)
        assert withdrawn_issues(ledger, [issue]) == {issue: LATER}
