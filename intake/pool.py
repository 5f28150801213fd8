"""Reading letters in child processes with limits, so that no letter can hurt the service (docs/decisions/0004)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from intake.fetch.arrival import header_block
from intake.fetch.mailbox import HEADER_LIMIT
from intake.outcome import Reading
from intake.register import Register
from programs.children import ChildLimits, ChildPool, Crash, CrashKind, PendingAnswer
from programs.conversion import NO_CONVERSIONS, Conversions
from values.letter import LetterContent, Verdict
from values.reason import Reason

if TYPE_CHECKING:
    from intake.original import Original
    from programs.pdf_pages import PagePictures

USUAL_READING_LIMITS: Final = ChildLimits()
_PRELOADED: Final = ("intake.reading",)
_CRASHES: Final = {
    CrashKind.OVERDUE: "读信超过 {} 秒",
    CrashKind.OUT_OF_MEMORY: "读信所需内存超过 {} MB",
    CrashKind.TOO_DEEP: "信的结构嵌套过深",
    CrashKind.DIED: "读信的进程意外结束（{}）",
    CrashKind.DEFECT: "读信程序出错（{}）",
}

PendingReading: TypeAlias = PendingAnswer[Reading]


def crash_reason(crash: Crash) -> str:
    """What became of a letter whose reader crashed, for the clerk, in Chinese."""
    return _CRASHES[crash.kind].format(crash.detail)


class ReadingPool:
    """A few child processes that read letters. Use it as a context manager: leaving it ends them.

    Each question is asked under the limits of its own. A letter that kills, hangs or breaks its reader gives a Crash.
    """

    def __init__(self, workers: int = 2, limits: ChildLimits = USUAL_READING_LIMITS) -> None:
        self._children = ChildPool(workers, limits, _PRELOADED)

    def __enter__(self) -> ReadingPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the children, and whatever they are working on."""
        self._children.close()

    def start_reading(
        self, raw: Path, size: int, register: Register, converted: Conversions = NO_CONVERSIONS
    ) -> PendingReading:
        """Begins to read the letter stored at `raw`, of `size` bytes.

        converted: what LibreOffice made of its files in older formats and of its drawings.
        """
        octets = size + sum(len(made) for made in converted.values() if isinstance(made, bytes))
        return self._children.start(octets, _read, str(raw), register, converted)

    def header(self, raw: Path, register: Register) -> Reading:
        """Who wrote a letter that cannot be read, and about what; no verdict. Empty when even that crashes."""
        answer = self._children.ask(HEADER_LIMIT, _header_in, str(raw), register)
        return answer if isinstance(answer, Reading) else Reading("", "", "", Verdict.PENDING, Reason.alike(""))

    def content(self, raw: Path, size: int) -> LetterContent | Crash:
        """What stands in the letter stored at `raw`, of `size` bytes; for one that was read by an earlier version."""
        return self._children.ask(size, _content_in, str(raw))

    def original(
        self, raw: Path, size: int, content_sha256: str, own_addresses: frozenset[str]
    ) -> Original | Crash | None:
        """The file of that digest in the letter stored at `raw`, of `size` bytes; None when it is not there."""
        return self._children.ask(size, _original_in, str(raw), content_sha256, own_addresses)

    def page_pictures(self, pdf: bytes, first: int, most: int) -> PagePictures | Crash:
        """Pages of a PDF as pictures, at most `most`, beginning with page `first`, counted from 1."""
        return self._children.ask(len(pdf), _page_pictures, pdf, first, most)

    def is_confined(self) -> bool:
        """Whether a file that takes over its reader finds neither network nor disk to write on."""
        return self._children.is_confined()


# The questions. What answers them is imported in the child alone: the service needs no reader.


def _read(raw: str, register: Register, converted: Conversions) -> Reading:
    from intake.reading import read_letter  # in the child

    reading = read_letter(Path(raw).read_bytes(), register, converted)
    _refuse_unstorable(reading.texts())
    return reading


def _header_in(raw: str, register: Register) -> Reading:
    from intake.reading import header_of  # in the child

    with Path(raw).open("rb") as letter:
        header = header_block(letter.read(HEADER_LIMIT), HEADER_LIMIT)
    return header_of(header, register, Verdict.PENDING, Reason.alike(""))


def _content_in(raw: str) -> LetterContent:
    from intake.parse.content import content_of  # in the child
    from intake.parse.message import parse_message  # in the child

    letter = Path(raw).read_bytes()
    content = content_of(letter, parse_message(letter))
    _refuse_unstorable(content.texts())
    return content


def _original_in(raw: str, content_sha256: str, own_addresses: frozenset[str]) -> Original | None:
    from intake.original import original_in  # in the child

    return original_in(Path(raw).read_bytes(), content_sha256, own_addresses)


def _page_pictures(pdf: bytes, first: int, most: int) -> PagePictures:
    from programs.pdf_pages import pages_as_png  # in the child, and most never see a PDF

    return pages_as_png(pdf, first, most)


def _refuse_unstorable(texts: Iterable[str]) -> None:
    """Raises UnicodeEncodeError for a text that cannot be stored: here it costs this letter alone."""
    for text in texts:
        text.encode("utf-8")
