"""What must hold in a data directory after every fault, however often the service was killed (security.md section 2).

Read with the standard library alone, so that it shares no mistake with the product.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_VERDICTS: Final = (
    "article",
    "flagged",
    "unconfirmed",
    "duplicate",
    "quarantined",
    "question",
    "answered",
    "decided",
    "ignored",
    "pending",
    "sealed",
)


def broken_promises(data_dir: Path) -> list[str]:
    """One line for each promise that does not hold: letters whole and once, one draft for each text, one verdict with
    a reason, numbers without gap, answers once unless marked, ledger and files sound and consistent. Empty when
    all hold."""
    database = sqlite3.connect(data_dir / "jianbao.sqlite3")
    database.row_factory = sqlite3.Row
    try:
        checks = (_sound, _letters, _articles, _numbers, _issue_files, _media, _outbox)
        return [broken for check in checks for broken in check(database, data_dir)]
    finally:
        database.close()


def _sound(database: sqlite3.Connection, data_dir: Path) -> Iterator[str]:
    for row in database.execute("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"ledger: {row[0]}"
    for row in database.execute("PRAGMA foreign_key_check"):
        yield f"ledger: {row['table']} {row['rowid']} points nowhere"
    for path in data_dir.rglob(".part-*"):
        yield f"half-written: {path.relative_to(data_dir)}"


def _letters(database: sqlite3.Connection, data_dir: Path) -> Iterator[str]:
    rows = database.execute("SELECT bulletin, sha256, verdict, reason FROM letter").fetchall()
    for row in rows:
        if row["verdict"] not in _VERDICTS or not row["reason"].strip():
            yield f"letter {row['sha256']}: verdict {row['verdict']!r}, reason {row['reason']!r}"
    yield from _store(data_dir, "raw", ".eml", {row["sha256"] for row in rows})


def _store(data_dir: Path, name: str, suffix: str, rows: set[str]) -> Iterator[str]:
    paths = [path for path in (data_dir / name).rglob("*") if path.is_file() and not path.name.startswith(".part-")]
    for path in paths:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        if path.relative_to(data_dir) != Path(name, sha256[:2], sha256 + suffix):
            yield f"{name}: {path.name} does not hold the bytes it is named by"
    there = {path.name.removesuffix(suffix) for path in paths}
    yield from (f"{name}: {sha256} has a row and no file" for sha256 in sorted(rows - there))
    yield from (f"{name}: {sha256} has a file and no row" for sha256 in sorted(there - rows))


def _articles(database: sqlite3.Connection, _data_dir: Path) -> Iterator[str]:
    twice = "SELECT a.bulletin, r.text_sha256, count(DISTINCT a.id) AS articles FROM article a JOIN revision r"
    for row in database.execute(f"{twice} ON r.article_id = a.id GROUP BY 1, 2 HAVING articles > 1"):
        yield f"articles: {row['articles']} of {row['bulletin']} have the text {row['text_sha256']}"
    without = "SELECT id FROM article WHERE NOT EXISTS"
    current = "(SELECT 1 FROM revision WHERE article_id = article.id AND number = article.revision)"
    for row in database.execute(f"{without} {current}"):
        yield f"article {row['id']} has no current revision"


def _numbers(database: sqlite3.Connection, _data_dir: Path) -> Iterator[str]:
    signed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in database.execute(
        "SELECT bulletin, series, number FROM issue WHERE status = 'signed_off' ORDER BY number"
    ):
        signed[row["bulletin"], row["series"]].append(row["number"])
    for series, numbers in signed.items():
        if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            yield f"numbers of {series}: {numbers}"
    yield from _kinds(database)
    unpublished = (
        "SELECT a.id, a.status FROM article a JOIN issue_article ia ON ia.article_id = a.id JOIN issue i"
        " ON i.id = ia.issue_id WHERE (i.status = 'signed_off') <> (a.status = 'published') AND i.status <> 'discarded'"
        " AND a.issue_id = i.id"
    )
    for row in database.execute(unpublished):
        yield f"article {row['id']} is {row['status']}, which its issue is not"


def _kinds(database: sqlite3.Connection) -> Iterator[str]:
    """Ordinary issues and supplements: never in one series, one open draft each, no article printed in both."""
    mixed = "SELECT id FROM issue WHERE supplement <> (series LIKE 'supplement%')"
    yield from (f"issue {row['id']} is counted in a series of the other kind" for row in database.execute(mixed))
    open_drafts = "SELECT bulletin, count(*) AS drafts FROM issue WHERE status = 'draft' GROUP BY bulletin, supplement"
    for row in database.execute(f"{open_drafts} HAVING drafts > 1"):
        yield f"issue: {row['drafts']} drafts of one kind of {row['bulletin']} are open"
    printed = (
        "SELECT ia.article_id, count(*) AS issues, min(i.id IS a.issue_id) AS is_there FROM issue_article ia"
        " JOIN issue i ON i.id = ia.issue_id JOIN article a ON a.id = ia.article_id"
        " WHERE i.status = 'signed_off' GROUP BY ia.article_id HAVING issues > 1 OR NOT is_there"
    )
    for row in database.execute(printed):
        yield f"article {row['article_id']} is printed in {row['issues']} issues, or not in that of its row"


def _issue_files(database: sqlite3.Connection, data_dir: Path) -> Iterator[str]:
    """A file of a signed-off issue that is no draft has a row and is read-only."""
    drafts = {row["path"]: row["sha256"] for row in database.execute("SELECT path, sha256 FROM issue_revision")}
    final = {row["path"]: row["sha256"] for row in database.execute("SELECT path, sha256 FROM issue_file")}
    recorded = drafts | final
    paths = [path for path in (data_dir / "issues").rglob("*") if path.is_file() and not path.name.startswith(".part-")]
    there = {str(path.relative_to(data_dir)) for path in paths}
    for path in sorted(recorded.keys() | there):
        if path not in there:
            yield f"issue: {path} has a row and no file"
        elif path not in recorded:
            yield f"issue: {path} has a file and no row"
        elif hashlib.sha256((data_dir / path).read_bytes()).hexdigest() != recorded[path]:
            yield f"issue: {path} is not what was written"
        elif path in final and (data_dir / path).stat().st_mode & 0o222:
            yield f"issue: {path} can be written"
    unsigned = "SELECT path FROM issue_file f JOIN issue i ON i.id = f.issue_id WHERE i.status <> 'signed_off'"
    yield from (f"issue: {row['path']} is of no signed-off issue" for row in database.execute(unsigned))


def _media(database: sqlite3.Connection, data_dir: Path) -> Iterator[str]:
    manuscripts = (json.loads(row["manuscript"]) for row in database.execute("SELECT manuscript FROM revision"))
    blocks = (block for manuscript in manuscripts for block in manuscript["blocks"])
    yield from _store(data_dir, "media", "", {block["sha256"] for block in blocks if block["kind"] == "picture"})


def _outbox(database: sqlite3.Connection, data_dir: Path) -> Iterator[str]:
    """I5: an answer exists once for a letter, and no letter was tried again that may have arrived, but once."""
    once = (
        "SELECT letter_id, kind, count(*) AS answers FROM outbox WHERE letter_id IS NOT NULL AND kind <> 'withdrawn' "
        "GROUP BY letter_id, kind"  # a withdrawal is reported to each editor
    )
    for row in database.execute(f"{once} HAVING answers > 1"):
        yield f"outbox: letter {row['letter_id']} has {row['answers']} answers of the kind {row['kind']}"
    rows = database.execute("SELECT * FROM outbox").fetchall()
    for row in rows:
        most = 1 if row["kind"] == "draft" else 2
        marked = row["state"] in ("possibly_sent", "sent") if row["unanswered"] else row["state"] != "possibly_sent"
        if not marked or row["unanswered"] > most or (row["state"] == "sent") != (row["sent_at"] is not None):
            yield f"outbox: {row['id']} is {row['state']} with {row['unanswered']} attempts unanswered"
        raw = row["raw"] if row["path"] is None else _octets(data_dir / row["path"])
        if hashlib.sha256(raw).hexdigest() != row["sha256"]:
            yield f"outbox: {row['id']} is not what was written"
    there = {str(path.relative_to(data_dir)) for path in (data_dir / "outbox").rglob("*.eml")}
    yield from (f"outbox: {path} has a file and no row" for path in sorted(there - {row["path"] for row in rows}))


def _octets(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
