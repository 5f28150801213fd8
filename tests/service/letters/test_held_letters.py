"""Letters out that wait until somebody has looked at them."""

from __future__ import annotations

import pytest

from archive import changes
from intake.pool import ReadingPool
from service.letters.held_letters import drop_letter, release_letter
from service.letters.letter_out_view import letter_out_view
from service.letters.resend import resend
from service.office import Office
from tests.support.correspondence import manuscript, receive, submission
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import all_out, letter_out, put_in, sending
from values.errors import BadUsage
from values.outgoing import LetterKind, OutboxState

EDITOR = "王编辑"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None, more='hold = ["receipt", "answer"]'))


@pytest.fixture
def held(office: Office, pool: ReadingPool) -> int:
    """The id of a receipt that waits."""
    receive(office, pool, submission(manuscript()))
    [out] = all_out(office)
    assert (out.delivery.state, out.delivery.next_attempt_at) == (OutboxState.HELD, None)
    return out.id


def test_released_letter_is_sent_like_any_other(office: Office, held: int) -> None:
    out = release_letter(office, held, who=EDITOR)
    assert (out.delivery.state, out.delivery.next_attempt_at) == (OutboxState.QUEUED, office.now())
    with office.ledger.reading() as ledger:
        [change] = changes.changes_of(ledger, "outbox", held)
    assert (change.who, change.summary) == (EDITOR, f"放行收稿信 {held}")


def test_dropped_letter_is_never_sent_and_can_still_be_resent(office: Office, held: int) -> None:
    assert drop_letter(office, held, who=EDITOR).delivery.state is OutboxState.DROPPED
    with pytest.raises(BadUsage, match="不在等放行"):
        release_letter(office, held, who=EDITOR)
    assert resend(office, held, who=EDITOR).delivery.state is OutboxState.QUEUED


def test_held_letter_is_released_and_not_resent(office: Office, held: int) -> None:
    with pytest.raises(BadUsage, match="--release"):
        resend(office, held, who=EDITOR)
    release_letter(office, held, who=EDITOR)
    with pytest.raises(BadUsage, match="不在等放行"):
        drop_letter(office, held, who=EDITOR)


def test_kinds_that_are_not_named_are_sent_at_once(office: Office) -> None:
    put_in(office, letter_out("alarm", kind=LetterKind.ALARM))
    assert [out.delivery.state for out in all_out(office)] == [OutboxState.QUEUED]


def test_page_shows_the_words_of_the_letter(office: Office, held: int) -> None:
    view = letter_out_view(office, held)
    assert (view.record.id, view.files) == (held, ())
    assert "内外兼修提升学前教育" in view.text
