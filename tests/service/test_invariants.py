"""The checker that ends the fault tests sees what is broken: a data directory is damaged in one way at a time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from tests.support.invariants import broken_promises
from tests.support.offices import SHANGHAI, hand_in, office_at, write_config
from tests.support.outboxes import letter_out, put_in
from values.outgoing import LetterKind

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """One signed-off issue with two articles; two letters out, one of them in a file of its own."""
    with office_at(write_config(tmp_path / "office"), TUESDAY) as office:
        hand_in(office, "甲", "乙")
        put_in(office, letter_out("一"), letter_out("二", kind=LetterKind.DRAFT, size=100_000))
        assemble(office, office.bulletin(None), TUESDAY.date())
        sign_off(office, office.bulletin(None), 70, "王编辑")
        return office.data_dir


def sql(statement: str) -> Callable[[Path], None]:
    def run(data_dir: Path) -> None:
        database = sqlite3.connect(data_dir / "jianbao.sqlite3")
        database.execute(statement)
        database.commit()
        database.close()

    return run


def on_file(pattern: str, change: Callable[[Path], object]) -> Callable[[Path], None]:
    return lambda data_dir: (change(next(data_dir.glob(pattern))), None)[1]


def test_sound_directory_breaks_no_promise(data_dir: Path) -> None:
    assert broken_promises(data_dir) == []


@pytest.mark.parametrize(
    ("damage", "seen"),
    [
        (on_file("raw/*/*", Path.unlink), "raw: .* has a row and no file"),
        (on_file("raw/*/*", lambda path: path.write_bytes(b"")), "raw: .* does not hold the bytes it is named by"),
        (on_file("raw", lambda path: (path / ".part-x").touch()), "half-written: raw/.part-x"),
        (on_file("issues/*/*/*", Path.unlink), "issue: .* has a row and no file"),
        (on_file("issues/*/*/*", lambda path: path.write_bytes(b"other")), "issue: .* is not what was written"),
        (on_file("issues/*/*/*", lambda path: path.with_name("x.docx").touch()), "issue: .* has a file and no row"),
        (sql("UPDATE letter SET reason = '' WHERE id = 1"), "letter .*: verdict 'pending', reason ''"),
        (sql("UPDATE letter SET verdict = 'lost' WHERE id = 1"), "letter .*: verdict 'lost'"),
        (sql("UPDATE revision SET text_sha256 = 'same'"), "articles: 2 of wuxing have the text same"),
        (sql("UPDATE article SET revision = 2 WHERE id = 1"), "article 1 has no current revision"),
        (sql("UPDATE article SET status = 'draft' WHERE id = 1"), "article 1 is draft, which its issue is not"),
        (sql("UPDATE article SET issue_id = 12 WHERE id = 1"), "ledger: article 1 points nowhere"),
        (on_file("outbox/*/*", Path.unlink), "outbox: 2 is not what was written"),
        (on_file("outbox/*/*", lambda path: path.with_name("x.eml").touch()), "outbox: .* has a file and no row"),
        (sql("UPDATE outbox SET raw = x'00' WHERE id = 1"), "outbox: 1 is not what was written"),
        (sql("UPDATE outbox SET unanswered = 1 WHERE id = 1"), "outbox: 1 is queued with 1 attempts unanswered"),
        (
            sql("UPDATE outbox SET state = 'possibly_sent', unanswered = 2 WHERE id = 2"),
            "outbox: 2 is possibly_sent with 2 attempts unanswered",
        ),
        (sql("UPDATE outbox SET state = 'sent' WHERE id = 1"), "outbox: 1 is sent with 0 attempts unanswered"),
        (
            sql("UPDATE outbox SET letter_id = 1, kind = 'receipt', recipient = id"),
            "outbox: letter 1 has 2 answers of the kind receipt",
        ),
        (
            sql(
                "INSERT INTO issue (bulletin, series, number, numbering, year, dated, status, revision, made_at)"
                " SELECT bulletin, series, 72, numbering, year, dated, status, 0, made_at FROM issue"
            ),
            r"numbers of .*: \[70, 72\]",
        ),
        (sql("UPDATE issue SET supplement = 1"), "issue 1 is counted in a series of the other kind"),
        (
            sql("UPDATE article SET issue_id = NULL WHERE id = 1"),
            "article 1 is printed in 1 issues, or not in that of its row",
        ),
        (
            sql(
                """UPDATE revision SET manuscript = '{"blocks": [{"kind": "picture", "sha256": "abc"}]}' WHERE id = 1"""
            ),
            "media: abc has a row and no file",
        ),
    ],
)
def test_damage_is_seen(data_dir: Path, damage: Callable[[Path], None], seen: str) -> None:
    damage(data_dir)
    broken = broken_promises(data_dir)
    assert any(re.match(seen, line) for line in broken), broken
