"""What views answer with (pages, fragments for htmx, redirections, downloads) and what they read from a request."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote, unquote

import structlog
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from archive.renaming import id_since
from desk.csrf_mask import masked
from desk.navigation import home, links
from desk.refusals import BulletinRenamed, LogInFirst, NotFound
from desk.session import DeskSession, cookie_names
from service.health.activity import Activity
from service.office import Office
from service.people.access_record import HandedOut, record_download
from settings.model import BulletinSettings
from values.account import Person
from values.errors import StorageFailed

_log = structlog.get_logger(__name__)

_LONGEST_MESSAGE: Final = 400
"""Characters of the sentence in the cookie: nine bytes each when quoted, within the 4,096 of RFC 6265 section 6.1."""
_UNDO_MARK: Final = "|"
"""Between the message in the cookie, in which it is quoted, and the decisions that may be taken back."""
_UNDO: Final = re.compile(r"[0-9]{1,12}:[0-9]{1,12}")
_MOST_UNDONE: Final = 40
"""Decisions in the cookie: ten bytes each, beside a message within the same 4,096. More are undone one by one."""
_MESSAGE_SECONDS: Final = 60
"""After that the browser drops the sentence: the next page was never asked for."""
_LONGEST_NAME: Final = 150
"""Characters of a download's name, from its end: below the 255 bytes of most file systems in any script."""
_UNSAFE_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|]')


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A whole page: a template that extends base.html. It shows the message of `back_to`."""
    office, session = office_of(request), _visit(request)
    names = cookie_names(office)
    quoted, _, offered = request.cookies.get(names.message, "").partition(_UNDO_MARK)
    message = unquote(quoted)[:_LONGEST_MESSAGE]
    frame = {**_frame(request, session), "message": message, "undo": _UNDO.findall(offered)}
    html = _environment(request).get_template(template).render(**frame, **values)
    response = HTMLResponse(html, status)
    if session.csrf != session.cookie_csrf:
        response.set_cookie(names.csrf, session.csrf, httponly=True, samesite="strict", secure=names.secure)
    if message:
        response.delete_cookie(names.message, httponly=True, samesite="strict", secure=names.secure)
    return response


def fragment(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A part of a page, by which htmx replaces an older one."""
    html = _environment(request).get_template(template).render(**_frame(request, _visit(request)), **values)
    return HTMLResponse(html, status)


def back_to(request: Request, path: str, message: str = "", *, undo: Sequence[str] = ()) -> Response:
    """The answer to a form: a redirection to the page at `path`, which shows the message once. htmx is redirected as a
    whole. undo: decisions that the page offers to take back, as "article:version" (desk.pages.issue_several)."""
    path = path if is_path_of_ours(path) else "/"
    response: Response = RedirectResponse(path, 303)
    if is_htmx(request):
        response = Response(status_code=200, headers={"HX-Redirect": quote(path, safe="/?&=#%:+,;@")})
    if message:
        names = cookie_names(office_of(request))
        response.set_cookie(
            names.message,
            _UNDO_MARK.join([quote(message[:_LONGEST_MESSAGE]), ",".join(undo[:_MOST_UNDONE])]),
            max_age=_MESSAGE_SECONDS,
            httponly=True,
            samesite="strict",
            secure=names.secure,
        )
    return response


def download(
    request: Request, data: bytes, name: str, content_type: str, handed_out: HandedOut, *, who: str = ""
) -> Response:
    """A file that the browser saves; inert even where a browser shows it all the same. Each download stands in the
    record; a full disk keeps nobody from the file, and is logged. who: name of the person, "" for the one logged in."""
    try:
        record_download(office_of(request), who or person_of(request).who, handed_out)
    except StorageFailed as error:
        _log.warning("download not recorded", what=handed_out.summary, error=str(error))
    return file_response(data, name, content_type)


def file_response(data: bytes, name: str, content_type: str) -> Response:
    """A file under a name that is harmless wherever the browser saves it."""
    headers = {
        "content-disposition": _disposition(name),
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return Response(data, media_type=content_type, headers=headers)


def is_htmx(request: Request) -> bool:
    """Whether the page's script sends the request, and takes a fragment for an answer."""
    return request.headers.get("hx-request") == "true"


def is_path_of_ours(path: str) -> bool:
    """Whether a browser that is redirected there stays on this host: no host is named, nor can one be read into it."""
    return path.startswith("/") and not path.startswith("//") and "\\" not in path and min(path) > " "


def office_of(request: Request) -> Office:
    """The parts of the service: settings, ledger, stores and clock."""
    office = request.app.state.office
    assert isinstance(office, Office)
    return office


def activity_of(request: Request) -> Activity:
    """When the service last polled, and when its clock last ticked."""
    activity = request.app.state.activity
    assert isinstance(activity, Activity)
    return activity


def person_of(request: Request) -> Person:
    """The person who is logged in. Raises LogInFirst where nobody is, on a page that is for everybody."""
    person = _visit(request).person
    if person is None:
        raise LogInFirst("请先登录。")
    return person


def bulletin_of(request: Request) -> BulletinSettings:
    """The bulletin in the path. Raises NotFound, BulletinRenamed."""
    office, id = office_of(request), request.path_params["bulletin"]
    bulletin = office.settings.bulletin(id)
    if bulletin is not None:
        return bulletin
    with office.ledger.reading() as ledger:
        now = id_since(ledger, id, 0)
    if office.settings.bulletin(now) is None:
        raise NotFound("没有这个刊物。")
    raise BulletinRenamed(f"刊物 {id} 改名为 {now} 了，刚才的操作没有执行。请在新的页面上再做一次。", id, now)


def _frame(request: Request, session: DeskSession) -> dict[str, Any]:
    """The values that base.html and the macros need."""
    bulletins = office_of(request).settings.bulletins
    in_path = request.path_params.get("bulletin")
    here = next((bulletin for bulletin in bulletins if bulletin.id == in_path), bulletins[0])
    roles, person = request.app.state.roles, session.person
    return {
        "person": person,
        "csrf_token": masked(session.csrf),
        "here": here,
        "shown_path": request.url.path,
        "tabs": links(roles, person, here.id, request.url.path) if person else (),
        "bulletins": [(bulletin, home(roles, person, bulletin.id)) for bulletin in bulletins] if person else (),
    }


def _visit(request: Request) -> DeskSession:
    """Nobody's for a request that never reached a guard, such as one for an unknown path."""
    session = getattr(request.state, "session", None)
    return session if isinstance(session, DeskSession) else DeskSession(None, None, "", "", "")


def _environment(request: Request) -> Environment:
    environment = request.app.state.environment
    assert isinstance(environment, Environment)
    return environment


def _disposition(name: str) -> str:
    """RFC 6266: an ASCII name for old browsers and the full one in UTF-8, without direction marks that disguise it."""
    printable = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))
    kept = _UNSAFE_IN_NAMES.sub("_", unicodedata.normalize("NFC", printable)).strip(". ")[-_LONGEST_NAME:] or "file"
    plain = "".join(c if c.isascii() and c not in ";%'" else "_" for c in kept)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(kept, safe='')}"
