"""A ledger of every earlier version, with rows in all its tables, comes to this one with all of it or not at all."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from alembic import command
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from archive import change_chain, folders, issue_changes, issues, read_marks, search, senders
from archive.database import Ledger
from archive.issues import IssueFile
from archive.ledger_format import FORMAT
from archive.migrate import alembic_config, migrate
from archive.schedule_record import Outcome, record_due_time
from archive.sqlite_file import SqliteFile
from archive.transaction import Transaction
from service.office import DATABASE
from tests.support.crash import ROOT, killed_at_step
from tests.support.ledger_rows import AT, BULLETIN, INBOX, keep_letter
from tests.support.ledgers import open_sqlite
from tests.support.offices import write_config
from tests.support.outboxes import letter_out, put
from values.draft import News
from values.errors import BadUsage

Rows: TypeAlias = dict[str, list[tuple[Any, ...]]]
EARLIER = tuple(f"{number:04}" for number in range(1, int(FORMAT)))
DROPPED = {"seal": 1}
"""How many columns, the last ones, of a table are gone: none was ever written."""
MANUSCRIPT = '{"title_lines": ["甲"], "byline": null, "blocks": []}'


@contextmanager
def engine_of(database: Path) -> Iterator[Ledger]:
    """The ledger as it stands, whatever its version."""
    ledger = Ledger(SqliteFile(database))
    try:
        yield ledger
    finally:
        ledger.close()


def rows_of(database: Path) -> Rows:
    """All that is in it, by table."""
    with closing(sqlite3.connect(database)) as reading:
        names = [name for (name,) in reading.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: reading.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names}


def statements_of(database: Path) -> list[tuple[Any, ...]]:
    """The statements that made its tables and indexes."""
    with closing(sqlite3.connect(database)) as reading:
        return reading.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def make_old(database: Path, revision: str) -> Rows:
    """Makes a ledger of that revision, used as it was then; returns its rows."""
    with engine_of(database) as ledger, ledger.writing() as writing:
        command.upgrade(alembic_config(writing), revision)
        _use(writing, revision, database.parent)
    rows = rows_of(database)
    assert all(rows.values()), [name for name, there in rows.items() if not there]
    return rows


def _use(ledger: Transaction, revision: str, data_dir: Path) -> None:
    letter_id = keep_letter(ledger, "a", place=INBOX)
    folders.raise_watermark(ledger, INBOX, at=AT)
    moment, digest = "2022-11-08 08:00:00", "0" * 64
    for statement in _of_the_first_version(letter_id, moment, digest):
        ledger.sql.exec_driver_sql(statement)
    record_due_time(ledger, BULLETIN, AT, Outcome.ASSEMBLED, 1, at=AT)
    if revision >= "0002":
        put(ledger, data_dir, letter_out("收稿"), AT, letter_id)
    if revision >= "0003":
        senders.learn(ledger, BULLETIN, "new@example.org", "区民政局", who="王编辑", at=AT)
    if revision >= "0004":
        folders.record_unfetched(ledger, replace(INBOX, uid=9), "没有给出", patience=3, at=AT)
        folders.record_reconciliation(ledger, INBOX, at=AT)
        read_marks.record_mark_attempts(ledger, [1], done=True, answer="", at=AT)
    if revision >= "0005":
        issue_changes.record_file(ledger, 1, IssueFile("docx", "issues/wuxing/70/70.docx", digest, 9), at=AT)
    if revision >= "0006":
        ledger.sql.exec_driver_sql(_attempt(revision, moment))
    for since, statement in _of_later_versions(letter_id, moment):
        if revision >= since:
            ledger.sql.exec_driver_sql(statement)


def _of_the_first_version(letter_id: int, moment: str, digest: str) -> Iterator[str]:
    """As they were written then: today's tables have more columns. Article and issue get the id 1."""
    yield (
        "INSERT INTO article (bulletin, status, confirmed, section, department, revision, received_at)"
        f" VALUES ('{BULLETIN}', 'adopted', 1, '', '区民政局', 1, '{moment}')"
    )
    yield (
        "INSERT INTO revision (article_id, number, letter_id, attachment, content_sha256, text_sha256, manuscript,"
        f" findings, made_at) VALUES (1, 1, {letter_id}, '甲.docx', '{digest}', '{digest}',"
        f" '{MANUSCRIPT}', '[]', '{moment}')"
    )
    yield (
        "INSERT INTO decision (article_id, before, after, who, note, decided_at)"
        f" VALUES (1, 'draft', 'adopted', '王编辑', '', '{moment}')"
    )
    yield (
        "INSERT INTO issue (bulletin, series, number, numbering, year, dated, status, revision, made_at)"
        f" VALUES ('{BULLETIN}', 'running', 70, 'running', 2022, '2022-11-08', 'draft', 1, '{moment}')"
    )
    yield (
        "INSERT INTO issue_revision (issue_id, number, path, sha256, made_at) VALUES (1, 1,"
        f" 'issues/wuxing/70/70-r1.docx', '{digest}', '{moment}')"
    )
    yield "INSERT INTO issue_article VALUES (1, 1, 0, 1)"
    yield "UPDATE article SET issue_id = 1"
    yield f"UPDATE letter SET verdict = 'duplicate', reason = '与稿件 1 相同', decided_at = '{moment}'"
    yield f"INSERT INTO letter_article VALUES ({letter_id}, 1)"


def _of_later_versions(letter_id: int, now: str) -> Iterator[tuple[str, str]]:
    """The version from which a table is there, and the statement that gives it a row."""
    yield from (("0006", statement) for statement in _of_the_desk(now))
    yield "0007", "INSERT INTO decision_letter VALUES (1, 1)"
    yield "0008", f"INSERT INTO letter_content VALUES ({letter_id}, '{{}}')"
    yield "0008", f"INSERT INTO brought_in VALUES ({letter_id}, '区民政局', '王编辑', '{now}')"
    yield (
        "0008",
        "INSERT INTO searchable (bulletin, kind, subject_id, number, happened_at, heading, text, folded)"
        f" VALUES ('{BULLETIN}', 'letter', {letter_id}, 0, '{now}', '甲', '甲', '甲')",
    )
    yield "0009", f"INSERT INTO next_firing VALUES ('{BULLETIN}', '{now}', '{now}')"
    yield (
        "0012",
        f"INSERT INTO seal (letter_id, marking, place, sealed_at) VALUES ({letter_id}, '机密', '主题', '{now}')",
    )
    yield "0015", f"INSERT INTO refused_login VALUES ('{now}', '::1', 1, '[]')"
    yield "0017", "INSERT INTO second_factor (account_id, secret) VALUES (1, 'k')"
    yield "0017", "INSERT INTO recovery_code (code_sha256, account_id) VALUES ('c', 1)"
    yield "0018", f"INSERT INTO removal VALUES ({letter_id}, 'erased', 'wang', '', '{now}', NULL)"
    yield "0019", f"INSERT INTO settled_finding VALUES (1, 'f', 'checked', 'wang', '{now}')"
    yield "0019", f"INSERT INTO allowed_word VALUES ('{BULLETIN}', '台帐', 'wang', '{now}')"
    yield "0021", f"INSERT INTO editor_answer VALUES (1, {letter_id})"
    yield from (("0022", statement) for statement in _of_approvals(now))
    yield "0024", f"INSERT INTO article_part VALUES (1, 1, 1, 'wang', '{now}')"
    yield "0024", f"INSERT INTO article_merger VALUES (1, 1, 1, 1, 'draft', 1, '区民政局', 'wang', '{now}', NULL)"
    yield "0024", f"INSERT INTO revision_letter VALUES (1, {letter_id})"
    yield (
        "0028",
        f"INSERT INTO upper_adoption VALUES (1, 1, '市级', '信息', '2022-11-08', 'full', '甲', '王编辑', '{now}')",
    )
    yield "0025", f"INSERT INTO correction VALUES (1, 1, '王编辑', '{now}')"
    yield "0026", "INSERT INTO mailed_draft VALUES (1, 1, 'wang@office.example', '{}')"
    yield "0026", "INSERT INTO answer_code VALUES ('c', 1, 1, 'wang@office.example', NULL)"
    yield (
        "0026",
        "INSERT INTO mailed_answer (letter_id, issue_id, revision, person, message_id, text_sha256, authenticated,"
        f" state, words) VALUES ({letter_id}, 1, 1, 'wang@office.example', '', 't', 1, 'completed', '')",
    )
    yield "0026", f"INSERT INTO digest VALUES ('{BULLETIN}', '{now}')"
    yield from (("0027", statement) for statement in _of_commissions(letter_id, now))
    yield "0032", f"INSERT INTO brought_draft VALUES ({letter_id}, '{BULLETIN}', 'running', 70, 1)"
    yield "0032", f"INSERT INTO shown_edit VALUES (1, {letter_id}, 'd')"
    yield "0032", f"INSERT INTO edit_answer VALUES ({letter_id}, 1)"
    yield "0029", f"INSERT INTO api_token VALUES (1, 't', 1, 'OA', '', 'read', '{now}', '{now}', NULL, NULL)"
    yield "0030", f"INSERT INTO form_use VALUES ('d', '{now}', '/b/wuxing/issue')"
    yield "0031", f"INSERT INTO external_identity VALUES ('https://sso.example', 's', 1, '{now}')"
    yield "0031", "INSERT INTO external_session VALUES (1)"


def _attempt(revision: str, now: str) -> str:
    if revision < "0013":
        return f"INSERT INTO login_attempt (name, address, tried_at) VALUES ('wang', '127.0.0.1', '{now}')"
    return f"INSERT INTO login_attempt (target, origin, known_browser, tried_at) VALUES ('1', '::1', 0, '{now}')"


def _of_the_desk(now: str) -> Iterator[str]:
    yield f"INSERT INTO account (name, display_name, role, made_at) VALUES ('wang', '王编辑', 'editor', '{now}')"
    yield f"INSERT INTO invitation VALUES ('t', 1, '{now}', NULL)"
    yield f"INSERT INTO desk_session (token_sha256, account_id, made_at, seen_at) VALUES ('t', 1, '{now}', '{now}')"
    yield (
        "INSERT INTO change (bulletin, changed_at, who, subject, subject_id, said)"
        f" VALUES ('{BULLETIN}', '{now}', '王编辑', 'article', '1', '改标题')"
    )
    yield (
        "INSERT INTO department (bulletin, name, full_name, aliases, senders, position)"
        f" VALUES ('{BULLETIN}', '区民政局', '', '[]', '[]', 1)"
    )
    yield f"INSERT INTO preparation (bulletin, supplement, editors_note) VALUES ('{BULLETIN}', 0, '按语')"
    yield f"INSERT INTO unsaved VALUES (1, 1, 1, '标题', '{now}')"
    yield f"INSERT INTO article_look VALUES (1, 1, 1, '{now}')"
    yield f"INSERT INTO endorsement (article_id, level, note, who, noted_at) VALUES (1, '区委', '', '王编辑', '{now}')"


def _of_approvals(now: str) -> Iterator[str]:
    yield f"INSERT INTO article_comment (article_id, who, comment, written_at) VALUES (1, 'wang', '好', '{now}')"
    yield (
        "INSERT INTO approval_event (issue_id, revision, act, who, way, happened_at)"
        f" VALUES (1, 1, 'put_forward', 'wang', 'desk', '{now}')"
    )
    yield "INSERT INTO approval_remark VALUES (1, 1, '请改')"
    yield f"INSERT INTO approval_link VALUES ('t', 1, 1, '审核', 'leader@office.example', '{now}', NULL)"
    yield "INSERT INTO issue_letter VALUES (1, 1, 1, '')"


def _of_commissions(letter_id: int, now: str) -> Iterator[str]:
    yield (
        "INSERT INTO commission (bulletin, topic, demands, due_at, made_by, made_at)"
        f" VALUES ('{BULLETIN}', '秋季防火', '', '{now}', 'wang', '{now}')"
    )
    yield "INSERT INTO commission_department VALUES (1, '区民政局', 0, NULL)"
    yield "INSERT INTO commission_letter VALUES (1, 1, '区民政局')"
    yield f"INSERT INTO commission_article VALUES (1, 1, 'linked', 'subject', '{now}')"
    yield f"INSERT INTO commission_question VALUES ({letter_id}, 1)"
    yield "INSERT INTO urging_letter VALUES (1, '区民政局', 1)"


def assert_holds(database: Path, rows: Rows) -> None:
    """Every row of then is there as it was, new columns apart, in a ledger of this version that is sound and opens."""
    open_sqlite(database).close()
    now = rows_of(database)
    assert now.pop("alembic_version") == [(FORMAT,)]
    for name, there in rows.items():
        # searchable is made anew of the others; the attempts to log in are dropped for the names in them
        if name not in ("alembic_version", "searchable", "login_attempt"):
            kept = len(there[0]) - DROPPED.get(name, 0)
            assert [row[:kept] for row in now[name]] == [row[:kept] for row in there]
    with closing(sqlite3.connect(database)) as reading:
        assert reading.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert reading.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("revision", EARLIER)
def test_ledger_of_an_earlier_version_is_refused_until_it_is_migrated_with_every_row(
    revision: str, tmp_path: Path
) -> None:
    database = tmp_path / DATABASE
    rows = make_old(database, revision)
    with pytest.raises(BadUsage, match=f"台账的格式较旧（{revision}，.*请先备份，再运行"):
        open_sqlite(database)
    assert rows_of(database) == rows
    with engine_of(database) as ledger:
        assert migrate(ledger) == (revision, FORMAT)
        with ledger.reading() as reading:
            assert search.count_unindexed(reading) == 0
            found = search.find_articles(reading, BULLETIN, ["甲"], most=9).latest
            assert [one.heading for one in found] == ["甲"]
    assert_holds(database, rows)


def test_printed_digest_moves_from_the_news_to_a_column_of_its_own(tmp_path: Path) -> None:
    database, digest = tmp_path / DATABASE, "7" * 64
    make_old(database, "0009")
    news = News(added=("甲",))
    with engine_of(database) as ledger:
        with ledger.writing() as writing:
            stored = json.dumps(asdict(news) | {"printed": digest}, ensure_ascii=False)
            writing.sql.exec_driver_sql("UPDATE issue_revision SET news = ?", (stored,))
        migrate(ledger)
        with ledger.reading() as reading:
            [issue] = issues.issues(reading)
            [kept] = reading.sql.exec_driver_sql("SELECT news FROM issue_revision").scalars()
    assert (issue.news, issue.print_sha256) == (news, digest)
    assert json.loads(kept) == {"added": ["甲"], "changed": [], "removed": [], "moved": []}


class Interruption(BaseException):
    """Ctrl-C, at a statement of our choice."""


@pytest.mark.parametrize("revision", EARLIER)
def test_migration_interrupted_at_any_statement_leaves_the_earlier_version_whole(revision: str, tmp_path: Path) -> None:
    """security.md A-9: there is no half a migration.

    One ledger is interrupted at its first statement, then at its second, and so on: every attempt begins with what the
    interruption before it left. The statements after those of the next migration are tried from the versions after it.
    """
    database = tmp_path / DATABASE
    rows, statements = make_old(database, revision), statements_of(database)
    for nth in count(1):
        statement = _interrupted_at(database, nth)
        if statement is None:
            break
        assert (rows_of(database), statements_of(database)) == (rows, statements)
        if statement.startswith("UPDATE alembic_version") and revision != EARLIER[-1]:
            assert _interrupted_at(database, 1_000_000) is None
            break
    assert_holds(database, rows)
    assert nth > 3


def _interrupted_at(database: Path, nth: int) -> str | None:
    """The statement at which the migration was interrupted; None for one that has fewer, and is done."""
    statements = count(1)
    last = ""

    def interrupt(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal last
        last = statement
        if next(statements) == nth:
            raise Interruption

    with engine_of(database) as ledger:
        event.listen(ledger.engine, "before_cursor_execute", interrupt)
        try:
            migrate(ledger)
        except Interruption:
            return last
        finally:
            event.remove(ledger.engine, "before_cursor_execute", interrupt)
    return None


def test_migrate_killed_at_any_step_is_done_or_can_be_done(tmp_path: Path) -> None:
    """security.md A-9, as a person runs it: killed before the copy, before the commit, after it, and not at all."""
    config = write_config(tmp_path)
    data = tmp_path / "data"
    for step in count(1):
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir()
        rows = make_old(data / DATABASE, EARLIER[0])
        killed = killed_at_step(step, ROOT / "run_service.py", "--config", config, "migrate")
        if step == 1:
            assert rows_of(data / DATABASE) == rows
        with engine_of(data / DATABASE) as ledger:
            migrate(ledger)
        assert_holds(data / DATABASE, rows)
        if not killed:
            break
    assert step == 4


@pytest.mark.parametrize("revision", ["0006", "0010"])
def test_record_of_an_earlier_version_becomes_a_chain_that_is_guarded(revision: str, tmp_path: Path) -> None:
    database = tmp_path / DATABASE
    make_old(database, revision)
    with engine_of(database) as ledger:
        with ledger.writing() as writing:
            writing.sql.exec_driver_sql(
                "INSERT INTO change (id, bulletin, changed_at, who, subject, subject_id, said, why) VALUES"
                " (9, '', '2022-11-08 08:00:00.250000', '李编辑', 'account', 'li', '新增用户', '新来的')"
            )
        migrate(ledger)
        with ledger.reading() as reading:
            assert list(change_chain.broken_lines(reading)) == []
            assert change_chain.missing_triggers(reading) == []
            assert change_chain.chain_head(reading).line == 9
        with pytest.raises(IntegrityError), ledger.writing() as writing:
            writing.sql.exec_driver_sql("DELETE FROM change")


def test_names_typed_at_refused_log_ins_are_gone_from_the_file(tmp_path: Path) -> None:
    database, typed = tmp_path / DATABASE, "my-password-in-the-wrong-field"
    make_old(database, "0012")
    with closing(sqlite3.connect(database)) as writing:
        now = "2022-11-08 08:00:00"
        writing.execute("INSERT INTO login_attempt (name, address, tried_at) VALUES (?, '::1', ?)", (typed, now))
        writing.commit()
    assert typed.encode() in database.read_bytes()
    with engine_of(database) as ledger:
        migrate(ledger)
    assert typed.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob(f"{DATABASE}*"))
