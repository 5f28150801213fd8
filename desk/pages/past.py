"""往期: the signed-off issues by year, what was printed in each, and the files."""

from __future__ import annotations

from datetime import MAXYEAR
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.page import bulletin_of, download, office_of, page
from desk.refusals import NotFound
from desk.routes import get
from service.issue.first_pages import FirstPages
from service.issue.past_issues import file_of, past_issue, past_year
from service.people.access_record import HandedOut
from values.whole_number import whole_number


def past_list(request: Request) -> Response:
    """?year= another year than the latest one."""
    year = whole_number(request.query_params.get("year", ""), MAXYEAR)
    return page(request, "past/list.html", past=past_year(office_of(request), bulletin_of(request), year))


def past_page(request: Request) -> Response:
    """A signed-off or discarded issue with its articles and files."""
    past = past_issue(office_of(request), bulletin_of(request), request.path_params["issue"])
    if past is None:
        raise NotFound("没有这一期，或者它还没有签发。")
    return page(request, "past/issue.html", past=past)


def first_page(request: Request) -> Response:
    """The first page of a signed-off issue as a small picture. It is fetched after the page that shows it, with
    no-store: the picture goes when its PDF goes."""
    pictures = request.app.state.first_pages
    assert isinstance(pictures, FirstPages)
    picture = pictures.picture(office_of(request), bulletin_of(request), request.path_params["issue"])
    if picture is None:
        raise NotFound("这一期没有首页的图。")
    return Response(picture, media_type="image/webp")


def past_file(request: Request) -> Response:
    """A file of an issue by its kind; the ledger has its path."""
    params, bulletin = request.path_params, bulletin_of(request)
    file = file_of(office_of(request), bulletin, params["issue"], params["kind"])
    if file is None:
        raise NotFound("这一期没有这种文件。")
    handed_out = HandedOut(bulletin.id, f"{file.label}的 {params['kind']} 文件", params["issue"])
    return download(request, file.data, file.name, file.content_type, handed_out)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get("/b/{bulletin}/past", past_list),
    get("/b/{bulletin}/past/{issue:int}", past_page),
    get("/b/{bulletin}/past/{issue:int}/first-page", first_page),
    get("/b/{bulletin}/past/{issue:int}/{kind}", past_file),
)
