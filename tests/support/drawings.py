"""Charts, SmartArt and vector pictures for a .docx, small and written by hand."""

from __future__ import annotations

import struct
from typing import Final

from tools.docx_builder import docx, paragraph

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DGM: Final = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_DSP: Final = "http://schemas.microsoft.com/office/drawing/2008/diagram"
_DRAWING: Final = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
SVG: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="60"><rect width="90" height="50" fill="red"/></svg>'
)


def chart(values: str = "4 7 5", more: str = "") -> str:
    """A bar chart of blue bars with remembered values, and no workbook. more: after c:chart."""
    points = "".join(f'<c:pt idx="{index}"><c:v>{value}</c:v></c:pt>' for index, value in enumerate(values.split()))
    cache = f'<c:ptCount val="{len(values.split())}"/>{points}'
    axes = "".join(
        f'<c:{kind}><c:axId val="{own}"/><c:scaling/><c:delete val="0"/><c:axPos val="{place}"/>'
        f'<c:crossAx val="{other}"/></c:{kind}>'
        for kind, own, other, place in (("catAx", 1, 2, "b"), ("valAx", 2, 1, "l"))
    )
    return (
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_OFFICE}"><c:chart><c:plotArea><c:barChart>'
        '<c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:spPr><a:solidFill>'
        f'<a:schemeClr val="accent1"/></a:solidFill></c:spPr><c:val><c:numRef><c:f>Sheet1!$B$2:$B$4</c:f>'
        f"<c:numCache>{cache}</c:numCache></c:numRef>"
        f'</c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart>{axes}</c:plotArea></c:chart>{more}'
        "</c:chartSpace>"
    )


def shown(graphic: str, *, width: int = 3 * 914_400, height: int = 2 * 914_400) -> str:
    """A paragraph with an inline drawing around the content of a:graphicData."""
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/>'
        '<wp:docPr id="1" name="1" descr="就业图"/>'
        f'<a:graphic><a:graphicData uri="">{graphic}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


def shown_chart(rid: str = "rIdChart", *, width: int = 3 * 914_400, height: int = 2 * 914_400) -> str:
    return shown(f'<c:chart r:id="{rid}"/>', width=width, height=height)


def related(rid: str, kind: str, target: str, *, external: bool = False) -> str:
    """A Relationship element. kind: the last word of an Office type, or a whole type."""
    full = kind if ":" in kind else f"{_OFFICE}/{kind}"
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{rid}" Type="{full}" Target="{target}"{mode}/>'


def relationships(*elements: str) -> bytes:
    """The .rels of a part."""
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(elements)}</Relationships>'.encode()


def with_chart(
    xml: str | None = None, body: str | None = None, *, first: str = "就业形势", parts: dict[str, bytes] | None = None
) -> bytes:
    """A .docx of a line and a chart; body: the chart's place in the body. parts: more members."""
    return docx(
        paragraph(first) + (shown_chart() if body is None else body),
        relationships=related("rIdChart", "chart", "charts/chart1.xml"),
        parts={"word/charts/chart1.xml": (chart() if xml is None else xml).encode(), **(parts or {})},
    )


def with_smart_art(words: str = "稳就业", drawn: str | None = None) -> bytes:
    """A .docx with a SmartArt graphic of the text `words`, and a drawing part with the text `drawn`."""
    text = words if drawn is None else drawn
    model = (
        f'<dgm:dataModel xmlns:dgm="{_DGM}" xmlns:a="{_A}"><dgm:ptLst><dgm:pt modelId="1" type="doc"/>'
        f'<dgm:pt modelId="2"><dgm:t><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        "</dgm:ptLst><dgm:cxnLst/><dgm:bg/>"
        f'<dgm:whole/><dgm:extLst><a:ext uri="{_DSP}"><dsp:dataModelExt xmlns:dsp="{_DSP}" relId="rIdDrawing"/></a:ext>'
        "</dgm:extLst></dgm:dataModel>"
    )
    shape = (
        f'<dsp:drawing xmlns:dsp="{_DSP}" xmlns:a="{_A}"><dsp:spTree><dsp:nvGrpSpPr><dsp:cNvPr id="0" name=""/>'
        '<dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/><dsp:sp modelId="2"><dsp:nvSpPr><dsp:cNvPr id="0" name=""/>'
        '<dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2743200" cy="914400"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="FFC000"/></a:solidFill></dsp:spPr>'
        f'<dsp:txBody><a:bodyPr/><a:p><a:r><a:rPr sz="2400"/><a:t>{text}</a:t></a:r></a:p></dsp:txBody></dsp:sp>'
        "</dsp:spTree></dsp:drawing>"
    )
    empty = {kind: f'<dgm:{kind} xmlns:dgm="{_DGM}"/>' for kind in ("layoutDef", "styleDef", "colorsDef")}
    parts = {"data": model, "layout": empty["layoutDef"], "style": empty["styleDef"], "colors": empty["colorsDef"]}
    kinds = {"data": "diagramData", "layout": "diagramLayout", "style": "diagramQuickStyle", "colors": "diagramColors"}
    ties = [related(f"rId{name.title()}", kinds[name], f"diagrams/{name}1.xml") for name in parts]
    return docx(
        paragraph("就业形势") + shown('<dgm:relIds r:dm="rIdData" r:lo="rIdLayout" r:qs="rIdStyle" r:cs="rIdColors"/>'),
        relationships="".join([*ties, related("rIdDrawing", _DRAWING, "diagrams/drawing1.xml")]),
        parts={f"word/diagrams/{name}1.xml": xml.encode() for name, xml in {**parts, "drawing": shape}.items()},
    )


def emf() -> bytes:
    """A green rectangle ([MS-EMF] 2.3: header, brush, select, rectangle, end)."""
    records = [
        struct.pack("<7I", 39, 24, 1, 0, 0x0000_C000, 0, 0)[:24],
        struct.pack("<3I", 37, 12, 1),
        struct.pack("<2I4i", 43, 24, 5, 5, 95, 55),
        struct.pack("<5I", 14, 20, 0, 16, 20),
    ]
    size = 88 + sum(map(len, records))
    header = struct.pack("<2I4i4i", 1, 88, 0, 0, 100, 60, 0, 0, 2_646, 1_588) + b" EMF"
    header += struct.pack("<3I2H3I4i", 0x10000, size, len(records) + 1, 2, 0, 0, 0, 0, 1_024, 768, 271, 203)
    return header + b"".join(records)


def wmf() -> bytes:
    """A green rectangle ([MS-WMF] 2.3, with the header of a placeable file)."""
    records = [
        struct.pack("<IH2h", 5, 0x020C, 60, 100),
        struct.pack("<IHHIH", 7, 0x02FC, 0, 0x0000_C000, 0),
        struct.pack("<IHH", 4, 0x012D, 0),
        struct.pack("<IH4h", 7, 0x041B, 55, 95, 5, 5),
        struct.pack("<IH", 3, 0),
    ]
    words = 9 + sum(map(len, records)) // 2
    placed = struct.pack("<IH4hHI", 0x9AC6_CDD7, 0, 0, 0, 100, 60, 96, 0)
    checksum = 0
    for (word,) in struct.iter_unpack("<H", placed):
        checksum ^= word
    header = struct.pack("<3HIHIH", 1, 9, 0x0300, words, 1, 7, 0)
    return placed + struct.pack("<H", checksum) + header + b"".join(records)


def page(width: int, height: int, content: str, pages: int = 1) -> bytes:
    """A PDF; width and height in points, content: operators (ISO 32000-1 8.5)."""
    kids = " ".join(["3 0 R"] * pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R /Resources << >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    body = "%PDF-1.4\n" + "".join(
        f"{number} 0 obj\n{content}\nendobj\n" for number, content in enumerate(objects, start=1)
    )
    return f"{body}trailer << /Root 1 0 R /Size 5 >>\n%%EOF\n".encode()
