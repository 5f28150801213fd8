"""The log of a real process: documented JSON, priorities for the journal, no addresses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from typing import Literal

import pytest

from tests.support.crash import ROOT

LOGGING = """
import logging, structlog
from service.running.logs import configure_logs
configure_logs({form!r}, logging.INFO)
log = structlog.get_logger("courier.sending")
log.info("letter out", outbox=1, state="sent")
for _ in range(3):
    log.error("letter out", outbox=2, state="failed", reply="550 <wang@qq.com> unknown")
try:
    raise ValueError("of wang@qq.com")
except ValueError:
    log.exception("job failed unexpectedly", work="收信")
logging.getLogger("imapclient").warning("odd answer")
logging.getLogger("imapclient").info("a whole letter")
"""


def logged(form: Literal["text", "json"], *, journal: bool) -> list[str]:
    reading, writing = os.pipe()
    with open(reading, encoding="utf-8") as lines:  # noqa: PTH123 - a descriptor
        stat = os.fstat(writing)
        stream = {"JOURNAL_STREAM": f"{stat.st_dev}:{stat.st_ino}"} if journal else {}
        command = [sys.executable, "-c", LOGGING.format(form=form)]
        subprocess.run(command, cwd=ROOT, env={"PATH": os.environ["PATH"], **stream}, stderr=writing, check=True)
        os.close(writing)
        return lines.read().splitlines()


def test_json_has_the_documented_fields() -> None:
    entries = [json.loads(line) for line in logged("json", journal=False)]
    assert [entry["event"] for entry in entries] == [
        "letter out",
        "letter out",
        "job failed unexpectedly",
        "odd answer",
    ]
    for entry in entries:
        assert entry.keys() >= {"timestamp", "level", "logger", "event"}
        assert datetime.fromisoformat(entry["timestamp"]).tzinfo is not None
    sent, failed, unexpected, library = entries
    assert (sent["outbox"], sent["state"], sent["level"], sent["logger"]) == (1, "sent", "info", "courier.sending")
    assert failed["reply"] == "550 <w***@qq.com> unknown"
    assert "ValueError: of w***@qq.com" in unexpected["exception"]
    assert (library["logger"], library["level"]) == ("imapclient", "warning")


@pytest.mark.parametrize("form", ["text", "json"])
def test_journal_gets_a_priority_for_each_line(form: Literal["text", "json"]) -> None:
    lines = logged(form, journal=True)
    assert lines[0].startswith("<6>")
    assert {line[:3] for line in lines[1:-1]} == {"<3>"}
    assert lines[-1].startswith("<4>")
    assert not [line for line in lines if "wang" in line]
    assert not [line for line in logged(form, journal=False) if line.startswith("<")]
