"""The printing press of the desk: issues laid out as pages by LibreOffice, one after the other, in the background.

Whatever changes while one is being laid out waits; of what waits for one bulletin only the last is made, since nobody
looks at the others any more. What was made is kept in memory, within bounds: it can be made again at any time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import Final

import structlog

from programs.pdf import PdfFailure, PdfNotMade, pdf_of
from service.office import Office
from values.errors import JianbaoError

_log = structlog.get_logger(__name__)

_MOST_KEPT: Final = 8
_MOST_NOTES: Final = 64
_MOST_OCTETS: Final = 96_000_000
_WIDTH: Final = 1_000
"""Pixels across a page: sharp in a column of 700 on a screen that is not a fine one."""
_CLOSING_SECONDS: Final = 5.0
_WHY: Final = {
    PdfFailure.NOT_INSTALLED: "没有安装 LibreOffice，排不出页面。请管理员安装 libreoffice-writer。",
    PdfFailure.NOT_LAID_OUT: "LibreOffice 没有排出页面：它可能正忙或安装不全。可稍后重试；Word 稿不受影响。",
}


class NotLaidOut(JianbaoError):
    """LibreOffice could not lay the pages out."""


@dataclass(frozen=True, slots=True)
class Printed:
    """An issue on its pages. sheets: how many."""

    pdf: bytes
    sheets: int
    destinations: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failed:
    """why: Chinese, with the remedy."""

    why: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """It is being laid out, or will be."""


Printing = Printed | Failed | Waiting
LayOut = Callable[[bytes], bytes]
"""A .docx as PDF. Raises JianbaoError."""


@dataclass(frozen=True, slots=True)
class _Job:
    """docx: makes the file, in the press's own thread."""

    key: str
    docx: Callable[[], bytes]


class Press:
    """One for an office. `lay_out` is never called by two threads at once."""

    def __init__(self, lay_out: LayOut) -> None:
        self._lay_out = lay_out
        self._changed = Condition()
        self._waiting: dict[str, _Job] = {}
        self._running: str | None = None
        self._thread: Thread | None = None
        self._closed = False
        self._kept: OrderedDict[str, Printed | Failed] = OrderedDict()
        self._pictures: dict[tuple[str, int], bytes] = {}
        self._notes: OrderedDict[str, str] = OrderedDict()

    def ask(self, line: str, key: str, docx: Callable[[], bytes]) -> Printing:
        """Has the issue of that key laid out, unless it is already. line: of what waits there, the last one wins."""
        with self._changed:
            if key in self._kept:
                self._kept.move_to_end(key)
                self._waiting.pop(line, None)
                return self._kept[key]
            if self._running != key and not self._closed:
                self._waiting[line] = _Job(key, docx)
                if self._thread is None:
                    self._thread = Thread(target=self._work, name="press", daemon=True)
                    self._thread.start()
            return Waiting()

    def state(self, key: str) -> Printing | None:
        """None for an issue that nobody has asked for, or that was put aside for a later one."""
        with self._changed:
            return self._kept.get(key) or (Waiting() if self._is_coming(key) else None)

    def wait_for(self, key: str, seconds: float) -> Printing | None:
        """As `state`, when it is no longer waiting or the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_coming(key), seconds)
        return self.state(key)

    def forget(self, key: str) -> None:
        """What failed may be tried again."""
        with self._changed:
            if isinstance(self._kept.get(key), Failed):
                del self._kept[key]

    def picture(self, key: str, sheet: int) -> bytes | None:
        """Page `sheet`, counted from 1, as WebP; None when there is none, or no more."""
        from programs.pdf_pages import page_as_webp  # loads PDFium, which most of the service does without

        with self._changed:
            printed, made = self._kept.get(key), self._pictures.get((key, sheet))
        if made or not isinstance(printed, Printed) or not 1 <= sheet <= printed.sheets:
            return made
        made = page_as_webp(printed.pdf, sheet, _WIDTH)
        with self._changed:
            if key in self._kept:
                self._pictures[key, sheet] = made
                self._make_room()
        return made

    def noted(self, key: str, find: Callable[[], str]) -> str:
        """Something short about the issue of that key, found once."""
        with self._changed:
            note = self._notes.get(key)
        if note is None:
            note = find()
            with self._changed:
                self._notes[key] = note
                while len(self._notes) > _MOST_NOTES:
                    self._notes.popitem(last=False)
        return note

    def close(self) -> None:
        """Nothing more is begun. What is being laid out ends by itself, or by its limit."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            thread = self._thread
        if thread is not None:
            thread.join(_CLOSING_SECONDS)

    def _is_coming(self, key: str) -> bool:
        return self._running == key or any(job.key == key for job in self._waiting.values())

    def _work(self) -> None:
        while (job := self._next()) is not None:
            made = self._made(job)
            with self._changed:
                self._kept[job.key] = made
                self._running = None
                self._make_room()
                self._changed.notify_all()

    def _next(self) -> _Job | None:
        """The one that has waited longest; None, and the thread is over, when there is none."""
        with self._changed:
            line = next(iter(self._waiting), None)
            if line is None:
                self._thread = None
                return None
            job = self._waiting.pop(line)
            self._running = job.key
            self._changed.notify_all()  # for whoever waits for one that this put aside
            return job

    def _made(self, job: _Job) -> Printed | Failed:
        from programs.pdf_destinations import destinations  # loads PDFium
        from programs.pdf_pages import page_count  # loads PDFium

        try:
            pdf = self._lay_out(job.docx())
        except JianbaoError as error:
            _log.warning("preview not made", reason=str(error))
            return Failed(str(error))
        except Exception as error:  # noqa: BLE001 - whatever it was, the desk goes on and says so
            # only its name: its words may hold an article's (security.md I8)
            _log.error("preview not made", reason=type(error).__name__)
            return Failed("预览没有做成，程序出了错；请把时间告诉维护人员。")
        sheets = page_count(pdf)
        return Printed(pdf, sheets, destinations(pdf)) if sheets else Failed("LibreOffice 做出的 PDF 打不开。")

    def _make_room(self) -> None:
        """The last one stays whatever its size."""
        while len(self._kept) > 1 and (len(self._kept) > _MOST_KEPT or self._octets() > _MOST_OCTETS):
            key, _ = self._kept.popitem(last=False)
            self._pictures = {of: made for of, made in self._pictures.items() if of[0] != key}

    def _octets(self) -> int:
        files = sum(len(made.pdf) for made in self._kept.values() if isinstance(made, Printed))
        return files + sum(map(len, self._pictures.values()))


def press_for(office: Office) -> Press:
    """Its pages are laid out by LibreOffice."""

    def lay_out(docx: bytes) -> bytes:
        try:
            return pdf_of(docx, office.soffice)
        except PdfNotMade as error:
            _log.warning("issue not laid out", reason=str(error))
            raise NotLaidOut(_WHY[error.failure]) from error

    return Press(lay_out)
