"""Articles: listed, read, decided about, placed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.requests import Request

from archive.article_pages import ArticleFilter, articles_page
from archive.articles import ArticleRecord, article_of_bulletin
from desk.api.caller import ApiCaller, BulletinInPath, EditingCaller, Reader
from desk.api.conditional import ConditionalRoute, SeenVersion, version_tag
from desk.api.paging import USUAL_LIMIT, Before, Limit, next_page
from desk.api.problems import problems
from desk.api.shapes import ApiArticle, ApiArticles
from desk.refusals import NotFound
from service.article.decide import DecisionRequest, decide
from service.issue.arrange import choose_for_supplement, move_article
from service.office import Office
from service.shapes.articles import article_rows
from settings.model import BulletinSettings
from values.errors import BadUsage
from values.issue import ArticleStatus
from values.whole_number import LARGEST_ID

articles: Final = APIRouter(route_class=ConditionalRoute, tags=["articles"])
_PATH: Final = "/bulletins/{bulletin}/articles"
_LONGEST_TEXT: Final = 5_000
"""Characters of a note: the operations have limits of their own below it."""


class ArticleQuery(BaseModel):
    """Which articles are listed; all filters hold together."""

    model_config = ConfigDict(extra="forbid")

    status: ArticleStatus | None = None
    department: str | None = Field(None, max_length=200, description="Canonical name; joint articles are of each.")
    issue: int | None = Field(None, ge=1, le=LARGEST_ID, description="Id of the issue that has them.")
    received_from: AwareDatetime | None = Field(None, description="Received then or later.")
    limit: Limit = USUAL_LIMIT
    before: Before = None


class ApiDecision(BaseModel):
    """A decision about an article."""

    model_config = ConfigDict(extra="forbid")

    status: Literal["draft", "adopted", "held", "returned", "rejected"]
    note: str = Field("", max_length=_LONGEST_TEXT, description="The reason; returning needs one.")
    department: str | None = Field(None, max_length=200, description="Confirms of which department it is.")
    notify: bool = Field(True, description="Whether the department of a returned article is written to.")


class ApiPlacement(BaseModel):
    """Where an article goes in the next issue. Without `place` and `before` it follows the office's order."""

    model_config = ConfigDict(extra="forbid")

    section: str | None = Field(None, max_length=200, description="Moved into it first; null: it stays in its own.")
    place: Literal["up", "down", "first", "last"] | None = None
    before: int | None = Field(None, ge=1, le=LARGEST_ID, description="The article that it is placed before.")
    supplement: bool | None = Field(None, description="Into the next supplement (增刊), or out of it.")


@articles.get(_PATH, responses=problems())
def list_articles(
    request: Request,
    caller: Reader,
    bulletin: BulletinInPath,
    wanted: Annotated[ArticleQuery, Query()],
) -> ApiArticles:
    """Articles with their texts, the latest first."""
    which = ArticleFilter(wanted.status, wanted.department, wanted.issue, wanted.received_from)
    with caller.office.ledger.reading() as ledger:
        shown = articles_page(ledger, bulletin.id, which, before=wanted.before, most=wanted.limit)
    rows = _rows(caller.office, shown.articles)
    return ApiArticles.model_validate({"items": rows, "next": next_page(request, shown.before)})


@articles.get(_PATH + "/{article}", responses=problems())
def read_article(caller: Reader, bulletin: BulletinInPath, article: int, response: Response) -> ApiArticle:
    """An article with its text and findings; its ETag is the version that a change names."""
    record = _article(caller, bulletin, article)
    return _answered(caller.office, record, response)


@articles.post(_PATH + "/{article}/decision", responses=problems(412, 428))
def decide_about_article(
    caller: EditingCaller,
    bulletin: BulletinInPath,
    article: int,
    decision: ApiDecision,
    seen: SeenVersion,
    response: Response,
) -> ApiArticle:
    """Adopts, holds, returns or rejects it, or makes it a draft again. Repeated, it is 412: the version has changed."""
    wanted = DecisionRequest(
        article=_article(caller, bulletin, article).id,
        status=ArticleStatus(decision.status),
        who=caller.who,
        note=decision.note,
        department=decision.department,
        seen_version=seen,
        notify=decision.notify,
    )
    return _answered(caller.office, decide(caller.office, wanted).article, response)


@articles.post(_PATH + "/{article}/placement", responses=problems(412, 428))
def place_article(
    caller: EditingCaller,
    bulletin: BulletinInPath,
    article: int,
    placement: ApiPlacement,
    seen: SeenVersion,
    response: Response,
) -> ApiArticle:
    """Moves it within the next issue, or between that and the next supplement; not both at once."""
    office, record = caller.office, _article(caller, bulletin, article)
    moved = placement.model_copy(update={"supplement": None}).model_dump(exclude_none=True)
    if placement.supplement is not None and moved:
        raise BadUsage("一次只能做一件：改换位置，或改入、改出增刊。")
    if placement.supplement is not None:
        choose_for_supplement(office, record.id, caller.who, chosen=placement.supplement, seen=seen)
    else:
        move_article(
            office,
            record.id,
            caller.who,
            section=placement.section,
            place=placement.place,
            before=placement.before,
            seen=seen,
        )
    return _answered(office, _article(caller, bulletin, article), response)


def _article(caller: ApiCaller, bulletin: BulletinSettings, article: int) -> ArticleRecord:
    record = None
    if article in range(1, LARGEST_ID + 1):
        with caller.office.ledger.reading() as ledger:
            record = article_of_bulletin(ledger, bulletin.id, article)
    if record is None:
        raise NotFound(f"没有稿件 {article}。")
    return record


def _answered(office: Office, record: ArticleRecord, response: Response) -> ApiArticle:
    response.headers["etag"] = version_tag(record.version)
    return ApiArticle.model_validate(_rows(office, [record])[0])


def _rows(office: Office, records: Sequence[ArticleRecord]) -> list[dict[str, Any]]:
    """All at once: what is read for a page takes as long as what is read for an article."""
    rows = article_rows(office, records)
    return [{**row, "version": record.version} for row, record in zip(rows, records, strict=True)]
