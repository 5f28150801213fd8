from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from intake.fetch.arrival import arrival, header_block

BEIJING = timezone(timedelta(hours=8))
NINE_THIRTY = datetime(2022, 6, 10, 9, 30, tzinfo=BEIJING)


def test_topmost_received_line_decides() -> None:
    header = (
        b"Return-Path: <a@b>\r\nReceived: from a (HELO; b)\r\n\tby c; Fri, 10 Jun 2022 09:30:00 +0800 (CST)\r\n"
        b"Received: from d; Thu, 9 Jun 2022 09:30:00 +0800\r\nDate: Mon, 1 Jan 2001 00:00:00 +0000\r\n\r\n"
    )
    assert arrival(header, latest_year=2023) == NINE_THIRTY


@pytest.mark.parametrize(
    "received",
    [
        b"",
        b"Received: from a by b\n",
        b"Received: from a by b; yesterday\n",
        b"Received: from a by b; Fri, 10 Jun 1970 09:30:00 +0800\n",
        b"Received: from a by b; Fri, 10 Jun 2099 09:30:00 +0800\n",
        b"Received: from a by b; Fri, 10 Jun 2022 09:30:00 +9999\n",
        b"Received: from a by b; Fri, 99 Jun 2022 99:30:00 +0800\n",
        b"Received: \xd5\xc2;\xff\xfe\n",
    ],
)
def test_date_decides_where_received_cannot_be_believed(received: bytes) -> None:
    header = received + b"DATE: Fri, 10 Jun 2022\n 09:30:00 +0800\nX-Date: Mon, 1 Jan 2001 00:00:00 +0000\n\n"
    assert arrival(header, latest_year=2023) == NINE_THIRTY


@pytest.mark.parametrize("zone", [b"", b" -0000", b" GMT"])
def test_missing_zone_is_utc(zone: bytes) -> None:
    when = arrival(b"Date: Fri, 10 Jun 2022 09:30:00" + zone + b"\n\n", latest_year=2023)
    assert when == datetime(2022, 6, 10, 9, 30, tzinfo=UTC)


def test_nothing_believable_is_none() -> None:
    assert arrival(b"Subject: x\nX-Received: a; Fri, 10 Jun 2022 09:30:00 +0800\n\n", latest_year=2023) is None


def test_header_block_ends_with_its_blank_line_or_at_the_limit() -> None:
    assert header_block(b"A: b\r\n\r\nbody\n\n", 100) == b"A: b\r\n\r\n"
    assert header_block(b"A: b\n\nbody\n\n", 100) == b"A: b\n\n"
    assert header_block(b"A: " + b"x" * 200, 100) == b"A: " + b"x" * 97
    assert header_block(b"", 100) == b""
