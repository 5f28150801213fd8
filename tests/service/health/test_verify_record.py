"""`verify` detects a record of changes that was rewritten, and rows of a signed-off issue that were altered."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from archive.change_chain import line_sha256
from archive.changes import NewChange, record_change
from service.health.verify import verify
from service.office import DATABASE, Office
from tests.support.command_line import command_line_of
from tests.support.trusted_office import digest, execute, file_of, fill

WITHOUT_TRIGGERS = tuple(f"DROP TRIGGER change_no_{what}" for what in ("update", "delete", "replace"))


@pytest.fixture
def office(office: Office) -> Office:
    """Six lines in the record: three, the sign-off, two."""
    with office.ledger.writing() as ledger:
        for name in ("一", "二", "三"):
            record_change(ledger, NewChange("wuxing", "王编辑", "article", 1, f"改动{name}", office.now()))
    fill(office)
    with office.ledger.writing() as ledger:
        for name in ("五", "六"):
            record_change(ledger, NewChange("wuxing", "王编辑", "article", 1, f"改动{name}", office.now()))
    return office


def named(office: Office) -> list[tuple[str, str]]:
    return [(each.what, each.path) for each in verify(office).differences if each.what != "record_guard"]


def rewrite(office: Office, *statements: str) -> None:
    """By somebody who may write to the database, and drops the triggers first."""
    execute(office, *WITHOUT_TRIGGERS, *statements)


def chain_anew(office: Office) -> None:
    """Computes the whole chain anew, as somebody would who knows the program."""
    with closing(sqlite3.connect(office.data_dir / DATABASE)) as database:
        database.row_factory = sqlite3.Row
        before = ""
        for row in database.execute("SELECT * FROM change ORDER BY id").fetchall():
            columns = dict(row) | {"changed_at": office.now()}
            before = line_sha256(before, columns)
            database.execute("UPDATE change SET sha256 = ? WHERE id = ?", (before, row["id"]))
        database.commit()


def test_manifest_holds_the_head_of_the_record_at_the_sign_off(office: Office) -> None:
    head = json.loads(file_of(office, "manifest").read_bytes())["record"]
    with closing(sqlite3.connect(office.data_dir / DATABASE)) as database:
        [(line, said)] = database.execute("SELECT id, said FROM change WHERE sha256 = ?", (head["sha256"],)).fetchall()
    assert (line, head["line"]) == (4, 4)
    assert said.startswith("第70期签发")


def test_untouched_record_holds(office: Office) -> None:
    assert verify(office).differences == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET said = '没有改过' WHERE id = 2",
        "DELETE FROM change WHERE id = 2",
        "DELETE FROM change",
        "INSERT OR REPLACE INTO change SELECT id, bulletin, changed_at, '别人', subject, subject_id, said, why, sha256"
        " FROM change WHERE id = 2",
    ],
)
def test_the_database_refuses_to_change_a_line(statement: str, office: Office) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        execute(office, statement)
    assert verify(office).differences == ()


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE change SET said = '没有改过' WHERE id = 2", 2),
        ("UPDATE change SET who = '别人' WHERE id = 6", 6),
        ("UPDATE change SET changed_at = '2022-11-09 08:00:00.000000' WHERE id = 1", 1),
        ("DELETE FROM change WHERE id = 2", 3),
        ("DELETE FROM change WHERE id = 1", 2),
    ],
)
def test_an_altered_or_removed_line_breaks_the_chain_there(statement: str, line: int, office: Office) -> None:
    rewrite(office, statement)
    assert named(office) == [("record_line", f"jianbao.sqlite3#change/{line}")]


def test_a_chain_cut_in_the_middle_breaks_once(office: Office) -> None:
    rewrite(office, "DELETE FROM change WHERE id IN (2, 3)")
    assert named(office) == [("record_line", "jianbao.sqlite3#change/4")]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE change SET who = '别人' WHERE id = 2", "DELETE FROM change WHERE id = 1", "DELETE FROM change"],
)
def test_a_record_rewritten_with_its_whole_chain_differs_from_the_manifest(statement: str, office: Office) -> None:
    rewrite(office, statement)
    chain_anew(office)
    assert named(office) == [("record_head", "jianbao.sqlite3#change/4")]


def test_dropped_triggers_are_named(office: Office) -> None:
    rewrite(office)
    done = command_line_of(office).run("verify")
    assert (done.status, done.output.count("触发器不见了")) == (1, 3)


@pytest.mark.parametrize(
    ("statement", "expected", "actual"),
    [
        ("UPDATE issue SET decided_by = '别人'", '"王编辑"', '"别人"'),
        ("UPDATE issue SET dated = '2022-11-09'", '"2022-11-08"', '"2022-11-09"'),
        ("UPDATE issue_article SET position = 9 WHERE article_id = 1", "[[1, 1], ", "[[2, 1], "),
    ],
)
def test_altered_rows_of_a_signed_off_issue_differ_from_its_manifest(
    statement: str, expected: str, actual: str, office: Office
) -> None:
    execute(office, statement)
    [difference] = verify(office).differences
    assert (difference.what, difference.path) == ("issue_row", "jianbao.sqlite3#issue/1")
    assert (difference.expected or "").startswith(expected)
    assert (difference.actual or "").startswith(actual)


def test_a_file_altered_together_with_its_row_differs_from_the_manifest(office: Office) -> None:
    path = file_of(office, "issue")
    path.write_bytes(b"forged")
    execute(office, "UPDATE issue_file SET sha256 = '" + digest(b"forged") + "' WHERE kind = 'docx'")
    assert [each.what for each in verify(office).differences] == ["issue_row"]


@pytest.mark.parametrize("forged", [b"{}", b"no json", b"[]", b'{"articles": 1, "files": []}', b'{"record": null}'])
def test_manifest_that_no_sign_off_wrote_is_named(forged: bytes, office: Office) -> None:
    file_of(office, "manifest").write_bytes(forged)
    execute(office, "UPDATE issue_file SET sha256 = '" + digest(forged) + "' WHERE kind = 'manifest'")
    [difference] = verify(office).differences
    assert (difference.what, difference.expected) == ("issue_row", "manifest.json")
