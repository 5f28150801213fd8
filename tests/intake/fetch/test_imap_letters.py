"""Fetching letters, on a server that loses, breaks or refuses them."""

from __future__ import annotations

import pytest

from intake.fetch.imap import ImapMailbox
from intake.fetch.mailbox import Gone, Received, Unfetched
from tests.support.imap_server import ScriptedImap, Talk
from tests.support.scripted_mailbox import poll, raw, says, uids_of
from values.errors import LoginRefused, MailboxRefused, TryLater
from values.letter import Letter


def test_uid_that_search_invents_is_unfetched_and_holds_up_no_other(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.on["UID SEARCH"] = says(b"* SEARCH 10 11 12\r\n")
    ghost, *others = poll(mailbox)
    assert isinstance(ghost, Unfetched)
    assert ghost.uid == 10
    assert uids_of(others) == [11, 12]


def test_letter_the_server_is_silent_about_is_asked_for_again_alone(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    def forgets_one(talk: Talk) -> None:
        uids = [uid for uid in talk.uids if uid != 13 or len(talk.uids) == 1]
        says(b"".join(server.fetched(uid, talk.line) for uid in uids))(talk)

    server.on["UID FETCH"] = forgets_one
    assert uids_of(poll(mailbox)) == [11, 12, 13, 14, 15]


def test_letter_expunged_between_its_size_and_its_body_is_gone(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    def expunge(talk: Talk) -> None:
        if "BODY" in talk.line:
            server.letters.pop(13, None)
            talk.send(b"* 3 EXPUNGE\r\n* 4 EXISTS\r\n")
        talk.proceed()

    server.on["UID FETCH"] = expunge
    received = poll(mailbox)
    assert uids_of(received) == [11, 12, 14, 15]
    assert received[2] == Gone(13)


def test_unasked_fetch_answers_change_no_letter(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    def chatty(talk: Talk) -> None:
        talk.send(b"* 1 FETCH (UID 99 BODY[] {5}\r\nwrong)\r\n* 2 FETCH (UID 12 FLAGS (\\Seen))\r\n* 9 EXISTS\r\n")
        talk.proceed()

    server.on["UID FETCH"] = chatty
    received = poll(mailbox)
    assert [one.raw for one in received if isinstance(one, Letter)] == [raw(uid) for uid in (11, 12, 13, 14, 15)]


def test_body_that_comes_twice_is_one_letter(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.on["UID FETCH"] = lambda talk: says(2 * b"".join(server.fetched(uid, talk.line) for uid in talk.uids))(talk)
    assert uids_of(poll(mailbox)) == [11, 12, 13, 14, 15]


@pytest.mark.parametrize("answered", [1, 2, 3, 4])
def test_connection_cut_after_some_letters_is_reconnected_and_nothing_is_lost(
    server: ScriptedImap, mailbox: ImapMailbox, answered: int
) -> None:
    sent = dict.fromkeys(server.letters, 0)

    def cut_first_time(talk: Talk) -> None:
        if "BODY" not in talk.line:
            return talk.proceed()
        for number, uid in enumerate(talk.uids):
            if server.connections == 1 and number == answered:
                talk.send(b"* 1 FETCH (UID %d BODY[] {2000}\r\nhalf a lett" % uid).hang_up()
            talk.send(server.fetched(uid, talk.line))
            sent[uid] += 1
        return talk.ok()

    server.on["UID FETCH"] = cut_first_time
    received = poll(mailbox)
    assert [one.raw for one in received if isinstance(one, Letter)] == [raw(uid) for uid in (11, 12, 13, 14, 15)]
    assert max(sent.values()) <= 2


@pytest.mark.parametrize("answered", [1, 2, 3, 4])
def test_server_that_says_bye_after_every_few_letters_yields_them_over_several_polls(
    server: ScriptedImap, mailbox: ImapMailbox, answered: int
) -> None:
    left: dict[int, int] = {}

    def count_down(talk: Talk) -> None:
        if "BODY" not in talk.line:
            return talk.proceed()
        for uid in talk.uids:
            if left.setdefault(server.connections, answered) == 0:
                talk.send(b"* BYE come back later\r\n").hang_up()
            left[server.connections] -= 1
            talk.send(server.fetched(uid, talk.line))
        return talk.ok()

    server.on["UID FETCH"] = count_down
    kept: list[Received] = []
    ended: list[TryLater] = []
    for _ in range(5):
        mailbox.open()
        try:
            for batch in mailbox.batches(mailbox.after(uids_of(kept)[-1] if kept else 0)):
                kept += batch
        except TryLater as later:
            ended.append(later)
    assert uids_of(kept) == [11, 12, 13, 14, 15]
    assert all("已收到的都已保留" in str(later) for later in ended)
    assert not any(isinstance(later, LoginRefused) for later in ended)


def test_one_letter_that_breaks_every_connection_is_left_out(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    def poisoned(talk: Talk) -> None:
        if "BODY" in talk.line and 13 in talk.uids:
            talk.send(b"* 3 FETCH (UID 13 BODY[] {20}\r\nten octets)\r\n").hang_up()
        talk.proceed()

    server.on["UID FETCH"] = poisoned
    received = poll(mailbox)
    assert uids_of(received) == [11, 12, 14, 15]
    (left_out,) = [one for one in received if isinstance(one, Unfetched)]
    assert left_out.uid == 13
    assert "取不下来" in left_out.reason


@pytest.mark.parametrize("announced", [8, 400])
def test_literal_of_the_wrong_length_stores_no_partial_letter(
    server: ScriptedImap, mailbox: ImapMailbox, announced: int
) -> None:
    def lies_once(talk: Talk) -> None:
        if "BODY" in talk.line and server.connections == 1:
            body = server.letters[talk.uids[0]]
            talk.send(b"* 1 FETCH (UID 11 BODY[] {%d}\r\n" % announced + body + b")\r\n").ok()
            talk.hang_up()
        talk.proceed()

    server.on["UID FETCH"] = lies_once
    received = poll(mailbox)
    assert [one.raw for one in received if isinstance(one, Letter)] == [raw(uid) for uid in (11, 12, 13, 14, 15)]


def test_letter_the_server_refuses_is_left_out_without_a_new_login(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    def broken_storage(talk: Talk) -> None:
        if "BODY" in talk.line and 12 in talk.uids:
            talk.no("Some messages could not be FETCHed")
        else:
            talk.proceed()

    server.on["UID FETCH"] = broken_storage
    received = poll(mailbox)
    assert uids_of(received) == [11, 13, 14, 15]
    assert server.connections == 1


def test_fetch_refused_for_its_frequency_ends_the_poll_at_once(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.on["UID FETCH"] = lambda talk: talk.no("[LIMIT] slow down") if "BODY" in talk.line else talk.proceed()
    with pytest.raises(TryLater, match="慢一点"):
        poll(mailbox)
    assert server.count("UID FETCH") == 2


def test_server_that_refuses_every_letter_ends_the_poll_after_three(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.on["UID FETCH"] = lambda talk: talk.no("broken") if "BODY" in talk.line else talk.proceed()
    with pytest.raises(MailboxRefused, match="拒绝了取信"):
        poll(mailbox)
    assert server.count("UID FETCH 14") == 0


def test_folder_renumbered_during_the_poll_ends_it(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    def renumber(talk: Talk) -> None:
        server.uidvalidity = 8
        talk.hang_up()

    mailbox.open()
    server.on["UID FETCH"] = renumber
    with pytest.raises(TryLater, match="重新编号"):
        list(mailbox.batches([11]))
