"""Makes a sheet (图页): a .docx of one page with one drawing, for LibreOffice to draw.

It contains nothing of the manuscript except the parts of that drawing, none of which leads outside.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from intake.read.docx.tags import A_NS, CHART_NS, DIAGRAM_NS, PIC_NS, R_NS, RELATIONSHIPS_NS, W_NS, WP_NS
from values.paper import EMU_PER_INCH, EMU_PER_POINT

_CONTENT_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_MAIN_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MAIN: Final = "document.xml"
_DATED: Final = (1980, 1, 1, 0, 0, 0)
"""Of all members, so that the same drawing gives the same bytes; a sheet is identified by their hash."""
_LEVEL: Final = 1
"""Of compression: a sheet is read once, soon after."""
_EMU_PER_TWIP: Final = 635
_SMALLEST_PAGE: Final = EMU_PER_INCH
"""EMU: LibreOffice enlarges smaller pages."""
LARGEST: Final = 20 * EMU_PER_INCH
"""EMU: Word and LibreOffice allow no page above 22 inches."""
_SMALLEST: Final = EMU_PER_POINT
"""EMU: a point."""
_USUAL: Final = (6 * EMU_PER_INCH, 4 * EMU_PER_INCH)
"""EMU: about the text width, in the proportion of Word's own charts."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part of a drawing."""

    rid: str
    """The id by which its owner refers to it."""
    relationship: str
    """The type of that relationship, a URI."""
    content_type: str
    extension: str
    """Without a dot."""
    data: bytes
    parts: tuple[SheetPart, ...] = ()
    """Those that it refers to itself."""


def chart_graphic(rid: str) -> str:
    """The a:graphicData of a chart (ECMA-376 part 1, 21.2.2.27)."""
    return f'<a:graphicData uri="{CHART_NS}"><c:chart xmlns:c="{CHART_NS}" r:id={quoteattr(rid)}/></a:graphicData>'


def diagram_graphic(data: str, layout: str, style: str, colours: str) -> str:
    """The a:graphicData of a SmartArt graphic, by the ids of its parts (ECMA-376 part 1, 21.4.2.22)."""
    ids = f"r:dm={quoteattr(data)} r:lo={quoteattr(layout)} r:qs={quoteattr(style)} r:cs={quoteattr(colours)}"
    return f'<a:graphicData uri="{DIAGRAM_NS}"><dgm:relIds xmlns:dgm="{DIAGRAM_NS}" {ids}/></a:graphicData>'


def picture_graphic(rid: str, width: int, height: int) -> str:
    """The a:graphicData of a picture (ECMA-376 part 1, 20.2.2.5); width and height in EMU."""
    return (
        f'<a:graphicData uri="{PIC_NS}"><pic:pic xmlns:pic="{PIC_NS}"><pic:nvPicPr><pic:cNvPr id="1" name="1"/>'
        f"<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed={quoteattr(rid)}/><a:stretch><a:fillRect/>"
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
    )


def sheet_size(width: int, height: int) -> tuple[int, int]:
    """The size in EMU at which a drawing is drawn that is shown at this size.

    6 x 4 inches when the size is unknown (0); a huge one is reduced to LARGEST.
    """
    if width <= 0 or height <= 0:
        return _USUAL
    shrink = min(1.0, LARGEST / max(width, height))
    return max(_SMALLEST, round(width * shrink)), max(_SMALLEST, round(height * shrink))


def sheet(graphic: str, width: int, height: int, parts: Sequence[SheetPart], *, room: bool = False) -> bytes:
    """The sheet of a drawing of that size in EMU. The same arguments give the same bytes.

    graphic: its a:graphicData. The drawing is at the top left of the page; with `room`, in the middle of a page twice
    as wide and high.
    """
    members = list(_members(parts))
    types = "".join(
        f'<Override PartName="/{member.name}" ContentType="{member.part.content_type}"/>' for member in members
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _write(archive, "[Content_Types].xml", _content_types(types))
        _write(archive, "_rels/.rels", _relationships([("rId1", f"{R_NS}/officeDocument", _MAIN)]))
        _write(archive, _MAIN, _document(graphic, width, height, room))
        _write(archive, f"_rels/{_MAIN}.rels", _related(members, parts))
        for member in members:
            _write(archive, member.name, member.part.data)
            if member.part.parts:
                _write(archive, f"_rels/{member.name}.rels", _related(members, member.part.parts))
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Member:
    """A part, and its name in the zip."""

    name: str
    part: SheetPart


def _members(parts: Sequence[SheetPart]) -> Iterator[_Member]:
    for number, part in enumerate(_all(parts), start=1):
        yield _Member(f"p{number}.{part.extension}", part)


def _all(parts: Sequence[SheetPart]) -> Iterator[SheetPart]:
    for part in parts:
        yield part
        yield from _all(part.parts)


def _related(members: Sequence[_Member], parts: Sequence[SheetPart]) -> bytes:
    names = {id(member.part): member.name for member in members}
    return _relationships([(part.rid, part.relationship, names[id(part)]) for part in parts])


def _relationships(ties: Sequence[tuple[str, str, str]]) -> bytes:
    inner = "".join(
        f'<Relationship Id={quoteattr(rid)} Type="{kind}" Target="{target}"/>' for rid, kind, target in ties
    )
    return f'<Relationships xmlns="{RELATIONSHIPS_NS}">{inner}</Relationships>'.encode()


def _content_types(overrides: str) -> bytes:
    defaults = f'<Default Extension="rels" ContentType="{_RELS_TYPE}"/>'
    main = f'<Override PartName="/{_MAIN}" ContentType="{_MAIN_TYPE}"/>'
    return f'<Types xmlns="{_CONTENT_TYPES_NS}">{defaults}{main}{overrides}</Types>'.encode()


def _document(graphic: str, width: int, height: int, room: bool) -> bytes:
    """The document: one empty paragraph. The drawing floats over the page, so that no line pushes it to the next
    page."""
    pages = [max(size * 2 if room else size, _SMALLEST_PAGE) for size in (width, height)]
    across, down = (-(-size // _EMU_PER_TWIP) for size in pages)
    corner = [(page - size) // 2 if room else 0 for page, size in zip(pages, (width, height), strict=True)]
    where = "".join(
        f'<wp:position{axis} relativeFrom="page"><wp:posOffset>{offset}</wp:posOffset></wp:position{axis}>'
        for axis, offset in zip("HV", corner, strict=True)
    )
    margins = " ".join(f'w:{side}="0"' for side in ("top", "right", "bottom", "left", "header", "footer", "gutter"))
    return (
        f'<w:document xmlns:w="{W_NS}" xmlns:r="{R_NS}" xmlns:wp="{WP_NS}" xmlns:a="{A_NS}"><w:body><w:p><w:r>'
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" '
        f'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>{where}'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="1" name="1"/><wp:cNvGraphicFramePr/><a:graphic>{graphic}</a:graphic></wp:anchor></w:drawing>'
        f'</w:r></w:p><w:sectPr><w:pgSz w:w="{across}" w:h="{down}"/><w:pgMar {margins}/></w:sectPr></w:body>'
        "</w:document>"
    ).encode()


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _DATED), data, zipfile.ZIP_DEFLATED, _LEVEL)
