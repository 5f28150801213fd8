"""What each reply of a server means for a letter: NetEase's codes (domain.md section 8) and the rest of SMTP."""

from __future__ import annotations

from datetime import timedelta

import pytest

from courier.replies import Deferred, PossiblySent, Rejected, Scope, Sent, account_limit, judge, printable

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


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (550, "user not found"),
        (552, "too large"),
        (552, "5.3.4 message exceeds fixed limit of size"),
        (550, "5.2.1 The email account that you tried to reach is disabled"),
        (550, "5.2.1 The user you are trying to contact is receiving mail at a rate that is too high"),
        (552, "5.2.2 The recipient's mailbox is over quota"),
        (552, "Quota exceeded"),
        (550, "5.2.121 recipient's per hour message receive limit exceeded"),
        (550, "Mail content denied"),
        (550, "5.7.1 relaying denied"),
        (554, "MI:SPB smtp4"),
        (550, "收件人邮箱已满"),
    ],
)
def test_letter_refused_for_good_is_not_tried_again(code: int, said: str) -> None:
    assert judge(code, said) == Rejected(code, said)


@pytest.mark.parametrize(
    ("code", "text", "hours"),
    [
        (550, "User zgqwxzfb@163.com has exceeded its 24-hour sending limit. Messages to 250 recipients allowed.", 4),
        (550, "5.4.5 Daily user sending quota exceeded", 4),
        (550, "5.1.90 Your message can't be sent because you've reached your daily limit for message recipients", 4),
        (550, "5.1.8 Access denied, bad outbound sender", 4),
        (550, "User suspended", 4),
        (535, "user suspended", 4),
        (553, "your account has been locked", 4),
        (552, "sending quota exceeded", 4),
        (550, "WM:BLU smtp4", 4),
        (554, "您的账号已被冻结", 4),
        (550, "今日发信量已达上限", 4),
        (550, "Ip frequency limited. http://service.mail.example", 1),
        (550, "Connection frequency limited", 1),
        (550, "Domain frequency limited", 1),
        (550, "RP:TRC smtp4", 4),
        (550, "MI:STC smtp4", 4),
        (451, "RP:QRC smtp4", 1),
        (554, "5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; verdict is Suspend", 4),
        (554, "DT:SPM smtp4,please see the help page", 1),
        (550, "发送过于频繁，请稍后再试", 1),
        (452, "4.3.1 your daily sending limit is exceeded", 4),
    ],
)
def test_limit_of_the_account_holds_back_every_letter(code: int, text: str, hours: int) -> None:
    assert judge(code, text) == Deferred(code, text, timedelta(hours=hours), Scope.ACCOUNT)


def test_any_limit_in_the_reply_to_the_sender_is_the_accounts() -> None:
    assert account_limit("quota exceeded", of_sender=True) == timedelta(hours=4)
    assert account_limit("quota exceeded") is None
    assert account_limit("message size limit exceeded", of_sender=True) is None


def test_yes_is_sent_and_what_is_no_reply_leaves_it_open() -> None:
    assert judge(250, "queued") == Sent(250, "queued")
    assert judge(-1, "what?") == PossiblySent("what?")
    assert judge(999, "") == PossiblySent("999")


def test_words_of_a_server_are_one_short_line_without_the_password() -> None:
    assert printable(b"5.7.8 bad\r\n\x00code s3cret", "s3cret") == "5.7.8 bad code ***"
    assert len(printable("很长" * 1000)) == 300
    assert printable("发信过多".encode("gb18030")) == "发信过多"
