"""批示 on the page of a printed article: recorded, changed and removed, and the scan of the paper."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.endorsements import Endorsement, EndorsementWords
from desk.forms import Form
from desk.page import back_to, bulletin_of, download, office_of, page, person_of
from desk.pages.article_path import ARTICLE, article_id_in_path
from desk.pages.original import original_viewer
from desk.refusals import NotFound
from desk.routes import get, post
from service.article.endorse import (
    EndorsementRequest,
    ScanUpload,
    change_endorsement,
    endorse,
    endorsement_named,
    remove_endorsement,
    scan_of,
    scan_page,
)
from service.people.access_record import HandedOut
from values.errors import BadUsage, NeedsEditor
from values.written_date import date_written

_ENDORSEMENT: Final = ARTICLE + "/endorsements/{endorsement:int}"


def add(request: Request, form: Form) -> Response:
    """Records a 批示."""
    office, article_id = office_of(request), article_id_in_path(request)
    wanted = _wanted(request, form)
    endorse(office, original_viewer(request), bulletin_of(request), article_id, wanted, who=person_of(request).who)
    return back_to(request, _place(request), "批示已保存。")


def change(request: Request, form: Form) -> Response:
    """Writes over a 批示."""
    before, wanted, who = _endorsement(request), _wanted(request, form), person_of(request).who
    change_endorsement(office_of(request), original_viewer(request), before, wanted, who=who, seen=form.seen())
    return back_to(request, _place(request), "批示已保存。")


def remove(request: Request, form: Form) -> Response:
    """Deletes a 批示 with its scan."""
    who, why = person_of(request).who, form.text("why")
    remove_endorsement(office_of(request), _endorsement(request), who=who, why=why, seen=form.seen())
    return back_to(request, _place(request), "批示已删除。")


def scan(request: Request) -> Response:
    """The scan as a page of pictures; it can be downloaded there."""
    endorsement = _endorsement(request)
    count, why_not = 0, ""
    try:
        count = scan_page(office_of(request), original_viewer(request), endorsement, 1).of
    except NeedsEditor as error:
        why_not = str(error)
    path = f"/b/{bulletin_of(request).id}/articles/{endorsement.article}/endorsements/{endorsement.id}/scan"
    return page(request, "article/scan.html", endorsement=endorsement, path=path, pages=count, why_not=why_not)


def scan_picture(request: Request) -> Response:
    """A page of the scan as a picture."""
    try:
        shown = scan_page(
            office_of(request), original_viewer(request), _endorsement(request), request.path_params["number"]
        )
    except NeedsEditor as error:
        raise NotFound(str(error)) from error
    headers = {"content-security-policy": "default-src 'none'; sandbox", "cache-control": "no-store"}
    return Response(shown.pngs[0], media_type="image/png", headers=headers)


def scan_file(request: Request) -> Response:
    """The scan as it was uploaded, as a download."""
    endorsement = _endorsement(request)
    file = scan_of(office_of(request), original_viewer(request), endorsement)
    handed_out = HandedOut(bulletin_of(request).id, f"稿件 {endorsement.article} 的批示原件", endorsement.article)
    return download(request, file.data, file.name, file.content_type, handed_out)


def _endorsement(request: Request) -> Endorsement:
    return endorsement_named(office_of(request), article_id_in_path(request), request.path_params["endorsement"])


def _place(request: Request) -> str:
    return f"/b/{bulletin_of(request).id}/articles/{request.path_params['article']}#endorsements"


def _wanted(request: Request, form: Form) -> EndorsementRequest:
    """What the form asks for. Raises BadUsage for a day that cannot be read."""
    office, file, day = office_of(request), form.file("scan"), form.text("dated")
    dated = date_written(day, office.local(office.now()).year)
    if day and dated is None:
        raise BadUsage(f"“{day}”不是日期，应写成 2022-11-08。")
    words = EndorsementWords(form.text("level"), form.text("leader"), dated, form.text("text"))
    return EndorsementRequest(words, ScanUpload(file.name, file.data) if file else None, form.flag("without_scan"))


ROUTES: Final[tuple[BaseRoute, ...]] = (
    post(ARTICLE + "/endorsements", add, adds=True),
    post(_ENDORSEMENT, change),
    post(_ENDORSEMENT + "/remove", remove),
    get(_ENDORSEMENT + "/scan", scan),
    get(_ENDORSEMENT + "/scan/file", scan_file),
    get(_ENDORSEMENT + "/scan/pages/{number:int}", scan_picture),
)
