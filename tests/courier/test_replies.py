"""What each reply of a server means for a letter: NetEase's codes (domain.md section 8) and the rest of SMTP."""

from __future__ import annotations

from datetime import timedelta

import pytest

from courier.replies import Deferred, PossiblySent, Rejected, Scope, Sent, judge, printable

MINUTES_15 = timedelta(minutes=15)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("code", "said", "after", "scope"),
    [
        (451, "MI:SFQ smtp4 too many", MINUTES_15, Scope.OUTBOX),
        (450, "MI:DMC smtp4", None, Scope.CONNECTION),
        (451, "RP:DRC smtp4", None, Scope.CONNECTION),
        (451, "DT:SPM smtp4", HOUR, Scope.LETTER),
        (421, "HL:ICC smtp4", HOUR, Scope.OUTBOX),
        (421, "HL:REP smtp4", HOUR, Scope.OUTBOX),
        (421, "closing", MINUTES_15, Scope.OUTBOX),
        (454, "temporary authentication failure", MINUTES_15, Scope.OUTBOX),
        (535, "authentication failed", MINUTES_15, Scope.OUTBOX),
        (452, "mailbox full", None, Scope.LETTER),
    ],
)
def test_letter_waits_as_long_as_the_server_wants(code: int, said: str, after: timedelta | None, scope: Scope) -> None:
    assert judge(code, said) == Deferred(code, said, after, scope)


@pytest.mark.parametrize(("code", "said"), [(550, "user not found"), (554, "DT:SPM smtp4"), (552, "too large")])
def test_letter_refused_for_good_is_not_tried_again(code: int, said: str) -> None:
    assert judge(code, said) == Rejected(code, said)


def test_yes_is_sent_and_what_is_no_reply_leaves_it_open() -> None:
    assert judge(250, "queued") == Sent(250, "queued")
    assert judge(-1, "what?") == PossiblySent("what?")
    assert judge(999, "") == PossiblySent("999")


def test_words_of_a_server_are_one_short_line_without_the_password() -> None:
    assert printable(b"5.7.8 bad\r\n\x00code s3cret", "s3cret") == "5.7.8 bad code ***"
    assert len(printable("很长" * 1000)) == 300
    assert printable(b"\xb2\xbb") == "��"
