"""An article's file as it was sent: its bytes, and pictures of its pages. Both come out of limited child processes."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from archive.articles import ArticleRecord
from archive.files import HashStore, read_file, write_durably
from intake.original import Original
from intake.pool import ReadingPool
from intake.read.legacy.legacy import docx_wanted_of
from programs.children import Crash
from programs.conversion import NotConverted
from programs.libreoffice import convert
from programs.pdf import PdfFailure, PdfNotMade, pdf_of
from service.letters.letters_out import own_addresses
from service.office import Office
from values.errors import NeedsEditor

PREVIEWS: Final = "previews"
"""In data_dir: PDFs made for looking at. They can be deleted at any time, and are made again when wanted."""
_MOST_KEPT: Final = 300
_LARGEST_SHOWN: Final = 40_000_000
_STAYS_SECONDS: Final = 60.0
_NOT_INSTALLED: Final = "本机没有安装 LibreOffice，不能画出版面；可以下载原稿，或看按文字显示的原稿。"


@dataclass(frozen=True, slots=True)
class Pages:
    """Some pages as PNGs, at least one; of: how many pages there are."""

    of: int
    pngs: tuple[bytes, ...]


@dataclass(slots=True)
class Viewing:
    """Finds and draws originals, one at a time: several editors looking at once must not starve the intake.

    The child process stays for a while after a look. Starting one takes a second, longer than most looks, and who looks
    at an article looks at the next one, or at the next page, soon.
    """

    office: Office
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _pool: ReadingPool | None = None
    _rest: threading.Timer | None = None

    def close(self) -> None:
        """Ends the child process. The next look starts another."""
        with self._turn:
            pool, self._pool = self._pool, None
            if self._rest is not None:
                self._rest.cancel()
        if pool is not None:
            pool.close()

    @contextmanager
    def _reader(self) -> Iterator[ReadingPool]:
        with self._turn:
            if self._rest is not None:
                self._rest.cancel()
            self._pool = self._pool or ReadingPool(workers=1)
            try:
                yield self._pool
            finally:
                self._rest = threading.Timer(_STAYS_SECONDS, self.close)
                self._rest.daemon = True
                self._rest.start()

    def original(self, record: ArticleRecord) -> Original:
        """Raises NeedsEditor when the letter does not give it any more, StorageFailed."""
        path, size = self.office.raws.path(record.letter_sha256), self.office.raws.size(record.letter_sha256)
        ours = own_addresses(self.office.settings, self.office.bulletin(record.bulletin))
        with self._reader() as pool:
            found = pool.original(path, size, record.content_sha256, ours)
        if found is None or isinstance(found, Crash):
            raise NeedsEditor("没能从来信里取出这份原稿，请在来信页下载原信查看。")
        return found

    def pages(self, record: ArticleRecord, first: int, most: int = 1) -> Pages:
        """Pages of the original as it would be printed, from 1. Raises NeedsEditor with what to do instead."""
        pdf = self._pdf(record)
        with self._reader() as pool:
            pictures = pool.page_pictures(pdf, first, most)
        if isinstance(pictures, Crash) or (pictures.pages and not pictures.pngs):
            raise NeedsEditor("这一页画不出来，请下载原稿查看。")
        if not pictures.pages:
            raise NeedsEditor("原稿打不开，可能已损坏或设有密码。")
        return Pages(pictures.pages, pictures.pngs)

    def _pdf(self, record: ArticleRecord) -> bytes:
        original = self.original(record)
        if original.kind == "pdf":
            return original.data
        if original.kind not in ("docx", "older") or len(original.data) > _LARGEST_SHOWN:
            raise NeedsEditor("这种格式不能画成版面图，请下载原稿查看。")
        kept = self.office.data_dir / PREVIEWS / f"{hashlib.sha256(original.data).hexdigest()}.pdf"
        with self._turn:
            if kept.is_file():
                return read_file(kept)
            pdf = self._converted(original)
            write_durably(kept, pdf)
            _forget_the_oldest(kept.parent)
        return pdf

    def _converted(self, original: Original) -> bytes:
        try:
            docx = self._docx_of(original.data) if original.kind == "older" else original.data
            return pdf_of(docx, self.office.soffice)
        except PdfNotMade as error:
            if error.failure is PdfFailure.NOT_INSTALLED:
                raise NeedsEditor(_NOT_INSTALLED) from error
            raise NeedsEditor(str(error)) from error

    def _docx_of(self, older: bytes) -> bytes:
        request = docx_wanted_of(older)
        if self.office.soffice is None:
            raise NeedsEditor(_NOT_INSTALLED)
        if request is None:
            raise NeedsEditor("LibreOffice 没能转换这个文件。")
        made = convert([request], self.office.soffice)[request.key]
        if isinstance(made, NotConverted):
            raise NeedsEditor(made.reason)
        return made


def picture_of(media: HashStore, record: ArticleRecord, sha256: str) -> tuple[bytes, str] | None:
    """The bytes of a picture that stands in the article, with its content type; None for any other."""
    for block in record.manuscript.blocks:
        if block.kind == "picture" and block.sha256 == sha256:
            return media.read(sha256), block.content_type
    return None


def _forget_the_oldest(folder: Path) -> None:
    kept = sorted(folder.glob("*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_MOST_KEPT:]:
        path.unlink(missing_ok=True)
