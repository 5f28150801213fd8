"""What a command leaves open to others: no file, no folder, no password."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

from tests.support.offices import bulletin, write_config

ROOT = Path(__file__).resolve().parents[3]
VARIABLE = "JIANBAO_IMAP_PASSWORD"
LOOK_AROUND = """
import ctypes, os, runpy, subprocess, sys
from cli.base import exit_status
import cli.check
def look(office):
    print("office", office.environ.get("JIANBAO_IMAP_PASSWORD"))
    print("process", os.environ.get("JIANBAO_IMAP_PASSWORD"))
    print("program", subprocess.run(["printenv", "JIANBAO_IMAP_PASSWORD"], capture_output=True).stdout)
    print("dumpable", ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
    return []
cli.check.check_installation = look
sys.argv = ["run_service.py", *sys.argv[1:]]
runpy.run_path("run_service.py", run_name="__main__")
"""
"""`check` as it is started, and in place of what it checks a look at the environment and at PR_GET_DUMPABLE (3)."""


def test_every_file_of_a_command_is_closed_to_others(tmp_path: Path) -> None:
    config = write_config(tmp_path, bulletin())
    command = [sys.executable, "run_service.py", "--config", str(config), "import", "demo/letters"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, umask=0)
    made = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert {path.name for path in made} >= {"data", "jianbao.sqlite3", "raw"}
    assert [path for path in made if stat.S_IMODE(path.lstat().st_mode) & 0o077] == []


def test_passwords_are_gone_from_the_environment_and_memory_is_closed_to_other_processes(tmp_path: Path) -> None:
    config = write_config(tmp_path, bulletin())
    looked = subprocess.run(
        [sys.executable, "-c", LOOK_AROUND, "--config", config, "check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), VARIABLE: "SECRETCODE"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert looked.stdout.splitlines()[:4] == ["office SECRETCODE", "process None", "program b''", "dumpable 0"]
