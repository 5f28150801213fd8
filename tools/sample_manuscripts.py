"""The .docx files that the departments of issue 70 could have sent: one text each, each set in another way.

The texts lie in demo/manuscripts: title, byline, then one paragraph a line.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from tools.docx_builder import W_NS, docx, paragraph

TEXTS: Final = Path(__file__).parents[1] / "demo" / "manuscripts"

_SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1304" w:gutter="0"/>'
    "</w:sectPr>"
)
_NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr>'
    '<w:jc w:val="both"/></w:pPr>'
    '<w:rPr><w:rFonts w:ascii="Calibri" w:eastAsia="宋体" w:hAnsi="Calibri"/><w:sz w:val="21"/></w:rPr></w:style>'
)
_TITLE_STYLE = (
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/><w:aliases w:val="标题"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>'
)
_COUNTED = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/>'
    '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_CENTRED = '<w:jc w:val="center"/>'
_INDENTED = '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/>'
_BODY_RUN = (
    '<w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="仿宋_GB2312"/>'
    '<w:sz w:val="32"/>'
)
_BIG_RUN = (
    '<w:rFonts w:hint="eastAsia" w:ascii="方正小标宋简体" w:eastAsia="方正小标宋简体" w:hAnsi="方正小标宋简体"/>'
    '<w:sz w:val="44"/>'
)
_DRAWING_URI = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def lines_of(name: str) -> list[str]:
    """The lines of demo/manuscripts/NAME.txt."""
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def plain(name: str, house_lines: tuple[str, ...] = ()) -> bytes:
    """Title by size and centring, paragraph after paragraph, lines for the office at the end."""
    title, byline, *body = lines_of(name)
    return _package(_title(title) + _byline(byline) + "".join(_body(line) for line in (*body, *house_lines)))


def boxed_and_tracked(name: str, deleted: str, inserted: str) -> bytes:
    """Title in a text box, twice as Word writes it; `inserted` is a tracked change in place of `deleted`."""
    title, byline, *body = lines_of(name)
    body_xml = "".join(_tracked(line, deleted, inserted) for line in body)
    return _package(_text_box(_title(title)) + _byline(byline) + body_xml)


def numbered(name: str) -> bytes:
    """Title in style Title; 一、二、三、 are Word's automatic numbers, not text."""
    title, byline, *body = lines_of(name)
    properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{_INDENTED}'
    body_xml = "".join(_body(line.partition("、")[2], properties) for line in body)
    title_xml = paragraph(escape(title), properties='<w:pStyle w:val="a3"/>')
    return _package(title_xml + _byline(byline) + body_xml, styles=_TITLE_STYLE, numbering=_COUNTED)


def controlled_and_commented(name: str, comment: str) -> bytes:
    """The second paragraph is in a content control; the first has a reviewer's comment."""
    title, byline, first, second, *rest = lines_of(name)
    commented = (
        f'<w:p><w:pPr>{_INDENTED}</w:pPr><w:commentRangeStart w:id="0"/>{_run(first)}<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    control = (
        '<w:sdt><w:sdtPr><w:alias w:val="正文"/><w:id w:val="1520368"/></w:sdtPr>'
        f"<w:sdtContent>{_body(second)}</w:sdtContent></w:sdt>"
    )
    body_xml = commented + control + "".join(_body(line) for line in rest)
    return _package(_title(title) + _byline(byline) + body_xml, comment=comment)


def notice(name: str) -> bytes:
    """【情况通报】, a title over two paragraphs, and a table with a header row."""
    section, *title, header, row = lines_of(name)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    widths = (700, 1300, 4200, 1300, 1300)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = _row(header, widths, "<w:trPr><w:tblHeader/></w:trPr>") + _row(row, widths)
    table = f'<w:tbl><w:tblPr><w:tblW w:w="8800" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
    table += f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    return _package(_body(section, "") + "".join(_title(line) for line in title) + table + "<w:p/>")


def _title(line: str) -> str:
    return paragraph(escape(line), properties=_CENTRED, run=_BIG_RUN)


def _byline(line: str) -> str:
    return paragraph(escape(line), properties=_CENTRED, run=_BODY_RUN.replace("仿宋", "楷体"))


def _body(line: str, properties: str = _INDENTED) -> str:
    return paragraph(escape(line), properties=properties, run=_BODY_RUN)


def _run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:rPr>{_BODY_RUN}</w:rPr><w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def _tracked(line: str, deleted: str, inserted: str) -> str:
    before, separator, after = line.partition(inserted)
    if not separator:
        return _body(line)
    who = 'w:author="办公室" w:date="2022-11-02T09:40:00Z"'
    return (
        f'<w:p><w:pPr>{_INDENTED}</w:pPr>{_run(before)}<w:del w:id="1" {who}>{_run(deleted, "delText")}</w:del>'
        f'<w:ins w:id="2" {who}>{_run(inserted)}</w:ins>{_run(after)}</w:p>'
    )


def _text_box(content: str) -> str:
    """wps:txbx for Word 2010 and later, the same again as VML for older ones (ECMA-376 part 3, 10.2)."""
    content = f"<w:txbxContent>{content}</w:txbxContent>"
    position = "<wp:posOffset>0</wp:posOffset></wp:position{0}>"
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="5580000" cy="648000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    drawing = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column">{position.format("H")}'
        f'<wp:positionV relativeFrom="paragraph">{position.format("V")}<wp:extent cx="5580000" cy="648000"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/><wp:docPr id="1" name="文本框 1"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_DRAWING_URI}">{shape}</a:graphicData></a:graphic>'
        "</wp:anchor></w:drawing>"
    )
    fallback = (
        '<w:pict><v:shape type="#_x0000_t202" style="width:439pt;height:51pt" stroked="f">'
        f"<v:textbox>{content}</v:textbox></v:shape></w:pict>"
    )
    return (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _row(line: str, widths: tuple[int, ...], properties: str = "") -> str:
    cells = line.split("\t")
    cells += [""] * (len(widths) - len(cells))
    return (
        f"<w:tr>{properties}"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph(escape(cell), run=_BODY_RUN)}</w:tc>'
            for cell, width in zip(cells, widths, strict=True)
        )
        + "</w:tr>"
    )


def _package(body: str, *, styles: str = "", numbering: str = "", comment: str = "") -> bytes:
    parts, relationships = {}, ""
    if comment:
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        parts["word/comments.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8"?><w:comments xmlns:w="{W_NS}"><w:comment w:id="0" w:author="办公室" '
            f'w:date="2022-11-03T08:30:00Z" w:initials="办">{paragraph(escape(comment))}</w:comment></w:comments>'
        ).encode()
        relationships = f'<Relationship Id="rIdComments" Type="{office}/comments" Target="comments.xml"/>'
    return _stored(
        docx(
            body + _SECTION,
            styles=_NORMAL + styles,
            numbering=numbering,
            parts=parts,
            relationships=relationships,
        )
    )


def _stored(package: bytes) -> bytes:
    """The same package uncompressed: the bytes of a compressed one depend on the zlib of the machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            entry = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # as on Linux, wherever this runs
            target.writestr(entry, source.read(member), zipfile.ZIP_STORED)
    return out.getvalue()
