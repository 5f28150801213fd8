"""Which way of logging in a server allows, from the capabilities that it announces before the login (RFC 9051 6.2)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import Enum
from typing import Final

_OAUTH: Final = ("AUTH=XOAUTH2", "AUTH=OAUTHBEARER")


class LoginMethod(Enum):
    """A way of logging in with user name and password; the value is what the log has."""

    COMMAND = "LOGIN"
    PLAIN = "AUTHENTICATE PLAIN"
    """RFC 4616: both in one answer."""
    LOGIN = "AUTHENTICATE LOGIN"
    """draft-murchison-sasl-login: one after the other."""


def login_methods(capabilities: Collection[str]) -> tuple[LoginMethod, ...]:
    """The methods to try, in this order; () when the server allows none that takes a password.

    LOGIN wherever it is allowed: 163 advertises SASL-IR and breaks on AUTHENTICATE (modern-email/defects#54). A server
    with LOGINDISABLED never gets the command, since the password would be in it whatever the answer is.
    """
    if "LOGINDISABLED" not in capabilities:
        return (LoginMethod.COMMAND,)
    sasl = {"AUTH=PLAIN": LoginMethod.PLAIN, "AUTH=LOGIN": LoginMethod.LOGIN}
    return tuple(method for capability, method in sasl.items() if capability in capabilities)


def wants_oauth(capabilities: Collection[str]) -> bool:
    """Whether the server offers to log in with OAuth tokens, which are no passwords."""
    return any(capability in capabilities for capability in _OAUTH)


def sasl_answers(method: LoginMethod, username: str, password: str) -> Callable[[bytes], str]:
    """The answers to the server's challenges, one call for each; the texts are encoded by the client."""
    if method is LoginMethod.PLAIN:
        return lambda _challenge: f"\0{username}\0{password}"
    answers = iter((username, password))
    return lambda _challenge: next(answers, "")
