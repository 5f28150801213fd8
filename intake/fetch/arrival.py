"""When a letter arrived, by its header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_RECEIVED = re.compile(rb"^received[ \t]*:(.*(?:\r?\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)
_DATE = re.compile(rb"^date[ \t]*:(.*(?:\r?\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)

_EARLIEST_YEAR = 1990
"""Earlier dates come from clocks that were never set (1970, 1980)."""


def header_block(raw: bytes, limit: int) -> bytes:
    """The header of a letter with the blank line that ends it, at most `limit` octets."""
    end = _HEADER_END.search(raw, 0, limit)
    return raw[: end.end() if end else limit]


def arrival(header: bytes, *, latest_year: int) -> datetime | None:
    """The date of the topmost Received header, else the Date header; aware. None when neither is plausible.

    The topmost Received line is the one our own server wrote (RFC 5321 4.4); Date is the sender's clock.
    A zone that is missing or "-0000" is read as UTC (RFC 5322 3.3). Years after `latest_year` are not plausible.
    """
    return next((when for when in _dates(header) if _EARLIEST_YEAR <= when.year <= latest_year), None)


def _dates(header: bytes) -> Iterator[datetime]:
    received = _RECEIVED.search(header)
    date = _DATE.search(header)
    texts = [received[1].rpartition(b";")[2]] if received and b";" in received[1] else []
    for text in [*texts, date[1]] if date else texts:
        when = _date(text)
        if when is not None:
            yield when


def _date(text: bytes) -> datetime | None:
    try:
        return aware(parsedate_to_datetime(text.decode("ascii", "replace").strip()))
    except (ValueError, OverflowError, TypeError, IndexError):
        return None  # senders write anything; the next candidate decides


def aware(when: datetime) -> datetime:
    """The same time with a zone; a naive time is UTC. Raises ValueError for a zone that does not exist (+9999)."""
    if when.tzinfo is None:
        return when.replace(tzinfo=UTC)
    when.utcoffset()
    return when
