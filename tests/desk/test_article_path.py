"""The article in a path is one of the bulletin in the path."""

from __future__ import annotations

from tests.support.article_office import article as article
from tests.support.article_office import office_setup as office_setup
from tests.support.desk import DeskDriver


def at(article: int, more: str = "") -> str:
    return f"/b/wuxing/articles/{article}{more}"


def test_an_article_of_another_bulletin_or_none_is_not_there(desk: DeskDriver, article: int) -> None:
    desk.login()
    for path in ("/b/wuxing/articles/999", f"/b/other/articles/{article}", "/b/wuxing/articles/999999999999999999999"):
        assert desk.get(path).status_code == 404
    assert desk.post("/b/wuxing/articles/999/fix", rule="dash", index=0).status_code == 404
    assert desk.get(at(article, "/compare?with=999")).status_code in (400, 404)
    assert desk.get(at(article, "/compare?from=9")).status_code in (400, 404)
