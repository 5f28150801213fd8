"""Which article a page is about, and where it is."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request

from archive import articles
from archive.articles import ArticleRecord
from desk.page import bulletin_of, office_of, person_of
from desk.refusals import NotFound
from service.article.unsaved import others_typing, typed_by
from values.account import Role
from values.issue import ArticleStatus

ARTICLE: Final = "/b/{bulletin}/articles/{article:int}"


def record_of(request: Request) -> ArticleRecord:
    """The article in the path. Raises NotFound, also for one of another bulletin."""
    with office_of(request).ledger.reading() as ledger:
        record = articles.article_of_bulletin(ledger, bulletin_of(request).id, request.path_params["article"])
    if record is None:
        raise NotFound("没有这篇稿件。")
    return record


def id_of(request: Request) -> int:
    """The id of the article in the path, for an action that reads the article by itself. Raises NotFound as
    `record_of`."""
    article_id: int = request.path_params["article"]
    with office_of(request).ledger.reading() as ledger:
        if not articles.is_of_bulletin(ledger, article_id, bulletin_of(request).id):
            raise NotFound("没有这篇稿件。")
    return article_id


def path_of(record: ArticleRecord, more: str = "") -> str:
    """Of the article's page; more: what follows, as "/edit"."""
    return f"/b/{record.bulletin}/articles/{record.id}{more}"


def may_edit(request: Request, record: ArticleRecord) -> bool:
    return person_of(request).role.includes(Role.EDITOR) and record.status is not ArticleStatus.PUBLISHED


def at_work(request: Request, record: ArticleRecord) -> dict[str, Any]:
    """For the notices: what this person has typed and not saved, and who else is typing."""
    office, person = office_of(request), person_of(request)
    return {"typed": typed_by(office, person.id, record.id), "others": others_typing(office, person.id, record.id)}
