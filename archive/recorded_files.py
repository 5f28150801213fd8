"""Which files the ledger records, each with its SHA-256: what `verify` compares with the disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select

from archive.removals import without_bytes
from archive.schema import endorsement, issue_file, issue_revision, letter, outbox, revision
from archive.transaction import Transaction


class RecordedKind(StrEnum):
    """What a recorded file is; the value is what `verify --json` shows."""

    LETTER = "letter"
    """来信: the bytes of a letter."""
    PICTURE = "picture"
    """图片: a picture of an article."""
    SCAN = "scan"
    """批示原件: the scan of a 批示."""
    DRAFT = "draft"
    """送审稿: a revision of a draft issue."""
    ISSUE = "issue"
    """定稿: a file of a signed-off issue, other than its manifest."""
    MANIFEST = "manifest"
    """清单: manifest.json of a signed-off issue."""
    OUTBOX = "outbox"
    """发出的信: a letter out, in a file or in its row."""


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """A file that the ledger records."""

    kind: RecordedKind
    name: str
    """Of a letter, picture or scan its SHA-256, of every other file its path relative to data_dir."""
    sha256: str


@dataclass(frozen=True, slots=True)
class AlteredRow:
    """A letter out whose bytes, which are in its row, are not those that were rendered."""

    outbox_id: int
    expected: str
    """SHA-256 that was recorded."""
    actual: str
    """SHA-256 of the bytes in the row."""


def recorded_files(ledger: Transaction) -> Iterator[RecordedFile]:
    """Every file of the ledger, once. A letter that was erased or destroyed has none."""
    removed = without_bytes(ledger)
    for sha256 in ledger.sql.execute(select(letter.c.sha256).distinct()).scalars():
        if sha256 not in removed:
            yield RecordedFile(RecordedKind.LETTER, sha256, sha256)
    pictures = pictures_in_articles(ledger)
    for sha256 in sorted(pictures):
        yield RecordedFile(RecordedKind.PICTURE, sha256, sha256)
    for sha256 in sorted(scans_of_endorsements(ledger) - pictures):
        yield RecordedFile(RecordedKind.SCAN, sha256, sha256)
    drafts = select(issue_revision.c.path, issue_revision.c.sha256).where(issue_revision.c.removed_at.is_(None))
    for path, sha256 in ledger.sql.execute(drafts):
        yield RecordedFile(RecordedKind.DRAFT, path, sha256)
    for row in ledger.sql.execute(select(issue_file.c.kind, issue_file.c.path, issue_file.c.sha256)):
        kind = RecordedKind.MANIFEST if row.kind == "manifest" else RecordedKind.ISSUE
        yield RecordedFile(kind, row.path, row.sha256)
    in_files = select(outbox.c.path, outbox.c.sha256).where(outbox.c.path.is_not(None))
    for path, sha256 in ledger.sql.execute(in_files):
        yield RecordedFile(RecordedKind.OUTBOX, path, sha256)


def pictures_in_articles(ledger: Transaction) -> set[str]:
    """SHA-256 of every picture in any text of an article."""
    manuscripts = ledger.sql.execute(select(revision.c.manuscript).where(revision.c.manuscript.contains('"picture"')))
    return {
        block["sha256"]
        for stored in manuscripts.scalars()
        for block in json.loads(stored)["blocks"]
        if block["kind"] == "picture"
    }


def scans_of_endorsements(ledger: Transaction) -> set[str]:
    """SHA-256 of the scan of every 批示 that has one."""
    scans = select(endorsement.c.scan_sha256).where(endorsement.c.scan_sha256 != "")
    return set(ledger.sql.execute(scans).scalars())


def files_in_media(ledger: Transaction) -> set[str]:
    """SHA-256 of every file in media/ that the ledger refers to."""
    return pictures_in_articles(ledger) | scans_of_endorsements(ledger)


def letters_out_in_rows(ledger: Transaction) -> int:
    """How many letters out have their bytes in their row."""
    in_rows = select(func.count()).select_from(outbox).where(outbox.c.raw.is_not(None), outbox.c.removed_at.is_(None))
    return int(ledger.sql.execute(in_rows).scalar_one())


def altered_letters_out(ledger: Transaction) -> Iterator[AlteredRow]:
    """Letters out in rows whose bytes differ from their SHA-256."""
    columns = (outbox.c.id, outbox.c.sha256, outbox.c.raw)
    in_rows = select(*columns).where(outbox.c.raw.is_not(None), outbox.c.removed_at.is_(None))
    for row in ledger.sql.execute(in_rows.order_by(outbox.c.id)):
        actual = hashlib.sha256(row.raw).hexdigest()
        if actual != row.sha256:
            yield AlteredRow(row.id, row.sha256, actual)
