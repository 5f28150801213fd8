"""A flood of letters: departments first, in bounded memory, while other bulletins go on (security.md B-12)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.crash import ROOT
from tests.support.imap_server import ScriptedImap
from tests.support.invariants import broken_promises
from tests.support.offices import bulletin, config, write_config

DEPARTMENT = "mzj@example.org"
_TAKE_IN = """
import json, os, re, sys, threading
from datetime import UTC, datetime
from pathlib import Path
from archive import letters
from intake.pool import ReadingPool
from service.office import open_office
from service.letters.receive import LetterReceiver
from settings.load import load_settings
from values.errors import TryLater
settings = load_settings(Path(sys.argv[1]))
with open_office(settings, lambda: datetime.now(UTC), os.environ) as office, ReadingPool() as pool:
    flood, other = settings.bulletins
    polls = []
    over = threading.Event()
    def keep_polling():
        while not over.wait(0.5):
            polls.append(LetterReceiver(office, pool).poll(other).stored)
    beside = threading.Thread(target=keep_polling)
    beside.start()
    try:
        taken = None
        while taken is None:
            try:
                taken = LetterReceiver(office, pool).poll(flood)
            except TryLater as later:
                print(later, file=sys.stderr)
    finally:
        over.set()
        beside.join()
    with office.ledger.reading() as ledger:
        kept = sorted(letters.letters(ledger), key=lambda one: one.id)
        order = [one.sender for one in kept if one.bulletin == flood.id]
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(json.dumps({"megabytes": int(peak) // 1024, "polls": polls, "order": order}))
"""


class ManyLetters(Mapping[int, bytes]):
    """Letters made as they are asked for, one in `every` from the department; UIDs as large as 163's."""

    def __init__(self, count: int, every: int) -> None:
        self._uids = range(1_392_611_444, 1_392_611_444 + count)
        self._every = every

    def __getitem__(self, uid: int) -> bytes:
        number = self._uids.index(uid)
        sender = DEPARTMENT if self.is_department(uid) else f"ad{number}@spam.example"
        return f"From: <{sender}>\r\nSubject: {number}\r\n\r\n{number} ".encode() + b"x" * 2_000 + b"\r\n"

    def __iter__(self) -> Iterator[int]:
        return iter(self._uids)

    def __len__(self) -> int:
        return len(self._uids)

    def __contains__(self, uid: object) -> bool:
        return uid in self._uids

    def is_department(self, uid: int) -> bool:
        return (self._uids.index(uid) + 1) % self._every == 0


def take_in(home: Path, letters: ManyLetters, seconds: float) -> dict[str, Any]:
    """What a process tells that takes them in, with another bulletin beside it."""
    with ScriptedImap().running() as server, ScriptedImap({1: b"Subject: x\r\n\r\nx\r\n"}).running() as other:
        server.letters = letters  # type: ignore[assignment]  # nothing of it is changed here
        senders = f'senders = ["{DEPARTMENT}"]\n'
        text = config(bulletin("flood", port=server.port) + senders, bulletin("other", port=other.port))
        ran = subprocess.run(
            [sys.executable, "-c", _TAKE_IN, str(write_config(home, text))],
            cwd=ROOT,
            env={**os.environ, "JIANBAO_IMAP_PASSWORD": "pw"},
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )
    assert ran.returncode == 0, ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told


def assert_a_flood_is_taken_in(home: Path, count: int, seconds: float) -> None:
    letters = ManyLetters(count, every=50)
    told = take_in(home, letters, seconds)
    assert len(told["order"]) == count
    ours = count // 50
    assert set(told["order"][:ours]) == {DEPARTMENT}, "departments wait behind the flood"
    assert DEPARTMENT not in told["order"][ours:]
    assert len(told["polls"]) >= 2, "the other bulletin was held up"
    assert told["megabytes"] < 400
    assert broken_promises(home / "data") == []


def test_two_thousand_letters_come_in_with_the_departments_first(tmp_path: Path) -> None:
    assert_a_flood_is_taken_in(tmp_path / "office", 2_000, seconds=110)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_fifty_thousand_letters_come_in_within_an_hour(tmp_path: Path) -> None:
    assert_a_flood_is_taken_in(tmp_path / "office", 50_000, seconds=3_500)
