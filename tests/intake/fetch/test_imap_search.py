"""Finding new letters, on a server that answers SEARCH its own way."""

from __future__ import annotations

import random

import pytest

from intake.fetch.imap import ImapMailbox
from tests.support.imap_server import ScriptedImap, Talk
from tests.support.scripted_mailbox import answers_no, poll, says, uids_of
from values.errors import TryLater


@pytest.mark.parametrize("seed", range(5))
def test_search_that_is_unsorted_and_repeats_itself_gives_each_uid_once(
    server: ScriptedImap, mailbox: ImapMailbox, seed: int
) -> None:
    listed = [11, 12, 13, 14, 15, 14, 12, 12]
    random.Random(seed).shuffle(listed)
    server.on["UID SEARCH"] = says(b"* SEARCH " + b" ".join(b"%d" % uid for uid in listed) + b"\r\n")
    assert uids_of(poll(mailbox, after=11)) == [12, 13, 14, 15]


@pytest.mark.parametrize(
    "answer", [b"* SEARCH 13 11\r\n* SEARCH 12\r\n", b"* SEARCH\r\n* SEARCH 11 12 13\r\n* 6 EXISTS\r\n"]
)
def test_search_on_two_lines_is_one_answer(server: ScriptedImap, mailbox: ImapMailbox, answer: bytes) -> None:
    server.on["UID SEARCH"] = says(answer)
    mailbox.open()
    assert mailbox.after(0) == (11, 12, 13)


def test_server_that_refuses_to_search_by_uid_is_asked_for_all(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.on["UID SEARCH"] = lambda talk: talk.proceed() if talk.line.endswith("ALL") else talk.bad("bad sequence")
    assert uids_of(poll(mailbox, after=13)) == [14, 15]


def test_server_that_finds_nothing_by_uid_though_there_is_more_is_asked_for_all(
    server: ScriptedImap, mailbox: ImapMailbox
) -> None:
    server.on["UID SEARCH"] = lambda talk: talk.proceed() if talk.line.endswith("ALL") else says(b"* SEARCH\r\n")(talk)
    assert uids_of(poll(mailbox, after=13)) == [14, 15]
    assert mailbox.after(15) == ()
    assert server.count("UID SEARCH ALL") == 1


def test_search_refused_for_its_frequency_is_not_repeated_in_another_form(
    server: ScriptedImap, mailbox: ImapMailbox
) -> None:
    server.on["UID SEARCH"] = answers_no("[LIMIT] too frequent")
    with pytest.raises(TryLater, match="慢一点"):
        poll(mailbox, after=3)
    assert server.count("UID SEARCH") == 1


def test_search_answer_that_makes_no_sense_is_try_later(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.on["UID SEARCH"] = says(b"* SEARCH twelve\r\n")
    with pytest.raises(TryLater, match="查找新信"):
        poll(mailbox)


def test_mailbox_too_large_for_one_answer_is_searched_in_windows(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    def window(talk: Talk) -> None:
        first, _, last = talk.line.split()[2].partition(":")
        found = range(1_392_000_000 + int(first), 1_392_000_000 + min(int(last), 120_000) + 1)
        says(b"* SEARCH " + b" ".join(b"%d" % uid for uid in found) + b"\r\n")(talk)

    server.on["EXAMINE"] = says(b"* 120000 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 1] ok\r\n")
    server.on["UID SEARCH"] = window
    mailbox.open()
    assert mailbox.after(0) == tuple(range(1_392_000_001, 1_392_120_001))
