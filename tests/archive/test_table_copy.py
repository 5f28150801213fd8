"""Rows copied between the two kinds of database are the same rows, and new ones are numbered after them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from archive import articles, letters
from archive.changes import NewChange, record_change
from archive.database import Ledger
from archive.postgresql_server import PostgresqlServer
from archive.table_copy import copy_tables, table_contents
from tests.support.ledger_rows import AT, add_article, keep_letter, new_article
from tests.support.ledgers import empty_ledger
from tests.support.postgresql import RunningPostgresql


def test_rows_are_the_same_there_and_back_and_numbers_go_on(tmp_path: Path, postgresql: RunningPostgresql) -> None:
    with (
        empty_ledger(tmp_path / "first.sqlite3") as first,
        empty_ledger(tmp_path / "last.sqlite3") as last,
        closing(Ledger(PostgresqlServer(postgresql.empty_ledger()))) as server,
    ):
        with first.writing() as writing:
            for name in ("甲", "乙𠮷"):
                add_article(writing, new_article(name))
            record_change(writing, NewChange("wuxing", "王编辑", "article", 1, "改动", AT))
        with first.reading() as source, server.writing() as target:
            copied = copy_tables(source, target)
            assert table_contents(target) == copied == table_contents(source)
        with server.reading() as source, last.writing() as target:
            assert copy_tables(source, target) == copied
        assert copied["article"].rows == 2
        with first.reading() as before, last.reading() as after:
            assert letters.letters(before) == letters.letters(after)
            assert articles.articles(before) == articles.articles(after)
        with server.writing() as writing:
            assert add_article(writing, new_article("丙")) == 3


def test_a_changed_value_changes_the_content_of_its_table_alone(tmp_path: Path) -> None:
    with empty_ledger(tmp_path / "a.sqlite3") as ledger, ledger.writing() as writing:
        keep_letter(writing, "a")
        before = table_contents(writing)
        writing.sql.exec_driver_sql("UPDATE letter SET reason = 'x'")
        after = table_contents(writing)
    assert [name for name in before if before[name] != after[name]] == ["letter"]
