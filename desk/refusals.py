"""Why the desk does not answer a request; each becomes a page with its sentence (`desk.mishaps`)."""

from __future__ import annotations

from values.errors import JianbaoError


class Refused(JianbaoError):
    """status: the HTTP status it is answered with. fields: what the form held, name and value, to be given back."""

    status = 400
    fields: tuple[tuple[str, str], ...] = ()


class NotFound(Refused):
    """There is no such page, article, letter, …"""

    status = 404


class LogInFirst(Refused):
    """Nobody is logged in (any more)."""

    status = 401


class NotAllowed(Refused):
    """The person's role does not allow it, or the request does not come from one of our pages."""

    status = 403


class TooSlow(Refused):
    """The body did not come in time."""

    status = 408


class TooLarge(Refused):
    """The body is longer than the desk takes."""

    status = 413
