"""统计: the articles sent and printed of each department, as a table, charts and a workbook; the report."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.statistics import last_arrival
from desk.forms import Form
from desk.page import back_to, bulletin_of, download, office_of, page, person_of
from desk.refusals import NotFound
from desk.routes import get, post
from service.figures.adoption_report import report_adoption, report_section
from service.figures.department_articles import articles_of_department
from service.figures.points import how_points_are_given
from service.figures.statistics import groups_of, months_before, statistics_of
from service.figures.upper_adoption import upper_adoptions_in
from service.issue.arrange import ORDINARY
from service.office import Office
from service.people.access_record import HandedOut
from settings.model import BulletinSettings
from values.errors import BadUsage
from values.period import Period, month_of, period_between, period_of, quarter_of, year_of

_TITLE: Final = "信息采用情况统计"


def statistics(request: Request) -> Response:
    """The figures of a period. ?order=points sorts departments by points."""
    office, bulletin = office_of(request), bulletin_of(request)
    period = period_in(office, request)
    figures = statistics_of(office, bulletin, period)
    by_rank = figures.scored and request.query_params.get("order") == "points"
    today = office.local(office.now()).date()
    return page(
        request,
        "statistics.html",
        figures=figures,
        groups=groups_of(figures.ranked if by_rank else figures.lines),
        by_rank=by_rank,
        upper_levels=tuple(dict.fromkeys((*bulletin.adopting_levels, *figures.total.upper))),
        period=period,
        choices=_choices(office),
        months=months_before(office, bulletin, min(period.last, today)),
        how=how_counted(bulletin),
        latest=_latest(office, bulletin) if figures.is_empty else None,
        place=report_section(bulletin) or ORDINARY,
        base=_base(bulletin),
    )


def workbook(request: Request) -> Response:
    """The table as an .xlsx workbook."""
    from service.figures.statistics_workbook import CONTENT_TYPE, workbook_of  # loads openpyxl

    office, bulletin = office_of(request), bulletin_of(request)
    period = period_in(office, request)
    figures = statistics_of(office, bulletin, period)
    upper = upper_adoptions_in(office, bulletin, period.first, period.last)
    data = workbook_of(figures, _TITLE, bulletin.levels, how_counted(bulletin), upper)
    name = f"{_TITLE}（{period.label}）"
    return download(request, data, f"{name}.xlsx", CONTENT_TYPE, HandedOut(bulletin.id, name, ""))


def department_statistics(request: Request) -> Response:
    """The articles that a department's figures count, with the 批示 on them."""
    office, bulletin = office_of(request), bulletin_of(request)
    period, name = period_in(office, request), request.path_params["department"]
    listed = articles_of_department(office, bulletin, name, period)
    lines = statistics_of(office, bulletin, period).lines
    line = next((line for line in lines if line.department == name), None)
    if line is None:
        raise NotFound(f"名录里没有“{name}”，{period.label}也没有它的稿件。")
    return page(
        request,
        "statistics/department.html",
        line=line,
        period=period,
        listed=listed,
        scored=bulletin.points is not None,
        counts_endorsements=bulletin.counts_endorsements,
        levels=bulletin.levels,
        base=_base(bulletin),
    )


def make_report(request: Request, form: Form) -> Response:
    """Makes the report of a period an article of the next issue."""
    office, bulletin = office_of(request), bulletin_of(request)
    period = period_of(form.text("period"))
    if period is None:
        raise BadUsage("没有选定统计的期间；请回到统计页，选好期间再生成通报。")
    reported = report_adoption(office, bulletin, period, who=person_of(request).who)
    title = reported.article.manuscript.title
    action = "已生成" if reported.created else "已按最新数字更新" if reported.changed else "数字没有变化，仍是原来的"
    message = f"{action}《{title}》，会编入下一期的“{reported.article.section or ORDINARY}”。"
    return back_to(request, f"/b/{bulletin.id}/articles/{reported.article.id}", message)


def how_counted(bulletin: BulletinSettings) -> str:
    """How the figures are counted: sentences below the table and in the workbook."""
    endorsed = "，批示按登记日期" if bulletin.counts_endorsements else ""
    return (
        f"报送按来稿日期，采用按期刊日期{endorsed}，约稿按截稿时间统计；同一稿件反复报送只计 1 条。"
        "采用率：这期间的来稿中，到现在已刊发的所占的比例。上级采用按上级刊物的日期另行统计。"
        + how_points_are_given(bulletin)
    )


def _base(bulletin: BulletinSettings) -> str:
    return f"/b/{bulletin.id}/statistics"


def period_in(office: Office, request: Request) -> Period:
    """The period by ?from= and ?to= or ?period=; this month where neither is valid."""
    query = request.query_params
    between = period_between(query.get("from", ""), query.get("to", ""))
    return between or period_of(query.get("period", "")) or month_of(office.local(office.now()).date())


def _choices(office: Office) -> tuple[tuple[str, Period], ...]:
    today = office.local(office.now()).date()
    month, quarter, year = month_of(today), quarter_of(today), year_of(today)
    return (
        ("本月", month),
        ("上月", month.before),
        ("本季度", quarter),
        ("上季度", quarter.before),
        ("今年", year),
        ("去年", year.before),
    )


def _latest(office: Office, bulletin: BulletinSettings) -> Period | None:
    """The month in which the last article was received, None when there has been none."""
    with office.ledger.reading() as ledger:
        last = last_arrival(ledger, bulletin.id)
    return month_of(office.local(last).date()) if last else None


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/b/{bulletin}/statistics", statistics),
    get("/b/{bulletin}/statistics/table.xlsx", workbook),
    get("/b/{bulletin}/statistics/of/{department:path}", department_statistics),
    post("/b/{bulletin}/statistics/report", make_report),
)
