"""Questions to child processes: each under limits of its own, and whatever goes wrong comes back as a Crash."""

from __future__ import annotations

import ctypes
import os
import pickle
import resource
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from programs.children import ChildLimits, ChildPool
from programs.confine import is_confined
from programs.crash import Crash, CrashKind

MIB = 1024 * 1024
LIMITS = ChildLimits(seconds=5.0, memory=400 * MIB, memory_per_byte=1)


@pytest.fixture(scope="module")
def pool() -> Iterator[ChildPool]:
    with ChildPool(1, LIMITS, [__name__]) as pool:
        pool.ask(0, _positive, 1)  # the first question waits for the process to start
        yield pool


def _positive(number: int) -> int:
    return abs(number)


def _called(function: Callable[[], int]) -> int:
    return function()


def _number(text: str) -> int:
    return int(text)  # what the exception says of it may quote a file


_RAISES = _number.__code__.co_firstlineno + 1


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


def _spin(seconds: float) -> float:
    """Uses up that much CPU time. Returns how much this process may use from then on."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit, _ = resource.getrlimit(resource.RLIMIT_CPU)
    return limit - used.ru_utime - used.ru_stime


def _allocate(octets: int) -> int:
    return len(bytes(octets))


def _nest(depth: int) -> int:
    return 0 if depth == 0 else 1 + _nest(depth - 1)


def _divide(dividend: int, *, by: int) -> float:
    return dividend / by


def _die(_: object) -> None:
    """A child may send no signals, not even to itself."""
    ctypes.string_at(0)


def _memory_limit() -> int:
    return resource.getrlimit(resource.RLIMIT_AS)[0]


def test_question_is_answered(pool: ChildPool) -> None:
    assert pool.ask(0, _divide, 6, by=3) == 2


def test_children_are_confined_and_the_service_is_not(pool: ChildPool) -> None:
    assert pool.is_confined()
    assert not is_confined()


def test_cpu_time_that_earlier_questions_used_is_not_charged_to_later_ones(pool: ChildPool) -> None:
    """A limit that was set once would sink until the process is killed, and with it whatever it is asked then."""
    pool.ask(0, _spin, 1.8)
    left = pool.ask(0, _spin, 0.0)
    assert isinstance(left, float)
    assert left > LIMITS.seconds + 0.5


def test_memory_is_limited_by_what_the_question_is_about(pool: ChildPool) -> None:
    assert pool.ask(0, _memory_limit) == LIMITS.memory
    assert pool.ask(LIMITS.memory, _allocate, LIMITS.memory) == Crash(CrashKind.OUT_OF_MEMORY, "400")
    assert pool.ask(3 * LIMITS.memory, _allocate, LIMITS.memory) == LIMITS.memory
    assert pool.ask(0, _memory_limit) == LIMITS.memory


@pytest.mark.parametrize(
    ("question", "argument", "crash"),
    [
        (_nest, 100_000, Crash(CrashKind.TOO_DEEP)),
        (_die, None, Crash(CrashKind.DIED, "-11")),
        (_number, "机密", Crash(CrashKind.DEFECT, f"ValueError，test_children.py:{_RAISES}")),
    ],
    ids=["too deep", "died", "defect"],
)
def test_failing_question_is_a_crash_and_the_next_is_answered(
    pool: ChildPool, question: Callable[[object], object], argument: object, crash: Crash
) -> None:
    assert pool.ask(0, question, argument) == crash
    assert pool.ask(0, _positive, -1) == 1


def test_question_that_takes_too_long_is_ended() -> None:
    with ChildPool(1, ChildLimits(seconds=0.3), [__name__]) as pool:
        assert pool.ask(0, _sleep, 60.0) == Crash(CrashKind.OVERDUE, "0")


def test_answers_may_be_waited_for_in_any_order(pool: ChildPool) -> None:
    pending = [pool.start(0, _positive, -number) for number in range(5)]
    assert [answer.wait() for answer in reversed(pending)] == [4, 3, 2, 1, 0]


def test_question_that_cannot_be_sent_is_raised_and_costs_no_child_for_ever() -> None:
    with ChildPool(1, ChildLimits(seconds=5.0), [__name__]) as pool:
        with pytest.raises((AttributeError, pickle.PicklingError)):
            pool.ask(0, _called, lambda: 0)
        assert pool.ask(0, _positive, -3) == 3


def _process_and_parent() -> tuple[int, int]:
    return os.getpid(), os.getppid()


def test_renewed_pool_answers_from_new_processes_of_a_new_parent() -> None:
    with ChildPool(1, ChildLimits(seconds=20), [__name__]) as pool:
        assert pool.is_answering()
        before = pool.ask(0, _process_and_parent)
        pool.renew()
        after = pool.ask(0, _process_and_parent)
        assert isinstance(before, tuple)
        assert isinstance(after, tuple)
        assert not {*before} & {*after}
        pool.renew()
        pool.renew()
        assert pool.is_answering()


def _parent() -> int:
    return os.getppid()


def test_prepared_pool_loads_before_its_first_question_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with ChildPool(1, ChildLimits(seconds=20), ["json.tool", __name__]) as pool:  # no other pool has these modules
        pool.prepare()
        monkeypatch.setattr(sys, "executable", "/nonexistent")  # a process started from now on would fail
        pool.prepare()
        assert isinstance(pool.ask(0, _parent), int)


def test_pool_that_cannot_be_prepared_reports_it_at_the_first_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    with ChildPool(1, ChildLimits(seconds=20), ["json.encoder", __name__]) as pool:
        pool.prepare()
        assert isinstance(pool.ask(0, _parent), Crash)
