"""A copy of a Word file with the proofreader's findings as comments (`check-text --docx`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from archive.files import write_new_durably
from assembler.annotated import NothingToAnnotate, annotated
from assembler.package import NotAPackage
from intake.read.docx.flat_opc import docx_of, is_flat_opc
from intake.read.formats import is_word
from intake.read.legacy.formats import docx_wanted_of
from programs.conversion import NotConverted
from programs.libreoffice import convert
from values.errors import BadUsage
from values.finding import Finding
from values.manuscript import Manuscript

_NO_OFFICE: Final = "本机没有 LibreOffice，不能给这种格式加批注；请用 Word 或 WPS 另存为 .docx 再试。"
_OTHER: Final = "--docx 只能用于 Word 文件（.docx，装有 LibreOffice 时也可用 .doc、.wps、.rtf）。"
_UNFIT: Final = "这个文件里没有能加批注的文字（可能是“严格 Open XML”格式）；请用 Word 或 WPS 另存为普通的 .docx 再试。"


def word_bytes(data: bytes, soffice: Path | None) -> bytes:
    """The file as a .docx: itself, or what LibreOffice makes of an older format.

    soffice: LibreOffice's program, None where it is not installed. Raises BadUsage for other files, and for one that
    cannot be converted.
    """
    if is_flat_opc(data):
        return docx_of(data)
    if is_word(data):
        return data
    request = docx_wanted_of(data)
    if request is None:
        raise BadUsage(_OTHER)
    if soffice is None:
        raise BadUsage(_NO_OFFICE)
    made = convert([request], soffice)[request.key]
    if isinstance(made, NotConverted):
        raise BadUsage(made.reason.for_sender or made.reason.for_clerk)
    return made


def write_annotated(docx: bytes, manuscript: Manuscript, findings: Sequence[Finding], path: Path, dated: date) -> None:
    """Writes the copy to a new file. docx: the bytes that the manuscript was read from. Raises BadUsage where there is
    a file already, and for a document that has no text to comment on; StorageFailed."""
    try:
        copy = annotated(docx, manuscript, findings, dated)
    except (NotAPackage, NothingToAnnotate):
        raise BadUsage(_UNFIT) from None
    if not write_new_durably(path, copy):
        raise BadUsage(f"已经有 {path}，没有覆盖；请换一个名字，或先删去它。")
