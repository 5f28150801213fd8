"""Articles in the output."""

from __future__ import annotations

from collections.abc import Sequence

from archive.articles import ArticleRecord
from cli.base.output_parts import OutputTable, Styled
from values.finding import Finding
from values.habits import grouped


def article_table(articles: Sequence[ArticleRecord]) -> OutputTable:
    """A row an article, with its open findings; several of one rule are one line."""
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
                Styled("\n".join(_open_lines(article.findings))),
            )
            for article in articles
        ),
    )


def _open_lines(findings: Sequence[Finding]) -> list[str]:
    return [group.line for group in grouped(finding for finding in findings if finding.is_open)]
