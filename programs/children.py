"""Questions that are answered in child processes with limits, so that no file hurts the service (docs/decisions/0004).

A question is a function at the top of a module, with annotations. It goes to the child as a pickle; what comes back is
data, validated against the type that the function returns (docs/decisions/0056). Each question is asked under limits of
its own: of memory, of CPU time and of wall time. So what an earlier question used up is never charged to a later one,
although the child process is the same.
"""

from __future__ import annotations

import contextlib
import pickle
import re
import select
import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import BinaryIO, Concatenate, Final, Generic, ParamSpec, Self, TypeVar

import structlog

from programs.allocator import use_few_arenas
from programs.answers import InvalidAnswer, answer_type, decode
from programs.child import CRASH, Question
from programs.child_server import ChildServer, end_server, server_for
from programs.confine import is_confined
from programs.crash import Crash, CrashKind
from programs.frames import FrameTooLarge, receive_frame, send_frame
from programs.landlock import landlock_version

_log = structlog.get_logger(__name__)

_MIB: Final = 1024 * 1024
_QUESTIONS_PER_CHILD: Final = 100
"""Then a new process takes its place: what leaks in a library stays bounded, and so does what a child that a file has
taken over unnoticed can say about later letters. Starting one takes some 10 ms."""
_LARGEST_ANSWER: Final = 64 * _MIB
"""Bytes; more where the question is about more. A letter's pictures are the most of it."""
_ANSWER_PER_BYTE: Final = 4
"""A file grows when it is unpacked, and its pictures when they are written as PNG."""
_DETAIL: Final = re.compile(r"[0-9]{0,9}|[A-Za-z_][A-Za-z0-9_.]{0,80}(，[A-Za-z0-9_]{1,60}\.py:[0-9]{1,6})?")
"""A child's words that are kept: a number, or the class of an exception and where it was raised. Others may be a
file's, and would stand in the reason of a letter that bears a marking of secrecy."""
_FATAL: Final = (CrashKind.OVERDUE, CrashKind.DIED, CrashKind.INVALID)
"""After which the process is replaced."""
_REPORTED: Final = (CrashKind.OUT_OF_MEMORY, CrashKind.TOO_DEEP, CrashKind.DEFECT)
"""What a child notices itself; the others are seen from outside."""
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


class PendingAnswer(Generic[_Answer]):
    """An answer that a child is working on, or has given."""

    def __init__(self, future: Future[_Answer | Crash]) -> None:
        self._future = future

    def wait(self) -> _Answer | Crash:
        """Waits for the answer, at most as long as the limits allow."""
        try:
            return self._future.result()
        except CancelledError:
            return Crash(CrashKind.DIED)


@dataclass(slots=True)
class _Child:
    """A child process, seen from the service."""

    server: ChildServer
    pid: int
    connection: socket.socket
    questions: int = 0
    """That it has answered."""

    def is_waiting(self) -> bool:
        """False for one that has ended, or has answered what nobody asked."""
        readable = select.poll()
        readable.register(self.connection, select.POLLIN)
        return not readable.poll(0)

    def end(self) -> str:
        """Ends the process. Returns its exit code, "" when nobody knows it."""
        self.connection.close()
        try:
            return str(self.server.end(self.pid))
        except OSError:
            return ""


class ChildPool:
    """A few confined child processes that answer questions. Use it as a context manager: leaving it ends them.

    preload: modules that are imported once, before the first child: the children share their memory. landlock: whether
    Landlock shuts off the files that a child need not read. Without it a child opens no file at all, and
    `preload_closed` has to name what else it will need, or "module:function" for what loads more when it is called.
    check: is given each answer, and raises ValueError for one whose parts contradict each other.
    """

    def __init__(
        self,
        workers: int,
        limits: ChildLimits,
        preload: Sequence[str] = (),
        preload_closed: Sequence[str] = (),
        *,
        landlock: bool | None = None,
        check: Callable[[object], None] = lambda answer: None,
    ) -> None:
        use_few_arenas()  # each of the threads below receives answers of megabytes
        self._limits = limits
        self._landlock = landlock_version() > 0 if landlock is None else landlock
        self._preload = (*preload, *(() if self._landlock else preload_closed))
        self._check = check
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="child")
        self._lock = Lock()
        self._idle: list[_Child] = []
        self._busy: list[_Child] = []
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the children, and whatever they are working on."""
        with self._lock:
            self._closed = True
            for child in self._busy:
                child.connection.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for it, which then ends it
        self._threads.shutdown(cancel_futures=True)
        for child in self._idle:
            child.end()
        self._idle.clear()

    def close_with_server(self) -> None:
        """As `close`, and ends the process that the children are forked from: for modules that are needed once a week.
        No other pool may use the same modules meanwhile."""
        self.close()
        end_server(self._preload, landlock=self._landlock)

    def prepare(self) -> None:
        """Begins to load what the children need, which takes half a second, and does not wait for it. When the system
        gives no process, the first question reports it."""
        with contextlib.suppress(OSError):
            server_for(self._preload, landlock=self._landlock)

    def start(
        self,
        octets: int,
        question: Callable[_Arguments, _Answer],
        *arguments: _Arguments.args,
        **named: _Arguments.kwargs,
    ) -> PendingAnswer[_Answer]:
        """Asks a question and does not wait for its answer. octets: how much data it is about."""
        return self._submit(octets, None, question, arguments, named)

    def start_with_file(
        self,
        file: Path,
        octets: int,
        question: Callable[Concatenate[BinaryIO, _Arguments], _Answer],
        *arguments: _Arguments.args,
        **named: _Arguments.kwargs,
    ) -> PendingAnswer[_Answer]:
        """As `start`, about a file that is opened here: its first argument. The child itself can open no such file."""
        return self._submit(octets, file, question, arguments, named)

    def ask(
        self,
        octets: int,
        question: Callable[_Arguments, _Answer],
        *arguments: _Arguments.args,
        **named: _Arguments.kwargs,
    ) -> _Answer | Crash:
        """Asks a question and waits for its answer. octets: how much data it is about."""
        return self.start(octets, question, *arguments, **named).wait()

    def ask_with_file(
        self,
        file: Path,
        octets: int,
        question: Callable[Concatenate[BinaryIO, _Arguments], _Answer],
        *arguments: _Arguments.args,
        **named: _Arguments.kwargs,
    ) -> _Answer | Crash:
        """As `ask`, about a file that is opened here."""
        return self.start_with_file(file, octets, question, *arguments, **named).wait()

    def is_answering(self) -> bool:
        """Whether a child answers at all: a trivial question, of which only its answer counts."""
        return isinstance(self.ask(0, is_confined), bool)

    def renew(self) -> None:
        """Ends the idle children; unless others are busy, also the process that children are forked from. The next
        question starts new ones."""
        with self._lock:
            idle, self._idle = self._idle, []
            busy = bool(self._busy)
        for child in idle:
            child.end()
        if idle and not busy:
            server_for(self._preload, landlock=self._landlock, instead_of=idle[0].server)

    def is_confined(self) -> bool:
        """Whether a file that takes over a child finds no network, no other file to read, and no disk to write on."""
        return self.ask(0, is_confined) is True

    def _submit(
        self,
        octets: int,
        file: Path | None,
        question: Callable[..., _Answer],
        arguments: tuple[object, ...],
        named: dict[str, object],
    ) -> PendingAnswer[_Answer]:
        memory = max(self._limits.memory, self._limits.memory_per_byte * octets)
        most = max(_LARGEST_ANSWER, _ANSWER_PER_BYTE * octets)
        asked = Question(question, arguments, named, memory, self._limits.seconds)

        def answered() -> _Answer | Crash:
            answer = self._answered(question, asked, file, most)
            if isinstance(answer, Crash):
                _log.warning("no answer from a child", question=question.__name__, kind=answer.kind)
            return answer

        return PendingAnswer(self._threads.submit(answered))

    def _answered(
        self, question: Callable[..., _Answer], asked: Question, file: Path | None, most: int
    ) -> _Answer | Crash:
        """Runs in a thread of the pool, of which there are as many as children."""
        try:
            opened = file.open("rb") if file is not None else contextlib.nullcontext()
        except OSError as error:
            return Crash(CrashKind.DEFECT, f"{type(error).__name__}: {error.strerror}")
        with opened as letter:
            descriptor = letter.fileno() if letter is not None else None
            try:
                child = self._taken()
            except OSError as error:
                return Crash(CrashKind.DIED, type(error).__name__)
            if child is None:
                return Crash(CrashKind.DIED)
            try:
                answer = self._exchanged(child.connection, question, asked, descriptor, most)
            except BaseException:
                self._ended(child)
                raise
        if isinstance(answer, Crash) and answer.kind in _FATAL:
            code = self._ended(child)
            return Crash(CrashKind.DIED, code) if answer.kind is CrashKind.DIED else answer
        self._put_back(child)
        return answer

    def _exchanged(
        self,
        connection: socket.socket,
        question: Callable[..., _Answer],
        asked: Question,
        descriptor: int | None,
        most: int,
    ) -> _Answer | Crash:
        deadline = time.monotonic() + asked.seconds
        connection.settimeout(asked.seconds)
        try:
            send_frame(connection, pickle.dumps(asked), descriptor)
            message = receive_frame(connection, most, deadline)
            if message[:1] == CRASH:
                return _crash_in(message)
            answer: _Answer = decode(memoryview(message)[1:], answer_type(question))
            self._check(answer)
        except TimeoutError:
            return Crash(CrashKind.OVERDUE, f"{asked.seconds:.0f}")
        except (EOFError, OSError):
            return Crash(CrashKind.DIED)
        except (FrameTooLarge, InvalidAnswer, ValueError, MemoryError):
            return Crash(CrashKind.INVALID)
        return answer

    def _taken(self) -> _Child | None:
        """An idle child, or a new one; None once the pool is closed. Raises OSError when none can be started."""
        with self._lock:
            if self._closed:
                return None
            while self._idle:
                child = self._idle.pop()
                if child.is_waiting():
                    break
                child.end()
            else:
                child = self._started()
            self._busy.append(child)
            return child

    def _started(self) -> _Child:
        server = server_for(self._preload, landlock=self._landlock)
        try:
            return _Child(server, *server.start())
        except BlockingIOError:
            raise
        except OSError:  # somebody has killed it
            server = server_for(self._preload, landlock=self._landlock, instead_of=server)
            return _Child(server, *server.start())

    def _put_back(self, child: _Child) -> None:
        child.questions += 1
        if child.questions >= _QUESTIONS_PER_CHILD:
            self._ended(child)
            return
        with self._lock:
            self._busy.remove(child)
            self._idle.append(child)

    def _ended(self, child: _Child) -> str:
        with self._lock:
            self._busy.remove(child)
        return child.end()


def _crash_in(message: bytearray) -> Crash:
    """What a child reports of itself. Raises InvalidAnswer for what it cannot know."""
    crash: Crash = decode(memoryview(message)[1:], Crash)
    if crash.kind not in _REPORTED:
        raise InvalidAnswer
    return Crash(crash.kind, crash.detail if _DETAIL.fullmatch(crash.detail) else "")
