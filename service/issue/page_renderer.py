"""Page previews for the desk: LibreOffice lays issues out as pages, one at a time, in a background thread.

Requests that arrive during a layout wait. Of those that wait for one bulletin only the latest is rendered, since nobody
looks at the earlier ones any more. Results are kept in memory within limits; they can be rendered again at any time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import Final

import structlog

from programs.pdf import PdfFailure, PdfNotMade, pdf_of
from service.health.fonts import ReplacedFont, replaced_fonts
from service.office import Office
from values.errors import JianbaoError

_log = structlog.get_logger(__name__)

_MOST_KEPT: Final = 8
"""Renderings: the issue and the supplement of a few bulletins, each also as it was before the last change."""
_MOST_NOTES: Final = 64
"""Short texts (digests), whose memory does not matter."""
_MOST_OCTETS: Final = 96_000_000
"""PDFs and pictures together: several issues with photographs, within the 300 MB that the service may take."""
_WIDTH: Final = 1_000
"""Pixels across a page: sharp in the desk's column of 700 CSS pixels at a device pixel ratio up to 1.4."""
_CLOSING_SECONDS: Final = 5.0
"""A layout in progress is not waited for any longer: systemd kills after 90 s, and the thread is a daemon."""
_WHY: Final = {
    PdfFailure.NOT_INSTALLED: "没有安装 LibreOffice，排不出页面。请管理员安装 libreoffice-writer。",
    PdfFailure.NO_WALL: "本机不能把 LibreOffice 隔离起来，没有排页面。请管理员安装 bubblewrap。",
    PdfFailure.NOT_LAID_OUT: "LibreOffice 没有排出页面：它可能正忙或安装不全。可稍后重试；Word 稿不受影响。",
}


class NotLaidOut(JianbaoError):
    """LibreOffice could not lay the pages out."""


@dataclass(frozen=True, slots=True)
class RenderedPages:
    """An issue laid out as pages."""

    pdf: bytes
    sheets: int
    """Number of pages."""
    destinations: Mapping[str, int] = field(default_factory=dict)
    """Page of each bookmark, from 1; of the 版记 as it was laid out first, before it was moved to an even page."""
    replaced: tuple[ReplacedFont, ...] = ()
    """The fonts of the template that the pages do not show."""


@dataclass(frozen=True, slots=True)
class RenderingFailed:
    """The issue could not be laid out."""

    why: str
    """Chinese, with the remedy."""


@dataclass(frozen=True, slots=True)
class RenderingPending:
    """The issue is being laid out, or is in the queue."""


Rendering = RenderedPages | RenderingFailed | RenderingPending
LayOutPages = Callable[[bytes], bytes]
"""A .docx as PDF. Raises JianbaoError."""
FontsReplaced = Callable[[bytes], tuple[ReplacedFont, ...]]
"""The fonts of a .docx that its PDF from this machine does not show."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A request in the queue."""

    key: str
    docx: Callable[[], bytes]
    """Typesets the issue; called in the renderer's thread."""
    revised: Callable[[Mapping[str, int]], bytes | None]
    """Typesets it again with the pages of its bookmarks; None where they change nothing but the numbers printed."""


class PageRenderer:
    """The renderer of an office, shared by all requests. `lay_out` is never called by two threads at once."""

    def __init__(self, lay_out: LayOutPages, fonts_replaced: FontsReplaced = lambda docx: ()) -> None:
        self._lay_out = lay_out
        self._fonts_replaced = fonts_replaced
        self._changed = Condition()
        self._waiting: dict[str, _Job] = {}
        self._running: str | None = None
        self._thread: Thread | None = None
        self._closed = False
        self._kept: OrderedDict[str, RenderedPages | RenderingFailed] = OrderedDict()
        self._pictures: dict[tuple[str, int], bytes] = {}
        self._notes: OrderedDict[str, str] = OrderedDict()

    def request(
        self,
        queue: str,
        key: str,
        docx: Callable[[], bytes],
        revised: Callable[[Mapping[str, int]], bytes | None] = lambda pages: None,
    ) -> Rendering:
        """Requests the pages of the issue with that key and returns what there is of them now.

        docx, revised: as in `_Job`. queue: of several requests that wait in one queue only the latest is rendered.
        """
        with self._changed:
            if key in self._kept:
                self._kept.move_to_end(key)
                self._waiting.pop(queue, None)
                return self._kept[key]
            if self._running != key and not self._closed:
                self._waiting[queue] = _Job(key, docx, revised)
                if self._thread is None:
                    self._thread = Thread(target=self._work, name="renderer", daemon=True)
                    self._thread.start()
            return RenderingPending()

    def state(self, key: str) -> Rendering | None:
        """Returns None for an issue that nobody has requested, or whose request a later one has replaced."""
        with self._changed:
            return self._kept.get(key) or (RenderingPending() if self._is_queued(key) else None)

    def wait_for(self, key: str, seconds: float) -> Rendering | None:
        """Waits until the issue is rendered, or for so many seconds; returns what `state` returns then."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_queued(key), seconds)
        return self.state(key)

    def forget(self, key: str) -> None:
        """Drops a failure, so that the next request tries again."""
        with self._changed:
            if isinstance(self._kept.get(key), RenderingFailed):
                del self._kept[key]

    def picture(self, key: str, sheet: int) -> bytes | None:
        """Page `sheet`, counted from 1, as WebP; None when the issue has no such page or is no longer kept."""
        from programs.pdf_pages import page_as_webp  # loads PDFium, which most of the service does without

        with self._changed:
            rendering, picture = self._kept.get(key), self._pictures.get((key, sheet))
        if picture or not isinstance(rendering, RenderedPages) or not 1 <= sheet <= rendering.sheets:
            return picture
        picture = page_as_webp(rendering.pdf, sheet, _WIDTH)
        with self._changed:
            if key in self._kept:
                self._pictures[key, sheet] = picture
                self._drop_oldest()
        return picture

    def note(self, key: str, compute: Callable[[], str]) -> str:
        """A short text about the issue with that key, computed once and then kept."""
        with self._changed:
            text = self._notes.get(key)
        if text is None:
            text = compute()
            with self._changed:
                self._notes[key] = text
                while len(self._notes) > _MOST_NOTES:
                    self._notes.popitem(last=False)
        return text

    def close(self) -> None:
        """Starts no further layout. One in progress ends by itself, or by LibreOffice's time limit."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            thread = self._thread
        if thread is not None:
            thread.join(_CLOSING_SECONDS)

    def _is_queued(self, key: str) -> bool:
        return self._running == key or any(job.key == key for job in self._waiting.values())

    def _work(self) -> None:
        while (job := self._next()) is not None:
            rendering = self._render(job)
            with self._changed:
                self._kept[job.key] = rendering
                self._running = None
                self._drop_oldest()
                self._changed.notify_all()

    def _next(self) -> _Job | None:
        """The request that has waited longest; None, and the thread ends, when the queue is empty."""
        with self._changed:
            queue = next(iter(self._waiting), None)
            if queue is None:
                self._thread = None
                return None
            job = self._waiting.pop(queue)
            self._running = job.key
            self._changed.notify_all()  # wakes who waits for a request that this one has replaced
            return job

    def _render(self, job: _Job) -> RenderedPages | RenderingFailed:
        from programs.pdf_destinations import destinations  # loads PDFium
        from programs.pdf_pages import page_count  # loads PDFium

        try:
            docx = job.docx()
            pdf, replaced = self._lay_out(docx), self._fonts_replaced(docx)
            pages = destinations(pdf)
            if (revised := job.revised(pages)) is not None:
                pdf = self._lay_out(revised)
        except JianbaoError as error:
            _log.warning("preview not made", reason=str(error))
            return RenderingFailed(str(error))
        except Exception as error:  # noqa: BLE001 - a defect must cost the preview only; the desk shows it
            # only the type is logged: the message may quote an article (security.md I8)
            _log.error("preview not made", reason=type(error).__name__)
            return RenderingFailed("预览没有做成，程序出了错；请把时间告诉维护人员。")
        sheets = page_count(pdf)
        return (
            RenderedPages(pdf, sheets, pages, replaced)
            if sheets
            else RenderingFailed("LibreOffice 做出的 PDF 打不开。")
        )

    def _drop_oldest(self) -> None:
        """Drops the oldest renderings beyond the limits; the latest stays whatever its size."""
        while len(self._kept) > 1 and (len(self._kept) > _MOST_KEPT or self._octets() > _MOST_OCTETS):
            key, _ = self._kept.popitem(last=False)
            self._pictures = {place: picture for place, picture in self._pictures.items() if place[0] != key}

    def _octets(self) -> int:
        files = sum(len(pages.pdf) for pages in self._kept.values() if isinstance(pages, RenderedPages))
        return files + sum(map(len, self._pictures.values()))


def page_renderer_for(office: Office) -> PageRenderer:
    """A renderer that lays the office's issues out by LibreOffice."""

    def lay_out(docx: bytes) -> bytes:
        try:
            return pdf_of(docx, office.soffice, stopping=office.stopping)
        except PdfNotMade as error:
            _log.warning("issue not laid out", reason=str(error))
            raise NotLaidOut(_WHY[error.failure]) from error

    return PageRenderer(lay_out, lambda docx: replaced_fonts(docx, office.environ))
