"""What a large letter and a boasting server cost the poller, measured as the peak of a process of its own."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.crash import ROOT
from tests.support.imap_server import ScriptedImap, Talk
from tests.support.scripted_mailbox import raw

_POLL = """
import re, sys
from pathlib import Path
from intake.fetch.mailbox import FetchLimits
from intake.fetch.imap_client import ImapTimeouts
from tests.support.intake_bench import intake_bench
from tests.support.imap_server import ScriptedImap
server = ScriptedImap()
server.port = int(sys.argv[2])
with intake_bench(Path(sys.argv[1]), server, limits=FetchLimits(letter=80_000_000), timeouts=ImapTimeouts()) as bench:
    answer = bench.poll()
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]  # ru_maxrss begins with the parent's
print(int(peak) // 1024)
"""
_LARGE = raw(1, size=70_000_000)


def peak_of_a_poll(home: Path, server: ScriptedImap) -> int:
    """MiB, of a process that polls the server once into `home`."""
    command = [sys.executable, "-c", _POLL, str(home), str(server.port)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=100)
    return int(ran.stdout.split()[-1])  # after what was logged


def stored(home: Path) -> set[str]:
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in (home / "raw").rglob("*.eml")}


def test_a_letter_of_70_mb_costs_the_poller_less_than_150_mib(tmp_path: Path) -> None:
    with ScriptedImap({1: raw(1), 2: _LARGE}).running() as server:
        assert peak_of_a_poll(tmp_path, server) < 150
    assert stored(tmp_path) == {hashlib.sha256(letter).hexdigest() for letter in (raw(1), _LARGE)}


def test_a_letter_of_70_mb_behind_a_false_size_costs_no_more(tmp_path: Path) -> None:
    with ScriptedImap({1: raw(1), 2: _LARGE}).running() as server:
        server.sizes[2] = 100
        assert peak_of_a_poll(tmp_path, server) < 150
    assert stored(tmp_path) == {hashlib.sha256(letter).hexdigest() for letter in (raw(1), _LARGE)}


@pytest.mark.parametrize("stage", ["UID SEARCH", "UID FETCH"])
def test_a_boast_of_four_gigabytes_costs_nothing(tmp_path: Path, stage: str) -> None:
    def boast(talk: Talk) -> None:
        talk.send(b"* 1 FETCH (UID 1 BODY[] {4294967000}\r\n" + b"x" * 1_000_000).hang_up()

    with ScriptedImap({1: raw(1)}).running() as server:
        server.on[stage] = boast
        assert peak_of_a_poll(tmp_path, server) < 150
    assert stored(tmp_path) == set()
