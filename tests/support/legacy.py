"""Manuscripts in older formats, as LibreOffice saves them, and some that do harm."""

from __future__ import annotations

import base64
import io
import quopri
import struct
import zipfile
from pathlib import Path
from typing import Final, TypeAlias

import pytest
from lxml import etree

from intake.parse.file_kinds import COMPOUND_FILE
from tests.support.docx_reading import inline, p, png, r, tbl, tc, tr
from tests.support.libreoffice import saved_as
from tools.docx_builder import docx, paragraph

Legacy: TypeAlias = dict[str, bytes]

FORMATS: Final = ("doc", "rtf", "odt", "fodt", "xml", "uot", "html")
_SAVED: Final = ("doc", "odt", "fodt", "uot", "html")
TITLE: Final = "区民政局开展敬老活动"
LINES: Final = [TITLE, "区民政局", "一、走访慰问", "二、志愿服务", "活动持续一周。"]

_LEVEL = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
_NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{_LEVEL}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_NAMESPACES = " ".join(
    [f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")]
    + ['xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"', 'xmlns:xlink="http://www.w3.org/1999/xlink"']
    + ['xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"']
)
_NOTHING = 0xFFFFFFFF
_END = 0xFFFFFFFE
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_ODT = "application/vnd.oasis.opendocument.text"


def manuscript() -> bytes:
    """A .docx with automatic labels and a table."""
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph(TITLE) + paragraph("区民政局") + p(r("走访慰问"), numbered) + p(r("志愿服务"), numbered)
    table = tbl(tr(tc("单位"), tc("人数")), grid="3000 3000")
    return docx(body + table + paragraph("活动持续一周。"), numbering=_NUMBERING)


@pytest.fixture(scope="session")
def legacy_files(soffice: Path, tmp_path_factory: pytest.TempPathFactory) -> Legacy:
    """`manuscript` in each of FORMATS, by extension; "picture.doc": one with a picture."""
    folder = tmp_path_factory.mktemp("legacy")
    files = {extension: saved_as(soffice, extension, manuscript(), folder) for extension in _SAVED}
    pictured = docx(paragraph("文") + p(inline("rId9")), pictures={"rId9": png()})
    files["xml"] = saved_as(soffice, "xml", manuscript(), folder, by="xml:MS Word 2003 XML")
    return {**files, "rtf": rtf(), "picture.doc": saved_as(soffice, "doc", pictured, folder)}


def odt(body: str, *, whole: bool = True) -> bytes:
    """An OpenDocument text with `body` in office:text; not whole: the XML ends in the middle."""
    ends = "</office:text></office:body></office:document-content>" if whole else ""
    content = f'<office:document-content {_NAMESPACES} office:version="1.2"><office:body><office:text>{body}{ends}'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _ODT), ("content.xml", "text/xml"))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", _ODT)
        archive.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{_MANIFEST}">{entries}</manifest:manifest>'
        )
        archive.writestr("content.xml", content)
    return out.getvalue()


def rtf() -> bytes:
    """The text of `manuscript` as Word writes it. (LibreOffice itself saves the label 一、 as 一?.)"""
    level = r"\levelnfc37\leveljc0\levelfollow2\levelstartat1{\leveltext\'02\'00\'a1\'a2;}{\levelnumbers\'01;}"
    lists = rf"{{\*\listtable{{\list\listtemplateid1{{\listlevel{level}}}\listid7}}}}"
    lists += r"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}}"
    text = rf"{_hex(TITLE)}\par {_hex('区民政局')}\par \pard\ls1\ilvl0 {_hex('走访慰问')}\par {_hex('志愿服务')}\par "
    text += rf"\pard {_hex('活动持续一周。')}\par "
    table = rf"\trowd\cellx3000\cellx6000\intbl {_hex('单位')}\cell {_hex('人数')}\cell\row"
    fonts = r"{\fonttbl{\f0\fnil\fcharset134 SimSun;}}"
    return rf"{{\rtf1\ansi\ansicpg936\deff0{fonts}{lists}\pard\f0 {text}{table}}}".encode("ascii")


def _hex(text: str) -> str:
    return "".join(f"\\'{octet:02x}" for octet in text.encode("gb18030"))


def web_archive() -> bytes:
    """A page with a picture, as Word saves it as 单个文件网页: quoted-printable, in GBK."""
    page = "<html><head><meta http-equiv=Content-Type content='text/html; charset=gb2312'></head><body>"
    page += f"<p>{TITLE}</p><p>活动持续一周。</p><img src='a.png'></body></html>"
    parts = (
        ("text/html; charset=gb2312", "quoted-printable", quopri.encodestring(page.encode("gbk"))),
        ("image/png", "base64", base64.encodebytes(png())),
    )
    out = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    for kind, encoding, data in parts:
        head = f"--b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
        out += head.encode() + data.replace(b"\n", b"\r\n") + b"\r\n"
    return out + b"--b--\r\n"


def flat_opc(docx: bytes) -> bytes:
    """A .docx as one XML file (pkg:package), as Word saves it; pictures in base64."""
    namespace = "http://schemas.microsoft.com/office/2006/xmlPackage"
    parts = ""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        kinds = {entry.get("PartName", entry.get("Extension", "")): entry.get("ContentType", "") for entry in types}
        for name in archive.namelist():
            if name == "[Content_Types].xml":
                continue
            kind = kinds.get(f"/{name}") or kinds[name.rpartition(".")[2]]
            data = archive.read(name)
            if kind.endswith("xml"):
                inner = f"<pkg:xmlData>{data.decode().partition('?>')[2] or data.decode()}</pkg:xmlData>"
            else:
                inner = f"<pkg:binaryData>{base64.encodebytes(data).decode()}</pkg:binaryData>"
            parts += f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}">{inner}</pkg:part>'
    head = '<?xml version="1.0" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    return f'{head}<pkg:package xmlns:pkg="{namespace}">{parts}</pkg:package>'.encode()


def slow_rtf() -> bytes:
    """A table of 30,000 rows: LibreOffice works on it for minutes."""
    return b"{\\rtf1 " + b"\\trowd\\cellx1000\\cellx2000\\intbl a\\cell b\\cell\\row " * 30_000 + b"}"


def compound_file(*streams: str, flags: int = 0, inside: str = "") -> bytes:
    """An OLE2 file with these streams at its top; flags: FibBase's. inside: a stream in a storage called MBD1."""
    names = ["Root Entry", *streams, *(["MBD1", inside] if inside else [])]
    at_top = len(streams) + bool(inside)
    directory = b""
    for index, name in enumerate(names):
        is_storage = name == "MBD1"
        kind = 5 if index == 0 else 1 if is_storage else 2
        right = index + 1 if 0 < index < at_top else _NOTHING
        child = 1 if index == 0 else index + 1 if is_storage else _NOTHING
        encoded = name.encode("utf-16-le")
        directory += struct.pack(
            "<64sHBB3I36sIQ", encoded, len(encoded) + 2, kind, 1, _NOTHING, right, child, b"", 3, 4_096
        )
    sectors = -(-len(directory) // 512)
    chain = [*range(2, sectors + 1), _END]  # of the directory, which begins in sector 1
    table = struct.pack("<I", 0xFFFFFFFD) + struct.pack(f"<{len(chain)}I", *chain)
    header = COMPOUND_FILE + bytes(16) + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<2I", 1, 1) + bytes(8) + struct.pack("<4I", _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_NOTHING] * 108)
    word = struct.pack("<5H", 0xA5EC, 0xC1, 0, 0, 0) + struct.pack("<H", flags)
    return header + table.ljust(512, b"\xff") + directory.ljust(1_024, b"\0") + word.ljust(4_096, b"\0")
