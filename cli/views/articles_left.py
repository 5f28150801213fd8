"""Articles that an operation on several has left as they are, in the output."""

from __future__ import annotations

from collections.abc import Sequence

from cli.base.output_parts import OutputLine, line
from service.article.article_left import ArticleLeft


def left_rows(left: Sequence[ArticleLeft]) -> list[dict[str, object]]:
    """For --json: the id of each, and why."""
    return [{"id": article.article, "why": str(article.error)} for article in left]


def left_lines(left: Sequence[ArticleLeft]) -> list[OutputLine]:
    """For a person."""
    return [line(f"没有动：{article.error}") for article in left]
