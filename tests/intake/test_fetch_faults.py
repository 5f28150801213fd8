"""Every way a mail server goes wrong, over real sockets: nothing is lost, nothing doubled, and it ends in time.

Each test is a dialogue, then honest polls, then the promises (security.md sections 2 and B).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from intake.fetch.imap_client import ImapTimeouts
from intake.keep import KeptCounts
from tests.support import imap_dialogues as dialogues
from tests.support.imap_dialogues import bodies, first, only, sizes
from tests.support.imap_server import Handler, ScriptedImap, Talk
from tests.support.intake_bench import IntakeBench, intake_bench
from tests.support.scripted_mailbox import raw
from values.errors import LoginRefused, MailboxRefused, TryLater


@pytest.fixture
def bench(tmp_path: Path, server: ScriptedImap) -> Iterator[IntakeBench]:
    with intake_bench(tmp_path, server) as bench:
        yield bench


HOUR = timedelta(hours=1)
STAGES = ("GREETING", "CAPABILITY", "LOGIN", "ID", "EXAMINE", "UID SEARCH", "UID FETCH", "LOGOUT")


@pytest.mark.parametrize("fault", dialogues.FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("stage", STAGES)
def test_a_fault_at_any_stage_is_try_later_in_time_and_then_all_letters_come(
    bench: IntakeBench, server: ScriptedImap, stage: str, fault: Handler
) -> None:
    server.on[stage] = fault
    began = time.monotonic()
    bench.poll()
    assert time.monotonic() - began < 8
    bench.keeps_its_promises()
    bench.recovers()


@pytest.mark.parametrize("fault", dialogues.FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("when", [sizes, bodies])
def test_a_fault_in_half_of_the_fetches_loses_nothing(
    bench: IntakeBench, server: ScriptedImap, when: dialogues.When, fault: Handler
) -> None:
    server.on["UID FETCH"] = only(when, first(1, fault))
    bench.poll()
    bench.recovers()


@pytest.mark.parametrize("uid", [11, 12, 13, 14, 15])
def test_a_connection_cut_inside_a_letter_loses_nothing(bench: IntakeBench, server: ScriptedImap, uid: int) -> None:
    server.on["UID FETCH"] = only(bodies, first(2, dialogues.cuts_inside(uid)))
    bench.poll()
    bench.recovers()


@pytest.mark.parametrize("by", [-10, -1, 1, 10, 100_000])
def test_a_literal_of_a_false_length_stores_no_partial_letter(
    bench: IntakeBench, server: ScriptedImap, by: int
) -> None:
    server.on["UID FETCH"] = only(bodies, first(2, dialogues.lies_about_the_length(13, by)))
    bench.poll()
    assert bench.stored() <= set(server.letters.values())
    bench.recovers()


@pytest.mark.parametrize("stage", ["GREETING", "LOGIN", "EXAMINE", "UID SEARCH", "UID FETCH"])
@pytest.mark.parametrize("fault", [dialogues.says_bye, dialogues.throttles, dialogues.is_busy, dialogues.drops])
def test_a_server_that_has_no_time_is_never_a_wrong_password(
    bench: IntakeBench, server: ScriptedImap, stage: str, fault: Handler
) -> None:
    server.on[stage] = fault
    failed = bench.poll()
    assert isinstance(failed, TryLater)
    assert not isinstance(failed, LoginRefused | MailboxRefused)


def test_throttling_leaves_the_watermark_and_asks_no_more_in_that_poll(
    bench: IntakeBench, server: ScriptedImap
) -> None:
    server.on["UID FETCH"] = only(bodies, dialogues.throttles)
    assert isinstance(bench.poll(), TryLater)
    assert server.count("UID FETCH") == 2
    bench.recovers()


def test_a_dead_password_is_reported_and_the_mailbox_comes_back_by_itself(
    bench: IntakeBench, server: ScriptedImap
) -> None:
    server.on["LOGIN"] = lambda talk: talk.no("LOGIN Login error or password error")
    failed = bench.poll()
    assert isinstance(failed, LoginRefused)
    assert "授权码" in str(failed)
    bench.recovers()


def test_an_unsafe_login_is_reported_and_the_mailbox_comes_back_by_itself(
    bench: IntakeBench, server: ScriptedImap
) -> None:
    server.on["EXAMINE"] = lambda talk: talk.no("EXAMINE Unsafe Login. Please contact kefu@188.com for help")
    assert "不安全登录" in str(bench.poll())
    bench.recovers()
    assert server.count("ID") == server.connections


def test_a_letter_that_trickles_holds_up_no_other(bench: IntakeBench, server: ScriptedImap) -> None:
    """Part after part within the time of a command: only the time of a letter ends it."""
    server.letters[12] += b"x" * 4_000_000

    def trickle(talk: Talk) -> None:
        if bodies(talk) and 12 in talk.uids:
            time.sleep(0.3)
        talk.proceed()

    server.on["UID FETCH"] = trickle
    bench.poll()
    assert {server.letters[uid] for uid in (11, 13, 14, 15)} <= bench.stored()
    bench.server.sent.clear()
    bench.recovers()


def test_a_uid_that_never_comes_is_given_up_and_taken_when_it_comes_back(
    bench: IntakeBench, server: ScriptedImap
) -> None:
    ghost = server.letters.pop(13)
    listed = b"* SEARCH 11 12 13 14 15\r\n"
    server.on["UID SEARCH"] = lambda talk: talk.send(listed).ok()
    answers = [bench.poll() for _ in range(5)]
    problems = [len(one.problems) for one in answers if isinstance(one, KeptCounts)]
    assert problems == [1, 1, 1, 0, 0]
    bench.holds()
    server.letters[13] = ghost
    bench.clock.now += 24 * HOUR
    assert bench.poll() == KeptCounts(stored=1, new=1)
    bench.recovers()


def test_two_letters_that_break_every_connection_hold_up_no_other(bench: IntakeBench, server: ScriptedImap) -> None:
    server.on["UID FETCH"] = only(
        lambda talk: bodies(talk) and bool({12, 14} & set(talk.uids)), dialogues.cuts_inside(12)
    )
    for _ in range(3):
        bench.poll()
    assert {server.letters[uid] for uid in (11, 13, 15)} <= bench.stored()
    bench.keeps_its_promises()
    bench.clock.now += 24 * HOUR
    bench.recovers()


def test_unasked_news_changes_no_letter(bench: IntakeBench, server: ScriptedImap) -> None:
    def chatty(talk: Talk) -> None:
        talk.send(b"* 1 FETCH (UID 99 BODY[] {5}\r\nwrong)\r\n* 2 FETCH (UID 12 FLAGS (\\Seen))\r\n")
        talk.send(b"* 9 EXISTS\r\n* 2 RECENT\r\n* OK [ALERT] the weather is fine\r\n* 9 EXPUNGE\r\n")
        talk.proceed()

    for command in ("UID SEARCH", "UID FETCH", "EXAMINE"):
        server.on[command] = chatty
    bench.poll()
    assert bench.stored() == set(server.letters.values())
    bench.recovers()


def test_letters_expunged_under_our_feet_are_no_trouble(bench: IntakeBench, server: ScriptedImap) -> None:
    def expunge(talk: Talk) -> None:
        if bodies(talk):
            server.letters.pop(13, None)
            talk.send(b"* 3 EXPUNGE\r\n")
        talk.proceed()

    server.on["UID FETCH"] = expunge
    assert bench.poll() == KeptCounts(stored=4, new=4)
    bench.recovers()


def test_new_uidvalidity_between_polls_doubles_nothing(bench: IntakeBench, server: ScriptedImap) -> None:
    bench.poll()
    server.uidvalidity = 8
    server.letters = {uid + 100: raw for uid, raw in server.letters.items()}
    assert bench.poll() == KeptCounts(stored=5, new=0)
    bench.recovers()


def test_new_uidvalidity_within_a_poll_ends_it_and_mixes_no_uids(bench: IntakeBench, server: ScriptedImap) -> None:
    def renumber(talk: Talk) -> None:
        if bodies(talk) and server.uidvalidity == 7:
            server.uidvalidity = 8
            server.letters = dict(zip((11, 12, 13, 14, 15), reversed(server.letters.values()), strict=True))
            talk.send(b"* OK [UIDVALIDITY 8] the folder was rebuilt\r\n")
        talk.proceed()

    server.on["UID FETCH"] = renumber
    assert "重新编号" in str(bench.poll())
    assert bench.stored() == set()
    bench.recovers()


def test_a_folder_without_uidvalidity_is_read_like_any_other(bench: IntakeBench, server: ScriptedImap) -> None:
    server.uidvalidity = None
    assert bench.poll() == KeptCounts(stored=5, new=5)
    bench.recovers()


def test_a_letter_moved_in_below_the_watermark_is_found_by_the_next_day(
    bench: IntakeBench, server: ScriptedImap
) -> None:
    bench.poll()
    server.letters[3] = b"Subject: moved in\r\n\r\nold UID\r\n"
    assert bench.poll() == KeptCounts()
    bench.clock.now += 24 * HOUR
    assert bench.poll() == KeptCounts(stored=1, new=1)
    bench.recovers()


def test_a_server_that_only_reads_keeps_every_letter_unmarked_and_taken_once(
    bench: IntakeBench, server: ScriptedImap
) -> None:
    for command in ("SELECT", "UID STORE", "UID MOVE", "UID COPY", "CREATE"):
        server.on[command] = lambda talk: talk.no("read-only mailbox")
    for _ in range(3):
        bench.poll()
    assert {server.sent[uid] // len(raw) for uid, raw in server.letters.items()} == {1}
    bench.recovers()


@pytest.mark.parametrize("fault", [dialogues.refuses, dialogues.drops, dialogues.says_ok_and_nothing])
def test_a_flood_whose_senders_cannot_be_asked_for_comes_in_any_order(
    bench: IntakeBench, server: ScriptedImap, fault: Handler
) -> None:
    server.letters = {uid: raw(uid) for uid in range(11, 260)}
    server.on["UID FETCH"] = only(lambda talk: "HEADER.FIELDS" in talk.line, fault)
    bench.poll(registered=lambda address: address == "b@example.org")
    bench.recovers()


def test_of_a_flood_registered_senders_come_first(bench: IntakeBench, server: ScriptedImap) -> None:
    server.letters = {uid: raw(uid) for uid in range(11, 260)}
    ours = {uid: raw(uid).replace(b"a@", b"b@") for uid in (40, 259)}
    server.letters |= ours
    bench.poll(registered=lambda address: address == "b@example.org")
    first_bodies = next(line for line in server.commands if "BODY.PEEK[]" in line)
    assert set(ours) <= set(uids_in(first_bodies))
    assert len(uids_in(first_bodies)) == 50
    bench.recovers()


def test_a_server_that_tells_slowly_of_a_flood_gives_letters_in_every_poll(tmp_path: Path) -> None:
    """Asking for all senders would take longer than the poll: it ends after a quarter of it."""

    def slowly(talk: Talk) -> None:
        if sizes(talk):
            time.sleep(0.6)
        talk.proceed()

    with (
        ScriptedImap({uid: raw(uid) for uid in range(1, 2_001)}).running() as server,
        intake_bench(tmp_path, server, timeouts=ImapTimeouts(poll=4)) as bench,
    ):
        server.on["UID FETCH"] = slowly
        assert isinstance(bench.poll(registered=lambda _address: False), TryLater)
        assert len(bench.stored()) >= 200
        bench.keeps_its_promises()


def uids_in(command: str) -> list[int]:
    return [int(uid) for uid in command.split()[2].split(",")]
