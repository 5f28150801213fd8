"""Routes of the desk: where a page is, and which role may see or use it."""

from __future__ import annotations

from starlette.routing import Match, Route
from starlette.types import Scope

from desk.form_once import followed_once
from desk.forms import LONGEST_BODY, LONGEST_BODY_OF_A_STRANGER
from desk.guard import GuardedGet, GuardedPost, PostView, View
from values.account import Role


class _DeskRoute(Route):
    """A route whose numbers may be of any length: `int` refuses more than 4,300 digits, and there is no such page."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        try:
            return super().matches(scope)
        except ValueError:
            return Match.NONE, {}


def get(path: str, view: View, *, role: Role | None = Role.VIEWER, by_itself: bool = False) -> Route:
    """A page for people with at least that role; None for everybody, logged in or not. Its view changes nothing but the
    record of what was read. by_itself: a page that is open requests it again and again, which keeps no session open."""
    return _DeskRoute(path, GuardedGet(view, role, is_use=not by_itself), methods=["GET"], name=view.__name__)


def post(
    path: str,
    view: PostView,
    *,
    role: Role | None = Role.EDITOR,
    hashes: bool = False,
    most: int = 0,
    adds: bool = False,
) -> Route:
    """The action of a form: its view is called after token, origin and role are checked. hashes: whether it computes
    hashes of passwords, and waits for its turn (`desk.password_queue`). most: bytes of the form; 0: as the role has.
    adds: whether it adds something each time; the form is then followed once (`desk.form_once`)."""
    most = most or (LONGEST_BODY if role else LONGEST_BODY_OF_A_STRANGER)
    guarded = GuardedPost(followed_once(view) if adds else view, role, most, hashes=hashes, adds=adds)
    return _DeskRoute(path, guarded, methods=["POST"], name=view.__name__, max_body_size=most)
