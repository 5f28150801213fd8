"""Accounts with passwords, for tests that log in as people do."""

from __future__ import annotations

from typing import Final

from service.office import Office
from service.people.accounts import add_user
from service.people.attempts import Client
from service.people.log_in import CodeNeeded, LoggedIn, open_session
from tests.support.desk import DeskDriver
from values.account import Person, Role

PASSWORD: Final = "正确的马和电池订书钉"
CLIENT: Final = Client("192.0.2.1")
"""A browser that is not known yet."""


def person_of_session(office: Office, token: str) -> Person | None:
    """Who is logged in with that token."""
    session = open_session(office, token)
    return session.person if session else None


def session_of(login: LoggedIn | CodeNeeded) -> str:
    """The token of a log-in that asked for no code."""
    assert isinstance(login, LoggedIn)
    return login.session


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def with_password(desk: DeskDriver, name: str = "wang", role: Role = Role.EDITOR) -> None:
    """An account with a password, logged out."""
    link = path_of(add_user(desk.office, name, role, display_name="王编辑", who="测试").url)
    assert desk.post(link, password=PASSWORD, again=PASSWORD).status_code == 303
    desk.logout()
