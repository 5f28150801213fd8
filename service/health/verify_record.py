"""Compares the record of changes with its chain, and both it and the issues' rows with the manifests.

A manifest is written once, at sign-off, outside of the database: whoever can write to the database alone and computes
the whole chain anew is detected by the heads that the manifests hold (docs/decisions/0062).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from archive import change_chain, issues
from archive.files import read_unaltered
from archive.issues import IssueRecord
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
            manifest = _manifest(office, issue)
            if manifest is None:
                continue
            head = manifest.get("record", {"line": 0, "sha256": None})
            actual = change_chain.sha256_of_line(ledger, head["line"])
            if head["line"] and actual != head["sha256"]:
                yield Difference(RECORD_HEAD, _line(head["line"]), head["sha256"], actual)
            yield from _row_differences(issue, manifest)


def _line(line: int) -> str:
    return f"{DATABASE}#change/{line}"


def _manifest(office: Office, issue: IssueRecord) -> Mapping[str, Any] | None:
    """None where there is none, or not the one that was written: comparing the files names that."""
    for file in issue.final:
        if file.kind == "manifest":
            try:
                manifest: Mapping[str, Any] = json.loads(read_unaltered(office.data_dir / file.path, file.sha256))
            except StorageFailed:
                return None
            return manifest
    return None


def _row_differences(issue: IssueRecord, manifest: Mapping[str, Any]) -> Iterator[Difference]:
    rows = {
        "bulletin": issue.bulletin,
        "number": issue.number.number,
        "date": issue.dated.isoformat(),
        "revision": issue.revision,
        "signed_off_by": issue.decided_by,
        "articles": [list(article) for article in issue.articles],
        "files": {file.path: file.sha256 for file in issue.final if file.kind != "manifest"}
        | {issue.draft: issue.sha256},
    }
    held = {name: manifest[name] for name in rows} | {
        "articles": [[article["id"], article["revision"]] for article in manifest["articles"]],
        "files": {file["path"]: file["sha256"] for file in manifest["files"]},
    }
    for name, actual in rows.items():
        if held[name] != actual:
            yield Difference(ISSUE_ROW, f"{DATABASE}#issue/{issue.id}", _json(held[name]), _json(actual))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
