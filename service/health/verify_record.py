"""Compares the record of changes with its chain, and both it and the issues' rows with the manifests.

A manifest is written once, at sign-off, outside of the database: whoever can write to the database alone and computes
the whole chain anew is detected by the heads that the manifests hold (docs/decisions/0062).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive import change_chain, issues
from archive.files import read_unaltered
from archive.issues import IssueRecord
from archive.renaming import id_since
from service.health.difference import ISSUE_ROW, RECORD_GUARD, RECORD_HEAD, RECORD_LINE, Difference
from service.office import DATABASE, Office
from values.errors import StorageFailed


def record_differences(office: Office) -> Iterator[Difference]:
    """Where chain, manifests and rows disagree. Raises StorageFailed for the ledger."""
    with office.ledger.reading() as ledger:
        for name in change_chain.missing_triggers(ledger):
            yield Difference(RECORD_GUARD, f"{DATABASE}#{name}", "CREATE TRIGGER", None)
        for broken in change_chain.broken_lines(ledger):
            yield Difference(RECORD_LINE, _line(broken.line), broken.expected, broken.actual)
        for issue in issues.signed_off_issues(ledger):
            try:
                manifest = _manifest(office, issue)
            except (ValueError, KeyError, TypeError, AttributeError):
                # Somebody has written another file and its SHA-256: nothing that the sign-off ever wrote.
                yield Difference(ISSUE_ROW, f"{DATABASE}#issue/{issue.id}", "manifest.json", None)
                continue
            if manifest is None:
                continue
            actual = change_chain.sha256_of_line(ledger, manifest.line)
            if manifest.line and actual != manifest.line_sha256:
                yield Difference(RECORD_HEAD, _line(manifest.line), manifest.line_sha256, actual)
            present_id = id_since(ledger, str(manifest.rows["bulletin"]), manifest.line)
            yield from _row_differences(issue, {**manifest.rows, "bulletin": present_id})


def _line(line: int) -> str:
    return f"{DATABASE}#change/{line}"


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What a manifest says of its issue, as far as the ledger has it too."""

    rows: Mapping[str, object]
    """By the name of the row's part, as `_rows` has it."""
    line: int
    """The last line of the record at the sign-off; 0 in manifests from before the record was a chain."""
    line_sha256: str
    """Of that line."""


def _manifest(office: Office, issue: IssueRecord) -> _Manifest | None:
    """None where there is none, or not the one that was written: comparing the files names that.

    Raises ValueError, KeyError, TypeError or AttributeError for a file that no sign-off wrote.
    """
    for file in issue.final:
        if file.kind == "manifest":
            try:
                return _parsed(json.loads(read_unaltered(office.data_dir / file.path, file.sha256)))
            except StorageFailed:
                return None
    return None


def _parsed(manifest: Mapping[str, Any]) -> _Manifest:
    head = manifest.get("record", {"line": 0, "sha256": ""})
    rows = {name: manifest[name] for name in ("bulletin", "number", "date", "revision", "signed_off_by")} | {
        "articles": [[article["id"], article["revision"]] for article in manifest["articles"]],
        "files": {file["path"]: file["sha256"] for file in manifest["files"]},
    }
    return _Manifest(rows, int(head["line"]), str(head["sha256"]))


def _rows(issue: IssueRecord) -> Mapping[str, object]:
    return {
        "bulletin": issue.bulletin,
        "number": issue.number.number,
        "date": issue.dated.isoformat(),
        "revision": issue.revision,
        "signed_off_by": issue.decided_by,
        "articles": [list(article) for article in issue.articles],
        "files": {file.path: file.sha256 for file in issue.final if file.kind != "manifest"}
        | {issue.draft: issue.sha256},
    }


def _row_differences(issue: IssueRecord, expected: Mapping[str, object]) -> Iterator[Difference]:
    for name, actual in _rows(issue).items():
        if expected[name] != actual:
            yield Difference(ISSUE_ROW, f"{DATABASE}#issue/{issue.id}", _json(expected[name]), _json(actual))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
