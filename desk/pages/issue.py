"""本期: the issue as it stands, its articles in order beside the pages as they will print."""

from __future__ import annotations

from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import bulletin_of, fragment, office_of, page, person_of
from desk.pages.article_of import id_of
from desk.pages.issue_board import both, done, is_supplement, path_of, press_of, refusing_kindly, shown, view_of
from desk.routes import get, post
from service.article.edit import edit_title
from service.issue.arrange import arrange, choose_for_supplement, move_article, section_title
from service.issue.moves import Place
from service.issue.prepare import set_date, write_editors_note
from service.issue.preview import preview
from values.errors import BadUsage
from values.whole_number import whole_number

_PLACES: Final[dict[str, tuple[Place, str]]] = {
    "up": ("up", "已在最前面"),
    "down": ("down", "已在最后面"),
    "first": ("first", "已在最前面"),
    "last": ("last", "已在最后面"),
}


def issue_page(request: Request) -> Response:
    return page(request, "issue.html", **shown(request))


def issue_list(request: Request) -> Response:
    """The list anew, after something has changed. What was said about the last action stays."""
    return fragment(request, "issue/_answer.html", told=None, tone="", oob=True, **shown(request))


def arrange_issue(request: Request, form: Form) -> Response:
    """What was dragged: every article as "id:version:section", in the order in which they now stand."""
    bulletin = bulletin_of(request)
    layout: dict[str, list[int]] = {}
    seen: dict[int, int] = {}
    for one in form.texts("article"):
        id, version, section = one.split(":", 2) if one.count(":") >= 2 else ("", "", "")
        article_id, seen_version = whole_number(id), whole_number(version)
        if article_id is None or seen_version is None:
            raise BadUsage("排序没有说清楚，请刷新后再排。")
        layout.setdefault(section, []).append(article_id)
        seen[article_id] = seen_version
    moved = arrange(office_of(request), bulletin, list(layout.items()), person_of(request).who, seen=seen)
    return done(request, _where(request, moved[0]) if moved else "")


def move(request: Request, form: Form) -> Response:
    """Up, down, into another section, or back to where the office's order puts it."""
    office, who, id = office_of(request), person_of(request).who, id_of(request)
    version, wanted = form.number("version"), form.text("place")
    if wanted in _PLACES:
        place, nowhere = _PLACES[wanted]
        moved = move_article(office, id, who, place=place, seen=version)
        return done(request, _where(request, id) if moved else nowhere)
    if wanted == "section":
        moved = move_article(office, id, who, section=form.text("section"), place="last", seen=version)
        return done(request, _where(request, id) if moved else "已在这个栏目")
    if wanted == "office":
        move_article(office, id, who, seen=version)
        return done(request, _where(request, id))
    raise BadUsage("没有说要移到哪里。")


def retitle(request: Request, form: Form) -> Response:
    id, title = id_of(request), form.text("title")
    edited = edit_title(office_of(request), id, title, person_of(request).who, seen=form.number("version"))
    return done(request, f"标题已改为《{edited.manuscript.title}》")


def issue_preview(request: Request) -> Response:
    """The pages, or the sheet of paper that stands for them; nothing when both list and pages are what is shown."""
    office, bulletin = office_of(request), bulletin_of(request)
    view = view_of(request)
    made = preview(office, press_of(request), bulletin, view.now)
    asked = request.query_params
    if (asked.get("key"), asked.get("mark"), asked.get("state")) == (view.now.key, view.mark, made.state):
        return Response(status_code=204)
    return fragment(request, "issue/_pages.html", view=view, preview=made, oob=False, base=path_of(request))


def _where(request: Request, article: int) -> str:
    """Where an article stands, for somebody who does not see it move."""
    for section in view_of(request).sections:
        for place, row in enumerate(section.rows, 1):
            if row.id == article:
                return f"《{row.title}》现在是“{section_title(section.name)}”第 {place} 篇"
    return "已移动"


def lay_down(request: Request, form: Form) -> Response:
    """The date and the 按语 of the issue."""
    office, bulletin, who = office_of(request), bulletin_of(request), person_of(request).who
    supplement, said = is_supplement(request), form.text("dated")
    try:
        dated = date.fromisoformat(said) if said else None
    except ValueError:
        raise BadUsage(f"“{said}”不是日期，请写成 2022-11-08 的样子。") from None
    made = set_date(office, bulletin, dated, who, seen=form.number("version"), supplement=supplement)
    note = form.text("editors_note")
    write_editors_note(office, bulletin, note, who, seen=made.version, supplement=supplement)
    return done(request, "日期、按语已记下")


def for_supplement(request: Request, form: Form) -> Response:
    """Into the supplement, or back into the ordinary issue."""
    id, chosen = id_of(request), form.flag("chosen")
    made = choose_for_supplement(
        office_of(request), id, person_of(request).who, chosen=chosen, seen=form.number("version")
    )
    return done(request, f"《{made.manuscript.title}》{'改入增刊' if chosen else '改回普通一期'}")


ROUTES: Final[tuple[BaseRoute, ...]] = (
    *(get(path, issue_page) for path in both("")),
    *(get(path, issue_list) for path in both("/list")),
    *(get(path, issue_preview) for path in both("/preview")),
    *(post(path, refusing_kindly(arrange_issue)) for path in both("/arrange")),
    *(post(path, refusing_kindly(lay_down)) for path in both("/prepare")),
    *(post(path, refusing_kindly(move)) for path in both("/articles/{article:int}/move")),
    *(post(path, refusing_kindly(retitle)) for path in both("/articles/{article:int}/title")),
    *(post(path, refusing_kindly(for_supplement)) for path in both("/articles/{article:int}/supplement")),
)
