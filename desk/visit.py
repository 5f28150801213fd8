"""Who is asking: found once for each request, before anything else."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from starlette.requests import Request

from desk.peer import user_of_proxy
from service.office import Office
from service.people.log_in import person_of_proxy, person_of_session
from values.account import Person


@dataclass(frozen=True, slots=True)
class Visit:
    """token: of the session, "" without one. csrf: what a form must bring to be taken for one of ours.

    shown_csrf: the one that the browser's cookie has now, "" for none.
    """

    person: Person | None
    token: str
    csrf: str
    shown_csrf: str


@dataclass(frozen=True, slots=True)
class CookieNames:
    """With TLS a name that a browser takes only with Secure, for the whole host and from this host alone
    (RFC 6265bis 4.1.3.2)."""

    secure: bool

    @property
    def session(self) -> str:
        return self._named("jianbao-session")

    @property
    def csrf(self) -> str:
        return self._named("jianbao-csrf")

    @property
    def said(self) -> str:
        return self._named("jianbao-said")

    def _named(self, name: str) -> str:
        return f"__Host-{name}" if self.secure else name


def cookie_names(office: Office) -> CookieNames:
    return CookieNames(office.settings.desk.public_url.startswith("https://"))


def visit_of(office: Office, request: Request) -> Visit:
    """Reads the ledger.

    The CSRF token of a session follows from the session's, so that it needs no place of its own and stays the same in
    all windows; for a stranger, and for somebody whom a proxy vouches for, it is what the cookie has.
    """
    names = cookie_names(office)
    token = request.cookies.get(names.session, "")
    shown = request.cookies.get(names.csrf, "")
    person = person_of_session(office, token) if token else None
    if person is None and (name := user_of_proxy(office.settings.desk, request)):
        person, token = person_of_proxy(office, name), ""
    if person is None or not token:
        return Visit(person, "", shown if len(shown) >= 43 else secrets.token_urlsafe(32), shown)
    return Visit(person, token, csrf_of(token), shown)


def csrf_of(token: str) -> str:
    return hashlib.sha256(b"jianbao-csrf:" + token.encode()).hexdigest()
