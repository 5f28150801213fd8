"""拆分: the places are chosen first, then title, department and byline of each part. No step needs scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.articles import ArticleRecord
from archive.viewings import record_viewing
from desk.error_pages import status_of
from desk.forms import Form
from desk.page import back_to, office_of, page, person_of
from desk.pages.article_path import ARTICLE, article_in_path, article_path, note_own_change
from desk.routes import get, post
from service.article.passages import block_label
from service.article.split import NewPart, SplitRequest, split_article
from service.register.register import register_of
from values.account import Role
from values.errors import BadUsage
from values.manuscript import Block, Heading
from values.whole_number import whole_number

_MOST_PARTS: Final = 20
"""Parts of one form: as many as an issue has articles."""
_LONGEST_TITLE: Final = 60
"""Characters of a heading that is proposed as the title of the part which it begins."""


@dataclass(frozen=True, slots=True)
class PartFields:
    """The fields of a part as they are shown."""

    start: int
    """Index of the block at which it begins."""
    label: str
    """The first words of that block."""
    title: str
    department: str
    """"": that of the article."""
    byline: str
    """"": that of the article, or the name of the department."""


def choose(request: Request) -> Response:
    """?at=3&at=7: the indices of the blocks at which parts begin; without any, the places to choose from."""
    record = article_in_path(request)
    count = len(record.manuscript.blocks)
    numbers = {number for text in request.query_params.getlist("at") if (number := whole_number(text)) is not None}
    starts = sorted(number for number in numbers if 0 < number < count)[:_MOST_PARTS]
    return _page(request, record, [_proposed(record.manuscript.blocks[at], at) for at in starts])


def split(request: Request, form: Form) -> Response:
    """Fields: at, the index of the block at which each part begins; title-N, department-N and byline-N of each; why;
    version. What was typed is shown again with the reason where it is refused."""
    record, seen = article_in_path(request), form.seen()
    blocks, fields = record.manuscript.blocks, []
    for text in form.texts("at")[:_MOST_PARTS]:
        at = whole_number(text)
        if at is not None and 0 < at < len(blocks):
            title = form.text(f"title-{at}")
            more = (form.text(f"department-{at}"), form.text(f"byline-{at}"))
            fields.append(PartFields(at, block_label(blocks[at]), title, *more))
    parts = [NewPart(part.start, part.title, part.byline or None, part.department or None) for part in fields]
    wanted = SplitRequest(record.id, parts, person_of(request).who, seen, form.text("why"))
    try:
        whole, *new = split_article(office_of(request), wanted)
    except BadUsage as error:
        return _page(request, record, fields, problem=str(error), status=status_of(error))
    note_own_change(request, whole)
    _note_seen(request, new)
    numbers = "、".join(str(part.id) for part in new)
    return back_to(request, article_path(whole), f"已拆出 {len(new)} 篇：稿件 {numbers}。")


def _note_seen(request: Request, parts: Sequence[ArticleRecord]) -> None:
    """To the person who has split the article, its parts are no new texts."""
    office = office_of(request)
    with office.ledger.writing() as ledger:
        for part in parts:
            record_viewing(ledger, person_of(request).id, part.id, part.revision, at=office.now())


def _proposed(block: Block, at: int) -> PartFields:
    title = block.text if isinstance(block, Heading) and len(block.text) <= _LONGEST_TITLE else ""
    return PartFields(at, block_label(block), title.strip(), "", "")


def _page(
    request: Request, record: ArticleRecord, parts: Sequence[PartFields], *, problem: str = "", status: int = 200
) -> Response:
    office = office_of(request)
    with office.ledger.reading() as ledger:
        departments = register_of(office, ledger, office.bulletin(record.bulletin)).departments
    return page(
        request,
        "article/split.html",
        status=status,
        article=record,
        path=article_path(record),
        labels=[block_label(block) for block in record.manuscript.blocks],
        parts=parts,
        starts=[part.start for part in parts],
        departments=departments,
        problem=problem,
    )


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(f"{ARTICLE}/split", choose, role=Role.EDITOR),
    post(f"{ARTICLE}/split", split),
)
