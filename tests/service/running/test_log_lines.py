"""What a line of the log shows, and which lines are left out."""

from __future__ import annotations

import logging
import os
import tempfile
import time
from datetime import datetime
from typing import Any

import pytest

from service.running.log_lines import (
    REPEAT_SECONDS,
    JournalFormatter,
    RepeatingFaults,
    is_journal,
    mask,
    priority,
    stamp,
)


def test_time_has_milliseconds_and_offset() -> None:
    stamped = datetime.fromisoformat(str(stamp(None, "", {})["timestamp"]))
    assert stamped.tzinfo is not None
    assert stamped.microsecond % 1_000 == 0


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("550 <wang.fang@qq.com>: no such user", "550 <w***@qq.com>: no such user"),
        ("a@x.example.org, b+c@y.example.org", "a***@x.example.org, b***@y.example.org"),
        ("王@单位.中国 没有", "王***@单位.中国 没有"),
        (["x@example.org", 7], ["x***@example.org", 7]),
        ("no address @ all", "no address @ all"),
        (7, 7),
    ],
)
def test_addresses_lose_their_names(value: object, shown: object) -> None:
    assert mask(None, "", {"reason": value}) == {"reason": shown}


def test_long_word_of_a_server_does_not_hold_up_the_log() -> None:
    reason = "@" + "a" * 1_000_000
    began = time.process_time()
    assert mask(None, "", {"reason": reason}) == {"reason": reason}
    assert time.process_time() - began < 1


def test_message_id_of_ours_stays() -> None:
    assert mask(None, "", {"message_id": "<a.b@example.org>"}) == {"message_id": "<a.b@example.org>"}


def entry(fields: dict[str, str], level: int = logging.WARNING) -> logging.LogRecord:
    return logging.LogRecord("service.x", level, "", 0, fields, (), None)


def shown(filter: RepeatingFaults, *records: logging.LogRecord) -> list[Any]:
    return [record.msg for record in records if filter.filter(record)]


def test_fault_is_one_line_an_hour_with_its_count() -> None:
    now = 0.0
    filter = RepeatingFaults(lambda: now)
    fault = {"event": "poll failed", "bulletin": "a", "reason": "no answer"}
    assert shown(filter, *(entry(fault | {"again_in": str(pause)}) for pause in range(4))) == [
        fault | {"again_in": "0"}
    ]
    assert len(shown(filter, entry(fault | {"bulletin": "b"}), entry(fault | {"reason": "other"}))) == 2
    now = REPEAT_SECONDS
    assert shown(filter, entry(dict(fault))) == [fault | {"repeated": 3}]
    now *= 2
    assert shown(filter, entry(dict(fault))) == [fault]


def test_what_is_no_fault_is_always_shown() -> None:
    filter = RepeatingFaults(lambda: 0.0)
    assert len(shown(filter, *(entry({"event": "letter out"}, logging.INFO) for _ in range(3)))) == 3
    text = logging.LogRecord("library", logging.WARNING, "", 0, "text", (), None)
    assert filter.filter(text)
    assert filter.filter(text)


def test_as_many_faults_as_a_stranger_can_cause_stay_within_memory() -> None:
    filter = RepeatingFaults(lambda: 0.0)
    shown(filter, *(entry({"event": "log-in refused", "address": str(number)}) for number in range(2_500)))
    assert len(filter._faults) <= 1_000


def test_journal_is_recognised_by_device_and_inode() -> None:
    with tempfile.TemporaryFile() as file:
        stat = os.fstat(file.fileno())
        assert is_journal({"JOURNAL_STREAM": f"{stat.st_dev}:{stat.st_ino}"}, file.fileno())
        assert not is_journal({"JOURNAL_STREAM": f"{stat.st_dev}:{stat.st_ino + 1}"}, file.fileno())
        assert not is_journal({}, file.fileno())
        closed = os.dup(file.fileno())
    os.close(closed)
    assert not is_journal({"JOURNAL_STREAM": f"{stat.st_dev}:{stat.st_ino}"}, closed)


def test_each_line_of_a_traceback_has_the_priority() -> None:
    formatter = JournalFormatter(logging.Formatter("%(message)s"))
    record = logging.LogRecord("x", logging.ERROR, "", 0, "failed\n  at line 1", (), None)
    assert formatter.format(record) == "<3>failed\n<3>  at line 1"
    assert [priority(level) for level in (50, 40, 30, 20, 10)] == [2, 3, 4, 6, 7]
