"""The review desk as one ASGI application of the page modules that are listed here."""

from __future__ import annotations

from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from desk.api.door import api_mount
from desk.environment import environment_for
from desk.error_pages import failure_page, http_error_page, refusal_page
from desk.headers import HeadersMiddleware, HostMiddleware
from desk.navigation import roles_by_path, start
from desk.page import office_of, person_of
from desk.pages import (
    account,
    account_tokens,
    approval_link,
    approvals,
    article,
    article_comments,
    article_commission,
    article_correction,
    article_edit,
    article_endorsements,
    article_findings,
    article_history,
    article_joint,
    article_merge,
    article_split,
    changes,
    commissions,
    departments,
    feed,
    health,
    issue,
    issue_approval,
    issue_decisions,
    issue_edited,
    issue_findings,
    issue_letters,
    issue_pages,
    issue_replace,
    issue_several,
    issue_sign_off,
    letter_answer,
    letter_new,
    letter_out,
    letters,
    login,
    original,
    overview,
    past,
    people,
    search,
    second_factor,
    sign_on,
    state,
    static,
    statistics,
    upper_adoptions,
    urging,
)
from desk.password_queue import PasswordQueue
from desk.routes import get
from service.article.original import OriginalViewer
from service.article.similar import TextSketches
from service.health.activity import Activity
from service.health.background_check import BackgroundCheck
from service.issue.first_pages import FirstPages
from service.issue.page_renderer import page_renderer_for
from service.office import Office
from service.sign_on.provider import Provider
from settings.model import DeskSettings
from values.account import Role
from values.errors import JianbaoError

_COMPRESSION: Final = 5
"""Of zlib. A page of an article is as small as at 9 to a few per cent, in a third of the time."""
_COMPRESSED_ALREADY: Final = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,
    "application/pdf",
    "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
"""Content types of answers that gain nothing by compression."""

PAGES: Final[tuple[tuple[BaseRoute, ...], ...]] = (
    login.ROUTES,
    sign_on.ROUTES,
    account.ROUTES,
    account_tokens.ROUTES,
    second_factor.ROUTES,
    people.ROUTES,
    health.ROUTES,
    feed.ROUTES,
    article.ROUTES,
    article_commission.ROUTES,
    article_comments.ROUTES,
    article_correction.ROUTES,
    article_edit.ROUTES,
    article_endorsements.ROUTES,
    article_findings.ROUTES,
    article_history.ROUTES,
    article_joint.ROUTES,
    article_merge.ROUTES,
    article_split.ROUTES,
    original.ROUTES,
    overview.ROUTES,
    issue.ROUTES,
    issue_decisions.ROUTES,
    issue_findings.ROUTES,
    issue_pages.ROUTES,
    issue_replace.ROUTES,
    issue_several.ROUTES,
    issue_sign_off.ROUTES,
    issue_approval.ROUTES,
    issue_edited.ROUTES,
    issue_letters.ROUTES,
    commissions.ROUTES,
    urging.ROUTES,
    approvals.ROUTES,
    approval_link.ROUTES,
    statistics.ROUTES,
    upper_adoptions.ROUTES,
    departments.ROUTES,
    changes.ROUTES,
    state.ROUTES,
    letters.ROUTES,
    letter_answer.ROUTES,
    letter_new.ROUTES,
    letter_out.ROUTES,
    search.ROUTES,
    past.ROUTES,
    static.ROUTES,
)


def make_app(office: Office, activity: Activity | None = None) -> Starlette:
    """The application. activity: what the service reports about itself, where one runs in this process."""
    routes = routes_for(office.settings.desk)
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(HeadersMiddleware, office=office),
            Middleware(HostMiddleware, office=office),
            Middleware(GZipMiddleware, compresslevel=_COMPRESSION, exclude_content_types=_COMPRESSED_ALREADY),
        ],
        exception_handlers={JianbaoError: refusal_page, HTTPException: http_error_page, Exception: failure_page},
    )
    app.router.redirect_slashes = False  # Starlette would redirect to the host that the request names
    app.state.office = office
    app.state.activity = activity or Activity()
    app.state.password_queue = PasswordQueue()
    app.state.background_check = BackgroundCheck()
    app.state.environment = environment_for(office)
    app.state.page_renderer = page_renderer_for(office)
    app.state.first_pages = FirstPages()
    app.state.text_sketches = TextSketches()
    app.state.original_viewer = OriginalViewer(office)
    app.state.roles = roles_by_path(routes)
    oidc = office.settings.desk.oidc
    app.state.provider = Provider(oidc, office.now) if oidc else None
    return app


def use_office(app: Starlette, office: Office) -> None:
    """Has requests from now on answered with this office: the same stores, other settings but for [desk]."""
    app.state.environment = environment_for(office)
    app.state.original_viewer.office = office
    app.state.office = office


def routes_for(desk: DeskSettings) -> list[BaseRoute]:
    """All routes; that of /metrics only where the settings switch it on."""
    metrics = health.METRICS if desk.metrics else ()
    pages = (route for routes in (*PAGES, metrics) for route in routes)
    return [get("/", first_page, role=Role.APPROVER), *pages, api_mount()]


def first_page(request: Request) -> Response:
    """To the first tab that the person may open, or to the page of all bulletins where there are several."""
    ids = [bulletin.id for bulletin in office_of(request).settings.bulletins]
    return RedirectResponse(start(request.app.state.roles, person_of(request), ids), 303)
