"""An article that an operation on several articles has left as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from values.errors import BadUsage


@dataclass(frozen=True, slots=True)
class ArticleLeft:
    """An article that was not changed."""

    article: int
    """Its id."""
    error: BadUsage
    """Why: with a sentence in Chinese that names the article."""


def left_in_words(left: Sequence[ArticleLeft]) -> str:
    """The reasons as one text; "" for none."""
    return "".join(str(article.error) for article in left)


def refuse_nothing_done(left: Sequence[ArticleLeft]) -> NoReturn:
    """Raises BadUsage with the reasons, a single one as it was raised: for an operation that has changed no article."""
    if len(left) == 1:
        raise left[0].error
    raise BadUsage(left_in_words(left) or "没有选稿件。")
