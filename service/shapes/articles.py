"""Articles and findings as JSON (design.md 5.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archive.article_origins import ArticleOrigin, origins_of
from archive.articles import ArticleRecord
from archive.corrections import CorrectionLink, CorrectionState, corrected_by, corrections_of
from service.article.remarks import numbered_remarks
from service.office import Office
from values.finding import Finding
from values.manuscript import Picture, Table


def article_rows(office: Office, articles: Sequence[ArticleRecord]) -> list[dict[str, Any]]:
    """`articles` in design.md 5.3; how each was split or merged, what corrects it, and what it corrects."""
    ids = [article.id for article in articles]
    with office.ledger.reading() as ledger:
        origins = origins_of(ledger, articles)
        corrected, corrects = corrections_of(ledger, ids), corrected_by(ledger, ids)
    return [
        {
            "id": article.id,
            "bulletin": article.bulletin,
            "status": article.status.value,
            "confirmed": article.confirmed,
            "section": article.section,
            "department": article.department,
            "departments": list(article.departments),
            "title": article.manuscript.title,
            "byline": article.manuscript.byline,
            "revision": article.revision,
            "text": article.manuscript.text,
            "house_lines": list(article.manuscript.house_lines),
            "findings": finding_rows(article.findings),
            "pictures": sum(isinstance(block, Picture) for block in article.manuscript.blocks),
            "tables": sum(isinstance(block, Table) for block in article.manuscript.blocks),
            "source": {"sha256": article.letter_sha256, "attachment": article.attachment},
            "received_at": office.local(article.received_at).isoformat(),
            "issue": article.issue,
            "issue_label": article.issue_label,
            "position": article.position,
            "for_supplement": article.for_supplement,
            **_origin(origins[article.id]),
            "corrects": corrects[article.id].corrects if article.id in corrects else None,
            "corrected_by": [correction_row(link) for link in corrected.get(article.id, ())],
        }
        for article in articles
    ]


def _origin(origin: ArticleOrigin) -> dict[str, Any]:
    return {
        "split_from": origin.split_from,
        "split_into": list(origin.split_into),
        "merged_into": origin.merged_into,
        "merged": [merger.article for merger in origin.merged],
        "further_letters": list(origin.letters),
    }


def correction_row(link: CorrectionLink) -> dict[str, Any]:
    """What corrects a printed article: the erratum, how far it is, and the issue that prints it, "" for none yet."""
    printed = link.state is CorrectionState.PRINTED
    return {
        "article": link.article,
        "state": link.state.name.lower(),
        "issue_label": link.issue_label if printed else "",
    }


def finding_rows(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """`finding` in design.md 5.3, in the order in which they are stored, each with the number that names it at the desk
    and in `findings`."""
    numbers = {remark.index: remark.number for remark in numbered_remarks(findings)}
    return [{**finding.as_json(), "number": numbers[index]} for index, finding in enumerate(findings)]
