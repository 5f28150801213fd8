"""The session of a request: who sends it, and the tokens by which our own forms are recognised."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from desk.peer import address_of, user_of_proxy
from service.office import Office
from service.people.attempts import Client
from service.people.known_browser import known_browser
from service.people.log_in import Due, open_session, person_of_proxy
from values.account import Person

_CSRF_BYTES: Final = 32
"""Random bytes of a token: 256 bits, as of a session's."""
_CSRF_LENGTH: Final = 43
"""Characters of such a token in URL-safe base64 without padding (RFC 4648 section 5)."""


@dataclass(frozen=True, slots=True)
class DeskSession:
    """What is known of the sender of a request."""

    person: Person | None
    """None for somebody who is not logged in."""
    due: Due | None
    """What the person must do before anything else; None for nothing."""
    token: str
    """Of the session, "" without one."""
    csrf: str
    """The token that a form must send to be accepted as one of ours."""
    cookie_csrf: str
    """The token in the browser's cookie, "" for none."""


@dataclass(frozen=True, slots=True)
class CookieNames:
    """Names of our cookies. With TLS they have the prefix __Host-, so that a browser accepts them only with Secure, for
    the whole host and from this host alone (RFC 6265bis 4.1.3.2)."""

    secure: bool
    """Whether the desk is reached by https."""

    @property
    def session(self) -> str:
        return self._prefixed("jianbao-session")

    @property
    def csrf(self) -> str:
        return self._prefixed("jianbao-csrf")

    @property
    def browser(self) -> str:
        """Of the token by which a browser is recognised at later log-ins (`service.people.known_browser`)."""
        return self._prefixed("jianbao-browser")

    @property
    def proof(self) -> str:
        """Of the proof that the password was right, between the two steps of a log-in."""
        return self._prefixed("jianbao-proof")

    def started(self, part: str) -> str:
        """Of a log-in that was started at the office's provider (`service.sign_on.started`)."""
        return self._prefixed(f"jianbao-started-{part}")

    @property
    def message(self) -> str:
        """Of the sentence that the next page shows once."""
        return self._prefixed("jianbao-message")

    def _prefixed(self, name: str) -> str:
        return f"__Host-{name}" if self.secure else name


def cookie_names(office: Office) -> CookieNames:
    """The names by the scheme of public_url."""
    return CookieNames(office.settings.desk.public_url.startswith("https://"))


def session_of_request(office: Office, request: Request, *, is_use: bool = True) -> DeskSession:
    """The session by the request's cookie, or by the header of a trusted proxy. Reads the ledger. is_use: as in
    `open_session`.

    The CSRF token of a session is derived from the session's token, so that it needs no storage and is the same in all
    windows. Without a session (a stranger, or a person whom a proxy has authenticated) it is the one of the cookie.
    """
    names = cookie_names(office)
    token = request.cookies.get(names.session, "")
    cookie_csrf = request.cookies.get(names.csrf, "")
    session = open_session(office, token, is_use=is_use) if token else None
    person, due = (session.person, session.due) if session else (None, None)
    if person is None and (name := user_of_proxy(office.settings.desk, request)):
        person, token = person_of_proxy(office, name, address_of(office.settings.desk, request)), ""
    if person is None or not token:
        csrf = cookie_csrf if len(cookie_csrf) >= _CSRF_LENGTH else secrets.token_urlsafe(_CSRF_BYTES)
        return DeskSession(person, due, "", csrf, cookie_csrf)
    return DeskSession(person, due, token, csrf_of(token), cookie_csrf)


def client_of(office: Office, request: Request) -> Client:
    """Where the request comes from, as attempts to log in are counted."""
    address = address_of(office.settings.desk, request)
    return Client(address, request.cookies.get(cookie_names(office).browser, ""))


def is_known_client(request: Request) -> bool:
    """Whether somebody is logged in there, or has been in this browser. Needs the session of `desk.guard.admit`."""
    office: Office = request.app.state.office
    session: DeskSession = request.state.session
    token = request.cookies.get(cookie_names(office).browser, "")
    return session.person is not None or (token != "" and known_browser(office.key(), token).id != "")


def csrf_of(token: str) -> str:
    """The CSRF token of a session, from which the session's cannot be computed."""
    return hashlib.sha256(b"jianbao-csrf:" + token.encode()).hexdigest()
