"""Articles similar to a given one: sent again, continued, or written by others about the same; printed ones too."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from archive.articles import ArticleRecord
from archive.current_texts import current_texts
from intake.check.likeness import IndexedText, TextIndex, rounded_percent, words_of
from service.office import Office
from values.issue import ArticleStatus

_AROUND: Final = timedelta(days=400)
"""Thirteen months: what is reported every year at the same time is among them."""
_MOST_COMPARED: Final = 2_000
"""Thirty articles a week in both directions are 3,400; the latest are compared, and the page takes 0.3 s at most."""
_LEAST: Final = 50.0
"""Per cent of likeness worth showing: texts that share half of their sentences."""
_MOST: Final = 5
"""Rows of the table on the article's page."""


@dataclass(frozen=True, slots=True)
class Similar:
    """Another article, and how similar its text is."""

    id: int
    title: str
    department: str | None
    """Canonical name, None where none is known."""
    status: ArticleStatus
    received_at: datetime
    issue: str
    """Label of the issue it was printed in, "" for none."""
    percent: int
    """Likeness of the texts, 50 to 100; 100 for equal texts alone."""


def similar_to(office: Office, record: ArticleRecord) -> tuple[Similar, ...]:
    """The most similar first, of the articles received in the 13 months before and after."""
    since, until = record.received_at - _AROUND, record.received_at + _AROUND
    with office.ledger.reading() as ledger:
        around = current_texts(ledger, record.bulletin, since, until, most=_MOST_COMPARED)
    compared = {text.article: text for text in around if text.article != record.id}
    manuscripts = {id: json.loads(text.manuscript) for id, text in compared.items()}
    index = TextIndex()
    for id, manuscript in manuscripts.items():
        index.add(IndexedText(id, _words(manuscript)))
    words = words_of(record.manuscript)
    return tuple(
        Similar(
            id=match.text.id,
            title="".join(manuscripts[match.text.id]["title_lines"]),
            department=compared[match.text.id].department,
            status=ArticleStatus(compared[match.text.id].status),
            received_at=compared[match.text.id].received_at,
            issue=compared[match.text.id].issue,
            percent=rounded_percent(match, words),
        )
        for match in index.search(words, least=_LEAST, most=_MOST)
    )


def _words(manuscript: dict[str, Any]) -> str:
    """As `words_of`, without building the whole manuscript: there may be two thousand."""
    texts: list[str] = []
    for block in manuscript["blocks"]:
        if block["kind"] == "table":
            texts += (cell["text"] for row in block["rows"] for cell in row)
        else:
            texts.append(block["caption"] if block["kind"] == "picture" else block["text"])
    return "".join("".join(texts).split())
