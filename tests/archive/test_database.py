"""The database itself: settings that survive a power cut, transactions that queue, failures that say what to do."""

from __future__ import annotations

import fcntl
import json
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from archive import articles, issue_changes, issues, letters, revisions
from archive.database import Ledger
from archive.issue_changes import NewIssueRevision
from archive.schedule_record import Outcome, record_due_time
from archive.sqlite_file import SqliteFile
from tests.support.ledger_rows import AT, BULLETIN, add_article, handled_due_times, keep_letter, new_article
from tests.support.ledgers import open_sqlite
from tests.support.small_disk import on_disk_of
from values.draft import News
from values.errors import BadUsage, StorageFailed
from values.issue import ArticleStatus, IssueStatus


@pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
def test_every_connection_is_set_to_survive_a_power_cut(ledger: Ledger) -> None:
    with ExitStack() as together:
        connections = [together.enter_context(ledger.reading()) for _ in range(5)]
        for connection in connections:
            settings = {
                name: connection.sql.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("synchronous", "journal_mode", "foreign_keys", "busy_timeout")
            }
            full = 2
            assert settings == {
                "synchronous": full,
                "journal_mode": "wal",
                "foreign_keys": 1,
                "busy_timeout": 30_000,
            }


def test_two_who_open_a_new_ledger_at_once_take_turns(tmp_path: Path) -> None:
    """SQLite alone refuses one of the two at once; seen about once in sixty times with fifty who open."""

    def opened() -> str:
        with closing(Ledger(SqliteFile(tmp_path / "jianbao.sqlite3"))) as ledger, ledger.reading() as reading:
            return str(reading.sql.exec_driver_sql("PRAGMA journal_mode").scalar())

    first = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(first, fcntl.LOCK_EX)
    with ThreadPoolExecutor(1) as threads:
        second = threads.submit(opened)
        try:
            with pytest.raises(TimeoutError):
                second.result(timeout=0.5)
        finally:
            os.close(first)
        assert second.result(timeout=30) == "wal"


def test_row_that_points_nowhere_is_refused(ledger: Ledger) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), ledger.writing() as writing:
        revisions.add_article(writing, 12, new_article("of no letter"), at=AT)
    with ledger.reading() as reading:
        assert articles.articles(reading) == []


def test_reader_sees_one_state_while_a_writer_goes_on(ledger: Ledger) -> None:
    with ledger.reading() as reading:
        assert letters.letters(reading) == []
        with ledger.writing() as writing:
            keep_letter(writing, "a")
        assert letters.letters(reading) == []
    with ledger.reading() as reading:
        assert len(letters.letters(reading)) == 1


@pytest.mark.parametrize("name", ["jianbao.sqlite3?mode=memory", "100%25.sqlite3", "#1 简报.sqlite3"])
def test_database_has_the_name_it_was_given(tmp_path: Path, name: str) -> None:
    open_sqlite(tmp_path / name).close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_twenty_threads_keep_the_numbers_without_gap(tmp_path: Path) -> None:
    """Each makes a draft where none is open, and signs off one that is (security.md J-2)."""
    rounds, database = 5, tmp_path / "jianbao.sqlite3"
    with ExitStack() as together:
        ledgers = []
        for _ in range(4):
            ledgers.append(open_sqlite(database))
            together.callback(ledgers[-1].close)

        def work(thread: int) -> list[str]:
            did = []
            for _ in range(rounds):
                with ledgers[thread % 4].writing() as writing:
                    draft = issues.open_draft(writing, BULLETIN)
                    if draft is None:
                        number = issue_changes.next_number(writing, BULLETIN, "running", 2022, 70)
                        issue_changes.begin_issue(writing, BULLETIN, number, date(2022, 11, 8), at=AT)
                        did.append("began")
                    else:
                        issue_changes.sign_off(writing, draft, who=f"editor {thread}", at=AT)
                        did.append("signed off")
            return did

        with ThreadPoolExecutor(20) as threads:
            did = Counter(what for thread in threads.map(work, range(20)) for what in thread)
        with ledgers[0].reading() as reading:
            found = issues.issues(reading)
    assert [issue.number.number for issue in found] == list(range(70, 70 + len(found)))
    assert did == {"began": len(found), "signed off": sum(one.status is IssueStatus.SIGNED_OFF for one in found)}
    assert did["began"] + did["signed off"] == 20 * rounds


def test_of_twenty_editors_one_signs_off_and_the_others_hear_who(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        article_id = add_article(writing, new_article("a"))
        number = issue_changes.next_number(writing, BULLETIN, "running", 2022, 70)
        issue_id = issue_changes.begin_issue(writing, BULLETIN, number, date(2022, 11, 8), at=AT)
        issue_changes.write_revision(
            writing,
            issue_id,
            NewIssueRevision(
                number=1,
                dated=date(2022, 11, 8),
                contents=[(article_id, 1)],
                path="issues/wuxing/70/70-r1.docx",
                sha256="0" * 64,
                news=News(),
            ),
            at=AT,
        )
    with ledger.reading() as reading:
        seen_by_all = issues.open_draft(reading, BULLETIN)
    assert seen_by_all is not None

    def sign_off(editor: int) -> str:
        try:
            with ledger.writing() as writing:
                issue_changes.sign_off(writing, seen_by_all, who=f"编辑{editor}", at=AT)
        except BadUsage as error:
            return str(error)
        return f"编辑{editor}"

    with ThreadPoolExecutor(20) as threads:
        said = list(threads.map(sign_off, range(20)))
    (winner,) = [one for one in said if one.startswith("编辑")]
    assert {one for one in said if one != winner} == {f"第70期已于 2022-11-08 08:00 由 {winner} 签发，不能再改。"}
    with ledger.reading() as reading:
        assert articles.article_named(reading, article_id).status is ArticleStatus.PUBLISHED
        assert [issue.decided_by for issue in issues.issues(reading)] == [winner]


def test_of_twenty_threads_one_records_a_due_time(ledger: Ledger) -> None:
    def record(_: int) -> bool:
        with ledger.writing() as writing:
            return record_due_time(writing, BULLETIN, AT, Outcome.EMPTY, None, at=AT)

    with ThreadPoolExecutor(20) as threads:
        assert sorted(threads.map(record, range(20))) == [False] * 19 + [True]
    with ledger.reading() as reading:
        assert len(handled_due_times(reading, BULLETIN)) == 1


FULL_DISK = """
import json
from archive import letters
from tests.support.ledgers import open_sqlite
from tests.support.ledger_rows import keep_letter
from values.errors import StorageFailed

ledger = open_sqlite(disk / "jianbao.sqlite3")
with ledger.writing() as writing:
    keep_letter(writing, "came before")
try:
    with (disk / "filler").open("wb", buffering=0) as filler:
        while filler.write(b"0" * 4096):
            pass
except OSError:
    pass
said = ""
try:
    with ledger.writing() as writing:
        for number in range(2000):
            keep_letter(writing, f"letter {number}")
except StorageFailed as error:
    said = str(error)
with ledger.reading() as reading:
    meanwhile = len(letters.letters(reading))
(disk / "filler").unlink()
with ledger.writing() as writing:
    keep_letter(writing, "came after")
with ledger.reading() as reading:
    after = len(letters.letters(reading))
    sound = reading.sql.exec_driver_sql("PRAGMA integrity_check").scalar()
print(json.dumps({"said": said, "meanwhile": meanwhile, "after": after, "sound": sound}))
"""


def test_full_disk_takes_a_transaction_whole_or_not_at_all(tmp_path: Path) -> None:
    result = json.loads(on_disk_of(1024, tmp_path, FULL_DISK))
    assert "写不进去：磁盘空间不足。请腾出空间，然后再运行一次；已收到的来信不会丢失。" in result.pop("said")
    assert result == {"meanwhile": 1, "after": 2, "sound": "ok"}


READ_ONLY_DISK = """
from tests.support.ledgers import open_sqlite
from values.errors import StorageFailed

open_sqlite(disk / "jianbao.sqlite3").close()
read_only()
for name in ("jianbao.sqlite3", "new.sqlite3"):
    try:
        open_sqlite(disk / name)
    except StorageFailed as error:
        print(error)
"""


def test_read_only_disk_is_reported(tmp_path: Path) -> None:
    said = on_disk_of(2048, tmp_path, READ_ONLY_DISK).splitlines()
    assert len(said) == 2
    assert all("请检查" in line and "权限" in line for line in said), said


def test_file_that_is_no_ledger_is_reported_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "jianbao.sqlite3").write_bytes(b"not a ledger" * 1000)
    with pytest.raises(StorageFailed, match="不是台账文件。请检查 data_dir，或从备份恢复"):
        open_sqlite(tmp_path / "jianbao.sqlite3")
    assert (tmp_path / "jianbao.sqlite3").read_bytes() == b"not a ledger" * 1000


@pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
def test_damaged_ledger_points_to_the_backup(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writing() as writing:
        for number in range(300):
            keep_letter(writing, f"letter {number}")
    ledger.close()
    path = tmp_path / "jianbao.sqlite3"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StorageFailed, match="已损坏。请停止服务，从备份恢复"), ledger.reading() as reading:
        letters.letters(reading)


def test_missing_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match=r"打不开：请检查目录是否存在.*是否有读写权限"):
        open_sqlite(tmp_path / "missing" / "jianbao.sqlite3")
