"""A bulletin gets another id and its mailbox moves to another account, on a real Dovecot: letters stay known, numbers
go on, nobody is answered twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.correspondence import manuscript, submission
from tests.support.dovecot import Account, Dovecot
from tests.support.invariants import broken_promises
from tests.support.scenario import PRINTED, Installation, installation_of
from tests.support.smtp_servers import SmtpSink, smtp_sink

pytestmark = pytest.mark.dovecot

TITLES = ("第一篇稿件的标题", "第二篇稿件的标题", "第三篇稿件的标题")


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with smtp_sink() as sink:
        yield sink


def letter(number: int, to: str) -> bytes:
    return submission(manuscript(TITLES[number]), number=number, to=to)


def configured(office: Installation, former: str, new: str) -> None:
    text = office.config.read_text(encoding="utf-8")
    assert former in text
    office.config.write_text(text.replace(former, new), encoding="utf-8")


def receipts(office: Installation) -> list[str]:
    return [row["letter"] for row in office.run("outbox").document if row["kind"] == "receipt"]


def filled(account: Account, home: Path, sink: SmtpSink) -> Installation:
    """Two letters are read and answered, and printed in 第70期."""
    office = installation_of(PRINTED, home, account)
    smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {sink.port}\nsecurity = "none"\nsender = "office@example.org"\n\n'
    office.config.write_text(smtp + office.config.read_text(encoding="utf-8"), encoding="utf-8")
    for number in (0, 1):
        account.deliver(letter(number, "office@example.org"), datetime.now(UTC))
    assert office.run("poll").document["new"] == 2
    assert office.run("outbox", "send").document["sent"] == 2
    assert office.run("assemble").status == office.run("sign-off", "70").status == 0
    return office


def test_moved_and_renamed_bulletin_fetches_and_answers_nothing_twice(
    dovecot: Dovecot, sink: SmtpSink, tmp_path: Path
) -> None:
    old, new = dovecot.account(), dovecot.account()
    office = filled(old, tmp_path, sink)
    answered = receipts(office)
    new.deliver(letter(0, "office@example.org"), datetime.now(UTC))  # moved octet by octet
    new.deliver(b"X-Moved: yes\r\n" + letter(1, "office@example.org"), datetime.now(UTC))  # and with a field added
    new.deliver(letter(2, "office@example.org"), datetime.now(UTC))  # and one that is new
    configured(office, old.username, new.username)
    configured(office, 'id = "wuxing"', 'id = "xinfeng"')
    orphans = [row["said"] for row in office.run("check").document if row["name"].startswith("无主")]
    assert ["rename wuxing xinfeng" in orphans[0], f"rename --mailbox {old.username} {new.username}" in orphans[1]] == [
        True,
        True,
    ]
    refused = office.run("run")
    assert (refused.status, "rename wuxing xinfeng" in refused.complaints) == (2, True)
    assert office.run("rename", "wuxing", "xinfeng").document["letters"] == 2
    assert office.run("rename", "--mailbox", old.username, new.username).document["letters"] == 2
    assert not [row for row in office.run("check").document if row["name"].startswith("无主")]
    polled = office.run("poll").document
    assert (polled["stored"], polled["new"]) == (3, 2)
    assert office.verdicts().splitlines()[-2].startswith("duplicate|")
    fresh = [sha256 for sha256 in receipts(office) if sha256 not in answered]
    assert [row["sha256"] for row in office.run("messages").document if row["sha256"] in fresh and row["articles"]]
    assert len(fresh) == 1
    assert office.run("assemble").document["label"] == "第71期"
    assert office.run("verify").status == 0
    assert broken_promises(office.data) == []


def test_same_mailbox_under_another_login_name_fetches_nothing(
    dovecot: Dovecot, sink: SmtpSink, tmp_path: Path
) -> None:
    account = dovecot.account()
    office = filled(account, tmp_path, sink)
    other = dovecot.account()
    account.give_to(other)
    configured(office, account.username, other.username)
    office.run("rename", "--mailbox", account.username, other.username)
    assert office.run("poll").document["stored"] == 0
