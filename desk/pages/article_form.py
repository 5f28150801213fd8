"""The fields of the edit form of an article, and their limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from desk.forms import Form
from service.article.typed import TEXT_KINDS, Kind, TypedArticle, TypedBlock

_KEY: Final = re.compile(r"(?:n?\d{1,7})", re.ASCII)
_MOST_BLOCKS: Final = 5_000
"""As many as a form has fields (`desk.forms`)."""
MOST_CELLS: Final = 2_500
"""Of all tables together: half the fields that a form may have. Larger tables are edited in Word."""
_MOST_CHANGES: Final = 300
"""Rows and columns added to and removed from a table between two savings."""
KIND_NAMES: Final[dict[Kind, str]] = {
    "paragraph": "正文",
    "heading-1": "标题 一、",
    "heading-2": "标题（一）",
    "heading-3": "标题 1.",
    "heading-4": "标题（1）",
}


def typed_in(form: Form) -> TypedArticle:
    """The article as typed, without the blocks that are ticked for removal.

    Fields: title, byline; block: the keys of the blocks in order; for each key kind-KEY, text-KEY, cell-KEY (all cells
    of a table, row by row) with row-KEY (the number of cells of each row) and change-KEY (rows and columns added and
    removed), and remove-KEY.
    """
    return TypedArticle(form.raw("title"), form.raw("byline"), tuple(_blocks(form)))


def _blocks(form: Form) -> Iterator[TypedBlock]:
    for key in form.fields.get("block", ())[:_MOST_BLOCKS]:
        if not _KEY.fullmatch(key) or form.flag(f"remove-{key}"):
            continue
        kind = form.raw(f"kind-{key}")
        if kind in (*TEXT_KINDS, "picture"):
            yield TypedBlock(key, kind, form.raw(f"text-{key}"))
        elif kind == "table":
            changes = tuple(form.fields.get(f"change-{key}", ()))[:_MOST_CHANGES]
            yield TypedBlock(key, "table", cells=tuple(_rows(form, key)), changes=changes)


def _rows(form: Form, key: str) -> Iterator[tuple[str, ...]]:
    cells = iter(form.fields.get(f"cell-{key}", ()))
    for length in form.fields.get(f"row-{key}", ()):
        count = int(length) if re.fullmatch(r"\d{1,4}", length, re.ASCII) else 0
        yield tuple(islice(cells, count))
