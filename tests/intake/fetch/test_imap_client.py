"""What one letter, one answer or one poll may cost, whatever the server sends."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from intake.fetch.imap import ImapMailbox
from intake.fetch.imap_client import ImapTimeouts
from intake.fetch.mailbox import FetchLimits, Oversize, Unfetched, Unfinished
from tests.support.imap_server import ScriptedImap, Talk
from tests.support.scripted_mailbox import mailbox_on, poll, raw, says, uids_of
from values.errors import TryLater
from values.letter import Letter


@pytest.mark.parametrize("announced", [3, 5_000])
def test_wrong_size_is_checked_and_then_the_complete_body_is_taken(
    server: ScriptedImap, mailbox: ImapMailbox, announced: int
) -> None:
    server.sizes[13] = announced
    received = poll(mailbox)
    assert [one.raw for one in received if isinstance(one, Letter)] == [raw(uid) for uid in (11, 12, 13, 14, 15)]


def test_size_counted_with_other_line_ends_costs_no_second_fetch(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.letters = {1: b"Subject: x\n\nline\nline\n"}
    server.sizes[1] = len(server.letters[1]) + 4
    assert uids_of(poll(mailbox)) == [1]
    assert server.count("UID FETCH") == 2


def test_letter_much_larger_than_announced_is_fetched_in_parts(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.letters = {1: raw(1), 2: raw(2, size=3_500_000), 3: raw(3)}
    server.sizes[2] = 100
    received = poll(mailbox)
    assert [one.raw for one in received if isinstance(one, Letter)] == list(server.letters.values())


def test_letter_above_the_limit_behind_a_false_size_ends_as_its_header(server: ScriptedImap) -> None:
    server.letters = {2: raw(2, size=9_000_000)}
    server.sizes[2] = 100
    box = mailbox_on(server, limits=FetchLimits(letter=2_000_000))
    (large,) = poll(box)
    box.close()
    assert isinstance(large, Oversize)
    assert large.header == b"From: a@example.org\r\nSubject: 2\r\n\r\n"


def test_literal_of_four_gigabytes_allocates_nothing(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    def boast(talk: Talk) -> None:
        if "BODY" in talk.line:
            talk.send(b"* 1 FETCH (UID 11 BODY[] {4294967000}\r\nabc").hang()
        talk.proceed()

    server.letters = {11: raw(11)}
    server.on["UID FETCH"] = boast
    (left_out,) = poll(mailbox)
    assert isinstance(left_out, Unfetched)
    assert "sends more than was asked for" in left_out.reason


def test_endless_chatter_is_cut_off(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    def chatter(talk: Talk) -> None:
        while True:
            talk.send(b"* 1 FETCH (FLAGS (\\Seen))\r\n" * 10_000)

    server.on["UID SEARCH"] = chatter
    mailbox.open()
    with pytest.raises(TryLater, match="sends more than was asked for"):
        mailbox.after(0)


def test_line_without_end_is_cut_off(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    def line(talk: Talk) -> None:
        while True:
            talk.send(b"x" * 100_000)

    server.on["UID SEARCH"] = line
    mailbox.open()
    with pytest.raises(TryLater, match="查找新信"):
        mailbox.after(0)


def test_answer_nested_a_hundred_thousand_deep_is_try_later(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.on["UID FETCH"] = says(b"* 1 FETCH " + b"(" * 100_000 + b"\r\n")
    with pytest.raises(TryLater):
        poll(mailbox)


def test_slow_drip_ends_at_the_deadline(server: ScriptedImap) -> None:
    drop = threading.Event()

    def drip(talk: Talk) -> None:
        talk.send(b"* SEARCH")
        while not drop.wait(0.02):
            talk.send(b" 11")

    server.on["UID SEARCH"] = drip
    box = mailbox_on(server, timeouts=ImapTimeouts(command=0.3))
    box.open()
    with pytest.raises(TryLater, match="超过了时限"):
        box.after(0)
    box.close()
    drop.set()


def test_slow_drip_in_the_greeting_ends_at_the_deadline(server: ScriptedImap) -> None:
    drop = threading.Event()

    def drip(talk: Talk) -> None:
        while not drop.wait(0.02):
            talk.send(b"*")

    server.on["GREETING"] = drip
    with pytest.raises(TryLater, match="没有回应"):
        mailbox_on(server, timeouts=ImapTimeouts(command=0.3)).open()
    drop.set()


def test_hanging_letter_is_left_out_and_the_others_come(server: ScriptedImap) -> None:
    def hang(talk: Talk) -> None:
        if "BODY" in talk.line and 12 in talk.uids:
            talk.send(b"* 2 FETCH (UID 12 BODY[] {20}\r\nten octets").hang()
        talk.proceed()

    server.on["UID FETCH"] = hang
    box = mailbox_on(server, timeouts=ImapTimeouts(read=0.2))
    received = poll(box)
    box.close()
    assert uids_of(received) == [11, 13, 14, 15]


def test_poll_whose_time_is_over_ends_as_unfinished(server: ScriptedImap) -> None:
    server.on["UID FETCH"] = lambda talk: talk.hang() if "12 (BODY" in talk.line else talk.proceed()
    box = mailbox_on(server, timeouts=ImapTimeouts(poll=1), limits=FetchLimits(batch_letters=1))
    box.open()
    batches = box.batches(box.after(0))
    assert len(next(batches)) == 1
    with pytest.raises(Unfinished, match="其余下一轮接着收"):
        next(batches)
    box.close()


@pytest.mark.parametrize("date", ["nonsense", "10-Jun-2022 09:30:00 +9999", ""])
def test_unusable_internaldate_falls_back_to_the_header(server: ScriptedImap, mailbox: ImapMailbox, date: str) -> None:
    server.internal_date = date
    server.letters = {1: b"Received: from a by b; Fri, 10 Jun 2022 09:30:00 +0800\r\nSubject: x\r\n\r\n"}
    (came,) = poll(mailbox)
    assert isinstance(came, Letter)
    assert came.received_at == datetime(2022, 6, 10, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def test_letter_without_any_date_arrived_now(server: ScriptedImap) -> None:
    server.internal_date = ""
    now = datetime(2022, 6, 10, 9, 30, tzinfo=UTC)
    box = mailbox_on(server, clock=lambda: now)
    received = poll(box)
    box.close()
    assert {one.received_at for one in received if isinstance(one, Letter)} == {now}


def test_internaldate_without_a_zone_is_utc(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.internal_date = "10-Jun-2022 09:30:00 -0000"
    came = poll(mailbox)[0]
    assert isinstance(came, Letter)
    assert came.received_at == datetime(2022, 6, 10, 9, 30, tzinfo=UTC)


def test_server_that_ignores_parts_and_sends_the_whole_is_understood(
    server: ScriptedImap, mailbox: ImapMailbox
) -> None:
    def whole(talk: Talk) -> None:
        talk.line = talk.line.partition("<")[0] if "<" in talk.line else talk.line
        talk.proceed()

    server.letters = {1: raw(1, size=2_500_000)}
    server.on["UID FETCH"] = whole
    (came,) = poll(mailbox)
    assert isinstance(came, Letter)
    assert came.raw == server.letters[1]


def test_server_that_refuses_parts_is_asked_for_the_whole(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.letters = {1: raw(1, size=2_500_000)}
    server.on["UID FETCH"] = lambda talk: talk.bad("no partials") if "<" in talk.line else talk.proceed()
    (came,) = poll(mailbox)
    assert isinstance(came, Letter)
    assert came.raw == server.letters[1]


def test_batches_need_an_open_mailbox(mailbox: ImapMailbox) -> None:
    with pytest.raises(RuntimeError, match="not open"):
        mailbox.after(0)
