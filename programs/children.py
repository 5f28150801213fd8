"""Questions that are answered in child processes with limits, so that no file hurts the service (docs/decisions/0004).

A question is a function at the top of a module; question, arguments and answer cross between the processes as pickles.
Each one is asked under limits of its own: of memory, of CPU time and of wall time. So what an earlier question used up
is never charged to a later one, although the child process is the same.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as Overdue
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Final, Generic, ParamSpec, Self, TypeVar

import structlog
from pebble import ProcessExpired, ProcessFuture, ProcessPool

from programs.confine import confine, is_confined

_log = structlog.get_logger(__name__)

_MIB: Final = 1024 * 1024
_QUESTIONS_PER_CHILD: Final = 500
"""Then a new process takes its place: what leaks in a library stays bounded, and starting one takes 50 ms."""
_ALLOCATIONS: Final = 10_000
"""Before the collector of cycles runs. A letter makes thousands of small values, which nearly all die with it."""
_GRACE: Final = 2
"""Seconds of CPU time above those of wall time, so that the wall time, which is reported, ends the question first."""
_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """For one question."""

    seconds: float = 30.0
    """Of wall time, and two more of CPU time."""

    memory: int = 768 * _MIB
    """Bytes of address space, the interpreter and its libraries included."""

    memory_per_byte: int = 12
    """That many times the octets that the question is about, where this is more than `memory`."""


class CrashKind(Enum):
    """Why a child did not answer, and what `Crash.detail` holds then."""

    OVERDUE = "overdue"
    """It took too long. detail: the limit in seconds."""

    OUT_OF_MEMORY = "out of memory"
    """detail: the limit in MiB."""

    TOO_DEEP = "too deep"
    """The structure of what it read is nested too deeply. detail: empty."""

    DIED = "died"
    """The process ended. detail: its exit code; negative for a signal."""

    DEFECT = "defect"
    """The question raised, which it should not. detail: the exception's class and text."""


@dataclass(frozen=True, slots=True)
class Crash:
    """A child did not come back with an answer. The process is replaced; other questions are not affected."""

    kind: CrashKind
    detail: str = ""


class PendingAnswer(Generic[_Answer]):
    """An answer that a child is working on, or has given."""

    def __init__(self, future: ProcessFuture[_Answer | Crash], seconds: float) -> None:
        self._future = future
        self._seconds = seconds

    def wait(self) -> _Answer | Crash:
        """Waits for the answer, at most as long as the limits allow."""
        try:
            answer: _Answer | Crash = self._future.result()
        except Overdue:
            return Crash(CrashKind.OVERDUE, f"{self._seconds:.0f}")
        except ProcessExpired as error:
            return Crash(CrashKind.DIED, str(error.exitcode))
        return answer


class ChildPool:
    """A few confined child processes that answer questions. Use it as a context manager: leaving it ends them.

    preload: modules that are imported once, before the first child: the children share their memory.
    """

    def __init__(self, workers: int, limits: ChildLimits, preload: Sequence[str] = ()) -> None:
        self._limits = limits
        context = multiprocessing.get_context("forkserver")  # fork would copy the locks of our threads
        context.set_forkserver_preload([__name__, *preload])
        self._pool = ProcessPool(workers, _QUESTIONS_PER_CHILD, initializer=_prepare, context=context)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the children, and whatever they are working on."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def start(
        self,
        octets: int,
        question: Callable[_Arguments, _Answer],
        *arguments: _Arguments.args,
        **named: _Arguments.kwargs,
    ) -> PendingAnswer[_Answer]:
        """Asks a question and does not wait for its answer. octets: how much data it is about."""
        seconds = self._limits.seconds
        memory = max(self._limits.memory, self._limits.memory_per_byte * octets)
        task = (question, arguments, named, memory, seconds)
        return PendingAnswer(self._pool.schedule(_answer_within, args=task, timeout=seconds), seconds)

    def ask(
        self,
        octets: int,
        question: Callable[_Arguments, _Answer],
        *arguments: _Arguments.args,
        **named: _Arguments.kwargs,
    ) -> _Answer | Crash:
        """Asks a question and waits for its answer. octets: how much data it is about."""
        answer = self.start(octets, question, *arguments, **named).wait()
        if isinstance(answer, Crash):
            _log.warning("no answer from a child", question=question.__name__, kind=answer.kind, detail=answer.detail)
        return answer

    def is_confined(self) -> bool:
        """Whether a file that takes over a child finds neither network nor disk to write on."""
        return self.ask(0, is_confined) is True


def _prepare() -> None:
    """Runs in the child before its first question."""
    gc.freeze()  # what is preloaded stays: not visiting it again saves a tenth of the CPU time of a letter
    gc.set_threshold(_ALLOCATIONS)
    confine()


def _answer_within(
    question: Callable[..., _Answer],
    arguments: tuple[object, ...],
    named: dict[str, object],
    memory: int,
    seconds: float,
) -> _Answer | Crash:
    """Runs in the child. Only plain values go back: an exception that cannot be pickled would break the pool."""
    _limit(memory, seconds)
    try:
        return question(*arguments, **named)
    except MemoryError:
        return Crash(CrashKind.OUT_OF_MEMORY, str(memory // _MIB))
    except RecursionError:
        return Crash(CrashKind.TOO_DEEP)
    except Exception as error:  # noqa: BLE001 - a defect of ours must cost one question only, and be named
        return Crash(CrashKind.DEFECT, f"{type(error).__name__}: {error}")
    finally:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))  # else a large next question could not be received


def _limit(memory: int, seconds: float) -> None:
    """Sets the limits of this process anew: RLIMIT_CPU counts from the process's start, not from the question's."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    # Ends a spinning child even when the service itself was killed meanwhile.
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + _GRACE, hard))
