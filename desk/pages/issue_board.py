"""What the views of 本期 have in common: the board that they answer with, and how they refuse."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from desk.forms import Form
from desk.page import back_to, bulletin_of, fragment, is_htmx, office_of, person_of
from service.article.decide import DecisionResult
from service.issue.desk_issue import IssueView, issue_view, placed_row
from service.issue.press import Press
from service.issue.preview import is_written, preview
from values.errors import BadUsage, Changed
from values.issue import IN_ISSUE

PostView = Callable[[Request, Form], Response]

_ISSUE: Final = "/b/{bulletin}/issue"


def both(pattern: str) -> tuple[str, str]:
    """The pattern of a route below the page of the issue, and the same below that of the supplement."""
    return f"{_ISSUE}{pattern}", f"{_ISSUE}/supplement{pattern}"


def path_of(request: Request) -> str:
    """Of the page on which the request was made: of the bulletin's issue, or of its supplement."""
    path = f"/b/{bulletin_of(request).id}/issue"
    return f"{path}/supplement" if is_supplement(request) else path


def is_supplement(request: Request) -> bool:
    path = f"/b/{bulletin_of(request).id}/issue/supplement"
    return request.url.path == path or request.url.path.startswith(f"{path}/")


def view_of(request: Request) -> IssueView:
    """What this person sees of the issue."""
    bulletin, person = bulletin_of(request), person_of(request)
    return issue_view(office_of(request), bulletin, person.id, supplement=is_supplement(request))


def press_of(request: Request) -> Press:
    press = request.app.state.press
    assert isinstance(press, Press)
    return press


def shown(request: Request) -> dict[str, Any]:
    """What the page and its fragments need. Whatever has changed goes to the press now."""
    office, bulletin, press = office_of(request), bulletin_of(request), press_of(request)
    view = view_of(request)
    return {
        "view": view,
        "preview": preview(office, press, bulletin, view.now),
        "written": is_written(office, press, view.now),
        "supplement": is_supplement(request),
        "home": f"/b/{bulletin.id}/issue",
        "bulletin": bulletin,
        "base": path_of(request),
        "mails": bool(office.settings.smtp.host),
        "has_office": office.soffice is not None,
        "typed": None,
        "typed_note": None,
    }


def done(request: Request, told: str) -> Response:
    """The page as it is now, with a sentence about what was done."""
    if is_htmx(request):
        return fragment(request, "issue/_answer.html", told=told, tone="good", oob=True, **shown(request))
    return back_to(request, path_of(request), told)


def row_done(request: Request, result: DecisionResult, told: str) -> Response:
    """The article's row as it is now; nothing in its place where it left the list or came into it. The page then asks
    for the list."""
    if not is_htmx(request):
        return back_to(request, path_of(request), told)
    office, bulletin, supplement = office_of(request), bulletin_of(request), is_supplement(request)
    placed = None
    if result.before in IN_ISSUE:
        placed = placed_row(office, bulletin, person_of(request).id, result.article, supplement=supplement)
    return fragment(
        request,
        "issue/_row_answer.html",
        told=told,
        placed=placed,
        supplement=supplement,
        bulletin=bulletin,
        base=path_of(request),
        typed=None,
    )


def refusing_kindly(view: PostView) -> PostView:
    """A script's request that cannot be done gets the page as it really is, with the reason; what was typed as a new
    title stands there still."""

    @wraps(view)
    def answer(request: Request, form: Form) -> Response:
        try:
            return view(request, form)
        except BadUsage as error:
            if not is_htmx(request):
                raise
            values = shown(request)
            if "title" in form.fields:
                values["typed"] = (request.path_params.get("article"), form.text("title"))
            if "editors_note" in form.fields:
                values["typed_note"] = form.text("editors_note")
            status = 409 if isinstance(error, Changed) else 400
            response = fragment(
                request, "issue/_answer.html", status=status, told=str(error), tone="bad", oob=True, **values
            )
            response.headers.update({"HX-Retarget": "#board", "HX-Reswap": "outerHTML"})
            return response

    return answer
