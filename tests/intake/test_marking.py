"""The courtesy mark, over real sockets: after the verdict, with what the server offers, read back, never in the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import letters
from intake.fetch.imap_marks import Marked
from intake.keep import KeptCounts
from intake.marking import mark_settled
from tests.support import imap_dialogues as dialogues
from tests.support.imap_server import Handler, ScriptedImap
from tests.support.intake_bench import HASTE, NOW, IntakeBench, intake_bench
from tests.support.scripted_mailbox import mailbox_on
from values.errors import TryLater
from values.letter import ReadMark, Verdict

FLAG = ReadMark("flag", "\\Flagged")
KEYWORD = ReadMark("keyword", "jianbao")
MOVE = ReadMark("move", "已收稿")
THERE = "&XfJlNno,-"
ACCOUNT = "zgqwxzfb@163.com"


@pytest.fixture
def bench(tmp_path: Path, server: ScriptedImap) -> Iterator[IntakeBench]:
    with intake_bench(tmp_path, server) as bench:
        assert bench.poll() == KeptCounts(stored=5, new=5)
        yield bench


def settle(bench: IntakeBench, *, but: int = 0) -> None:
    """Gives every letter its verdict, except the one with that UID."""
    with bench.ledger.writing() as ledger:
        for letter in letters.letters(ledger):
            if letter.uid != but:
                letters.settle(ledger, letter.id, Verdict.ARTICLE, "已成稿", at=NOW)


def mark(bench: IntakeBench, wanted: ReadMark) -> Marked | TryLater:
    try:
        box = mailbox_on(bench.server, timeouts=HASTE)
        return mark_settled(box, bench.ledger, ACCOUNT, "INBOX", wanted, at=NOW)
    except TryLater as later:
        return later


@pytest.mark.parametrize("wanted", [FLAG, KEYWORD])
def test_letters_with_a_verdict_are_flagged_once(bench: IntakeBench, server: ScriptedImap, wanted: ReadMark) -> None:
    settle(bench, but=13)
    assert mark(bench, wanted) == Marked(done=frozenset({11, 12, 14, 15}))
    assert {uid for uid, flags in server.flags.items() if flags == {wanted.word}} == {11, 12, 14, 15}
    logins = server.count("LOGIN")
    assert mark(bench, wanted) == Marked()
    assert server.count("LOGIN") == logins, "there was nothing to mark"
    bench.recovers()


@pytest.mark.parametrize("capability", ["IMAP4rev1 ID MOVE", "IMAP4rev1 ID UIDPLUS"])
def test_letters_with_a_verdict_are_moved_and_pending_ones_stay(
    bench: IntakeBench, server: ScriptedImap, capability: str
) -> None:
    server.capability = capability
    settle(bench, but=13)
    moved = {server.letters[uid] for uid in (11, 12, 14, 15)}
    assert mark(bench, MOVE) == Marked(done=frozenset({11, 12, 14, 15}))
    assert set(server.letters) == {13}
    assert set(server.folders[THERE][1].values()) == moved
    assert not any(line.upper().startswith("EXPUNGE") for line in server.commands)
    bench.recovers()
    settle(bench)
    assert mark(bench, MOVE) == Marked(done=frozenset({13}))


def test_a_letter_others_marked_deleted_is_not_taken_away(bench: IntakeBench, server: ScriptedImap) -> None:
    server.flags[13] = {"\\Deleted"}
    settle(bench, but=13)
    mark(bench, MOVE)
    assert set(server.letters) == {13}


@pytest.mark.parametrize(
    ("wanted", "capability", "permanent"),
    [
        (KEYWORD, "IMAP4rev1 ID MOVE", "\\Flagged \\Deleted"),
        (FLAG, "IMAP4rev1 ID MOVE", ""),
        (MOVE, "IMAP4rev1 ID", "\\Flagged \\Deleted \\*"),
    ],
)
def test_mark_that_the_server_does_not_offer_is_not_tried(
    bench: IntakeBench, server: ScriptedImap, wanted: ReadMark, capability: str, permanent: str
) -> None:
    server.capability, server.permanent = capability, permanent
    settle(bench)
    marked = mark(bench, wanted)
    assert isinstance(marked, Marked)
    assert marked.problem
    assert not marked.done
    assert not [line for line in server.commands if line.startswith(("UID STORE", "UID COPY", "UID MOVE", "CREATE"))]
    bench.recovers()


@pytest.mark.parametrize("wanted", [FLAG, MOVE])
@pytest.mark.parametrize("command", ["UID STORE", "UID MOVE", "UID COPY", "UID EXPUNGE", "CREATE", "SELECT"])
@pytest.mark.parametrize("fault", [lambda talk: talk.no("refused"), dialogues.drops, dialogues.says_ok_and_nothing])
def test_a_refused_mark_is_a_remark_and_loses_no_letter(
    bench: IntakeBench, server: ScriptedImap, wanted: ReadMark, command: str, fault: Handler
) -> None:
    before = set(server.letters.values())
    server.capability += " MOVE" if command == "UID MOVE" else ""
    server.on[command] = fault
    settle(bench)
    for _ in range(5):
        mark(bench, wanted)
    assert server.count(command) <= 3
    there = set(server.folders.get(THERE, ("", {}))[1].values())
    assert set(server.letters.values()) | there == before
    bench.recovers()


def test_a_store_that_says_ok_and_stores_nothing_is_found_out(bench: IntakeBench, server: ScriptedImap) -> None:
    server.on["UID STORE"] = dialogues.says_ok_and_nothing
    settle(bench)
    marked = mark(bench, FLAG)
    assert isinstance(marked, Marked)
    assert marked.failed == {11, 12, 13, 14, 15}
    assert "其实有 5 封没有做" in marked.problem


def test_a_copy_that_says_ok_and_copies_nothing_deletes_nothing(bench: IntakeBench, server: ScriptedImap) -> None:
    server.capability = "IMAP4rev1 ID UIDPLUS"
    server.on["UID COPY"] = dialogues.says_ok_and_nothing
    settle(bench)
    mark(bench, MOVE)
    assert len(server.letters) == 5
    assert server.count("UID EXPUNGE") == 0


def test_a_renumbered_folder_is_not_marked_by_its_old_numbers(bench: IntakeBench, server: ScriptedImap) -> None:
    settle(bench)
    server.uidvalidity = 8
    marked = mark(bench, MOVE)
    assert isinstance(marked, Marked)
    assert "重新编号" in marked.problem
    assert len(server.letters) == 5
