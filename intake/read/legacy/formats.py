"""Manuscripts that LibreOffice converts to .docx: .doc, .wps, .rtf, .odt, XML of Word 2003 and of OpenDocument, 标文通
(UOF), and web pages named .doc."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from intake.parse.charsets import decode
from intake.parse.file_kinds import COMPOUND_FILE, plain_name
from intake.parse.message import Part
from intake.read.containers.refusals import PASSWORD
from intake.read.docx.limits import USUAL_DOCUMENT_LIMITS
from intake.read.docx.package import SourcePackage
from intake.read.docx.reader import read_docx
from intake.read.legacy.fixed_fields import recomputed_fields, with_fixed_fields
from intake.read.legacy.ole import root_streams
from intake.read.legacy.web_archive import is_web_archive, pictures_within, web_page_of
from intake.read.source import Omission, SourceDocument
from programs.conversion import ConversionRequest, Conversions, NotConverted, key_of
from values import rules
from values.errors import UnreadableManuscript
from values.reason import Reason

_ODT: Final = (b"mimetypeapplication/vnd.oasis.opendocument.text",)
_ODT_OTHER: Final = (b"-master", b"-web")
"""Types that begin like that of a text and are not one: a master document only links to others."""
_PAGE: Final = (b"<html", b"<!doctype html")
_BOM: Final = b"\xef\xbb\xbf"
_CALLED_WORD: Final = (".doc", ".docx", ".docm", ".dot", ".dotx", ".wps", ".wpt", ".rtf")
_ENCRYPTED: Final = 0x0100
"""FibBase.fEncrypted ([MS-DOC] 2.5.2)."""
_FLAGS: Final = slice(10, 12)
"""The bytes of the WordDocument stream that hold it."""
_NUMBERED: Final = b"<w:listPr>"
_WORKS: Final = b"CHNKWKS"
_HEAD_OF_XML: Final = 16_384
"""Bytes in which the root of an XML file names its namespaces; Word 2003 writes some thirty of them."""
_HEAD_OF_PAGE: Final = 4_096
"""Bytes in which a web page names its character set, if it does: LibreOffice reads no further for it."""
_XML: Final = (
    (b"<w:wordDocument", b"schemas.microsoft.com/office/word/2003/wordml", ".xml"),
    (b"<office:document", b"application/vnd.oasis.opendocument.text", ".fodt"),
    (b"<uof:UOF", b"uof-wordproc", ".uot"),
)
"""The beginning of the root element, what else the head must contain, and the extension."""

_INSTALL_OR_AGAIN: Final = Reason("请管理员安装后用 retry 重读，或请对方另存为 .docx 重发。", "请另存为 .docx 重发。")


@dataclass(frozen=True, slots=True)
class LegacyFormat:
    """The format of a file, by its content."""

    extension: str
    """The extension by which LibreOffice recognises the format."""
    locked: bool = False
    """Whether it has a password, as far as the file shows that."""
    wrapped: bool = False
    """Whether it is a web page within a MIME message (RFC 2557), Word's 单个文件网页."""


def format_of(data: bytes) -> LegacyFormat | None:
    """The legacy format of a text document, by its bytes only; None for anything else, and for a damaged .doc.

    A compound file is a .doc by the streams at its top. A .wps of Kingsoft has that format too, one of Microsoft Works
    another. An .xls or .ppt gives None, whatever documents are embedded in it.
    """
    if data.startswith(COMPOUND_FILE):
        return _compound(root_streams(data))
    if data.startswith(b"{\\rtf"):
        return LegacyFormat(".rtf")
    if data.startswith(b"PK") and any(mark in data[:200] for mark in _ODT):
        return None if any(other in data[:200] for other in _ODT_OTHER) else LegacyFormat(".odt")
    if data[:1_000].removeprefix(_BOM).lstrip().lower().startswith(_PAGE):
        return LegacyFormat(".html")
    return LegacyFormat(".html", wrapped=True) if is_web_archive(data) else _xml(data[:_HEAD_OF_XML])


def _compound(streams: Mapping[str, bytes]) -> LegacyFormat | None:
    if "WordDocument" in streams:
        flags = int.from_bytes(streams["WordDocument"][_FLAGS], "little")
        return LegacyFormat(".doc", locked=bool(flags & _ENCRYPTED))
    works = streams.get("CONTENTS")  # short streams are not read
    if "MatOST" in streams or (works is not None and works.startswith(_WORKS if works else b"")):
        return LegacyFormat(".wps")
    return None


def _xml(head: bytes) -> LegacyFormat | None:
    if not head.removeprefix(_BOM).lstrip().startswith(b"<"):
        return None
    return next((LegacyFormat(extension) for root, named, extension in _XML if root in head and named in head), None)


def is_legacy(part: Part) -> bool:
    """Whether a part of a letter is such a manuscript. A web page is one only when it is named like a Word document."""
    form = format_of(part.data)
    return form is not None and (form.extension != ".html" or plain_name(part.name).endswith(_CALLED_WORD))


def conversion_of(part: Part, converted: Conversions) -> ConversionRequest | None:
    """What LibreOffice is to do with the part before it can be read; None when it needs no conversion, is behind a
    password, or was converted before."""
    if not is_legacy(part) or key_of(part.data) in converted:
        return None
    return docx_wanted_of(part.data)


def docx_wanted_of(data: bytes) -> ConversionRequest | None:
    """The request for a .docx of a legacy document; None for any other file, and for one behind a password."""
    form = format_of(data)
    if form is None or form.locked:
        return None
    return ConversionRequest(key_of(data), _as_libreoffice_reads_it(data, form), form.extension, "docx")


def _as_libreoffice_reads_it(data: bytes, form: LegacyFormat) -> bytes:
    """The bytes; those of a Chinese web page that does not name its character set in UTF-8, with its mark."""
    if form.wrapped:
        return web_page_of(data)
    data = with_fixed_fields(data, form.extension) or data
    if form.extension != ".html" or b"charset" in data[:_HEAD_OF_PAGE].lower():
        return data
    return codecs.BOM_UTF8 + decode(data.removeprefix(codecs.BOM_UTF8)).encode("utf-8")


def read_legacy(part: Part, converted: Conversions) -> SourceDocument:
    """The document that LibreOffice made of the part, with an omission that says so.

    converted: what LibreOffice made of files, by `key_of` their bytes. Raises UnreadableManuscript when the file has a
    password, LibreOffice is not installed, or it made nothing of the file.
    """
    form = format_of(part.data)
    extension = ".wps" if plain_name(part.name).endswith(".wps") else form.extension if form else ""
    if form and form.locked:
        raise UnreadableManuscript(PASSWORD)
    docx = converted.get(key_of(part.data))
    if docx is None:
        raise UnreadableManuscript(_INSTALL_OR_AGAIN.within(f"本机没有 LibreOffice，不能读 {extension} 文件。"))
    if isinstance(docx, NotConverted):
        raise UnreadableManuscript(docx.reason)
    document = read_docx(docx, converted=converted)
    fixed = form is not None and with_fixed_fields(part.data, form.extension) is not None
    remarks = (*_remarks(part.data, form, extension), *(() if fixed else _recomputed(docx)))
    return replace(document, omissions=(*remarks, *document.omissions))


def _recomputed(docx: bytes) -> Iterator[Omission]:
    """Where LibreOffice has put new results into fields that `with_fixed_fields` could not make safe."""
    package = SourcePackage(docx, USUAL_DOCUMENT_LIMITS)
    fields = recomputed_fields(package.read(package.main) or b"")
    if fields:
        names = "、".join(dict.fromkeys(field.split()[0].lstrip("\\").upper() for field in fields))
        message = (
            f"有 {len(fields)} 处日期、文件名一类的域（{names}）在转换时重新计算，不是原件上的内容，请对照原件改正。"
        )
        yield Omission(rules.RECOMPUTED_FIELD, message)


def _remarks(data: bytes, form: LegacyFormat | None, extension: str) -> Iterator[Omission]:
    yield Omission(rules.CONVERTED, f"由 {extension} 转换，请核对版式。")
    if form and form.wrapped and (pictures := pictures_within(data)):
        yield Omission(rules.MISSING_PICTURE, f"单个文件网页里的 {pictures} 张图片没有读入。")
    if form and form.extension == ".xml" and _NUMBERED in data:  # LibreOffice writes 一、 as a bullet, or as %0%.1、
        yield Omission(rules.LABEL, "Word 2003 XML 的自动编号转换时会出错，请对照原文补上。")
