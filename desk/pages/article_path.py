"""The article that a page is about: its record and its path."""

from __future__ import annotations

from typing import Any, Final

import structlog
from starlette.requests import Request

from archive import articles
from archive.articles import ArticleRecord
from archive.viewings import record_own_change
from desk.page import bulletin_of, office_of, person_of
from desk.refusals import NotFound
from service.article.unsaved import others_typing, typed_by
from values.account import Role
from values.errors import StorageFailed
from values.issue import ArticleStatus

_log = structlog.get_logger(__name__)

ARTICLE: Final = "/b/{bulletin}/articles/{article:int}"


def article_in_path(request: Request) -> ArticleRecord:
    """The article in the path. Raises NotFound, also for one of another bulletin."""
    with office_of(request).ledger.reading() as ledger:
        record = articles.article_of_bulletin(ledger, bulletin_of(request).id, request.path_params["article"])
    if record is None:
        raise NotFound("没有这篇稿件。")
    return record


def article_id_in_path(request: Request) -> int:
    """The id of the article in the path, for an operation that reads the article itself, so that its text is parsed
    once. Raises NotFound as `article_in_path`."""
    article_id: int = request.path_params["article"]
    with office_of(request).ledger.reading() as ledger:
        if not articles.is_of_bulletin(ledger, article_id, bulletin_of(request).id):
            raise NotFound("没有这篇稿件。")
    return article_id


def article_path(record: ArticleRecord, more: str = "") -> str:
    """The path of the article's page. more: what follows, as "/edit"."""
    return f"/b/{record.bulletin}/articles/{record.id}{more}"


def may_edit(request: Request, record: ArticleRecord) -> bool:
    """Whether the person may change the article: an editor, and not after it was printed."""
    return person_of(request).role.includes(Role.EDITOR) and record.status is not ArticleStatus.PUBLISHED


def note_own_change(request: Request, after: ArticleRecord) -> None:
    """Records that the person has seen the text which the person's own change has just made: to that person it is not
    a new text in 本期. A full disk does not undo the change."""
    office = office_of(request)
    try:
        with office.ledger.writing() as ledger:
            record_own_change(ledger, person_of(request).id, after.id, after.revision, at=office.now())
    except StorageFailed as error:
        _log.warning("viewing not recorded", article=after.id, error=str(error))


def unsaved_work(request: Request, record: ArticleRecord) -> dict[str, Any]:
    """The values for the notices: what this person has typed and not saved, and what other people are typing."""
    office, person = office_of(request), person_of(request)
    return {"typed": typed_by(office, person.id, record.id), "others": others_typing(office, person.id, record.id)}
