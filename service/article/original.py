"""An article's file as it was sent: its bytes, and pictures of its pages. Limited child processes read and draw it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from archive import letters
from archive.articles import ArticleRecord
from archive.files import HashStore, read_file, write_durably
from intake.outcome import DocumentRows, Original, ScanReading
from intake.pool import ReadingPool
from programs.conversion import NotConverted
from programs.crash import Crash
from programs.libreoffice import convert
from programs.pdf import PdfFailure, PdfNotMade, pdf_of
from service.article.previews import delete_oldest_previews, may_be_shown, preview_path
from service.office import Office
from service.register.own_addresses import own_addresses
from values.errors import NeedsEditor, Stopped

_LARGEST_SHOWN: Final = 40_000_000
"""Bytes of a file that LibreOffice is given for viewing: a person does not wait longer than such a file takes."""
_IDLE_SECONDS: Final = 60.0
"""How long the child process stays after it was used: starting one takes a second, longer than most uses."""
_NOT_INSTALLED: Final = "本机没有安装 LibreOffice，不能画出版面；可以下载原件，或看按文字显示的原件。"


@dataclass(frozen=True, slots=True)
class OriginalPages:
    """Some pages of an original."""

    of: int
    """How many pages the original has."""
    pngs: tuple[bytes, ...]
    """The pages as PNG files, at least one."""


@dataclass(slots=True)
class OriginalViewer:
    """Extracts and draws originals, one at a time: several editors viewing at once must not slow down the reading of
    letters.

    The child process stays for a minute after each use: whoever views an article soon views the next page or article.
    """

    office: Office
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _pool: ReadingPool | None = None
    _idle_timer: threading.Timer | None = None

    def close(self) -> None:
        """Ends the child process. The next use starts another."""
        with self._lock:
            pool, self._pool = self._pool, None
            if self._idle_timer is not None:
                self._idle_timer.cancel()
        if pool is not None:
            pool.close()

    @contextmanager
    def reader(self) -> Iterator[ReadingPool]:
        """The child process, for one use at a time."""
        with self._lock:
            if self._idle_timer is not None:
                self._idle_timer.cancel()
            self._pool = self._pool or ReadingPool(workers=1)
            try:
                yield self._pool
            finally:
                self._idle_timer = threading.Timer(_IDLE_SECONDS, self.close)
                self._idle_timer.daemon = True
                self._idle_timer.start()

    def original(self, record: ArticleRecord) -> Original:
        """The file that the article was read from. Raises NeedsEditor when it cannot be extracted from the letter any
        more or the letter is sealed, removed or waits to be read again, StorageFailed."""
        self._refuse_hidden(record)
        path, size = self.office.raws.path(record.letter_sha256), self.office.raws.size(record.letter_sha256)
        ours = own_addresses(self.office.settings, self.office.bulletin(record.bulletin))
        with self.reader() as pool:
            original = pool.original(path, size, record.content_sha256, ours)
        if original is None or isinstance(original, Crash):
            raise NeedsEditor("没能从来信里取出这份原件，请在来信页下载原信查看。")
        return original

    def _refuse_hidden(self, record: ArticleRecord) -> None:
        """An article may outlive its letter: it was read before, and is printed."""
        with self.office.ledger.reading() as ledger:
            letter = letters.letter_with_sha256(ledger, record.bulletin, record.letter_sha256)
        if letter is not None and letter.removal is not None:
            raise NeedsEditor(f"这篇稿件的来信{letter.removal.kind.chinese}，原件没有了。")
        if letter is None or not may_be_shown(letter):
            raise NeedsEditor("这篇稿件的来信已封存或正等重读，原件不能查看。")

    def pages(self, record: ArticleRecord, first: int, most: int = 1) -> OriginalPages:
        """Pages of the original as printed, counted from 1, at most so many. Raises NeedsEditor, with what to do
        instead."""
        pdf = self._pdf(record)
        with self.reader() as pool:
            pictures = pool.page_pictures(pdf, first, most)
        if isinstance(pictures, Crash) or (pictures.pages and not pictures.pngs):
            raise NeedsEditor("这一页画不出来，请下载原件查看。")
        if not pictures.pages:
            raise NeedsEditor("原件打不开，可能已损坏或设有密码。")
        return OriginalPages(pictures.pages, pictures.pngs)

    def rows_of_file(self, data: bytes, name: str) -> DocumentRows:
        """The rows of a file that a person has read as a list; a refusal where its reader crashes."""
        with self.reader() as pool:
            rows = pool.document_rows(data, name)
        return DocumentRows((), f"{name}读不了。") if isinstance(rows, Crash) else rows

    def rows_of_letter(self, raw: Path, size: int) -> DocumentRows:
        """The rows of a letter's text and of its files; a refusal where its reader crashes."""
        with self.reader() as pool:
            rows = pool.letter_rows(raw, size)
        return DocumentRows((), "这封信读不了。") if isinstance(rows, Crash) else rows

    def scan_reading(self, data: bytes, words: tuple[str, ...]) -> ScanReading:
        """What the scan of a paper is, as `ReadingPool.scan_reading`; no pages where its reader crashes."""
        with self.reader() as pool:
            reading = pool.scan_reading(data, words)
        return ScanReading("", 0) if isinstance(reading, Crash) else reading

    def scan_pages(self, data: bytes, first: int, most: int = 1) -> OriginalPages:
        """Pages of the scan of a paper, counted from 1, at most so many. Raises NeedsEditor."""
        with self.reader() as pool:
            pictures = pool.scan_pages(data, first, most)
        if isinstance(pictures, Crash) or not pictures.pngs:
            raise NeedsEditor("这一页画不出来，请下载原件查看。")
        return OriginalPages(pictures.pages, pictures.pngs)

    def _pdf(self, record: ArticleRecord) -> bytes:
        original = self.original(record)
        if original.kind == "pdf":
            return original.data
        if original.kind not in ("docx", "older") or len(original.data) > _LARGEST_SHOWN:
            raise NeedsEditor("这种格式不能画成版面图，请下载原件查看。")
        kept = preview_path(self.office, record.letter_sha256, original.data)
        with self._lock:
            if kept.is_file():
                return read_file(kept)
            pdf = self._converted(original)
            write_durably(kept, pdf)
            delete_oldest_previews(self.office)
        return pdf

    def _converted(self, original: Original) -> bytes:
        try:
            docx = self._docx_of(original.data) if original.kind == "older" else original.data
            return pdf_of(docx, self.office.soffice, stopping=self.office.stopping)
        except PdfNotMade as error:
            if error.failure is PdfFailure.NOT_INSTALLED:
                raise NeedsEditor(_NOT_INSTALLED) from error
            raise NeedsEditor(str(error)) from error

    def _docx_of(self, older: bytes) -> bytes:
        from intake.read.legacy.formats import docx_wanted_of  # loads the readers, which few looks need

        request = docx_wanted_of(older)
        if self.office.soffice is None:
            raise NeedsEditor(_NOT_INSTALLED)
        if request is None:
            raise NeedsEditor("LibreOffice 没能转换这个文件。")
        made = convert([request], self.office.soffice, stopping=self.office.stopping).get(request.key)
        if made is None:
            raise Stopped("服务正在停止，请稍后再看。")
        if isinstance(made, NotConverted):
            raise NeedsEditor(made.reason)
        return made


def picture_of(media: HashStore, record: ArticleRecord, sha256: str) -> tuple[bytes, str] | None:
    """The bytes and the content type of a picture of the article; None where the article has no such picture."""
    for block in record.manuscript.blocks:
        if block.kind == "picture" and block.sha256 == sha256:
            return media.read(sha256), block.content_type
    return None
