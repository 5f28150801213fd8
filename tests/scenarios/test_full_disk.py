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
    usage = os.statvfs(disk)
    resize((usage.f_blocks - usage.f_bfree) * usage.f_frsize // 1024 + kilobytes)

def answer_to(*words):
    ran = subprocess.run(office.command(*words), capture_output=True, env=office.environ, text=True, timeout=30)
    return ran.returncode, (ran.stderr + ran.stdout).replace(os.linesep, "")

def whole():
    verdicts = {row["sha256"]: row["verdict"] for row in office.run("messages").document}
    return verdicts == expected_verdicts(mails) and broken_promises(office.data) == []

mails = list(islice(mixed_mail(3), 10))
server = ScriptedImap()
with server.running():
    office = Installation(disk, configured(server, None))
    deliver(server, mails[:4])
    assert answer_to("poll")[0] == 0
    deliver(server, mails[4:])
"""

_FULL = """
    answers = []
    for kilobytes in (0, 128):
        room_for(kilobytes)
        answers.append(answer_to("poll"))
        resize(65_536)
    room_for(0)
    answers.append(answer_to("run"))
    resize(65_536)
    answers.append(answer_to("poll"))
    print(json.dumps([answers, whole()]))
"""

_READ_ONLY = """
    answers = []
    read_only()
    for words in (["poll"], ["run"]):
        answers.append(answer_to(*words))
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    answers.append(answer_to("poll"))
    print(json.dumps([answers, whole()]))
"""


def test_full_disk_is_called_full_and_the_poll_after_it_completes(tmp_path: Path) -> None:
    """security.md A-7: with no room at all, and for letters but not for the ledger."""
    answers, whole = json.loads(on_disk_of(65_536, tmp_path, _OFFICE + _FULL))
    *full, (status, _) = answers
    assert [status for status, _ in full] == [3] * len(full)
    assert all("磁盘空间不足。请腾出空间" in output for _, output in full), full
    assert (status, whole) == (0, True)


def test_read_only_disk_stops_poll_and_service_with_what_to_do(tmp_path: Path) -> None:
    """security.md A-8."""
    answers, whole = json.loads(on_disk_of(65_536, tmp_path, _OFFICE + _READ_ONLY))
    *refused, (status, _) = answers
    assert [status for status, _ in refused] == [3] * len(refused)
    assert all("只读" in output and "请检查" in output for _, output in refused), refused
    assert (status, whole) == (0, True)
