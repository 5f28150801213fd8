"""What must not get out: passwords and tokens into logs, values of the ledger into errors."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from structlog.testing import capture_logs

from service.people.log_in import log_in
from tests.support.desk import DeskDriver
from tests.support.people import CLIENT, PASSWORD, with_password


def test_a_refused_log_in_is_logged_with_its_address_alone(desk: DeskDriver) -> None:
    """A password is easily typed where the name belongs."""
    with_password(desk)
    with capture_logs() as logged:
        desk.post("/login", name=PASSWORD, password="wang")
        desk.post("/login", name="wang", password=PASSWORD + "一")
    assert [(line["event"], line["address"]) for line in logged] == [("log-in refused", "testclient")] * 2
    assert PASSWORD not in repr(logged)


def test_an_error_of_the_database_does_not_repeat_what_was_to_be_written(desk: DeskDriver) -> None:
    with pytest.raises(DatabaseError) as caught, desk.office.ledger.writing() as ledger:
        ledger.sql.execute(text("INSERT INTO nowhere VALUES (:token)"), {"token": "SECRET-TOKEN"})
    assert "SECRET-TOKEN" not in str(caught.value)


def test_the_ledger_has_no_password(desk: DeskDriver) -> None:
    with_password(desk)
    log_in(desk.office, "wang", PASSWORD, CLIENT)
    kept = b"".join(path.read_bytes() for path in desk.office.data_dir.glob("jianbao.sqlite3*"))
    assert b"$argon2id$" in kept
    assert PASSWORD.encode() not in kept
