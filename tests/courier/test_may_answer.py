"""Which letters a machine may answer, on real letters (RFC 3834; mail.md section 9; security.md D-1 and D-2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from courier.may_answer import Answered, NotAnswered, may_be_written_from, why_not_answered
from intake.reading import read_letter
from intake.register import Register
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, raw_letter
from values.outgoing import LetterHead

REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
DAY = timedelta(days=1)


def head_of(sender: str = "jtj@example.org", header: str = "") -> LetterHead:
    return read_letter(raw_letter(sender=sender, header=header), REGISTER).head


def why_not(
    head: LetterHead, *, hour: int = 0, day: int = 0, age: timedelta = DAY, known_by_address: bool = True
) -> NotAnswered | None:
    return why_not_answered(
        head,
        own_addresses={OFFICE},
        known_by_address=known_by_address,
        count_answers=lambda: Answered(hour, day),
        age=age,
        longest=7 * DAY,
    )


def test_registered_department_that_writes_to_us_is_answered() -> None:
    assert why_not(head_of()) is None
    assert why_not(head_of(header="Auto-Submitted: no\r\nReturn-Path: <jtj@example.org>\r\n")) is None
    assert why_not(head_of(header="X-Auto-Response-Suppress: DR, RN\r\nPrecedence: normal\r\n")) is None


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("Return-Path: <>\r\n", NotAnswered.MACHINE),
        ("Return-Path: < >\r\nReturn-Path: <jtj@example.org>\r\n", NotAnswered.MACHINE),
        ("Auto-Submitted: auto-replied\r\n", NotAnswered.MACHINE),
        ("Auto-Submitted: auto-generated; owner-email=x@example.org\r\n", NotAnswered.MACHINE),
        ("List-Id: <x.example.org>\r\n", NotAnswered.MACHINE),
        ("List-Unsubscribe: <mailto:x@example.org>\r\n", NotAnswered.MACHINE),
        ("Precedence: Bulk\r\n", NotAnswered.MACHINE),
        ("Precedence: list\r\n", NotAnswered.MACHINE),
        ("Precedence: junk\r\n", NotAnswered.MACHINE),
        ("X-Auto-Response-Suppress: All\r\n", NotAnswered.UNWANTED),
        ("X-Auto-Response-Suppress: DR, AutoReply\r\n", NotAnswered.UNWANTED),
        ("X-Autoreply: yes\r\n", NotAnswered.MACHINE),
        ("X-Autorespond: out\r\n", NotAnswered.MACHINE),
        (f"X-Loop: {OFFICE.upper()}\r\n", NotAnswered.OUR_OWN),
        ("X-Failed-Recipients: x@example.org\r\n", NotAnswered.MACHINE),
        ('Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n', NotAnswered.MACHINE),
    ],
)
def test_letter_of_a_machine_is_not_answered(header: str, why: NotAnswered) -> None:
    assert why_not(head_of(header=header)) is why


@pytest.mark.parametrize("subject", ["自动回复：投稿", "退信通知", "已读：投稿", "Out of office until Monday"])
def test_letter_whose_subject_a_mail_program_wrote_is_not_answered(subject: str) -> None:
    assert why_not(read_letter(raw_letter(subject=subject), REGISTER).head) is NotAnswered.MACHINE


@pytest.mark.parametrize(
    "sender",
    ["stranger@example.net", "jtj@examp1e.org", "", "教体局 <jtj@example.org>, x@example.net", OFFICE],
)
def test_nobody_but_a_department_is_answered(sender: str) -> None:
    assert why_not(head_of(sender=sender)) is NotAnswered.NOT_TRUSTED


def test_reply_to_and_requests_for_receipts_change_nothing() -> None:
    """security.md D-3: answers go to From only."""
    head = head_of(header="Reply-To: x@example.net\r\nDisposition-Notification-To: x@example.net\r\n")
    assert head.sender == "jtj@example.org"


def trusted(sender: str, to: tuple[str, ...] = (OFFICE,)) -> LetterHead:
    return LetterHead(sender=sender, to=to, trusted=True)


@pytest.mark.parametrize(
    "local",
    ["mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "xx-bounces", "owner-xx", "xx-request"],
)
def test_address_that_nobody_reads_is_not_answered_even_when_registered(local: str) -> None:
    assert why_not(trusted(f"{local}@example.org")) is NotAnswered.UNATTENDED


@pytest.mark.parametrize("sender", ["教体局@example.org", "a b@example.org", '"x"@example.org', "a@b@example.org"])
def test_address_that_smtp_cannot_carry_is_not_answered(sender: str) -> None:
    assert why_not(trusted(sender)) is NotAnswered.UNATTENDED


def test_our_own_address_is_not_answered_even_when_registered() -> None:
    assert why_not(trusted(OFFICE)) is NotAnswered.OUR_OWN


def test_letter_that_is_not_addressed_to_us_is_not_answered() -> None:
    assert why_not(trusted("jtj@example.org", ("other@example.org",))) is NotAnswered.NOT_TO_US
    assert why_not(trusted("jtj@example.org", ("other@example.org", OFFICE))) is None
    assert why_not(trusted("jtj@example.org", ("other@example.org",)), known_by_address=False) is None


def test_old_letter_is_not_answered() -> None:
    assert why_not(head_of(), age=8 * DAY) is NotAnswered.OLD


@pytest.mark.parametrize(("hour", "day", "answered"), [(2, 4, True), (3, 3, False), (0, 5, False)])
def test_address_gets_three_answers_an_hour_and_five_a_day(hour: int, day: int, answered: bool) -> None:
    assert (why_not(head_of(), hour=hour, day=day) is None) == answered


NOON = datetime(2022, 11, 8, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes_ago", "minutes_to_wait"),
    [
        ([], 0),
        ([50, 40], 0),
        ([50, 40, 30], 10),
        ([70, 40, 30], 0),
        ([50, 40, 30, 20], 20),
        ([61, 61, 61, 61, 61], 23 * 60 - 1),
    ],
)
def test_sender_at_the_limit_gets_the_next_answer_when_the_first_is_old(
    minutes_ago: list[int], minutes_to_wait: int
) -> None:
    written = [NOON - timedelta(minutes=minutes) for minutes in minutes_ago]
    assert may_be_written_from(written, NOON) == NOON + timedelta(minutes=minutes_to_wait)
