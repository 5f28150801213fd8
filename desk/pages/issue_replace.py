"""查找替换: every place of some words in the issue, replaced where the editor leaves it ticked."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desk.forms import Form
from desk.page import back_to, bulletin_of, office_of, page, person_of
from desk.pages.article_path import note_own_change
from desk.pages.issue_board import is_supplement, issue_path, issue_paths
from desk.routes import get, post
from service.article.occurrences import WordsPlace
from service.issue.replace_text import (
    LONGEST,
    MOST_PLACES,
    ArticlePlaces,
    Replaced,
    Replacement,
    places_in_issue,
    replace_in_issue,
)
from values.account import Role
from values.errors import BadUsage

_PLACE: Final = re.compile(r"(\d{1,9}):(title|byline|\d{1,7}):(\d{1,7})", re.ASCII)


def replace_form(request: Request) -> Response:
    """?words= what is looked for; ?substitute= what is to stand there instead."""
    words, substitute = request.query_params.get("words", ""), request.query_params.get("substitute", "")
    listed: tuple[ArticlePlaces, ...] = ()
    problem = ""
    if words:
        try:
            listed = places_in_issue(office_of(request), bulletin_of(request), words, supplement=is_supplement(request))
        except BadUsage as error:
            problem = str(error)
    count = sum(len(entry.occurrences) for entry in listed)
    return page(
        request,
        "issue_replace.html",
        status=400 if problem else 200,
        base=issue_path(request),
        words=words,
        substitute=substitute,
        problem=problem,
        listed=listed,
        count=count,
        is_cut=count >= MOST_PLACES,
        longest=LONGEST,
    )


def replace_chosen(request: Request, form: Form) -> Response:
    """Replaces at the ticked places.

    Fields: place (ARTICLE:PART:START, the part "title", "byline" or the index of a line), and version-ARTICLE for each
    article, as the page showed it.
    """
    places: defaultdict[int, list[WordsPlace]] = defaultdict(list)
    for value in form.fields.get("place", ()):
        match = _PLACE.fullmatch(value)
        if match is None:
            raise BadUsage("没有说明要替换哪里，没有执行。请重新查找。")
        part = match[2]
        places[int(match[1])].append(
            WordsPlace("title" if part == "title" else "byline" if part == "byline" else int(part), int(match[3]))
        )
    seen = {article: form.seen(f"version-{article}") for article in places}
    wanted = Replacement(form.raw("words"), form.raw("substitute"), places, seen)
    replaced = replace_in_issue(office_of(request), bulletin_of(request), wanted, who=person_of(request).who)
    for article in replaced.articles:
        note_own_change(request, article)
    return back_to(request, f"{issue_path(request)}/replace", _sentence(replaced))


def _sentence(replaced: Replaced) -> str:
    done = f"已替换 {len(replaced.articles)} 篇里的 {replaced.count} 处。" if replaced.articles else "没有替换。"
    skipped = "、".join(f"《{article.title}》（{article.why}）" for article in replaced.skipped)
    return f"{done}没有动：{skipped}。" if skipped else done


ROUTES: Final[tuple[BaseRoute, ...]] = (
    *(get(path, replace_form, role=Role.EDITOR) for path in issue_paths("/replace")),
    *(post(path, replace_chosen) for path in issue_paths("/replace")),
)
