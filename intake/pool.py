"""Reading letters in child processes with limits, so that no letter can hurt the service (docs/decisions/0004)."""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeAlias

from intake import questions
from intake.answers import check_answer
from intake.edited_file import EditedFile
from intake.fetch.mailbox import HEADER_LIMIT
from intake.outcome import DocumentLines, DocumentRows, Original, Reading, ScanReading
from intake.register import Register
from programs.children import ChildLimits, ChildPool, PendingAnswer
from programs.conversion import NO_CONVERSIONS, Conversions
from programs.crash import Crash, CrashKind
from programs.page_pictures import PagePictures
from values.letter import AddedByHand, LetterContent, Verdict
from values.reason import Reason

USUAL_READING_LIMITS: Final = ChildLimits()
_PRELOADED: Final = (
    *("intake.questions", "intake.reading", "PIL.Image:preinit", "asn1crypto.cms"),
    *("intake.check.language.typing_errors:load_language_data", "intake.check.law_titles:titles_of_laws"),
)
_PRELOADED_CLOSED: Final = (
    *("intake.original", "intake.scan", "intake.document_rows", "intake.parse.content", "intake.read.drawings.drawn"),
    *("intake.read.pages.pdf", "programs.pdf_pages", "libarchive.ffi", "PIL.Image:init"),
)
"""What else a child needs for some letters, where it can open no file: 15 MB, once for all children."""
_CRASHES: Final = {
    CrashKind.OVERDUE: "读信超过 {} 秒",
    CrashKind.OUT_OF_MEMORY: "读信所需内存超过 {} MB",
    CrashKind.TOO_DEEP: "信的结构嵌套过深",
    CrashKind.DIED: "读信的进程意外结束（{}）",
    CrashKind.DEFECT: "读信程序出错（{}）",
    CrashKind.INVALID: "读信的进程答非所问，信里的文件可能带有攻击代码",
}

PendingReading: TypeAlias = PendingAnswer[Reading]


def crash_reason(crash: Crash) -> str:
    """What became of a letter whose reader crashed, for the clerk, in Chinese."""
    return _CRASHES[crash.kind].format(crash.detail)


class ReadingPool:
    """A few child processes that read letters. Use it as a context manager: leaving it ends them.

    Each question is asked under the limits of its own. A letter that kills, hangs or breaks its reader gives a Crash.
    landlock: as in `ChildPool`.
    """

    def __init__(
        self, workers: int = 2, limits: ChildLimits = USUAL_READING_LIMITS, *, landlock: bool | None = None
    ) -> None:
        self._children = ChildPool(
            workers, limits, _PRELOADED, _PRELOADED_CLOSED, landlock=landlock, check=check_answer
        )

    def __enter__(self) -> ReadingPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the children, and whatever they are working on."""
        self._children.close()

    def prepare(self) -> None:
        """Begins to load what letters are read with, and does not wait for it: there will be letters to read."""
        self._children.prepare()

    def start_reading(
        self,
        raw: Path,
        size: int,
        register: Register,
        converted: Conversions = NO_CONVERSIONS,
        *,
        released: bool = False,
        added: AddedByHand | None = None,
    ) -> PendingReading:
        """Begins to read the letter stored at `raw`, of `size` bytes.

        converted: what LibreOffice made of its files in older formats and of its drawings. released: no marking of
        secrecy seals it. added: who added it by hand, None for a letter of the mailbox.
        """
        octets = size + sum(len(made) for made in converted.values() if isinstance(made, bytes))
        return self._children.start_with_file(
            raw, octets, questions.read, register, converted, released=released, added=added
        )

    def header(self, raw: Path, register: Register, *, released: bool = False) -> Reading:
        """Who wrote a letter that cannot be read, and about what; pending, or sealed by its subject. Empty when even
        that crashes."""
        answer = self._children.ask_with_file(raw, HEADER_LIMIT, questions.header_in, register, released=released)
        return answer if isinstance(answer, Reading) else Reading("", "", "", Verdict.PENDING, Reason.alike(""))

    def content(self, raw: Path, size: int) -> LetterContent | Crash:
        """What stands in the letter stored at `raw`, of `size` bytes; for one that was read by an earlier version."""
        return self._children.ask_with_file(raw, size, questions.content_in)

    def original(
        self, raw: Path, size: int, content_sha256: str, own_addresses: frozenset[str]
    ) -> Original | Crash | None:
        """The file of that digest in the letter stored at `raw`, of `size` bytes; None when it is not there."""
        return self._children.ask_with_file(raw, size, questions.original_file_in, content_sha256, own_addresses)

    def page_pictures(self, pdf: bytes, first: int, most: int) -> PagePictures | Crash:
        """Pages of a PDF as pictures, at most `most`, beginning with page `first`, counted from 1."""
        return self._children.ask(len(pdf), questions.page_pictures_of, pdf, first, most)

    def scan_reading(self, data: bytes, words: tuple[str, ...]) -> ScanReading | Crash:
        """What the scan of a paper is. words: markings of secrecy of the office (`intake.secrecy.markings`)."""
        return self._children.ask(len(data), questions.scan_reading_of, data, words)

    def scan_pages(self, data: bytes, first: int, most: int) -> PagePictures | Crash:
        """Pages of the scan of a paper as pictures, at most `most`, beginning with page `first`, counted from 1."""
        return self._children.ask(len(data), questions.scan_pages_of, data, first, most)

    def document_rows(self, data: bytes, name: str) -> DocumentRows | Crash:
        """The rows of a file that a person has read as a list."""
        return self._children.ask(len(data), questions.document_rows_of, data, name)

    def letter_rows(self, raw: Path, size: int) -> DocumentRows | Crash:
        """The rows of the text, and of the files, of the letter stored at `raw`, of `size` bytes."""
        return self._children.ask_with_file(raw, size, questions.letter_rows_in)

    def document_lines(self, path: Path, size: int, converted: Conversions = NO_CONVERSIONS) -> DocumentLines | Crash:
        """The lines of a file that no letter brought, of `size` bytes."""
        return self._children.ask_with_file(path, size, questions.document_lines_in, path.name, converted)

    def edited_file(self, data: bytes, name: str, converted: Conversions = NO_CONVERSIONS) -> EditedFile | Crash:
        """A draft that somebody has edited. name: of the file."""
        octets = len(data) + sum(len(made) for made in converted.values() if isinstance(made, bytes))
        return self._children.ask(octets, questions.edited_file_in, data, name, converted)

    def edited_file_in(self, raw: Path, size: int, converted: Conversions = NO_CONVERSIONS) -> EditedFile | Crash:
        """The edited draft that the letter stored at `raw` brings, of `size` bytes."""
        octets = size + sum(len(made) for made in converted.values() if isinstance(made, bytes))
        return self._children.ask_with_file(raw, octets, questions.edited_file_in_letter, converted)

    def is_answering(self) -> bool:
        """Whether letters can be read at all."""
        return self._children.is_answering()

    def renew(self) -> None:
        """Replaces the processes, after a failure that they may have part in."""
        self._children.renew()

    def is_confined(self) -> bool:
        """Whether a file that takes over its reader finds no network, no other file and no disk to write on."""
        return self._children.is_confined()
