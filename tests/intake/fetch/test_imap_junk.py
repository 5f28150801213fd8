"""Junk folders are looked at and never touched: registered departments' letters in them are told."""

from __future__ import annotations

import pytest

from intake.fetch.imap import ImapMailbox
from intake.fetch.imap_junk import JunkLetter
from tests.support import imap_dialogues as dialogues
from tests.support.imap_server import Handler, ScriptedImap
from tests.support.scripted_mailbox import mailbox_on

JUNK = "&V4NXPpCuTvY-"  # 垃圾邮件
ADVERTS = "&Xn9USpCuTvY-"  # 广告邮件
OURS = b"From: =?utf-8?b?5pWZ5L2T5bGA?= <jtj@example.org>\r\nSubject: =?utf-8?b?5oqV56i/?=\r\n\r\nbody\r\n"
SPAM = b"From: win@spam.example\r\nSubject: jtj@example.org has won\r\n\r\nbody\r\n"


def registered(address: str) -> bool:
    return address == "jtj@example.org"


@pytest.fixture
def junk(server: ScriptedImap) -> ScriptedImap:
    server.folders = {JUNK: ("", {4: SPAM, 7: OURS}), ADVERTS: ("", {1: SPAM}), "Spam": ("\\Junk", {2: OURS})}
    return server


def test_junk_folders_are_detected_by_name_or_attribute(junk: ScriptedImap, mailbox: ImapMailbox) -> None:
    assert mailbox.junk(registered) == (
        JunkLetter("垃圾邮件", "jtj@example.org", "投稿"),
        JunkLetter("Spam", "jtj@example.org", "投稿"),
    )


def test_junk_folders_are_only_examined_and_only_headers_are_read(junk: ScriptedImap, mailbox: ImapMailbox) -> None:
    mailbox.junk(registered)
    assert junk.count("SELECT") == 0
    assert junk.count("EXAMINE") == 3
    assert junk.sent.total() == 0, "a body was fetched"
    assert [line for line in junk.commands if "FETCH" in line and "PEEK" not in line] == []


def test_the_folder_submissions_come_from_is_not_looked_at_twice(junk: ScriptedImap) -> None:
    box = mailbox_on(junk, folder="垃圾邮件")
    assert [one.folder for one in box.junk(registered)] == ["Spam"]


def test_a_folder_that_is_listed_and_does_not_exist_is_passed_over(junk: ScriptedImap, mailbox: ImapMailbox) -> None:
    """163 lists 病毒文件夹 so."""
    honest = junk.answer
    junk.on["EXAMINE"] = lambda talk: talk.no("no such folder") if JUNK in talk.line else honest(talk)
    assert [one.folder for one in mailbox.junk(registered)] == ["Spam"]


@pytest.mark.parametrize("stage", ["LIST", "EXAMINE", "UID SEARCH", "UID FETCH"])
@pytest.mark.parametrize("fault", [dialogues.drops, dialogues.throttles, dialogues.talks_garbage])
def test_a_fault_while_looking_into_junk_is_no_more_than_nothing_found(
    junk: ScriptedImap, mailbox: ImapMailbox, stage: str, fault: Handler
) -> None:
    junk.on[stage] = fault
    assert mailbox.junk(registered) == ()


def test_a_junk_folder_of_thousands_is_looked_at_from_its_newest_end(junk: ScriptedImap, mailbox: ImapMailbox) -> None:
    junk.folders = {JUNK: ("", {uid: OURS if uid in (1, 2_999) else SPAM for uid in range(1, 3_001)})}
    assert len(mailbox.junk(registered)) == 1
    assert junk.count("UID FETCH") == 5
