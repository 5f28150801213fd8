"""Fetching letters, on a server that loses, breaks or refuses them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.files import HashStore
from intake.fetch.imap import ImapMailbox
from intake.fetch.mailbox import FetchLimits, Gone, LargeLetter, Oversize, Received, Unfetched
from tests.support.imap_dialogues import bodies, only, sends_instead
from tests.support.imap_server import ScriptedImap, Talk
from tests.support.scripted_mailbox import mailbox_on, poll, raw, says, uids_of
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


@pytest.fixture
def spooling(server: ScriptedImap, tmp_path: Path) -> Iterator[ImapMailbox]:
    """A mailbox that holds letters of several parts in files, as the service does."""
    box = mailbox_on(server, spool=HashStore(tmp_path, ".eml").incoming)
    yield box
    box.close()


def bytes_of(received: Received) -> bytes:
    assert isinstance(received, Letter | LargeLetter)
    if isinstance(received, Letter):
        return received.raw
    octets = received.content.head(received.content.size)
    received.content.discard()
    return octets


def by_a_tenth(octets: int) -> int:
    return octets * 11 // 10


@pytest.mark.parametrize("announced", [by_a_tenth, lambda octets: octets + 1, lambda octets: octets * 40])
@pytest.mark.parametrize("octets", [0, 60_000, 3_000_000])
def test_letters_announced_too_large_are_taken_once_they_came_twice_alike(
    server: ScriptedImap, spooling: ImapMailbox, announced: Callable[[int], int], octets: int
) -> None:
    """hMailServer, and Exchange without EnableExactRFC822Size."""
    server.letters = {uid: raw(uid, octets) for uid in (11, 12, 13)}
    server.sizes = {uid: min(announced(len(raw)), 59_000_000) for uid, raw in server.letters.items()}
    assert list(map(bytes_of, poll(spooling))) == [*server.letters.values()]


def refuses_parts(talk: Talk) -> None:
    if "]<" in talk.line:
        talk.bad("no partial fetch here")
    else:
        talk.proceed()


def test_server_without_partial_fetch_may_announce_too_much_as_well(
    server: ScriptedImap, spooling: ImapMailbox
) -> None:
    server.sizes = dict.fromkeys(server.letters, 2_000)
    server.on["UID FETCH"] = refuses_parts
    assert list(map(bytes_of, poll(spooling))) == [*server.letters.values()]


def test_letter_that_comes_differently_each_time_is_not_taken(server: ScriptedImap, spooling: ImapMailbox) -> None:
    server.sizes[13] = 2_000
    contents = iter([raw(13), raw(13)[:-4], b"", raw(13)[:-9]])
    server.on["UID FETCH"] = only(
        lambda talk: bodies(talk) and 13 in talk.uids, lambda talk: sends_instead(13, next(contents))(talk)
    )
    received = poll(spooling)
    assert uids_of(received) == [11, 12, 14, 15]
    assert isinstance(received[2], Unfetched)


@pytest.mark.parametrize("content", [b"", b"\r\n", b" \r\n\r\n"])
@pytest.mark.parametrize("octets", [0, 2_000_000])
def test_blank_content_for_an_announced_size_is_not_the_letter(
    server: ScriptedImap, spooling: ImapMailbox, content: bytes, octets: int
) -> None:
    server.letters[13] = raw(13, octets)
    server.sizes[13] = len(server.letters[13])
    server.on["UID FETCH"] = only(bodies, sends_instead(13, content))
    received = poll(spooling)
    assert uids_of(received) == [11, 12, 14, 15]
    left_out = received[2]
    assert isinstance(left_out, Unfetched)
    assert "没有给出内容" in left_out.reason
    server.on.clear()
    assert bytes_of(poll(spooling)[2]) == server.letters[13]


def test_letter_announced_without_any_octet_is_what_it_is(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.letters[13] = b""
    assert bytes_of(poll(mailbox)[2]) == b""


def test_blank_header_of_a_letter_above_the_limit_is_not_its_header(server: ScriptedImap) -> None:
    server.letters = {11: raw(11, 5_000)}
    mailbox = mailbox_on(server, limits=FetchLimits(letter=1_000))
    server.on["UID FETCH"] = only(
        lambda talk: "[HEADER]" in talk.line,
        lambda talk: says(b"* 1 FETCH (UID 11 BODY[HEADER]<0> {0}\r\n)\r\n")(talk),
    )
    assert isinstance(poll(mailbox)[0], Unfetched)
    server.on.clear()
    assert isinstance(poll(mailbox)[0], Oversize)
    mailbox.close()
