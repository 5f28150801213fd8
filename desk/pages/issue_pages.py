"""The pages of 本期 as pictures, PDF and Word file, and the pictures of its articles."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, bulletin_of, download, is_htmx, office_of
from desk.pages.issue_board import board_answer, is_supplement, issue_path, issue_paths, page_renderer_of
from desk.refusals import NotFound
from desk.routes import get, post
from service.issue.issue_files import WORD, draft_file
from service.issue.page_renderer import NotLaidOut, RenderedPages, RenderingFailed
from service.issue.preview import is_key_of, issue_now, preview
from service.people.access_record import HandedOut
from values.issue import Issue
from values.manuscript import Picture

_PDF: Final = "application/pdf"
_IMAGE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_LAYOUT_SECONDS: Final = 90.0
"""How long a download waits for the pages: LibreOffice takes 10 s for a long issue on a slow machine."""
_CACHED: Final = {"cache-control": "private, max-age=3600, immutable"}


def sheet(request: Request) -> Response:
    """A page as a picture. Its address holds the hash of everything that it was printed from."""
    key = request.path_params["key"]
    is_ours = is_key_of(bulletin_of(request), key)
    image = page_renderer_of(request).picture(key, request.path_params["sheet"]) if is_ours else None
    if image is None:
        raise NotFound("这一页已经不在，请刷新。")
    return Response(image, media_type="image/webp", headers=_CACHED)


def article_picture(request: Request) -> Response:
    """A picture of an article that is in the issue now."""
    office, bulletin = office_of(request), bulletin_of(request)
    with office.ledger.reading() as ledger:
        issue = issue_now(office, ledger, bulletin, supplement=is_supplement(request)).issue
    picture = _pictures(issue).get(request.path_params["sha256"])
    if picture is None or picture.content_type not in _IMAGE_TYPES:
        raise NotFound("没有这张图片。")
    # Without `_CACHED`, and so with no-store: the letter of the picture may be sealed later.
    return Response(office.media.read(picture.sha256), media_type=picture.content_type)


def try_again(request: Request, form: Form) -> Response:
    """Lays out pages again that could not be laid out."""
    key = form.text("key")
    if not is_key_of(bulletin_of(request), key):
        raise NotFound("没有这份预览，请刷新。")
    page_renderer_of(request).forget(key)
    return board_answer(request, "")


def pdf(request: Request) -> Response:
    """The issue as it would be printed now."""
    office, bulletin, renderer = office_of(request), bulletin_of(request), page_renderer_of(request)
    with office.ledger.reading() as ledger:
        now = issue_now(office, ledger, bulletin, supplement=is_supplement(request))
    if now.problem or not now.records:
        raise NotLaidOut(now.problem or "本期还没有稿件。")
    if preview(office, renderer, bulletin, now).rendering is None:
        raise NotLaidOut("没有安装 LibreOffice，做不出 PDF。请下载 Word 稿，用 Word 另存为 PDF。")
    rendering = renderer.wait_for(now.key, _LAYOUT_SECONDS)
    if not isinstance(rendering, RenderedPages):
        raise NotLaidOut(
            rendering.why if isinstance(rendering, RenderingFailed) else "版面还没有排好，请过一会儿再下载。"
        )
    label = now.issue.masthead.number.label
    handed_out = HandedOut(bulletin.id, f"{label}预览的 PDF", "" if now.draft is None else now.draft.id)
    return download(request, rendering.pdf, f"{bulletin.title}{label}.pdf", _PDF, handed_out)


def word(request: Request, form: Form) -> Response:
    """The draft as a Word file, made again where something has changed since."""
    if is_htmx(request):
        return back_to(request, issue_path(request))
    bulletin, supplement = bulletin_of(request), is_supplement(request)
    draft, file = draft_file(office_of(request), page_renderer_of(request), bulletin, supplement=supplement)
    handed_out = HandedOut(bulletin.id, f"{draft.number.label}送审稿（第 {draft.revision} 稿）", draft.id)
    return download(request, file.data, file.name, WORD, handed_out)


def _pictures(issue: Issue) -> dict[str, Picture]:
    blocks = (block for article in issue.articles for block in article.manuscript.blocks)
    return {block.sha256: block for block in blocks if isinstance(block, Picture)}


ROUTES: Final[tuple[BaseRoute, ...]] = (
    *(get(path, sheet) for path in issue_paths("/sheets/{key}/{sheet:int}")),
    *(get(path, article_picture) for path in issue_paths("/pictures/{sha256}")),
    *(get(path, pdf) for path in issue_paths("/pdf")),
    *(post(path, try_again) for path in issue_paths("/preview/again")),
    *(post(path, word) for path in issue_paths("/word")),
)
