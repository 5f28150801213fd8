"""A ledger on a PostgreSQL server: writers follow one another, and what goes wrong is said with its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from archive import issue_changes, issues, letters
from archive.database import Ledger
from archive.opening import open_ledger
from archive.postgresql_server import WRITER_LOCK, PostgresqlServer
from tests.support.ledger_rows import AT, BULLETIN, keep_letter
from tests.support.postgresql import RunningPostgresql
from values.errors import BadUsage, StorageFailed
from values.issue import IssueStatus


@pytest.fixture
def server(postgresql: RunningPostgresql) -> PostgresqlServer:
    return PostgresqlServer(postgresql.empty_ledger())


@pytest.fixture
def open_server(server: PostgresqlServer) -> Iterator[Ledger]:
    with closing(Ledger(server)) as ledger:
        yield ledger


def test_fifty_threads_keep_the_numbers_without_gap(server: PostgresqlServer) -> None:
    """Each makes a draft where none is open, and signs off one that is (security.md J-2)."""
    ledgers = [Ledger(server) for _ in range(4)]

    def work(thread: int) -> None:
        for _ in range(2):
            with ledgers[thread % 4].writing() as writing:
                draft = issues.open_draft(writing, BULLETIN)
                if draft is None:
                    number = issue_changes.next_number(writing, BULLETIN, "running", 2022, 70)
                    issue_changes.begin_issue(writing, BULLETIN, number, date(2022, 11, 8), at=AT)
                else:
                    issue_changes.sign_off(writing, draft, who=f"editor {thread}", at=AT)

    with ThreadPoolExecutor(50) as threads:
        list(threads.map(work, range(50)))
    with ledgers[0].reading() as reading:
        made = issues.issues(reading)
    assert [issue.number.number for issue in made] == list(range(70, 120))
    assert {issue.status for issue in made} == {IssueStatus.SIGNED_OFF}
    for ledger in ledgers:
        ledger.close()


def test_reader_sees_one_state_and_waits_for_no_writer(open_server: Ledger) -> None:
    with open_server.writing() as writing:
        keep_letter(writing, "first")
    with open_server.reading() as reading:
        assert len(letters.letters(reading)) == 1
        with open_server.writing() as writing:
            keep_letter(writing, "second")
        assert len(letters.letters(reading)) == 1
    with open_server.reading() as reading:
        assert len(letters.letters(reading)) == 2


def test_writer_that_waits_too_long_says_that_another_process_writes(open_server: Ledger) -> None:
    with open_server.writing(), open_server.engine.connect() as other:
        other.execute(text("SET LOCAL lock_timeout = '50ms'"))
        with pytest.raises(DatabaseError) as caught:
            other.execute(text(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"))
    assert "正被另一个进程长时间占用" in str(open_server.server.meaning(caught.value))


def test_lost_connection_is_no_lost_letter_and_the_next_transaction_connects_again(
    open_server: Ledger, postgresql: RunningPostgresql
) -> None:
    with open_server.writing() as writing:
        keep_letter(writing, "kept")

    def write() -> None:
        with open_server.writing() as writing:
            keep_letter(writing, "not kept")
            postgresql.end_connections(open_server.engine.url.database or "")
            letters.letters(writing)

    with pytest.raises(StorageFailed, match=r"正在启动或停止|连不上"):
        write()
    with open_server.reading() as reading:
        assert len(letters.letters(reading)) == 1


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("/ledger?", "/nowhere?"), "nowhere"),
        (("postgres@", "stranger@"), "stranger"),
        (("host=", "host=%2Fnowhere"), "nowhere"),
    ],
)
def test_server_that_cannot_be_used_is_named_with_the_remedy(
    server: PostgresqlServer, tmp_path: Path, change: tuple[str, str], named: str
) -> None:
    other = PostgresqlServer(server.url.replace(*change), "hunter2")
    with pytest.raises(StorageFailed, match=f"连不上.*{named}") as refused:
        open_ledger(other, tmp_path)
    assert "hunter2" not in f"{refused.value}{refused.value.__cause__}{other!r}"


def test_ledger_of_another_directory_is_refused_and_not_touched(postgresql: RunningPostgresql, tmp_path: Path) -> None:
    server = PostgresqlServer(postgresql.empty_database())
    own, other = tmp_path / "own", tmp_path / "other"
    own.mkdir()
    other.mkdir()
    open_ledger(server, own).close()
    open_ledger(server, own).close()
    for mark in (None, b"0" * 32):
        if mark is not None:
            (other / "ledger.id").write_bytes(mark)
        with pytest.raises(BadUsage, match="不是数据文件夹"):
            open_ledger(server, other)
    with closing(open_ledger(server, own)) as ledger, ledger.writing() as writing:
        assert writing.sql.execute(text("SELECT count(*) FROM letter")).scalar() == 0


def test_purging_writes_the_tables_anew_or_says_that_they_are_in_use(open_server: Ledger) -> None:
    with open_server.writing() as writing:
        keep_letter(writing, "a")
    assert open_server.purge()
    assert open_server.server.octets() > 1_000_000
    with open_server.reading() as reading:
        assert len(letters.letters(reading)) == 1
