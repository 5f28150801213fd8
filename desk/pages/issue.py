"""本期: the articles of the next issue in order, next to its pages as they would be printed now."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import activity_of, bulletin_of, fragment, office_of, page, person_of
from desk.pages.article_path import article_id_in_path, note_own_change
from desk.pages.issue_board import (
    answering_refusals,
    board_answer,
    board_values,
    is_supplement,
    issue_path,
    issue_paths,
    page_mark,
    page_renderer_of,
    view_of,
)
from desk.routes import get, post
from service.article.edit import edit_title
from service.health.state import urgent_alarms
from service.issue.arrange import arrange, choose_for_supplement, move_article, section_title
from service.issue.desk_issue import IssueView
from service.issue.moves import Place
from service.issue.prepare import set_date, set_responsible_editor, write_editors_note
from service.issue.preview import preview
from values.errors import BadUsage
from values.whole_number import whole_number
from values.written_date import date_written

_PLACES: Final[dict[str, tuple[Place, str]]] = {
    "up": ("up", "已在最前面"),
    "down": ("down", "已在最后面"),
    "first": ("first", "已在最前面"),
    "last": ("last", "已在最后面"),
}


def issue_page(request: Request) -> Response:
    """The page of 本期 or of the supplement."""
    return page(request, "issue.html", **board_values(request))


def issue_list(request: Request) -> Response:
    """The list after a change. The message about the last action stays on the page."""
    return fragment(request, "issue/_answer.html", message=None, tone="", undo=(), oob=True, **board_values(request))


def arrange_issue(request: Request, form: Form) -> Response:
    """After dragging: every article as "id:version:section", in the new order."""
    bulletin = bulletin_of(request)
    layout: dict[str, list[int]] = {}
    seen: dict[int, int] = {}
    for entry in form.texts("article"):
        id, version, section = entry.split(":", 2) if entry.count(":") >= 2 else ("", "", "")
        article_id, seen_version = whole_number(id), whole_number(version)
        if article_id is None or seen_version is None:
            raise BadUsage("排序没有说清楚，请刷新后再排。")
        layout.setdefault(section, []).append(article_id)
        seen[article_id] = seen_version
    moved = arrange(office_of(request), bulletin, list(layout.items()), person_of(request).who, seen=seen)
    return _moved_answer(request, moved[0]) if moved else board_answer(request, "")


def move(request: Request, form: Form) -> Response:
    """Moves an article up, down, to a place by its number, into another section, or back to the office's order."""
    office, who, id = office_of(request), person_of(request).who, article_id_in_path(request)
    version, wanted = form.seen(), form.text("place")
    if wanted in _PLACES:
        place, unmoved = _PLACES[wanted]
        moved = move_article(office, id, who, place=place, seen=version)
        return _moved_answer(request, id) if moved else board_answer(request, unmoved)
    if wanted == "section":
        moved = move_article(office, id, who, section=form.text("section"), place="last", seen=version)
        return _moved_answer(request, id) if moved else board_answer(request, "已在这个栏目")
    if wanted == "number":
        moved = move_article(office, id, who, place=form.number("number") or 0, seen=version)
        return _moved_answer(request, id) if moved else board_answer(request, "已在这个位置")
    if wanted == "office":
        move_article(office, id, who, seen=version)
        return _moved_answer(request, id)
    raise BadUsage("没有说要移到哪里。")


def retitle(request: Request, form: Form) -> Response:
    """Changes the title of an article."""
    id, title = article_id_in_path(request), form.text("title")
    edited = edit_title(office_of(request), id, title, person_of(request).who, seen=form.seen())
    note_own_change(request, edited)
    return board_answer(request, f"标题已改为《{edited.manuscript.title}》")


def issue_preview(request: Request) -> Response:
    """The pages as pictures or, until there are any, as text; 204 when list and pages are the ones that are shown."""
    office, bulletin = office_of(request), bulletin_of(request)
    view = view_of(request)
    pages = preview(office, page_renderer_of(request), bulletin, view.now)
    mark = page_mark(view, urgent_alarms(office, activity_of(request), bulletin))
    shown = request.query_params
    if (shown.get("key"), shown.get("mark"), shown.get("state")) == (view.now.key, mark, pages.state):
        return Response(status_code=204)
    values: dict[str, Any] = {"view": view, "mark": mark, "preview": pages, "oob": False, "base": issue_path(request)}
    return fragment(request, "issue/_pages.html", **values)


def _moved_answer(request: Request, article_id: int) -> Response:
    """Reports the new place of an article in words, for people who do not see it move."""
    view = view_of(request)
    return board_answer(request, _place_sentence(view, article_id), view)


def _place_sentence(view: IssueView, article_id: int) -> str:
    for section in view.sections:
        for place, row in enumerate(section.rows, 1):
            if row.id == article_id:
                return f"《{row.title}》现在是“{section_title(section.name)}”第 {place} 篇"
    return "已移动"


def prepare(request: Request, form: Form) -> Response:
    """Sets the date, the 责任编辑 and the 按语 of the issue."""
    office, bulletin, who = office_of(request), bulletin_of(request), person_of(request).who
    supplement, typed_date = is_supplement(request), form.text("dated")
    dated = date_written(typed_date, office.local(office.now()).year)
    if typed_date and dated is None:
        raise BadUsage(f"“{typed_date}”不是日期，请写成 2022-11-08 或 11月8日 的样子。")
    dated_preparation = set_date(office, bulletin, dated, who, seen=form.seen(), supplement=supplement)
    version = dated_preparation.version
    if "responsible_editor" in form.fields:
        name = form.text("responsible_editor")
        version = set_responsible_editor(office, bulletin, name, who, seen=version, supplement=supplement).version
    note = form.text("editors_note")
    write_editors_note(office, bulletin, note, who, seen=version, supplement=supplement)
    return board_answer(request, "日期、责任编辑、按语已记下")


def for_supplement(request: Request, form: Form) -> Response:
    """Moves an article into the supplement, or back into the ordinary issue."""
    id, chosen = article_id_in_path(request), form.flag("chosen")
    article = choose_for_supplement(office_of(request), id, person_of(request).who, chosen=chosen, seen=form.seen())
    return board_answer(request, f"《{article.manuscript.title}》{'改入增刊' if chosen else '改回普通一期'}")


ROUTES: Final[tuple[BaseRoute, ...]] = (
    *(get(path, issue_page) for path in issue_paths("")),
    *(get(path, issue_list, by_itself=True) for path in issue_paths("/list")),
    *(get(path, issue_preview, by_itself=True) for path in issue_paths("/preview")),
    *(post(path, answering_refusals(arrange_issue)) for path in issue_paths("/arrange")),
    *(post(path, answering_refusals(prepare)) for path in issue_paths("/prepare")),
    *(post(path, answering_refusals(move)) for path in issue_paths("/articles/{article:int}/move")),
    *(post(path, answering_refusals(retitle)) for path in issue_paths("/articles/{article:int}/title")),
    *(post(path, answering_refusals(for_supplement)) for path in issue_paths("/articles/{article:int}/supplement")),
)
