"""Articles like one: reported again, continued, or written about the same by others; also those printed long ago."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from archive.articles import ArticleRecord
from archive.neighbourhood import current_texts
from intake.check.likeness import most_alike, words_of
from service.office import Office
from values.issue import ArticleStatus

_AROUND: Final = timedelta(days=400)
_MOST_COMPARED: Final = 2_000
_LEAST: Final = 50.0
_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Similar:
    """Another article, how like it is in per cent, and the label of the issue it was printed in, "" for none."""

    id: int
    title: str
    department: str | None
    status: ArticleStatus
    received_at: datetime
    issue: str
    percent: int


def similar_to(office: Office, record: ArticleRecord) -> tuple[Similar, ...]:
    """The most alike first, of what was received in the 13 months before it and after it."""
    since, until = record.received_at - _AROUND, record.received_at + _AROUND
    with office.ledger.reading() as ledger:
        around = current_texts(ledger, record.bulletin, since, until, most=_MOST_COMPARED)
    others = [one for one in around if one.article != record.id]
    read = [json.loads(one.manuscript) for one in others]
    found = most_alike(words_of(record.manuscript), [_words(one) for one in read], least=_LEAST, most=_MOST)
    return tuple(
        Similar(
            id=others[at].article,
            title="".join(read[at]["title_lines"]),
            department=others[at].department,
            status=ArticleStatus(others[at].status),
            received_at=others[at].received_at,
            issue=others[at].issue,
            percent=min(round(percent), 100 if percent == 100 else 99),
        )
        for at, percent in found
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
