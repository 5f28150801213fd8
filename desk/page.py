"""What views answer with: pages, fragments for htmx, redirections, downloads; and what they ask of a request."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final
from urllib.parse import quote, unquote

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from desk.navigation import home, links
from desk.refusals import LogInFirst, NotFound
from desk.visit import Visit, cookie_names
from service.health.activity import Activity
from service.office import Office
from settings.model import BulletinSettings
from values.account import Person

_LONGEST_SAID: Final = 400
_SAID_SECONDS: Final = 60
_UNSAFE_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|]')


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A whole page: a template that extends base.html. What `back_to` had to say stands on it."""
    office, visit = office_of(request), _visit(request)
    names = cookie_names(office)
    said = unquote(request.cookies.get(names.said, ""))[:_LONGEST_SAID]
    html = _environment(request).get_template(template).render(**_around(request, visit), said=said, **values)
    response = HTMLResponse(html, status)
    if visit.csrf != visit.shown_csrf:
        response.set_cookie(names.csrf, visit.csrf, httponly=True, samesite="strict", secure=names.secure)
    if said:
        response.delete_cookie(names.said, httponly=True, samesite="strict", secure=names.secure)
    return response


def fragment(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A piece of a page, as htmx puts it in the place of an older one."""
    html = _environment(request).get_template(template).render(**_around(request, _visit(request)), **values)
    return HTMLResponse(html, status)


def back_to(request: Request, path: str, said: str = "") -> Response:
    """After a form: on to the page at `path`, which shows `said` once. htmx is told to go there as a whole."""
    path = path if is_path_of_ours(path) else "/"
    response: Response = RedirectResponse(path, 303)
    if is_htmx(request):
        response = Response(status_code=200, headers={"HX-Redirect": quote(path, safe="/?&=#%:+,;@")})
    if said:
        names = cookie_names(office_of(request))
        response.set_cookie(
            names.said,
            quote(said[:_LONGEST_SAID]),
            max_age=_SAID_SECONDS,
            httponly=True,
            samesite="strict",
            secure=names.secure,
        )
    return response


def download(data: bytes, name: str, content_type: str) -> Response:
    """A file to keep, never shown in place: attachment, and inert even where a browser shows it all the same."""
    headers = {
        "content-disposition": _disposition(name),
        "content-security-policy": "default-src 'none'; sandbox",
    }
    return Response(data, media_type=content_type, headers=headers)


def is_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


def is_path_of_ours(path: str) -> bool:
    """Whether a browser that is sent there stays with us: no host, also none that it would read into the path."""
    return path.startswith("/") and not path.startswith("//") and "\\" not in path and min(path) > " "


def office_of(request: Request) -> Office:
    office = request.app.state.office
    assert isinstance(office, Office)
    return office


def activity_of(request: Request) -> Activity:
    """When the service last polled and its clock last rang."""
    activity = request.app.state.activity
    assert isinstance(activity, Activity)
    return activity


def person_of(request: Request) -> Person:
    """Who is logged in. Raises LogInFirst on a page that is for everybody."""
    person = _visit(request).person
    if person is None:
        raise LogInFirst("请先登录。")
    return person


def bulletin_of(request: Request) -> BulletinSettings:
    """The bulletin in the path. Raises NotFound."""
    bulletin = office_of(request).settings.bulletin(request.path_params["bulletin"])
    if bulletin is None:
        raise NotFound("没有这个刊物。")
    return bulletin


def _around(request: Request, visit: Visit) -> dict[str, Any]:
    """What base.html and the macros need."""
    bulletins = office_of(request).settings.bulletins
    here = next((one for one in bulletins if one.id == request.path_params.get("bulletin")), bulletins[0])
    roles, person = request.app.state.roles, visit.person
    return {
        "person": person,
        "csrf_token": visit.csrf,
        "here": here,
        "tabs": links(roles, person, here.id, request.url.path) if person else (),
        "bulletins": [(one, home(roles, person, one.id)) for one in bulletins] if person else (),
    }


def _visit(request: Request) -> Visit:
    """Of a request that never reached a guard, such as one for a page that is not there: nobody's."""
    visit = getattr(request.state, "visit", None)
    return visit if isinstance(visit, Visit) else Visit(None, "", "", "")


def _environment(request: Request) -> Environment:
    environment = request.app.state.environment
    assert isinstance(environment, Environment)
    return environment


def _disposition(name: str) -> str:
    """RFC 6266: an ASCII name for old browsers, the real one in UTF-8; no direction marks that would disguise it."""
    visible = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))
    kept = _UNSAFE_IN_NAMES.sub("_", unicodedata.normalize("NFC", visible)).strip(". ")[-150:] or "file"
    plain = "".join(c if c.isascii() and c not in ";%'" else "_" for c in kept)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(kept, safe='')}"
