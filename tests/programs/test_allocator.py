"""Threads share two arenas of the allocator."""

from __future__ import annotations

import platform
import subprocess
import sys
from typing import Final

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


_FREED: Final = """
from programs.allocator import return_free_memory
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096
blocks = [bytearray(100_000) for _ in range(400)]
kept = bytearray(100_000)
del blocks
before = resident()
return_free_memory()
print(before - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="malloc_trim is glibc's")
def test_what_is_free_below_a_block_in_use_goes_back_to_the_system() -> None:
    assert int(subprocess.check_output([sys.executable, "-c", _FREED])) > 20_000_000
