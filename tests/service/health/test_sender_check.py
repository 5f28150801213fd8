"""What `check` and the state page say about an empty `authserv_id`, and which value they propose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import letters
from service.health.activity import Activity
from service.health.check import CheckState, check_installation
from service.health.sender_check import proposed_authserv_id
from service.health.state import state_of
from service.office import Office
from tests.support.ledger_rows import AT, BULLETIN, INBOX, keep_letter
from values.letter import LetterContent, Verdict

OURS = "mx.office.example; spf=pass smtp.mailfrom=example.org"
FORGED = "evil.example.net; dmarc=pass header.from=example.org"


def receive(office: Office, *topmost: str) -> None:
    """Letters of the mailbox with these Authentication-Results on top, and a forged one below."""
    with office.ledger.writing() as ledger:
        for number, value in enumerate(topmost):
            letter_id = keep_letter(ledger, f"letter {number}", place=replace(INBOX, uid=number + 1))
            headers = (("Authentication-Results", value), ("Authentication-Results", FORGED)) if value else ()
            details = letters.LetterDetails(content=LetterContent(headers=headers))
            letters.settle(ledger, letter_id, Verdict.ARTICLE, "已成稿", at=AT, details=details)


@pytest.mark.parametrize(
    ("topmost", "proposed"),
    [
        ([], ""),
        ([OURS] * 4, ""),
        ([OURS] * 5, "mx.office.example"),
        ([OURS] * 8 + [FORGED, ""], "mx.office.example"),
        ([OURS] * 7 + [FORGED] * 3, ""),
        ([FORGED] * 6 + [""] * 4, ""),
        ([""] * 10, ""),
    ],
)
def test_server_of_nearly_all_recent_letters_is_proposed(office: Office, topmost: list[str], proposed: str) -> None:
    receive(office, *topmost)
    with office.ledger.reading() as ledger:
        assert proposed_authserv_id(ledger, BULLETIN) == proposed


def test_check_and_the_state_page_say_what_an_empty_value_means(office: Office) -> None:
    receive(office, *[OURS] * 6)
    [line] = [line for line in check_installation(office) if line.name == "来源验证"]
    assert line.state is CheckState.ADVICE
    assert "没有服务器替发件人作证" in line.message
    assert 'authserv_id = "mx.office.example"' in line.message
    assert state_of(office, Activity()).bulletins[0].verification == line.message
