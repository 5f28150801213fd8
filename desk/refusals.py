"""Why the desk refuses a request; each refusal becomes a page with its sentence (`desk.error_pages`)."""

from __future__ import annotations

from values.errors import JianbaoError


class RequestRefused(JianbaoError):
    """The root of all refusals; its text is a sentence in Chinese for the person."""

    status = 400
    """The HTTP status of the answer."""
    retry_after = 0
    """Seconds after which the request may be repeated; 0 where repeating changes nothing."""
    fields: tuple[tuple[str, str], ...] = ()
    """Names and values of the form that was refused, to be offered again; () where nothing is lost."""


class NotFound(RequestRefused):
    """There is no such page, article, letter, …"""

    status = 404


class BulletinRenamed(NotFound):
    """The bulletin in the path has another id now: links in letters, and bookmarks, have the former one."""

    def __init__(self, message: str, former: str, now: str) -> None:
        super().__init__(message)
        self.former = former
        self.now = now
        """Both are ids."""


class LogInFirst(RequestRefused):
    """Nobody is logged in (any more)."""

    status = 401


class AccountFirst(RequestRefused):
    """The person must do something at the page of the own account before."""

    status = 403


class NotAllowed(RequestRefused):
    """The person's role does not allow it, or the request does not come from one of our pages."""

    status = 403


class TooSlow(RequestRefused):
    """The body did not arrive in time."""

    status = 408


class TooLarge(RequestRefused):
    """The body is longer than the desk accepts."""

    status = 413


class TooBusy(RequestRefused):
    """Too many requests of this kind are waiting."""

    status = 429
    retry_after = 5
