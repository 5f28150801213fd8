"""Pages of a list: how many items, where to go on."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import urlencode

from pydantic import Field
from starlette.requests import Request

from values.whole_number import LARGEST_ID

_MOST: Final = 200

Limit = Annotated[int, Field(ge=1, le=_MOST, description="Items on a page.")]
Before = Annotated[
    int | None, Field(ge=1, le=LARGEST_ID, description="The id with which the page before ended; see `next`.")
]
USUAL_LIMIT: Final = 50


def next_page(request: Request, before: int | None) -> str | None:
    """The path of the page after one that ended with the id `before`, with the same filters; None after the last."""
    if before is None:
        return None
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "before"]
    return f"{request.url.path}?{urlencode([*kept, ('before', str(before))])}"
