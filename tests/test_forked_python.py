"""A program run in a forked process behaves like one that was started."""

from __future__ import annotations

import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.forked_python import PRELOADED, Ended, run_cold, run_python


def program(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "program.py"
    path.write_text(text, encoding="utf-8")
    return path


REPORT = """
import json, os, sys, pathlib
if __name__ == "__main__":
    print(json.dumps([sys.argv, os.environ["X"], "HOME" in os.environ, sys.stdout.isatty(), __file__]))
    print("日志", file=sys.stderr)
    sys.exit(3)
"""


def test_program_has_arguments_environment_output_and_status_like_a_started_program(tmp_path: Path) -> None:
    path = program(tmp_path, REPORT)
    environ = {"X": "1", "PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    ended = run_python(path, ["a", "乙"], environ, timeout=60)
    assert (ended.status, ended.stderr.decode()) == (3, "日志\n")
    assert ended == run_cold([sys.executable, str(path), "a", "乙"], environ, timeout=60)


@pytest.mark.parametrize(
    ("text", "status", "last_line"),
    [
        ("raise ValueError('broken')", 1, "ValueError: broken"),
        ("raise SystemExit('usage')", 1, "usage"),
        ("import atexit, sys\natexit.register(lambda: print('end', file=sys.stderr))", 0, "end"),
    ],
)
def test_program_ends_like_a_started_program(tmp_path: Path, text: str, status: int, last_line: str) -> None:
    ended = run_python(program(tmp_path, text), [], os.environ, timeout=60)
    assert (ended.status, ended.stderr.decode().splitlines()[-1]) == (status, last_line)


def test_programs_of_several_threads_run_side_by_side(tmp_path: Path) -> None:
    """Each of two programs waits for a file that the other makes."""
    text = """
import sys, time, pathlib
mine, other = map(pathlib.Path, sys.argv[1:])
mine.touch()
while not other.exists(): time.sleep(0.01)
"""
    path, files = program(tmp_path, text), [str(tmp_path / "a"), str(tmp_path / "b")]
    with ThreadPoolExecutor() as threads:
        calls = [threads.submit(run_python, path, order, os.environ, timeout=60) for order in (files, files[::-1])]
        assert [call.result() for call in calls] == [Ended(0, b"", b"")] * 2


def test_program_killed_at_a_step_leaves_no_child(tmp_path: Path) -> None:
    text = """
import os, pathlib, subprocess, sys
child = subprocess.Popen(["sleep", "600"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
os.rename(sys.argv[1], sys.argv[1] + ".done")
"""
    noted = tmp_path / "child"
    ended = run_python(program(tmp_path, text), [str(noted)], os.environ, timeout=60, kill_at=1)
    assert ended.status == -signal.SIGKILL
    assert has_ended(int(noted.read_text()))


def test_program_that_takes_too_long_is_killed(tmp_path: Path) -> None:
    noted = tmp_path / "pid"
    text = "import os, sys, time\nopen(sys.argv[1], 'w').write(str(os.getpid()))\ntime.sleep(600)"
    with pytest.raises(TimeoutError):
        run_python(program(tmp_path, text), [str(noted)], os.environ, timeout=3)
    assert has_ended(int(noted.read_text()))


def has_ended(pid: int) -> bool:
    """Whether the process is gone within five seconds, or waits only for somebody to collect it."""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("module", PRELOADED)
def test_preloaded_modules_exist(module: str) -> None:
    assert find_spec(module)
