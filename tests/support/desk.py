"""A person at the desk: pages read and forms sent, in the process, as a browser would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any, Final

import lxml.html
from lxml.html import HtmlElement
from starlette.testclient import TestClient

from archive import accounts
from desk.app import make_app
from desk.connections import limits_of
from desk.form_once import FORM_ID, new_form_id
from desk.server import answering, listening
from desk.session import cookie_names
from service.health.activity import Activity
from service.office import Office
from service.people.log_in import new_session
from settings.kinds import Listen
from settings.model import DeskSettings
from tests.support.offices import Clock, hand_in
from values.account import Person, Role

NAMES: Final = {
    Role.APPROVER: "周审核",
    Role.AUDITOR: "孙审计",
    Role.VIEWER: "李查看",
    Role.EDITOR: "王编辑",
    Role.ADMIN: "赵管理",
}


class DeskDriver:
    """The desk over one office. Nobody is logged in at first. Redirections are answers, not followed."""

    def __init__(self, office: Office, activity: Activity | None = None) -> None:
        self.office = office
        self.activity = activity or Activity()
        self.app = make_app(office, self.activity)
        self.url = office.settings.desk.public_url
        self.client = TestClient(self.app, base_url=self.url, follow_redirects=False)

    def close(self) -> None:
        """Ends the child process that looks at originals."""
        self.app.state.original_viewer.close()

    @property
    def clock(self) -> Clock:
        """The office's; set `.now`."""
        assert isinstance(self.office.now, Clock)
        return self.office.now

    def hand_in(self, *names: str, **more: str) -> list[int]:
        """Articles of these names; their ids."""
        return hand_in(self.office, *names, **more)

    def login(self, role: str = "editor", name: str = "") -> Person:
        """Logs in as a person of that role, adding the account if needed; without the cost of a password."""
        person = somebody(self.office, Role(role), name)
        names = cookie_names(self.office)
        self.client.cookies.clear()
        self.client.cookies.set(names.session, session_of(self.office, person))
        assert self.get("/account").status_code == 200  # the browser gets its CSRF cookie
        return person

    def logout(self) -> None:
        self.client.cookies.clear()

    @property
    def csrf(self) -> str:
        """The token in the browser's cookie; without one, it is fetched from the log-in page."""
        name = cookie_names(self.office).csrf
        if name not in self.client.cookies:
            self.get("/login")
        return self.client.cookies[name]

    def get(self, path: str, *, htmx: bool = False) -> Any:
        return self.client.get(path, headers={"HX-Request": "true"} if htmx else {})

    def post(
        self, path: str, *, htmx: bool = False, files: Mapping[str, tuple[str, bytes]] | None = None, **form: Any
    ) -> Any:
        """As the form of one of our pages, with token and origin. A list sends the field several times."""
        headers = {"Origin": self.url} | ({"HX-Request": "true"} if htmx else {})
        return self.client.post(
            path, data={"csrf": self.csrf, FORM_ID: new_form_id(), **form}, files=files or None, headers=headers
        )

    def html(self, path: str) -> HtmlElement:
        """The page at that path, which must be there."""
        response = self.get(path)
        assert response.status_code == 200, (response.status_code, response.text)
        return lxml.html.document_fromstring(response.text)

    def words(self, path: str) -> str:
        """What a reader sees of the page, blanks made one."""
        return " ".join(self.html(path).text_content().split())


def session_of(office: Office, person: Person) -> str:
    """The token of a new session, as after a log-in."""
    with office.ledger.writing() as ledger:
        return new_session(office, ledger, person.id)


def somebody(office: Office, role: Role, name: str = "") -> Person:
    """The account of that name (or the role's), made when it is not there yet."""
    name = name or role.value
    with office.ledger.writing() as ledger:
        if accounts.account_named(ledger, name) is None:
            accounts.add_account(ledger, name, NAMES[role] if name == role.value else name, role, at=office.now())
        record = accounts.account_named(ledger, name)
    assert record is not None
    return record.person


@contextmanager
def serving(office: Office, activity: Activity | None = None) -> Iterator[str]:
    """The desk behind a real uvicorn on a free port of this machine; its URL."""
    with listening(Listen("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        app = make_app(at_port(office, port), activity)
        with answering(app, door, limits_of(office.settings.desk)), closing(app.state.original_viewer):
            yield f"http://127.0.0.1:{port}"


def at_port(office: Office, port: int) -> Office:
    """The same office, whose desk listens there."""
    more = {"listen": Listen("127.0.0.1", port), "public_url": f"http://127.0.0.1:{port}"}
    return at_desk(office, office.settings.desk.model_copy(update=more))


def at_desk(office: Office, desk: DeskSettings) -> Office:
    """The same office with other settings of [desk]."""
    return replace(office, settings=office.settings.model_copy(update={"desk": desk}))


def browser_cookies(office: Office, url: str, role: str = "editor") -> list[Any]:
    """For playwright's `context.add_cookies`: logged in as a person of that role."""
    token = session_of(office, somebody(office, Role(role)))
    return [{"name": cookie_names(office).session, "value": token, "url": url}]
