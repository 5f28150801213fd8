"""A real Dovecot that is restarted, renumbered and emptied while letters are taken from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import letters
from intake.fetch.imap import ImapAccount, ImapMailbox
from intake.fetch.mailbox import FetchLimits
from intake.keep import FolderPass, KeptCounts, poll
from intake.marking import mark_settled
from tests.support.dovecot import Account, Dovecot, dovecot_server
from tests.support.imap_server import ScriptedImap
from tests.support.intake_bench import NOW, IntakeBench, intake_bench
from tests.support.scripted_mailbox import raw
from values.errors import TryLater
from values.letter import ReadMark, Verdict

pytestmark = pytest.mark.dovecot

FRIDAY = datetime(2022, 6, 10, 9, 30, tzinfo=UTC)
LETTERS = [raw(number, size=1_500_000 if number == 4 else 100) for number in range(1, 9)]


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with dovecot_server(tmp_path_factory.mktemp("faults")) as server:
        yield server


@pytest.fixture
def account(dovecot: Dovecot) -> Account:
    account = dovecot.account()
    for letter in LETTERS:
        account.deliver(letter, FRIDAY)
    return account


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[IntakeBench]:
    with intake_bench(tmp_path, ScriptedImap()) as bench:
        yield bench
        assert sorted(map(len, bench.stored())) == sorted(map(len, LETTERS))
        assert bench.stored() == set(LETTERS)
        bench.keeps_its_promises()


def mailbox_on(account: Account, bench: IntakeBench, batch: int = 2) -> ImapMailbox:
    return ImapMailbox(
        ImapAccount(account.host, account.port, "none", account.username, account.password),
        limits=FetchLimits(batch_letters=batch),
        spool=bench.raws.incoming,
    )


def polled(account: Account, bench: IntakeBench, between: Callable[[], None] = lambda: None) -> KeptCounts | TryLater:
    """One poll in batches of two; `between` happens once, after the first is stored: the second is fetched by then."""
    todo = [between]

    def after_batch(_folder_pass: FolderPass) -> None:
        while todo:
            todo.pop()()

    mailbox = mailbox_on(account, bench)
    try:
        return poll(mailbox, bench.store, stopping=lambda: False, after_batch=after_batch).kept
    except TryLater as later:
        return later
    finally:
        mailbox.close()


def settles(account: Account, bench: IntakeBench) -> int:
    """Polls until nothing is left, three times at most; returns how many letters were new."""
    new = 0
    for _ in range(3):
        taken = polled(account, bench)
        new += taken.new if isinstance(taken, KeptCounts) else 0
    assert polled(account, bench) == KeptCounts()
    return new


def test_restarted_in_the_middle_of_a_poll(account: Account, bench: IntakeBench) -> None:
    def restart() -> None:
        account.server.stop()
        account.server.start()

    polled(account, bench, restart)
    bench.keeps_its_promises()
    settles(account, bench)


def test_stopped_in_the_middle_of_a_poll_and_started_later(account: Account, bench: IntakeBench) -> None:
    polled(account, bench, account.server.stop)  # a session that is open may outlive its server, or not
    refused = polled(account, bench)
    account.server.start()
    assert isinstance(refused, TryLater)
    settles(account, bench)


def test_its_index_deleted_between_polls(account: Account, bench: IntakeBench) -> None:
    assert polled(account, bench) == KeptCounts(stored=8, new=8)
    account.renumber()
    assert settles(account, bench) == 0


def test_its_index_deleted_in_the_middle_of_a_poll(account: Account, bench: IntakeBench) -> None:
    assert isinstance(polled(account, bench, account.renumber), TryLater)
    assert settles(account, bench) == 4


def test_expunged_under_our_feet(account: Account, bench: IntakeBench) -> None:
    polled(account, bench)
    account.deliver(raw(98), FRIDAY)
    account.deliver(raw(99), FRIDAY)
    assert polled_without(account, bench, raw(98)) == KeptCounts()


def polled_without(account: Account, bench: IntakeBench, *letters: bytes) -> KeptCounts:
    """A poll between whose search and fetch two letters are expunged by another client."""
    mailbox = mailbox_on(account, bench)
    folder_pass = bench.store.begin_pass(mailbox.open(), mailbox)
    assert len(folder_pass.missing) == 2
    account.expunge(folder_pass.missing)
    for batch in mailbox.batches(folder_pass.missing):
        bench.store.keep_fetched(batch, folder_pass)
    bench.store.finish_pass(folder_pass)
    mailbox.close()
    return folder_pass.kept


def test_letters_moved_in_from_another_folder_and_back(account: Account, bench: IntakeBench) -> None:
    polled(account, bench)
    account.move((1, 2, 3), "Archive")
    assert polled(account, bench) == KeptCounts()
    account.move((1, 2, 3), "INBOX", source="Archive")
    assert polled(account, bench) == KeptCounts(stored=3, new=0)
    bench.clock.now += timedelta(days=1)
    assert polled(account, bench) == KeptCounts()


@pytest.mark.parametrize(
    "mark", [ReadMark("flag", "\\Flagged"), ReadMark("keyword", "jianbao"), ReadMark("move", "已收稿")]
)
def test_read_letters_are_marked(account: Account, bench: IntakeBench, mark: ReadMark) -> None:
    polled(account, bench)
    with bench.ledger.writing() as ledger:
        for letter in letters.letters(ledger):
            letters.settle(ledger, letter.id, Verdict.ARTICLE, "已成稿", at=NOW)
    box = mailbox_on(account, bench)
    marked = mark_settled(box, bench.ledger, account.username, "INBOX", mark, at=NOW)
    assert (len(marked.done), marked.failed, marked.problem) == (8, frozenset(), "")
    inbox = account.files()
    if mark.kind == "move":
        assert inbox == set()
    else:
        assert len(inbox) == 8
        assert all(name.rpartition(":2,")[2] for name in inbox)
    assert polled(account, bench) == KeptCounts()
