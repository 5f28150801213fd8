"""Threads share two arenas of the allocator."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

_PROGRAM = """
import sys, threading
from programs.allocator import use_few_arenas
if sys.argv[1] == "few":
    assert use_few_arenas()
holding, done = threading.Barrier(9), threading.Event()
def allocate():
    kept = [bytes(2000) for _ in range(100)]
    holding.wait()
    done.wait()
threads = [threading.Thread(target=allocate) for _ in range(8)]
for thread in threads: thread.start()
holding.wait()
arenas = sum(int(line.split()[0].split("-")[0], 16) % (1 << 26) == 0 for line in open("/proc/self/maps"))
done.set()
for thread in threads: thread.join()
print(arenas)
"""
"""An arena of a thread begins at a multiple of 64 MiB (HEAP_MAX_SIZE in glibc)."""


def _arenas(words: str) -> int:
    return int(subprocess.check_output([sys.executable, "-c", _PROGRAM, words]))


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc" or sys.maxsize < 2**32, reason="arenas are glibc's")
def test_threads_share_two_arenas() -> None:
    """The first of the two is not mapped as those of threads are; something else may begin there by chance."""
    assert _arenas("few") <= 2 < _arenas("usual")
