"""The articles of a signed-off issue as manifest.json lists them: what was printed, and from which letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from archive import articles
from archive.article_origins import ArticleOrigin, origins_of
from archive.articles import ArticleRecord
from archive.issues import IssueRecord
from archive.transaction import Transaction
from service.office import Office


def in_manifest(
    office: Office, ledger: Transaction, issue: IssueRecord, records: Sequence[ArticleRecord]
) -> list[dict[str, Any]]:
    """In printed order. records: the articles with the revisions that are printed."""
    by_id = {record.id: record for record in records}
    origins = origins_of(ledger, records)
    merged = [merger.article for origin in origins.values() for merger in origin.merged]
    merged_by_id = {record.id: record for record in articles.articles_with_ids(ledger, merged)}
    return [
        {
            "id": id,
            "revision": revision,
            "title": by_id[id].manuscript.title,
            "department": by_id[id].department,
            "departments": list(by_id[id].departments),
            "section": by_id[id].section,
            "responsible_editor": by_id[id].responsible_editor,
            "letter": _letter(office, by_id[id].letter_sha256),
            "letters": [_letter(office, sha256) for sha256 in origins[id].letters],
            "split_from": origins[id].split_from,
            "merged": _merged(origins[id], merged_by_id),
        }
        for id, revision in issue.articles
    ]


def _letter(office: Office, sha256: str) -> dict[str, Any]:
    """Its size in octets."""
    return {"sha256": sha256, "size": office.raws.size(sha256)}


def _merged(origin: ArticleOrigin, merged_by_id: Mapping[int, ArticleRecord]) -> list[dict[str, Any]]:
    """The articles whose text it has (综合采用), each with the letter that brought it."""
    return [
        {
            "id": merger.article,
            "revision": merger.revision,
            "title": merged_by_id[merger.article].manuscript.title,
            "department": merged_by_id[merger.article].department,
            "letter": {"sha256": merged_by_id[merger.article].letter_sha256},
        }
        for merger in origin.merged
    ]
