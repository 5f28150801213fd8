"""What several articles were left for: in words, and as an error where nothing was done."""

from __future__ import annotations

import pytest

from service.article.article_left import ArticleLeft, left_in_words, refuse_nothing_done
from values.errors import BadUsage, Changed

CHANGED = ArticleLeft(1, Changed("《甲文》刚被别人改过。"))
PRINTED = ArticleLeft(2, BadUsage("《乙文》已刊发。"))


def test_the_words_are_those_of_all_errors() -> None:
    assert (left_in_words([CHANGED, PRINTED]), left_in_words([])) == ("《甲文》刚被别人改过。《乙文》已刊发。", "")


def test_a_single_article_keeps_the_kind_of_its_error() -> None:
    with pytest.raises(Changed, match="《甲文》刚被别人改过"):
        refuse_nothing_done([CHANGED])


def test_several_are_refused_together_and_none_too() -> None:
    with pytest.raises(BadUsage, match="《甲文》刚被别人改过。《乙文》已刊发。"):
        refuse_nothing_done([CHANGED, PRINTED])
    with pytest.raises(BadUsage, match="没有选稿件"):
        refuse_nothing_done([])
