"""An office with a file of every kind, and changes to its files and rows from outside: what `verify` has to name."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import DATABASE, Office
from tests.support.ledger_rows import add_article, new_article
from tests.support.offices import hand_in
from tests.support.outboxes import letter_out, put_in
from values.manuscript import Manuscript, Paragraph, Picture
from values.outgoing import LetterKind

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea735"
    "81840000000049454e44ae426082"
)
"""A PNG of one pixel."""
KINDS = {
    "letter": "raw/*/*.eml",
    "picture": "media/*/*",
    "draft": "issues/*/*/70-r1.docx",
    "issue": "issues/*/*/70.docx",
    "manifest": "issues/*/*/manifest.json",
    "outbox": "outbox/*/*.eml",
}
"""What each kind of file is called by `verify` → where one is in data_dir."""


def fill(office: Office) -> None:
    """Signs off an issue with three articles, one of them with a picture; two letters out, one in a file of its own."""
    hand_in(office, "甲", "乙")
    sha256 = office.media.put(PICTURE)
    picture = Picture(sha256, "image/png", 100, 100)
    manuscript = Manuscript(("丙",), "区民政局", (Paragraph("丙的正文。"), picture))
    office.raws.put("letter with 丙.docx".encode())
    with office.ledger.writing() as ledger:
        add_article(ledger, new_article("丙", manuscript=manuscript, received_at=office.now()))
    put_in(office, letter_out("一"), letter_out("二", kind=LetterKind.DRAFT, size=100_000))
    assemble(office, office.bulletin(None), office.now().date())
    sign_off(office, office.bulletin(None), 70, "王编辑")


def file_of(office: Office, kind: str) -> Path:
    """A file of that kind, which may be written."""
    path = next(office.data_dir.glob(KINDS[kind]))
    path.chmod(0o600)
    return path


def add_file(path: Path, data: bytes) -> None:
    """A file that was put there an hour ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (0, 0))


def execute(office: Office, *statements: str) -> None:
    """Statements on the ledger's file by somebody else than the product."""
    with closing(sqlite3.connect(office.data_dir / DATABASE)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
