"""联合署名 on the page of an article: which departments share it."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, office_of, person_of
from desk.pages.article_path import ARTICLE, article_id_in_path, article_path
from desk.routes import post
from service.article.joint import JointRequest, change_departments


def share(request: Request, form: Form) -> Response:
    """Fields: shared, the departments as the page showed them; keep, those of them that are ticked; add, another one or
    ""; version."""
    kept = form.texts("keep")
    removed = [name for name in form.texts("shared") if name not in kept]
    added = [name for name in form.texts("add") if name]
    wanted = JointRequest(article_id_in_path(request), person_of(request).who, added, removed, form.seen())
    record = change_departments(office_of(request), wanted)
    return back_to(request, article_path(record), f"单位现在是{'、'.join(record.departments)}。")


ROUTES: Final[tuple[BaseRoute, ...]] = (post(f"{ARTICLE}/joint", share),)
