"""Editing the text of an article: a field for each block, stored while it is typed, saved as a new revision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive import articles
from archive.articles import ArticleRecord
from desk.forms import Form
from desk.page import back_to, fragment, office_of, page, person_of
from desk.pages.article_form import KIND_NAMES, MOST_CELLS, typed_in
from desk.pages.article_path import ARTICLE, article_in_path, article_path, note_own_change, unsaved_work
from desk.pages.article_text import percents
from desk.routes import get, post
from service.article.compare import compared
from service.article.edit import edit_article
from service.article.merge import merged
from service.article.table_structure import column_count
from service.article.typed import (
    TypedArticle,
    edited,
    moved,
    table_of,
    typed_of,
    with_changed_table,
    with_paragraph_after,
    without,
)
from service.article.unsaved import UnsavedText, discard_typed, store_typed
from values.account import Role
from values.errors import BadUsage, Changed
from values.issue import ArticleStatus
from values.manuscript import Manuscript, Table

_OF_TABLES: Final = ("row-before", "row-after", "row-remove", "column-before", "column-after", "column-remove")
"""What a button of a table asks for (`service.article.table_structure`)."""


@dataclass(frozen=True, slots=True)
class _TouchedBlock:
    """The block of the form that a button has moved, or whose table it was to change."""

    key: str
    problem: str = ""
    """Why its table was not changed, in Chinese; "" where it was."""


def edit_form(request: Request) -> Response:
    """The form, with what this person has typed and not saved. ?over=3: typed over revision 3, to be continued although
    there is a later text, which the person has seen."""
    record = article_in_path(request)
    _refuse_printed(record)
    typed = unsaved_work(request, record)["typed"]
    if not isinstance(typed, UnsavedText):
        return _form(request, record, typed_of(record.manuscript), record.revision, record.version)
    if typed.revision != record.revision and request.query_params.get("over") != str(typed.revision):
        return _conflict(request, record, typed.article, typed.revision, status=200)
    return _form(request, record, typed.article, typed.revision, record.version, kept=typed)


def edit(request: Request, form: Form) -> Response:
    """Saves the text; or moves, adds or removes a block, for browsers without scripts, or a table's row or column
    (field `do`).

    What was typed is stored first: it is not lost, whatever becomes of the saving.
    """
    record, typed, over = article_in_path(request), typed_in(form), form.seen("revision")
    _refuse_printed(record)
    do, _, key = form.text("do", "save").partition(":")
    base = _revision(request, record, over)
    rearranged = _rearranged(typed, do, key)
    if rearranged is None and do in _OF_TABLES:
        key, _, index = key.partition(":")
        try:
            rearranged = _refuse_large_tables(with_changed_table(base, typed, key, f"{do}:{index}"))
        except BadUsage as error:
            store_typed(office_of(request), person_of(request).id, record.id, over, typed)
            return _form(request, record, typed, over, form.seen(), touched=_TouchedBlock(key, str(error)))
    store_typed(office_of(request), person_of(request).id, record.id, over, rearranged or typed)
    if rearranged is not None:
        return _form(request, record, rearranged, over, form.seen(), touched=_TouchedBlock(key))
    manuscript = edited(base, typed)
    try:
        return _saved(request, record, manuscript, form, over)
    except Changed:
        return _conflict(request, article_in_path(request), typed, over, status=409)


def resolve(request: Request, form: Form) -> Response:
    """Resolves a conflict with somebody else's change: "mine" is saved over it, "theirs" is left, "both" are merged."""
    record, person = article_in_path(request), person_of(request)
    _refuse_printed(record)
    typed = unsaved_work(request, record)["typed"]
    if not isinstance(typed, UnsavedText):
        raise BadUsage("没有找到您还没保存的修改，可能已在别处保存或丢弃。")
    if form.text("take") == "theirs":
        discard_typed(office_of(request), person.id, record.id)
        return back_to(request, article_path(record), "保留了现在的稿子，您的修改已丢弃。")
    base = _revision(request, record, typed.revision)
    mine, takes_mine = edited(base, typed.article), form.text("take") == "mine"
    wanted = mine if takes_mine else merged(base, mine, record.manuscript)
    if wanted is None:
        raise BadUsage("两边改了同一处，不能自动合并，请接着编辑。")
    try:
        return _saved(request, record, wanted, form, typed.revision if takes_mine else None)
    except Changed:
        return _conflict(request, article_in_path(request), typed.article, typed.revision, status=409)


def _saved(request: Request, record: ArticleRecord, wanted: Manuscript, form: Form, over: int | None) -> Response:
    office, person = office_of(request), person_of(request)
    seen, why = form.seen(), form.text("why")
    after = edit_article(office, record.id, wanted, person.who, seen=seen, typed_over=over, why=why)
    note_own_change(request, after)
    discard_typed(office, person.id, record.id)
    message = f"已保存为第 {after.revision} 稿。" if after.revision != record.revision else "没有改动，不用保存。"
    return back_to(request, article_path(record) + "#text", message)


def keep(request: Request, form: Form) -> Response:
    """Stores what is being typed; the page's script sends it every few seconds."""
    record = article_in_path(request)
    office, person = office_of(request), person_of(request)
    store_typed(office, person.id, record.id, form.number("revision") or record.revision, typed_in(form))
    newer = record.revision != form.number("revision") and record.version != form.number("version")
    return fragment(
        request, "article/_kept.html", article=record, at=office.now(), newer=newer, **unsaved_work(request, record)
    )


def forget(request: Request, _form: Form) -> Response:
    """Discards what was typed and not saved."""
    record = article_in_path(request)
    discard_typed(office_of(request), person_of(request).id, record.id)
    return back_to(request, article_path(record), "没有保存的修改已丢弃。")


def _rearranged(typed: TypedArticle, do: str, key: str) -> TypedArticle | None:
    """The form after moving, adding or removing a block; None where nothing of that is asked for."""
    match do:
        case "up":
            return moved(typed, key, -1)
        case "down":
            return moved(typed, key, 1)
        case "add":
            return with_paragraph_after(typed, key)
        case "remove":
            return without(typed, key)
        case _:
            return None


def _refuse_large_tables(typed: TypedArticle) -> TypedArticle:
    """The form itself. Raises BadUsage for more cells than it may have."""
    if sum(len(row) for block in typed.blocks for row in block.cells) > MOST_CELLS:
        raise BadUsage(f"全稿的表格最多 {MOST_CELLS} 格，没有再加。")
    return typed


def _form(
    request: Request,
    record: ArticleRecord,
    typed: TypedArticle,
    over: int,
    version: int,
    *,
    kept: UnsavedText | None = None,
    touched: _TouchedBlock | None = None,
) -> Response:
    """The page with the form.

    over: number of the revision whose blocks the form's keys refer to. version: of the article as this person has seen
    it. kept: what was typed earlier, None where the form shows the saved text. touched: by a button, None for no
    block.
    """
    base = _revision(request, record, over)
    cells = sum(len(row) for block in base.blocks if isinstance(block, Table) for row in block.rows)
    return page(
        request,
        "article/edit.html",
        status=400 if touched and touched.problem else 200,
        problem=touched.problem if touched else "",
        tables={block.key: table for block in typed.blocks if (table := table_of(base, block)) is not None},
        column_count=column_count,
        article=record,
        path=article_path(record),
        base=base,
        form=typed,
        over=over,
        version=version,
        kept=kept,
        place=touched.key if touched else "",
        kinds=KIND_NAMES,
        percents=percents,
        tables_fit=cells <= MOST_CELLS,
        others=unsaved_work(request, record)["others"],
    )


def _conflict(request: Request, record: ArticleRecord, typed: TypedArticle, over: int, *, status: int) -> Response:
    """Somebody else has changed the text meanwhile: shows both texts and asks the person what to do."""
    base = _revision(request, record, over)
    mine = edited(base, typed)
    return page(
        request,
        "article/conflict.html",
        status=status,
        article=record,
        path=article_path(record),
        over=over,
        rows=compared(record.manuscript, mine),
        theirs=compared(base, record.manuscript),
        can_merge=merged(base, mine, record.manuscript) is not None,
    )


def _revision(request: Request, record: ArticleRecord, number: int) -> Manuscript:
    if number == record.revision:
        return record.manuscript
    with office_of(request).ledger.reading() as ledger:
        return articles.revision_numbered(ledger, record.id, number).manuscript


def _refuse_printed(record: ArticleRecord) -> None:
    if record.status is ArticleStatus.PUBLISHED:
        raise BadUsage(f"稿件 {record.id} 已在第 {record.issue} 期刊发，不能再改；有误请在下一期更正。")


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(ARTICLE + "/edit", edit_form, role=Role.EDITOR),
    post(ARTICLE + "/edit", edit),
    post(ARTICLE + "/edit/resolve", resolve),
    post(ARTICLE + "/unsaved", keep),
    post(ARTICLE + "/unsaved/forget", forget),
)
