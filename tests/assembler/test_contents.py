"""The contents page: which articles it lists, and by what."""

from __future__ import annotations

from tests.support.issues import article, issue
from tests.support.typeset_issues import body, lines


def test_typeset_lists_an_unsigned_article_of_nobody_by_its_title() -> None:
    assert body(issue(article(department="", byline=None, title=("来信照登",)))) == [
        "ContentsTitle|1. 来信照登 ⇥ #",
        "ArticleTitle|来信照登",
        "BodyText|一是加大服务供给。",
    ]


def test_typeset_lists_only_ordinary_articles_in_the_contents() -> None:
    assert not [line for line in lines(issue(article(1, section="情况通报"))) if line.startswith("Contents")]
