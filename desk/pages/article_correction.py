"""更正: the page on which an editor makes an erratum of a printed article."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.pages.article_path import ARTICLE, article_id_in_path, article_path
from desk.routes import get, post
from service.article.correct import MOST_WORDS, make_correction, printed_article, separate_correction
from service.article.erratum import WrongWords
from values.account import Role

_EMPTY_ROWS: Final = 3
"""Rows of the form without a proposal; the page can be sent and opened again for more."""


def correction_page(request: Request) -> Response:
    """The printed text, and rows for what was wrong and right; filled in from what the department has sent."""
    printed = printed_article(office_of(request), bulletin_of(request), article_id_in_path(request))
    rows = [*printed.proposed, *[WrongWords("", "")] * _EMPTY_ROWS][:MOST_WORDS]
    return page(request, "article/correct.html", printed=printed, rows=rows, path=article_path(printed.record))


def correct(request: Request, form: Form) -> Response:
    """Makes the erratum. Rows without anything in them are left out."""
    article_id, who = article_id_in_path(request), person_of(request).who
    rows = zip(form.texts("wrong"), form.texts("right"), strict=False)
    words = [WrongWords(wrong, right) for wrong, right in rows if wrong or right]
    erratum = make_correction(office_of(request), bulletin_of(request), article_id, words, who=who)
    return back_to(request, article_path(erratum), f"更正编好了，编入下一期的“{erratum.section}”；文字可以再改。")


def separate(request: Request, form: Form) -> Response:
    """Records that the article corrects no printed one."""
    article_id, who = article_id_in_path(request), person_of(request).who
    separate_correction(office_of(request), bulletin_of(request), article_id, who=who)
    return back_to(request, f"/b/{bulletin_of(request).id}/articles/{article_id}", "已按普通稿件处理。")


ROUTES: Final[tuple[BaseRoute, ...]] = (
    get(ARTICLE + "/correct", correction_page, role=Role.EDITOR),
    post(ARTICLE + "/correct", correct, adds=True),
    post(ARTICLE + "/not-a-correction", separate),
)
