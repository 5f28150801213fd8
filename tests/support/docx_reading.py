"""Small words for tests of the .docx reader: XML in, what was read out."""

from __future__ import annotations

import struct
import zlib

from intake.read.docx.reader import read_docx
from intake.read.source import SourceParagraph
from values.manuscript import Picture, Table


def p(inner: str, properties: str = "") -> str:
    """A w:p around runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A w:r with text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    """A complex field; `result` is runs."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def tbl(*rows: str, grid: str = "") -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid.split())
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tc(text: str, properties: str = "") -> str:
    """A cell of one paragraph, or of the XML given when that begins with "<"."""
    inner = text if text.startswith("<") else p(r(text))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def paragraphs(data: bytes) -> list[SourceParagraph]:
    return [block for block in read_docx(data).blocks if isinstance(block, SourceParagraph)]


def lines(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(data)]


def tables(data: bytes) -> list[Table]:
    return [block for block in read_docx(data).blocks if isinstance(block, Table)]


def pictures(data: bytes) -> list[Picture]:
    return [block for block in read_docx(data).blocks if isinstance(block, Picture)]


def omissions(data: bytes) -> dict[str, tuple[str, bool]]:
    """rule → (message, serious)."""
    return {omission.rule.name: (omission.message, omission.serious) for omission in read_docx(data).omissions}


def png(width: int = 2, height: int = 2, shade: int = 0) -> bytes:
    """A grey PNG that every program opens."""
    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def inline(rid: str, *, width: int = 914_400, height: int = 457_200, description: str = "", crop: str = "") -> str:
    """A run with an inline picture."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="1" name="图片" descr="{description}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
        f'<a:blip r:embed="{rid}"/>{crop}</pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def box(inner: str) -> str:
    """A run with a text box as Word writes it: a drawing, and the same again in VML for old programs."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:extent cx="9144" cy="9144"/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        f"</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
