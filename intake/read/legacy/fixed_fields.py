"""Fields that LibreOffice computes anew when it opens a file: DATE, TIME, FILENAME and the like (docs/decisions/0087).

What the author saw is stored beside the instruction as the result. The copy that LibreOffice gets names a field that it
does not compute (QUOTE), so that it keeps the result. A date that changes by itself would be the worst kind of error.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from intake.archives.limits import USUAL_LIMITS, ArchiveRefused
from intake.archives.zip_gate import inflate, open_zip
from intake.read.legacy.ole import CompoundFile, StreamPlace

_KINDS: Final = frozenset((*range(14, 33), 60, 61, 62, 64, 69, 85))
"""Numbers of fields in a .doc whose result LibreOffice takes from the clock, its profile or the properties of the file
([MS-DOC] 2.9.90 flt): INFO to FILENAME, DATE, TIME, USERNAME …, DOCVARIABLE, FILESIZE, DOCPROPERTY. PAGE is none."""
_QUOTE: Final = 35
_BEGIN: Final = 0x13
"""The character that begins a field ([MS-DOC] 2.9.90 fldch)."""
_NAMES: Final = (
    "DATE|TIME|SAVEDATE|CREATEDATE|PRINTDATE|EDITTIME|FILENAME|FILESIZE|AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|"
    "USERADDRESS|TITLE|SUBJECT|COMMENTS|KEYWORDS|NUMWORDS|NUMCHARS|REVNUM|TEMPLATE|INFO|DOCPROPERTY|DOCVARIABLE"
)
_FIRST_WORD: Final = re.compile(rf"\s*\\?(?:{_NAMES})\b", re.IGNORECASE)
_CHARACTER: Final = 0x1F
"""The bits of a field's first byte that hold that character."""
_WHICH_TABLE: Final = 0x0200
"""FibBase.fWhichTblStm ([MS-DOC] 2.5.2)."""
_FIELD_TABLES: Final = tuple(0x9A + 8 * index for index in (16, 17, 18, 19, 48, 57, 59))
"""Where the FIB has the place of the fields of text, headers, notes, comments, endnotes and text boxes (2.5.6)."""
_NEWEST_OF_WORD_95: Final = 0xC0
"""FibBase.nFib of older files, whose FIB is another one."""
_MOST_FIELDS: Final = 20_000
"""Characters of fields in one part of a .doc; a bound on time."""
_INSTRUCTION: Final = b"\\fldinst"
_CONTROL: Final = re.compile(rb"\\'[0-9a-fA-F]{2}|\\[a-z]+-?\d* ?|[{}\r\n]")
_GROUP_SIGN: Final = re.compile(rb"\\.|[{}]", re.DOTALL)
"""A brace of a group, or a backslash with the character that it escapes."""
_DEEPER: Final = {b"{": 1, b"}": -1}
_ODF_FIELDS: Final = (
    b"date|time|creation-date|creation-time|modification-date|modification-time|print-date|print-time|file-name|"
    b"editing-duration|author-name|author-initials|initial-creator|creator|printed-by|title|subject|keywords|description|"
    b"sender-[a-z-]+|user-defined|template-name|document-statistic"
)
_ODF: Final = re.compile(rb"<text:(" + _ODF_FIELDS + rb")(?:\s[^>]*)?(?:/>|(?<!/)>(.*?)</text:\1>)", re.DOTALL)
_WORD_2003: Final = re.compile(rb"((?:<w:instrText[^>]*>|w:instr=\")\s*)(?:" + _NAMES.encode() + rb")\b", re.IGNORECASE)
_IN_DOCX: Final = re.compile(
    rb"(?:<w:instrText[^>]*>|w:instr=\")(\s*(?:" + _NAMES.encode() + rb")\b[^<\"]{0,40})", re.IGNORECASE
)
_CONTENT: Final = "content.xml"


def with_fixed_fields(data: bytes, extension: str) -> bytes | None:
    """The file with such fields made ones that keep their results; None where they cannot be recognised or changed.

    extension: of the format that the content shows. Never raises.
    """
    try:
        return _FIXERS[extension](data) if extension in _FIXERS else None
    except (struct.error, IndexError, KeyError, zipfile.BadZipFile, ArchiveRefused):
        return None


def recomputed_fields(document: bytes) -> list[str]:
    """The instructions of such fields in the XML of a .docx that LibreOffice has made: their results are new."""
    return [match[1].decode("utf-8", "replace").strip() for match in _IN_DOCX.finditer(document)]


def is_recomputed(instruction: str) -> bool:
    """Whether a field with this instruction gets its result from the clock, the profile or the file's properties."""
    return _FIRST_WORD.match(instruction) is not None


def _fixed_doc(data: bytes) -> bytes | None:
    """[MS-DOC] 2.8.25 Plcfld: n + 1 positions of 4 bytes, then for each character of a field its kind in 2 bytes."""
    file = CompoundFile(data)
    word = file.place_of("WordDocument")
    flags, version = _number(data, word, 10, 2), _number(data, word, 2, 2)
    if version <= _NEWEST_OF_WORD_95:
        return None
    table = file.place_of("1Table" if flags & _WHICH_TABLE else "0Table")
    fixed = bytearray(data)
    for place in _FIELD_TABLES:
        start, length = _number(data, word, place, 4), _number(data, word, place + 4, 4)
        count = min((length - 4) // 6, _MOST_FIELDS) if length > 4 else 0
        for index in range(count):
            kind = start + 4 * (count + 1) + 2 * index
            if data[table.at(kind)] & _CHARACTER == _BEGIN and data[table.at(kind + 1)] in _KINDS:
                fixed[table.at(kind + 1)] = _QUOTE
    return bytes(fixed)


def _number(data: bytes, place: StreamPlace, at: int, length: int) -> int:
    return int.from_bytes(bytes(data[place.at(at + index)] for index in range(length)), "little")


def _fixed_rtf(data: bytes) -> bytes:
    pieces: list[bytes] = []
    done = 0
    for start, end in _instructions(data):
        text = _CONTROL.sub(b"", data[start:end]).decode("latin-1")
        if is_recomputed(text):
            pieces += [data[done:start], b" QUOTE "]
            done = end
    return b"".join([*pieces, data[done:]])


def _instructions(data: bytes) -> Iterator[tuple[int, int]]:
    r"""Start and end of what follows each \fldinst within its group; none for a group that does not end."""
    at = data.find(_INSTRUCTION)
    while at >= 0 and (end := _group_end(data, start := at + len(_INSTRUCTION))) is not None:
        yield start, end
        at = data.find(_INSTRUCTION, end)


def _group_end(data: bytes, start: int) -> int | None:
    depth = 1
    for sign in _GROUP_SIGN.finditer(data, start):
        depth += _DEEPER.get(sign[0], 0)
        if not depth:
            return sign.start()
    return None


def _fixed_odf(data: bytes) -> bytes:
    return _ODF.sub(lambda match: match[2] or b"", data)


def _fixed_odt(data: bytes) -> bytes:
    with open_zip(data, USUAL_LIMITS) as archive:
        content = inflate(archive, archive.getinfo(_CONTENT), USUAL_LIMITS.part)
        fixed = _fixed_odf(content)
        if fixed == content:
            return data
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
            for entry in archive.infolist():
                kind = zipfile.ZIP_STORED if entry.filename == "mimetype" else zipfile.ZIP_DEFLATED
                text = fixed if entry.filename == _CONTENT else inflate(archive, entry, USUAL_LIMITS.part)
                copy.writestr(entry.filename, text, kind)
    return made.getvalue()


def _fixed_word_2003(data: bytes) -> bytes:
    return _WORD_2003.sub(rb"\1QUOTE", data)


_FIXERS: Final[Mapping[str, Callable[[bytes], bytes | None]]] = {
    ".doc": _fixed_doc,
    ".wps": _fixed_doc,
    ".rtf": _fixed_rtf,
    ".odt": _fixed_odt,
    ".fodt": _fixed_odf,
    ".xml": _fixed_word_2003,
}
