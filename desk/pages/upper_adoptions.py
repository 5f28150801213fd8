"""上级采用: at a printed article, as a list of a period, and read from a 通报."""

from __future__ import annotations

from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.upper_adoptions import NewUpperAdoption
from desk.forms import Form
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.pages.article_path import ARTICLE, article_id_in_path
from desk.pages.original import original_viewer
from desk.pages.statistics import period_in
from desk.routes import get, post
from service.figures.upper_adoption import (
    NoticeSource,
    matches_in,
    record_upper_adoptions,
    remove_upper_adoption,
    upper_adoptions_in,
)
from service.office import Office
from values.errors import BadUsage
from values.upper_adoption import AdoptedAs
from values.whole_number import whole_number
from values.written_date import date_written

_LIST: Final = "/b/{bulletin}/statistics/upper"


def upper_list(request: Request) -> Response:
    """The adoptions of a period, and the form for a 通报. ?letter= the id of the letter that is one."""
    office, bulletin = office_of(request), bulletin_of(request)
    period = period_in(office, request)
    return page(
        request,
        "statistics/upper.html",
        period=period,
        adoptions=upper_adoptions_in(office, bulletin, period.first, period.last),
        levels=bulletin.adopting_levels,
        letter=whole_number(request.query_params.get("letter", "")),
        today=office.local(office.now()).date(),
    )


def read_notice(request: Request, form: Form) -> Response:
    """The titles of a 通报 with the articles that they seem to be; nothing is recorded yet."""
    office, bulletin, file = office_of(request), bulletin_of(request), form.file("file")
    level, publication, dated = form.text("level"), form.text("publication"), _day(office, form.text("dated"))
    source = NoticeSource(form.text("pasted"), (file.name, file.data) if file else None, form.number("letter"))
    return page(
        request,
        "statistics/upper_matches.html",
        matches=matches_in(office, original_viewer(request), bulletin, source),
        levels=bulletin.adopting_levels,
        level=level,
        publication=publication,
        dated=dated,
    )


def take_matches(request: Request, form: Form) -> Response:
    """Records the matches that were ticked. Each row's fields have its number behind their names."""
    office, adoptions = office_of(request), []
    for row in form.texts("take"):
        article = form.number(f"article-{row}")
        if article is None:
            raise BadUsage("表单不完整，没有登记；请再读一遍通报。")
        adoptions.append(_adoption(office, form, article, f"-{row}"))
    if not adoptions:
        raise BadUsage("一条也没有选，没有登记。")
    added = record_upper_adoptions(office, bulletin_of(request), adoptions, who=person_of(request).who)
    again = len(adoptions) - added
    message = f"登记了 {added} 条上级采用。" + (f"另有 {again} 条早已登记。" if again else "")
    year = max(adoption.dated for adoption in adoptions).year
    return back_to(request, f"/b/{bulletin_of(request).id}/statistics/upper?period={year}", message)


def add(request: Request, form: Form) -> Response:
    """Records an adoption at the article's page."""
    office, article_id = office_of(request), article_id_in_path(request)
    adoption = _adoption(office, form, article_id, "")
    added = record_upper_adoptions(office, bulletin_of(request), [adoption], who=person_of(request).who)
    return back_to(request, _place(request), "上级采用已保存。" if added else "这一条早已登记。")


def remove(request: Request, form: Form) -> Response:
    """Deletes an adoption."""
    article_id, adoption = article_id_in_path(request), request.path_params["adoption"]
    who, why = person_of(request).who, form.text("why")
    remove_upper_adoption(office_of(request), bulletin_of(request), article_id, adoption, who=who, why=why)
    return back_to(request, _place(request), "上级采用已删除。")


def _adoption(office: Office, form: Form, article_id: int, row: str) -> NewUpperAdoption:
    """row: what the names of the fields end with."""
    dated = _day(office, form.text(f"dated{row}"))
    if dated is None:
        raise BadUsage("请写明采用的日期，如 2022-11-08。")
    adopted_as = form.text(f"adopted_as{row}")
    return NewUpperAdoption(
        article_id,
        form.text(f"level{row}"),
        form.text(f"publication{row}"),
        dated,
        AdoptedAs(adopted_as) if adopted_as in set(AdoptedAs) else AdoptedAs.UNSAID,
        form.text(f"title{row}"),
    )


def _day(office: Office, text: str) -> date | None:
    """None for an empty field. Raises BadUsage for one that is no day."""
    day = date_written(text, office.local(office.now()).year)
    if text and day is None:
        raise BadUsage(f"“{text}”不是日期，应写成 2022-11-08。")
    return day


def _place(request: Request) -> str:
    return f"/b/{bulletin_of(request).id}/articles/{request.path_params['article']}#upper"


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(_LIST, upper_list),
    post(_LIST + "/read", read_notice),
    post(_LIST + "/take", take_matches, adds=True),
    post(ARTICLE + "/upper", add, adds=True),
    post(ARTICLE + "/upper/{adoption:int}/remove", remove),
)
