"""留言 and 责任编辑 on the page of an article."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, office_of, person_of
from desk.pages.article_path import ARTICLE, article_id_in_path, article_path
from desk.routes import post
from service.article.comment import comment_on, set_article_editor


def add(request: Request, form: Form) -> Response:
    """Adds a comment, which is neither printed nor mailed."""
    article_id = article_id_in_path(request)
    comment_on(office_of(request), article_id, form.text("comment"), person_of(request).who)
    return back_to(request, f"/b/{request.path_params['bulletin']}/articles/{article_id}#comments", "留言已记下。")


def name_editor(request: Request, form: Form) -> Response:
    """Names the 责任编辑."""
    name, who = form.text("responsible_editor"), person_of(request).who
    record = set_article_editor(office_of(request), article_id_in_path(request), name, who, seen=form.seen())
    named = f"责任编辑现在是{record.responsible_editor}。" if record.responsible_editor else "不定责任编辑。"
    return back_to(request, article_path(record), named)


ROUTES: Final[tuple[BaseRoute, ...]] = (
    post(f"{ARTICLE}/comments", add, adds=True),
    post(f"{ARTICLE}/responsible-editor", name_editor),
)
