"""Letters out in the ledger: each once, byte for byte, and moved by one hand at a time."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from archive import issue_changes, outbox
from archive.database import Ledger
from archive.issue_changes import NewIssueRevision
from archive.outbox import NewLetterOut
from courier.plan import first_delivery, start_attempt
from tests.support.ledger_rows import AT, BULLETIN, keep_letter
from tests.support.outboxes import TO, letter_out, put
from values.draft import News
from values.errors import BadUsage, StorageFailed
from values.issue import IssueNumber
from values.outgoing import LetterKind

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("size", "files"), [(10, 0), (100_000, 1)])
def test_letter_comes_back_byte_for_byte_large_ones_from_a_file(
    ledger: Ledger, tmp_path: Path, size: int, files: int
) -> None:
    out = letter_out("一", size=size)
    with ledger.writing() as writing:
        assert put(writing, tmp_path, out, AT)
    assert len(list((tmp_path / "outbox").rglob("*.eml"))) == files
    with ledger.reading() as reading:
        [record] = outbox.letters_out(reading)
        assert outbox.raw_letter(reading, record.id, tmp_path) == out.raw
    assert (record.to, record.subject, record.message_id) == (TO, "一", "<一@x>")
    assert record.delivery == first_delivery(AT)


def test_letter_of_the_same_message_id_is_there_already_and_its_bytes_stay(ledger: Ledger, tmp_path: Path) -> None:
    out = letter_out("一", size=100_000)
    with ledger.writing() as writing:
        assert put(writing, tmp_path, out, AT)
        assert not put(writing, tmp_path, replace(out, raw=out.raw + b"later\r\n"), AT)
        [record] = outbox.letters_out(writing)
        assert outbox.raw_letter(writing, record.id, tmp_path) == out.raw


def test_letter_is_answered_once_by_each_kind(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as writing:
        letter_id = keep_letter(writing, "来信")
        assert put(writing, tmp_path, letter_out("一"), AT, letter_id)
        assert not put(writing, tmp_path, letter_out("二"), AT, letter_id)
        assert put(writing, tmp_path, letter_out("三", kind=LetterKind.REJECTION), AT, letter_id)
        assert put(writing, tmp_path, letter_out("四"), AT, keep_letter(writing, "另一封"))


def test_draft_of_a_revision_goes_once_to_each_editor(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as writing:
        issue_id = issue_changes.begin_issue(
            writing, BULLETIN, IssueNumber(70, "running", 2022), date(2022, 11, 8), at=AT
        )
        revision_id = issue_changes.write_revision(
            writing,
            issue_id,
            NewIssueRevision(number=1, dated=date(2022, 11, 8), contents=(), path="x.docx", sha256="0", news=News()),
            at=AT,
        )

        def put_draft(name: str, to: str) -> bool:
            out = letter_out(name, kind=LetterKind.DRAFT, to=to)
            new = NewLetterOut(out, BULLETIN, issue_revision_id=revision_id)
            return outbox.queue(writing, new, first_delivery(AT), data_dir=tmp_path, at=AT)

        assert put_draft("一", "a@example.org")
        assert put_draft("二", "b@example.org")
        assert not put_draft("三", "a@example.org")


def test_file_of_a_letter_that_was_never_committed_is_written_over(ledger: Ledger, tmp_path: Path) -> None:
    out = letter_out("一", size=100_000)
    with suppress(KeyboardInterrupt), ledger.writing() as writing:
        put(writing, tmp_path, out, AT)
        raise KeyboardInterrupt
    later = replace(out, raw=out.raw + b"of a later Date\r\n")
    with ledger.writing() as writing:
        put(writing, tmp_path, later, AT)
        [record] = outbox.letters_out(writing)
        assert outbox.raw_letter(writing, record.id, tmp_path) == later.raw
    assert len(list((tmp_path / "outbox").rglob("*.eml"))) == 1


def test_file_that_is_gone_is_reported(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as writing:
        put(writing, tmp_path, letter_out("一", size=100_000), AT)
    next((tmp_path / "outbox").rglob("*.eml")).unlink()
    with ledger.reading() as reading, pytest.raises(StorageFailed, match="文件不在了"):
        outbox.raw_letter(reading, 1, tmp_path)


def test_letter_that_another_has_moved_is_not_moved_again(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as writing:
        put(writing, tmp_path, letter_out("一"), AT)
        record = outbox.letter_out(writing, 1)
        begins = start_attempt(record.kind, record.delivery, AT)
        assert outbox.record_delivery(writing, record, begins)
        assert not outbox.record_delivery(writing, record, begins)
        assert outbox.letter_out(writing, 1).delivery == begins


def test_postponing_moves_what_would_go_earlier_and_nothing_else(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as writing:
        for name, moment in (("一", AT), ("二", AT + 60 * MINUTE)):
            put(writing, tmp_path, letter_out(name), moment)
        outbox.postpone(writing, AT + 15 * MINUTE)
        assert [one.delivery.next_attempt_at for one in outbox.unsent(writing)] == [AT + 15 * MINUTE, AT + 60 * MINUTE]


def test_answers_and_attempts_are_counted_since_a_moment(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as writing:
        put(writing, tmp_path, letter_out("一"), AT - 60 * MINUTE)
        put(writing, tmp_path, letter_out("二", kind=LetterKind.REJECTION), AT)
        put(writing, tmp_path, letter_out("三", kind=LetterKind.ALARM), AT)
        put(writing, tmp_path, letter_out("四", to="other@example.org"), AT)
        assert outbox.answers_since(writing, TO, AT - 60 * MINUTE) == 1
        assert outbox.answers_since(writing, TO, AT - 61 * MINUTE) == 2
        record = outbox.letter_out(writing, 3)
        outbox.record_delivery(writing, record, start_attempt(record.kind, record.delivery, AT))
        assert outbox.attempts_since(writing, AT - MINUTE) == 1
        assert outbox.attempts_since(writing, AT) == 0


def test_letter_that_is_not_there_is_refused_with_the_command_that_helps(ledger: Ledger) -> None:
    with ledger.reading() as reading, pytest.raises(BadUsage, match="没有编号为 9 的信。用 outbox 命令"):
        outbox.letter_out(reading, 9)
