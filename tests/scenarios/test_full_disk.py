"""A disk that is really full, or really read-only, under the whole command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.small_disk import on_disk_of

_OFFICE = """
import json, os, subprocess
from itertools import islice
from tests.support.imap_server import ScriptedImap
from tests.support.invariants import broken_promises
from tests.support.mixed_mail import configured, deliver, expected_verdicts, mixed_mail
from tests.support.scenario import Installation

def resize(kilobytes):
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(disk)], check=True)

def room_for(kilobytes):
    found = os.statvfs(disk)
    resize((found.f_blocks - found.f_bfree) * found.f_frsize // 1024 + kilobytes)

def told(*words):
    ran = subprocess.run(office.command(*words), capture_output=True, env=office.environ, text=True, timeout=30)
    return ran.returncode, (ran.stderr + ran.stdout).replace(os.linesep, "")

def whole():
    found = {row["sha256"]: row["verdict"] for row in office.run("messages").document}
    return found == expected_verdicts(mails) and broken_promises(office.data) == []

mails = list(islice(mixed_mail(3), 10))
server = ScriptedImap()
with server.running():
    office = Installation(disk, configured(server, None))
    deliver(server, mails[:4])
    assert told("poll")[0] == 0
    deliver(server, mails[4:])
"""

_FULL = """
    answers = []
    for kilobytes in (0, 128):
        room_for(kilobytes)
        answers.append(told("poll"))
        resize(65_536)
    room_for(0)
    answers.append(told("run"))
    resize(65_536)
    answers.append(told("poll"))
    print(json.dumps([answers, whole()]))
"""

_READ_ONLY = """
    answers = []
    read_only()
    for words in (["poll"], ["run"]):
        answers.append(told(*words))
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    answers.append(told("poll"))
    print(json.dumps([answers, whole()]))
"""


def test_full_disk_is_called_full_and_the_poll_after_it_completes(tmp_path: Path) -> None:
    """security.md A-7: with no room at all, and for letters but not for the ledger."""
    answers, whole = json.loads(on_disk_of(65_536, tmp_path, _OFFICE + _FULL))
    *full, (status, _) = answers
    assert [found for found, _ in full] == [3] * len(full)
    assert all("磁盘空间不足。请腾出空间" in said for _, said in full), full
    assert (status, whole) == (0, True)


def test_read_only_disk_stops_poll_and_service_with_what_to_do(tmp_path: Path) -> None:
    """security.md A-8."""
    answers, whole = json.loads(on_disk_of(65_536, tmp_path, _OFFICE + _READ_ONLY))
    *refused, (status, _) = answers
    assert [found for found, _ in refused] == [3] * len(refused)
    assert all("只读" in said and "请检查" in said for _, said in refused), refused
    assert (status, whole) == (0, True)
