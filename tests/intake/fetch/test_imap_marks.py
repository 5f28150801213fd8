"""Marks in the mailbox, read back from the server."""

from __future__ import annotations

import pytest

from intake.fetch.imap import ImapMailbox
from intake.fetch.imap_marks import Marked
from tests.support.imap_server import ScriptedImap
from values.letter import ReadMark

FLAG = ReadMark("flag", "\\Flagged")
MOVE = ReadMark("move", "Done")


def test_flag_is_set_and_read_back(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    folder = mailbox.open()
    assert mailbox.mark(folder, [11, 12], FLAG) == Marked(done=frozenset({11, 12}))
    assert {uid for uid, flags in server.flags.items() if "\\Flagged" in flags} == {11, 12}


def test_uid_that_exists_no_more_counts_as_done(mailbox: ImapMailbox) -> None:
    assert mailbox.mark(mailbox.open(), [11, 99], FLAG) == Marked(done=frozenset({11, 99}))


def test_moved_letters_are_in_the_target_which_is_created(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.capability = "IMAP4rev1 ID MOVE"
    folder = mailbox.open()
    assert mailbox.mark(folder, [11, 12], MOVE).done == {11, 12}
    assert set(server.letters) == {13, 14, 15}
    assert len(server.folders["Done"][1]) == 2


@pytest.mark.parametrize(("mark", "problem"), [(ReadMark("keyword", "done"), "自定标签"), (FLAG, "加星标")])
def test_mark_that_the_server_cannot_keep_is_not_tried(
    server: ScriptedImap, mailbox: ImapMailbox, mark: ReadMark, problem: str
) -> None:
    server.permanent = ""
    marked = mailbox.mark(mailbox.open(), [11], mark)
    assert not marked.done
    assert marked.failed == {11}
    assert problem in marked.problem
    assert server.count("UID STORE") == 0
