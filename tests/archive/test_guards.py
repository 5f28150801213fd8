"""The triggers of a new ledger refuse every change of the record but a further line."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from archive.change_chain import missing_triggers
from archive.changes import NewChange, changes, record_change
from archive.database import Ledger
from archive.schema import guard_statements
from tests.support.ledger_rows import AT


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET why = '别的'",
        "DELETE FROM change WHERE id = 1",
    ],
)
def test_a_line_cannot_be_changed(statement: str, ledger: Ledger) -> None:
    _refused(ledger, statement)


@pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
def test_a_line_cannot_be_replaced(ledger: Ledger) -> None:
    _refused(ledger, "INSERT OR REPLACE INTO change SELECT * FROM change")


@pytest.mark.parametrize("ledger", ["postgresql"], indirect=True)
def test_the_record_cannot_be_emptied(ledger: Ledger) -> None:
    _refused(ledger, "TRUNCATE change")


def _refused(ledger: Ledger, statement: str) -> None:
    with ledger.writing() as writing:
        record_change(writing, NewChange("wuxing", "王编辑", "article", 1, "改动", AT))
    with pytest.raises(IntegrityError, match="never changed"), ledger.writing() as writing:
        writing.sql.execute(text(statement))
    with ledger.writing() as writing:
        record_change(writing, NewChange("wuxing", "王编辑", "article", 1, "又改动", AT))
        assert len(changes(writing)) == 2


def test_each_dialect_has_its_statements(ledger: Ledger) -> None:
    assert all(statement.startswith("CREATE TRIGGER") for statement in guard_statements("sqlite"))
    assert guard_statements("postgresql")[0].startswith("CREATE OR REPLACE FUNCTION refuse_changed_record()")
    with ledger.reading() as reading:
        assert missing_triggers(reading) == []
