"""接口令牌 on the page of the own account: making one for another system, and revoking it."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive import api_tokens
from desk.forms import Form
from desk.page import back_to, office_of, page, person_of
from desk.routes import get, post
from desk.session import client_of
from service.office import Office
from service.people.api_tokens import (
    LONGEST_DAYS,
    IssuedToken,
    TokenRequest,
    issue_token,
    revoke_token,
    scopes_for,
    state_in_words,
)
from service.people.tries import require_password
from values.account import Role
from values.api_token import TokenScope
from values.errors import BadUsage

_PATH: Final = "/account/tokens"
_USUAL_DAYS: Final = 180


def own_tokens(request: Request) -> Response:
    """The person's tokens that were not revoked, and the form for another."""
    return _tokens_page(request)


def make_token(request: Request, form: Form) -> Response:
    """Makes a token; the answer shows it this once. The password is asked for: a desk that somebody has left open must
    not give away a key that lasts for months."""
    office, person = office_of(request), person_of(request)
    wanted = TokenRequest(
        account=person.name,
        name=form.text("name"),
        scopes=frozenset(scope for scope in scopes_for(person.role) if scope.value in form.texts("scope")),
        days=form.number("days") or 0,
        bulletin=form.text("bulletin"),
    )
    try:
        require_password(office, person, form.raw("old"), client_of(office, request))
        return _tokens_page(request, issued=issue_token(office, wanted, who=person.who))
    except BadUsage as error:
        return _tokens_page(request, wanted=wanted, problem=str(error))


def revoke_own_token(request: Request, _form: Form) -> Response:
    """Ends one of the person's own tokens."""
    person = person_of(request)
    revoked = revoke_token(office_of(request), request.path_params["token_id"], who=person.who, account_id=person.id)
    return back_to(request, _PATH, f"令牌“{revoked.name}”已吊销，立即生效。")


def _tokens_page(
    request: Request, *, issued: IssuedToken | None = None, wanted: TokenRequest | None = None, problem: str = ""
) -> Response:
    office, person = office_of(request), person_of(request)
    with office.ledger.reading() as ledger:
        records = api_tokens.tokens_of(ledger, person.id)
    at = office.now()
    return page(
        request,
        "account_tokens.html",
        status=400 if problem else 200,
        tokens=[(record, state_in_words(record, at)) for record in records],
        issued=issued,
        feed_paths=_feeds_of(office, issued.record) if issued else (),
        scopes=scopes_for(person.role),
        wanted=wanted or TokenRequest(person.name, "", frozenset({TokenScope.READ}), _USUAL_DAYS),
        longest_days=LONGEST_DAYS,
        problem=problem,
    )


def _feeds_of(office: Office, record: api_tokens.TokenRecord) -> list[str]:
    """The addresses of the feeds that the token opens."""
    if TokenScope.FEED not in record.scopes:
        return []
    ids = (bulletin.id for bulletin in office.settings.bulletins if record.bulletin in ("", bulletin.id))
    return [f"{office.settings.desk.public_url}/b/{id}/feed" for id in ids]


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(_PATH, own_tokens),
    post(_PATH, make_token, role=Role.VIEWER, hashes=True, adds=True),
    post(_PATH + "/{token_id:int}/revoke", revoke_own_token, role=Role.VIEWER),
)
