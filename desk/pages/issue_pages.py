"""The pages of 本期: pictures of them, the PDF, the Word file, and the pictures within the articles."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, bulletin_of, download, is_htmx, office_of
from desk.pages.issue_board import both, done, is_supplement, path_of, press_of
from desk.refusals import NotFound
from desk.routes import get, post
from service.issue.issue_files import WORD, draft_file
from service.issue.press import Failed, NotLaidOut, Printed
from service.issue.preview import issue_now, preview
from values.issue import Issue
from values.manuscript import Picture

_PDF: Final = "application/pdf"
_SHOWN: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_PATIENCE_SECONDS: Final = 90.0
_KEPT: Final = {"cache-control": "private, max-age=3600, immutable"}


def sheet(request: Request) -> Response:
    """A page as a picture. Its address holds the hash of all that it was printed from."""
    made = press_of(request).picture(request.path_params["key"], request.path_params["sheet"])
    if made is None:
        raise NotFound("这一页已经不在，请刷新。")
    return Response(made, media_type="image/webp", headers=_KEPT)


def picture(request: Request) -> Response:
    """A picture of an article that is in the issue now."""
    office, bulletin = office_of(request), bulletin_of(request)
    with office.ledger.reading() as ledger:
        issue = issue_now(office, ledger, bulletin, supplement=is_supplement(request)).issue
    found = _pictures(issue).get(request.path_params["sha256"])
    if found is None or found.content_type not in _SHOWN:
        raise NotFound("没有这张图片。")
    return Response(office.media.read(found.sha256), media_type=found.content_type, headers=_KEPT)


def try_again(request: Request, form: Form) -> Response:
    """Pages that could not be laid out."""
    press_of(request).forget(form.text("key"))
    return done(request, "")


def pdf(request: Request) -> Response:
    """The issue as it would print now."""
    office, bulletin, press = office_of(request), bulletin_of(request), press_of(request)
    with office.ledger.reading() as ledger:
        now = issue_now(office, ledger, bulletin, supplement=is_supplement(request))
    if now.problem or not now.records:
        raise NotLaidOut(now.problem or "本期还没有稿件。")
    if preview(office, press, bulletin, now).printing is None:
        raise NotLaidOut("没有安装 LibreOffice，做不出 PDF。请下载 Word 稿，用 Word 另存为 PDF。")
    made = press.wait_for(now.key, _PATIENCE_SECONDS)
    if not isinstance(made, Printed):
        raise NotLaidOut(made.why if isinstance(made, Failed) else "版面还没有排好，请过一会儿再下载。")
    return download(made.pdf, f"{bulletin.title}{now.issue.masthead.number.label}.pdf", _PDF)


def word(request: Request, form: Form) -> Response:
    """The draft as a Word file, made anew where something has changed since."""
    if is_htmx(request):
        return back_to(request, path_of(request))
    made = draft_file(office_of(request), press_of(request), bulletin_of(request), supplement=is_supplement(request))
    return download(made.data, made.name, WORD)


def _pictures(issue: Issue) -> dict[str, Picture]:
    blocks = (block for article in issue.articles for block in article.manuscript.blocks)
    return {block.sha256: block for block in blocks if isinstance(block, Picture)}


ROUTES: Final[tuple[BaseRoute, ...]] = (
    *(get(path, sheet) for path in both("/sheets/{key}/{sheet:int}")),
    *(get(path, picture) for path in both("/pictures/{sha256}")),
    *(get(path, pdf) for path in both("/pdf")),
    *(post(path, try_again) for path in both("/preview/again")),
    *(post(path, word) for path in both("/word")),
)
