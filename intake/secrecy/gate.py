"""The gate (涉密门): looks for a marking of secrecy in all that a letter brings, before anything of it is stored.

Subject, names of files and archive members, the text with quoted and forwarded letters, and of every file that can be
read all its texts, whether it is a manuscript or not. Pure.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intake.parse.charsets import decode
from intake.parse.headers import clean
from intake.parse.manuscript_format import ManuscriptFormat
from intake.parse.message import Message, Part
from intake.read.docx.flat_opc import docx_of, is_flat_opc
from intake.read.docx.package import OpenedPackages, is_docx
from intake.read.docx.texts import docx_texts
from intake.read.formats import is_fixed_layout
from intake.read.legacy.formats import is_legacy
from intake.read.pages.ofd import is_ofd, ofd_lines
from intake.read.pages.texts import page_texts
from intake.read.plain_text import text_of_file
from intake.read.texts import FileText
from intake.secrecy.markings import (
    IN_EVERY_MARKING,
    Degree,
    Marking,
    marking_of_line,
    marking_of_lines,
    marking_of_name,
    marking_of_table,
)
from programs.conversion import Conversions, key_of
from values.damaged_zip import DAMAGED_ZIP
from values.errors import UnreadableManuscript
from values.letter import Seal

_HEAD: Final = 12
"""Lines of a letter's text, and of a letter quoted in it, where a marking may be put."""
_LONGEST_TEXT: Final = 400_000
"""Characters of an attached plain text that are looked at, twice the longest manuscript."""
_MOST_NAMES: Final = 1_000
"""Members of a closed archive whose names are looked at, as many as an archive may have."""
_QUOTED: Final = re.compile(r"^[\s>＞|｜]+")
_HEADER_LINE: Final = re.compile(
    r"\**\s*(?P<name>主\s*题|标\s*题|附\s*件|subject|attachments?|发件人|收件人|发送时间|日期|抄送|from|to|sent|date|cc)\s*\**\s*[:：]\**\s*(?P<value>.*)",
    re.IGNORECASE,
)
_NAMING: Final = re.compile(r"主\s*题|标\s*题|附\s*件|subject|attachments?", re.IGNORECASE)
_TEXT_TYPES: Final = ("text/plain", "text/html")
_WORTH_A_LOOK: Final = re.compile(f"[{IN_EVERY_MARKING}]")
"""Most lines do not match, and need no closer look."""


@dataclass(frozen=True, slots=True)
class PlacedMarking:
    """A marking of secrecy in a letter."""

    marking: Marking
    place: str
    """Chinese, without a word of the letter."""

    @property
    def seals(self) -> bool:
        """Whether nothing of the letter may be shown."""
        return self.marking.degree is Degree.SEALED

    @property
    def seal(self) -> Seal:
        return Seal(self.marking.text, self.place)


def sealed_reason(seal: Seal) -> str:
    """Why a letter is sealed, and what to do, for the clerk."""
    return (
        f"标有“{seal.marking}”（{seal.place}），已封存：内容不显示、不检索、不回复、不刊登。"
        "请断开这台电脑的网络，报告本单位保密部门，不要转发、下载或打印；误报的由管理员解除封存。"
    )


def marking_in_letter(
    message: Message, converted: Conversions, words: Sequence[str], packages: OpenedPackages
) -> PlacedMarking | None:
    """The first sealed marking, else the first flagged one, else None.

    message: its archives opened. converted: what LibreOffice made of its files so far. words: markings of the office.
    packages: those of the letter.
    """
    return _strongest(_markings(message, converted, words, packages))


def marking_in_pdf(data: bytes, words: Sequence[str]) -> str:
    """The first sealed marking in the text of a PDF that no letter brought; "" for none, and for one without text."""
    try:
        texts = tuple(page_texts(_pdf_lines(data)))
    except (UnreadableManuscript, RecursionError):
        return ""
    markings = (marking for text in texts for marking in _in_file_text(text, words))
    return next((marking.text for marking in markings if marking.degree is Degree.SEALED), "")


def marking_in_words(text: str, words: Sequence[str]) -> str:
    """The sealed marking in a text that a person has typed; "" for none."""
    lines = text.splitlines()
    markings = [marking_of_lines(lines, words=words), *(marking_of_name(line, words=words) for line in lines)]
    return next((marking.text for marking in markings if marking and marking.degree is Degree.SEALED), "")


def marking_in_header(message: Message, words: Sequence[str]) -> PlacedMarking | None:
    """As `marking_in_letter`, for a letter of which only the header was read."""
    return _strongest(_named("主题", [message.subject], words))


def _strongest(markings: Iterator[PlacedMarking]) -> PlacedMarking | None:
    flagged: PlacedMarking | None = None
    for placed in markings:
        if placed.seals:
            return placed
        flagged = flagged or placed
    return flagged


def _markings(
    message: Message, converted: Conversions, words: Sequence[str], packages: OpenedPackages
) -> Iterator[PlacedMarking]:
    yield from _named("主题", [message.subject], words)
    yield from _named("所转发信件的主题", message.forwarded_subjects, words)
    files = [part for part in message.parts if part.name or part.content_type not in _TEXT_TYPES]
    for number, part in enumerate(files, 1):
        yield from _named(f"第 {number} 个附件的文件名", _names(part), words)
    for body in message.bodies:
        yield from _in_letter_text(body.text, words)
    for number, part in enumerate(files, 1):
        for file_text in _texts_of(part, converted, packages):
            for marking in _in_file_text(file_text, words):
                yield PlacedMarking(marking, f"第 {number} 个附件的{file_text.place}")


def _named(place: str, names: Sequence[str], words: Sequence[str]) -> Iterator[PlacedMarking]:
    for name in names:
        if marking := marking_of_name(name, words=words):
            yield PlacedMarking(marking, place)


def _names(part: Part) -> list[str]:
    """The names of the file, of its folders and archives, and of the members of an archive that stayed closed."""
    names = [*part.name.split("/"), *part.folder.split("/")]
    if part.data.startswith(b"PK") and not _is_docx(part) and not is_ofd(part.data):
        try:
            with zipfile.ZipFile(io.BytesIO(part.data)) as archive:
                for member in archive.infolist()[:_MOST_NAMES]:
                    utf8 = bool(member.flag_bits & 0x800)  # APPNOTE.TXT 4.4.4, bit 11
                    path = member.filename if utf8 else decode(member.filename.encode("cp437"))
                    names += re.split(r"[/\\]+", path)
        except DAMAGED_ZIP:
            pass  # its own name is all that it shows
    return [clean(name) for name in names if name]


def _in_letter_text(text: str, words: Sequence[str]) -> Iterator[PlacedMarking]:
    """Markings in the text of a letter; a quoted letter begins anew after the lines of its header."""
    lines = [_QUOTED.sub("", line) for line in text.splitlines()]
    heads: list[list[str]] = [[]]
    for line in filter(str.strip, lines):
        header = _HEADER_LINE.fullmatch(line.strip())
        if header is not None:
            heads.append([])
            if _NAMING.match(header["name"]) and (marking := marking_of_name(header["value"], words=words)):
                yield PlacedMarking(marking, "正文")
        elif len(heads[-1]) < _HEAD:
            heads[-1].append(line)
        if marking := _of_line(line, words):
            yield PlacedMarking(marking, "正文")
    for head in heads:
        if marking := marking_of_lines(head, words=words):
            yield PlacedMarking(marking, "正文开头")


def _in_file_text(text: FileText, words: Sequence[str]) -> Iterator[Marking]:
    if text.rows:
        marking = marking_of_table(text.rows, words=words)
    elif text.at_head:
        marking = marking_of_lines(text.lines, words=words)
    else:
        yield from filter(None, (_of_line(line, words) for line in text.lines))
        return
    if marking:
        yield marking


def _of_line(line: str, words: Sequence[str]) -> Marking | None:
    return marking_of_line(line, at_head=False, words=words) if words or _WORTH_A_LOOK.search(line) else None


def _texts_of(part: Part, converted: Conversions, packages: OpenedPackages) -> tuple[FileText, ...]:
    """The texts of a file; () for one that cannot be read, or is not converted yet."""
    try:
        return tuple(_read(part, converted, packages))
    except (UnreadableManuscript, RecursionError):
        return ()


def _read(part: Part, converted: Conversions, packages: OpenedPackages) -> Iterator[FileText]:
    if _is_docx(part):
        yield from docx_texts(part.data, packages)
    elif is_flat_opc(part.data):
        yield from docx_texts(docx_of(part.data))
    elif is_fixed_layout(part):
        yield from page_texts(ofd_lines(part.data) if is_ofd(part.data) else _pdf_lines(part.data))
    elif is_legacy(part):
        made = converted.get(key_of(part.data))
        if isinstance(made, bytes):
            yield from docx_texts(made)
    elif part.content_type.lower().startswith("text/") or part.name.lower().endswith((".txt", ".md", ".csv")):
        lines = tuple(text_of_file(part.data[: _LONGEST_TEXT * 4], part.charset)[:_LONGEST_TEXT].splitlines())
        yield FileText("开头", lines[:_HEAD])
        yield FileText("正文", lines, at_head=False)


def _is_docx(part: Part) -> bool:
    """Opens the file only where its format has not been recognised before."""
    if part.manuscript_format is ManuscriptFormat.WORD and part.data.startswith(b"PK"):
        return True
    return is_docx(part.data)


def _pdf_lines(data: bytes) -> list[list[str]]:
    from intake.read.pages.pdf import pdf_lines  # loads PDFium, which most letters do not need

    return pdf_lines(data)
