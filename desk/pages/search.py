"""搜索: articles, letters, past issues and 批示 at once."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from archive.search import Kind
from desk.page import bulletin_of, office_of, page
from desk.routes import get
from service.letters.searching import search_everything

_KINDS: Final[dict[str, Kind]] = {
    "articles": "article",
    "letters": "letter",
    "past": "issue",
    "endorsements": "endorsement",
}
_OF_EACH: Final = 10
"""Results of each kind on the page of all kinds."""
_OF_ONE: Final = 50
"""Results on the page of one kind."""
_LONGEST_QUERY: Final = 200
"""Characters of a query: a whole sentence."""


def search_page(request: Request) -> Response:
    """?q= the query; ?in= articles, letters, past or endorsements: results of that kind alone, and more of them."""
    query = request.query_params.get("q", "")[:_LONGEST_QUERY].replace("\0", "").strip()
    only = _KINDS.get(request.query_params.get("in", ""))
    kinds = (only,) if only else tuple(_KINDS.values())
    most = _OF_ONE if only else _OF_EACH
    results = search_everything(office_of(request), bulletin_of(request), query, kinds, most=most)
    return page(request, "search.html", query=query, only=only, results=results, most=most)


ROUTES: Final[tuple[BaseRoute, ...]] = (get("/b/{bulletin}/search", search_page),)
