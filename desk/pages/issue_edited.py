"""改过的送审稿: a file is handed in, shown article by article, and taken over where an editor picks it."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import LONGEST_BODY, Form
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.pages.original import original_viewer
from desk.routes import get, post
from service.edited_draft.hand_in import HandedIn, hand_in, handed_in, take_over_shown
from values.account import Role
from values.errors import BadUsage

_HAND_IN: Final = "/b/{bulletin}/issue/edited"
_LETTER: Final = "/b/{bulletin}/issue/edited/{letter:int}"


def choose(request: Request) -> Response:
    """The form for a file."""
    return page(request, "edited/choose.html", most=LONGEST_BODY // 1_000_000)


def receive(request: Request, form: Form) -> Response:
    """Keeps the file and shows what it would change."""
    bulletin, file = bulletin_of(request), form.file("file")
    if file is None:
        raise BadUsage("请先选择改好的送审稿。")
    with original_viewer(request).reader() as pool:
        letter = hand_in(office_of(request), pool, bulletin, file.name, file.data, who=person_of(request).who)
    return back_to(request, _path(request, letter))


def show(request: Request) -> Response:
    """What would change, article by article. The file may also have come by mail."""
    shown = _shown(request)
    return page(
        request,
        "edited/proposal.html",
        proposal=shown.proposal,
        letter=shown.letter,
        path=_path(request, shown.letter.id),
    )


def take(request: Request, form: Form) -> Response:
    """Takes over what was picked."""
    shown = _shown(request)
    digest = form.text("seen")
    if not digest:
        raise BadUsage("没有说明您看到的是哪些改动，没有执行。请刷新页面，看过再改。")
    picked = frozenset(form.texts("pick"))
    taken = take_over_shown(office_of(request), bulletin_of(request), shown, digest, picked, person_of(request).who)
    issue = f"/b/{bulletin_of(request).id}/issue{'/supplement' if shown.proposal.issue.number.supplement else ''}"
    return back_to(
        request, issue, f"已照改过的送审稿{taken.in_words}。" if taken.in_words else "没有选要改的，什么也没有改。"
    )


def _shown(request: Request) -> HandedIn:
    with original_viewer(request).reader() as pool:
        return handed_in(office_of(request), pool, bulletin_of(request), request.path_params["letter"])


def _path(request: Request, letter: int) -> str:
    return f"/b/{bulletin_of(request).id}/issue/edited/{letter}"


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(_HAND_IN, choose, role=Role.EDITOR),
    post(_HAND_IN, receive, adds=True),
    get(_LETTER, show, role=Role.EDITOR),
    post(_LETTER, take),
)
