"""One service a data directory: real processes, really killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.running.lock import sole_service
from tests.support.crash import ROOT
from values.errors import BadUsage, StorageFailed

HOLD = """
import subprocess, sys
from pathlib import Path
from service.running.lock import sole_service
with sole_service(Path(sys.argv[1])):
    if sys.argv[2] == "with a child":
        child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=sys.stdin)
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process_holding(data_dir: Path, how: str = "alone") -> Iterator[subprocess.Popen[str]]:
    """It holds the lock, and ends when its standard input ends. A child of it outlives it until then."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data_dir), how],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        if process.poll() is None:
            process.kill()


def test_second_service_is_refused_with_the_process_that_has_the_directory(tmp_path: Path) -> None:
    with (
        another_process_holding(tmp_path) as first,
        pytest.raises(BadUsage, match=f"另一个服务（进程 {first.pid}）正在使用 {tmp_path}；请先停掉它") as refused,
        sole_service(tmp_path),
    ):
        pytest.fail("two services at once")
    assert "\n" not in str(refused.value)


def test_other_directories_are_free(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with another_process_holding(tmp_path), sole_service(tmp_path / "other"):
        assert (tmp_path / "other" / "service.lock").read_text() == str(os.getpid())


@pytest.mark.parametrize("how", ["alone", "with a child"])
def test_lock_goes_with_its_process_even_when_killed(tmp_path: Path, how: str) -> None:
    with another_process_holding(tmp_path, how) as first:
        first.kill()
        first.wait(30)
        with sole_service(tmp_path):
            assert (tmp_path / "service.lock").read_text() == str(os.getpid())


def test_directory_is_free_after_a_service_ended(tmp_path: Path) -> None:
    for _ in range(2):
        with sole_service(tmp_path):
            assert (tmp_path / "service.lock").read_text() == str(os.getpid())


def test_directory_that_is_gone_is_reported(tmp_path: Path) -> None:
    with (
        pytest.raises(StorageFailed, match=r"service\.lock 失败：文件不在了。请检查数据目录"),
        sole_service(tmp_path / "gone"),
    ):
        pytest.fail("a lock without a directory")
