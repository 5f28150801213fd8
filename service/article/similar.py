"""Articles similar to a given one: sent again, continued, or written by others about the same; printed ones too."""

from __future__ import annotations

import json
from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final

from archive.articles import ArticleRecord
from archive.current_texts import CurrentText, current_manuscripts, current_texts
from archive.transaction import Transaction
from intake.check.likeness import likely_alike, likeness, rounded_percent, sketch_of, words_of
from service.office import Office
from values.issue import ArticleStatus

_AROUND: Final = timedelta(days=400)
"""Thirteen months: what is reported every year at the same time is among them."""
_MOST_COMPARED: Final = 2_000
"""Thirty articles a week in both directions are 3,400; the latest are compared."""
_MOST_SKETCHES: Final = 20_000
"""Nine megabytes: four bulletins with three years of thirty articles a week."""
_AT_ONCE: Final = 500
"""Texts read in one statement, below the number of parameters that a statement may have."""
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


class TextSketches:
    """The sketches of an office's texts, in memory, each read once: the text of a revision does not change, unless its
    letter is sealed or removed.

    A sketch has no words. That of a text which was emptied stays until later ones replace it; the ledger's present text
    decides what is similar.
    """

    def __init__(self, most: int = _MOST_SKETCHES) -> None:
        self._most = most
        self._lock = Lock()
        self._sketches: OrderedDict[tuple[int, int], array[int]] = OrderedDict()
        """By article and revision, those used last at the end."""

    def of(self, ledger: Transaction, texts: Sequence[CurrentText]) -> list[tuple[int, array[int]]]:
        """The id of each article with the sketch of its text, in the same order. texts: read in this transaction."""
        kept = self._kept(texts)
        missing = [text for text in texts if text.article not in kept]
        for first in range(0, len(missing), _AT_ONCE):
            part = missing[first : first + _AT_ONCE]
            manuscripts = current_manuscripts(ledger, [text.article for text in part])
            sketches = {id: sketch_of(_words(json.loads(manuscript))) for id, manuscript in manuscripts.items()}
            self._keep({(text.article, text.revision): sketches[text.article] for text in part})
            kept |= sketches
        return [(text.article, kept[text.article]) for text in texts]

    def _kept(self, texts: Sequence[CurrentText]) -> dict[int, array[int]]:
        with self._lock:
            keys = [key for text in texts if (key := (text.article, text.revision)) in self._sketches]
            for key in keys:
                self._sketches.move_to_end(key)
            return {key[0]: self._sketches[key] for key in keys}

    def _keep(self, sketches: dict[tuple[int, int], array[int]]) -> None:
        with self._lock:
            self._sketches |= sketches
            while len(self._sketches) > self._most:
                self._sketches.popitem(last=False)


def similar_to(office: Office, record: ArticleRecord, sketches: TextSketches) -> tuple[Similar, ...]:
    """The most similar first, of the articles received in the 13 months before and after."""
    since, until = record.received_at - _AROUND, record.received_at + _AROUND
    words = words_of(record.manuscript)
    with office.ledger.reading() as ledger:
        around = current_texts(ledger, record.bulletin, since, until, most=_MOST_COMPARED)
        candidates = {text.article: text for text in around if text.article != record.id}
        likely = likely_alike(words, sketches.of(ledger, list(candidates.values())))
        manuscripts = current_manuscripts(ledger, likely)
    matches = _matches(words, {id: json.loads(manuscript) for id, manuscript in manuscripts.items()})
    return tuple(
        Similar(
            id=id,
            title=title,
            department=candidates[id].department,
            status=ArticleStatus(candidates[id].status),
            received_at=candidates[id].received_at,
            issue=candidates[id].issue,
            percent=percent,
        )
        for percent, id, title in sorted(matches, key=lambda match: (-match[0], match[1]))[:_MOST]
    )


def _matches(words: str, manuscripts: dict[int, dict[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """Of each text that is similar enough: per cent, id and title."""
    for id, manuscript in manuscripts.items():
        other = _words(manuscript)
        percent = likeness(words, other)
        if percent >= _LEAST:
            yield rounded_percent(percent, same=words == other), id, "".join(manuscript["title_lines"])


def _words(manuscript: dict[str, Any]) -> str:
    """As `words_of`, without building the whole manuscript: there may be two thousand."""
    texts: list[str] = []
    for block in manuscript["blocks"]:
        if block["kind"] == "table":
            texts += (cell["text"] for row in block["rows"] for cell in row)
        else:
            texts.append(block["caption"] if block["kind"] == "picture" else block["text"])
    return "".join("".join(texts).split())
