"""Reading in child processes with limits, so that no letter can hurt the service (security.md section 1, stack.md 5).

Only plain values cross the border: exceptions that cannot be pickled would break the pool.
"""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures import TimeoutError as Overdue
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, TypeAlias, TypeVar

import structlog
from pebble import ProcessExpired, ProcessFuture, ProcessPool

from intake.fetch.arrival import header_block
from intake.fetch.mailbox import HEADER_LIMIT
from intake.original import Original, original_in
from intake.parse.content import content_of
from intake.parse.message import parse_message
from intake.reading import Reading, header_of, read_letter
from intake.register import Register
from programs.confine import confine, is_confined
from programs.conversion import NO_CONVERSIONS, Conversions
from values.letter import LetterContent, Verdict
from values.reason import Reason

if TYPE_CHECKING:
    from programs.pdf_pages import PagePictures

_log = structlog.get_logger(__name__)

_MIB: Final = 1024 * 1024
_TASKS_PER_CHILD: Final = 500


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """For one letter: seconds of wall time; address space in bytes, or that many times the letter's size if more."""

    seconds: float = 30.0
    memory: int = 768 * _MIB
    memory_per_byte: int = 12


@dataclass(frozen=True, slots=True)
class Crash:
    """The child did not come back with an answer. `reason` is Chinese."""

    reason: str


ReadingFuture: TypeAlias = "ProcessFuture[Reading | Crash]"
Answer = TypeVar("Answer")


class ReadingPool:
    """A few child processes that read letters. Use it as a context manager: leaving it ends them."""

    def __init__(self, workers: int = 2, limits: ReadingLimits = ReadingLimits()) -> None:
        self._limits = limits
        context = multiprocessing.get_context("forkserver")  # fork would copy the locks of our threads
        context.set_forkserver_preload(["intake.reading"])
        self._pool = ProcessPool(workers, _TASKS_PER_CHILD, initializer=confine, context=context)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the children, and whatever they were at."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def submit(
        self, raw: Path, size: int, register: Register, converted: Conversions = NO_CONVERSIONS
    ) -> ReadingFuture:
        """Begins to read the letter stored at `raw`, of `size` bytes. Pass the future to `result`.

        converted: what has been made of its files in older formats and of its drawings.
        """
        size += sum(len(docx) for docx in converted.values() if isinstance(docx, bytes))
        memory = max(self._limits.memory, self._limits.memory_per_byte * size)
        seconds = self._limits.seconds
        return self._pool.schedule(_read_within, args=(str(raw), register, converted, memory, seconds), timeout=seconds)

    def header(self, raw: Path, register: Register) -> Reading:
        """Who wrote a letter that cannot be read, and about what; no verdict. Empty when even that crashes."""
        future = self._pool.schedule(_header_within, args=(str(raw), register), timeout=self._limits.seconds)
        answer = self.result(future)
        return answer if isinstance(answer, Reading) else Reading("", "", "", Verdict.PENDING, Reason.alike(""))

    def original(self, raw: Path, size: int, content_sha256: str, own_addresses: frozenset[str]) -> Original | None:
        """The file of that digest in the letter stored at `raw`; None when it is not found or the search crashes."""
        return self._ask(_original_within, str(raw), content_sha256, own_addresses, size=size)

    def page_pictures(self, pdf: bytes, first: int, most: int) -> PagePictures | None:
        """Pages of a PDF as pictures; None when drawing them crashes."""
        return self._ask(_pages_within, pdf, first, most, size=len(pdf))

    def _ask(self, question: Callable[..., Answer], *about: object, size: int) -> Answer | None:
        memory = max(self._limits.memory, self._limits.memory_per_byte * size)
        seconds = self._limits.seconds
        future = self._pool.schedule(_within, args=(question, about, memory, seconds), timeout=seconds)
        try:
            answer: Answer | None = future.result()
        except (Overdue, ProcessExpired) as error:
            _log.warning("no answer from a child", question=question.__name__, reason=repr(error))
            return None
        return answer

    def content(self, raw: Path, size: int) -> LetterContent | Crash:
        """What stands in the letter stored at `raw`, of `size` bytes; for one that was read by an earlier version."""
        memory = max(self._limits.memory, self._limits.memory_per_byte * size)
        future = self._pool.schedule(_content_within, args=(str(raw), memory), timeout=self._limits.seconds)
        try:
            content: LetterContent | Crash = future.result()
        except (Overdue, ProcessExpired) as error:
            return Crash(f"读信的进程意外结束（{type(error).__name__}）")
        return content

    def confined(self) -> bool:
        """Whether a file that takes over its reader finds neither network nor disk to write on."""
        confined: bool = self._pool.schedule(is_confined).result()
        return confined

    def result(self, future: ReadingFuture) -> Reading | Crash:
        """Waits for a reading. A letter that kills, hangs or breaks its reader comes back as a Crash."""
        try:
            answer: Reading | Crash = future.result()
        except Overdue:
            return Crash(f"读信超过 {self._limits.seconds:.0f} 秒")
        except ProcessExpired as error:
            return Crash(f"读信的进程意外结束（{error.exitcode}）")
        return answer


def _header_within(raw: str, register: Register) -> Reading | Crash:
    with Path(raw).open("rb") as letter:
        header = header_block(letter.read(HEADER_LIMIT), HEADER_LIMIT)
    return header_of(header, register, Verdict.PENDING, Reason.alike(""))


def _original_within(raw: str, content_sha256: str, own_addresses: frozenset[str]) -> Original | None:
    return original_in(Path(raw).read_bytes(), content_sha256, own_addresses)


def _pages_within(pdf: bytes, first: int, most: int) -> PagePictures:
    from programs.pdf_pages import pages_as_png  # loads PDFium, and most children never see a PDF

    return pages_as_png(pdf, first, most)


def _within(question: Callable[..., Answer], about: tuple[object, ...], memory: int, seconds: float) -> Answer | None:
    _limit(memory, seconds)
    try:
        return question(*about)
    except (MemoryError, RecursionError):
        return None


def _content_within(raw: str, memory: int) -> LetterContent | Crash:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    try:
        letter = Path(raw).read_bytes()
        return content_of(letter, parse_message(letter))
    except Exception as error:  # noqa: BLE001 - as in `_read_within`
        return Crash(f"读信程序出错（{type(error).__name__}: {error}）")


def _limit(memory: int, seconds: float) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    # Ends a spinning child even when the service itself was killed meanwhile.
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 2, hard))


def _read_within(raw: str, register: Register, converted: Conversions, memory: int, seconds: float) -> Reading | Crash:
    _limit(memory, seconds)
    try:
        reading = read_letter(Path(raw).read_bytes(), register, converted)
        for text in reading.texts():
            text.encode("utf-8")  # what cannot be stored must fail here, where it costs this letter alone
        return reading
    except MemoryError:
        return Crash(f"读信所需内存超过 {memory // _MIB} MB")
    except RecursionError:
        return Crash("信的结构嵌套过深")
    except Exception as error:  # noqa: BLE001 - a defect of ours must cost one letter only, and be named
        return Crash(f"读信程序出错（{type(error).__name__}: {error}）")
