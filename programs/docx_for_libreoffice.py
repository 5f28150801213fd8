"""A .docx rewritten so that LibreOffice ends its lines where Word does. Only the copy that is laid out is changed.

What LibreOffice (7.4) does otherwise, as tests/assembler/test_lines_on_paper.py measures it:
- w:overflowPunct (ECMA-376 17.3.1.21) is taken for its opposite: with "0" marks hang out over the edge of the text;
- a line may end at w:noBreakHyphen, after https://, and between a Latin letter or digit and —— or ……. U+2060 WORD
  JOINER forbids it there, and is not drawn;
- a section that begins an even page loses the distance of its footer, so that its text area reaches 4 mm lower. That of
  the 版记 (assembler/imprint.py) gets a page number of its own instead: LibreOffice puts even numbers on even pages.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from values.damaged_zip import DAMAGED_ZIP

_PARTS: Final = re.compile(r"word/(?:document|styles|header\d*|footer\d*)\.xml")
_LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a part that is rewritten; document.xml of a large issue has five million."""
_OVERFLOW: Final = re.compile(rb'<w:overflowPunct(?:\s+w:val="([^"]*)")?\s*/>')
_OFF: Final = frozenset({b"0", b"false", b"off"})
_HYPHEN: Final = re.compile(rb"<w:noBreakHyphen\s*/>")
_EVEN_PAGE: Final = b'<w:type w:val="evenPage"/>'
_IMPRINT: Final = re.compile(rb'w:name="imprint(\d*[13579])"')
"""The bookmark of the 版记, with the odd page after which it is put."""
_TEXT: Final = re.compile(rb"(<w:t(?:\s[^>]*)?>)([^<]*)")
_JOINER: Final = "\u2060"
_HELD: Final = re.compile("(?<=://)(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[—…～])")


def docx_for_libreoffice(docx: bytes) -> bytes:
    """The file as LibreOffice is to read it. Returns the bytes unchanged where nothing in them is to be rewritten, or
    where they are no zip that can be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            changed: dict[str, bytes] = {}
            for info in archive.infolist():
                if _PARTS.fullmatch(info.filename) and info.file_size <= _LARGEST:
                    data = archive.read(info)
                    if (rewritten := _rewritten(data)) != data:
                        changed[info.filename] = rewritten
            return _with_parts(archive, changed) if changed else docx
    except DAMAGED_ZIP:
        return docx


def _rewritten(part: bytes) -> bytes:
    if (imprint := _IMPRINT.search(part)) is not None:
        numbered = b'<w:type w:val="nextPage"/><w:pgNumType w:start="%d"/>' % (int(imprint[1]) + 1)
        before, after = part[: imprint.end()], part[imprint.end() :]
        part = before + after.replace(_EVEN_PAGE, numbered, 1)  # other even pages are the template's own
    part = _OVERFLOW.sub(_reversed, part)
    part = _TEXT.sub(_with_joiners, part)
    return _HYPHEN.sub(f"<w:t>-{_JOINER}</w:t>".encode(), part)


def _reversed(element: re.Match[bytes]) -> bytes:
    """Without a value it is on (ECMA-376 17.17.4)."""
    return b'<w:overflowPunct w:val="%d"/>' % (element[1] in _OFF)


def _with_joiners(text: re.Match[bytes]) -> bytes:
    try:
        return text[1] + _HELD.sub(_JOINER, text[2].decode()).encode()
    except UnicodeDecodeError:  # a part that is not in UTF-8
        return text[0]


def _with_parts(archive: zipfile.ZipFile, parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for info in archive.infolist():
            target.writestr(info.filename, parts[info.filename] if info.filename in parts else archive.read(info))
    return out.getvalue()
