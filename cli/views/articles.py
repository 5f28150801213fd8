"""Articles in the output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archive.articles import ArticleRecord
from cli.base.output_parts import OutputTable, Styled
from service.office import Office
from values.manuscript import Picture, Table


def article_rows(office: Office, articles: Sequence[ArticleRecord]) -> list[dict[str, Any]]:
    """`articles` in design.md 5.3."""
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
            "findings": [finding.as_json() for finding in article.findings],
            "pictures": sum(isinstance(block, Picture) for block in article.manuscript.blocks),
            "tables": sum(isinstance(block, Table) for block in article.manuscript.blocks),
            "source": {"sha256": article.letter_sha256, "attachment": article.attachment},
            "received_at": office.local(article.received_at).isoformat(),
            "issue": article.issue,
            "issue_label": article.issue_label,
            "position": article.position,
            "for_supplement": article.for_supplement,
        }
        for article in articles
    ]


def article_table(articles: Sequence[ArticleRecord]) -> OutputTable:
    """A row an article, with its findings."""
    return OutputTable(
        ("编号", "单位", "标题", "栏目", "状态", "期", "审校意见"),
        tuple(
            (
                Styled(str(article.id)),
                Styled(article.department or "（不明）"),
                Styled(article.manuscript.title),
                Styled(article.section),
                Styled(article.status.chinese if article.confirmed else "待认领"),
                Styled(article.issue_label),
                Styled("\n".join(finding.message for finding in article.findings)),
            )
            for article in articles
        ),
    )
