"""The pages of a .docx as LibreOffice lays them out, as PDF."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path

from programs.conversion import ConversionRequest, NotConverted
from programs.docx_for_libreoffice import docx_for_libreoffice
from programs.libreoffice import NO_WALL, USUAL_LIMITS, ConversionLimits, convert
from values.errors import JianbaoError, Stopped
from values.stopping import never


class PdfFailure(Enum):
    """Why there is no PDF, as far as callers act differently."""

    NOT_INSTALLED = "not installed"
    """This machine has no LibreOffice: nothing to try again."""

    NO_WALL = "no wall"
    """LibreOffice cannot be kept apart from this machine: it is not run until an administrator has mended that."""

    NOT_LAID_OUT = "not laid out"
    """LibreOffice did not start, took too long or broke: it may succeed another time."""


class PdfNotMade(JianbaoError):
    """There is no PDF of a .docx. Its text is Chinese and says why."""

    def __init__(self, failure: PdfFailure, reason: str) -> None:
        super().__init__(reason)
        self.failure = failure


def pdf_of(
    docx: bytes,
    soffice: Path | None,
    limits: ConversionLimits = USUAL_LIMITS,
    stopping: Callable[[], bool] = never,
    *,
    archival: bool = False,
) -> bytes:
    """Lays the document out, in seconds; its bookmarks become named destinations.

    archival: whether it is made as PDF/A-2b with tags; the pages look the same. Lines end as they do in Word
    (programs/docx_for_libreoffice.py, programs/office_profile.py). stopping: as in `convert`. soffice: LibreOffice's
    program, None where it is not installed. Raises PdfNotMade; Stopped; StorageFailed when there is no room for
    temporary files, which is no fault of LibreOffice.
    """
    if soffice is None:
        raise PdfNotMade(PdfFailure.NOT_INSTALLED, "没有安装 LibreOffice。请管理员安装 libreoffice-writer。")
    request = ConversionRequest.to_pdf(docx_for_libreoffice(docx), archival=archival)
    made = convert([request], soffice, limits, stopping).get(request.key)
    if made is None:
        raise Stopped("程序正在停止，没有排完版；下次启动接着做。")
    if made is NO_WALL:
        raise PdfNotMade(PdfFailure.NO_WALL, "本机不能把 LibreOffice 隔离起来，没有运行它。请管理员安装 bubblewrap。")
    if isinstance(made, NotConverted):
        raise PdfNotMade(PdfFailure.NOT_LAID_OUT, made.reason.for_clerk)
    return made
