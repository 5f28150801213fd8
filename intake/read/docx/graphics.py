"""Drawings: the text boxes and pictures of a w:drawing, w:pict or w:object, each once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from intake.read.docx.looks import points
from intake.read.docx.media import MediaStore
from intake.read.docx.package import Relationship
from intake.read.docx.tags import (
    A_NS,
    ALTERNATE_CONTENT,
    BLIP,
    CHART_NS,
    DIAGRAM_NS,
    NEW_CHART,
    O_NS,
    PIC_NS,
    V_NS,
    WP_NS,
    WPG_NS,
    Element,
    branch,
    integer,
    r,
    w,
)
from intake.read.docx.tally import Tally
from intake.read.docx.views import crop_of_fill, crop_of_image, turn_of_fill, turn_of_style
from intake.read.pictures.display import PictureDisplay
from values import rules
from values.manuscript import Picture
from values.paper import EMU_PER_POINT

_TXBX_CONTENT: Final = w("txbxContent")
_EXTENT: Final = f"{{{WP_NS}}}extent"
_DOC_PR: Final = f"{{{WP_NS}}}docPr"
_ANCHORS: Final = frozenset({f"{{{WP_NS}}}inline", f"{{{WP_NS}}}anchor"})
_GROUPS: Final = frozenset({f"{{{WPG_NS}}}wgp", f"{{{WPG_NS}}}grpSp"})
_PIC: Final = f"{{{PIC_NS}}}pic"
_GRAPHIC_FRAME: Final = f"{{{WPG_NS}}}graphicFrame"
_FRAME_EXTENT: Final = f"{{{WPG_NS}}}xfrm/{{{A_NS}}}ext"
_TRANSFORM: Final = f"{{{A_NS}}}xfrm"
_VML_SHAPES: Final = frozenset(
    f"{{{V_NS}}}{name}" for name in ("shape", "rect", "roundrect", "oval", "group", "line", "image")
)
_VML_GROUP: Final = f"{{{V_NS}}}group"
_IMAGE_DATA: Final = f"{{{V_NS}}}imagedata"
_TEXT_PATH: Final = f"{{{V_NS}}}textpath"
_CHART: Final = f"{{{CHART_NS}}}chart"
_DIAGRAM: Final = f"{{{DIAGRAM_NS}}}relIds"
_UNREAD: Final = {_CHART: rules.CHART, NEW_CHART: rules.CHART, _DIAGRAM: rules.SMART_ART}
_EMBEDDED: Final = frozenset({f"{{{O_NS}}}OLEObject", w("objectEmbed"), w("objectLink"), w("control")})
_POINTS_PER_PIXEL: Final = 0.75
"""At 96 pixels an inch, as CSS and VML count."""
_HUGE: Final = 10**9
"""EMU, about 1.1 km: sizes are cut to this, so that products of them stay small numbers."""
_SVG_BLIP: Final = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
"""The vector picture that Word shows instead of its bitmap ([MS-ODRAWXML] 2.3.4); some programs write no bitmap."""
_UNSEEN: Final = re.compile(r"visibility\s*:\s*hidden|display\s*:\s*none", re.IGNORECASE)
_CSS: Final = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([0-9.]+)\s*(px|pt|in|cm|mm|pc)?", re.IGNORECASE)


@dataclass(slots=True)
class DrawingContent:
    """What the drawings of a paragraph show, each in reading order."""

    pictures: list[Picture] = field(default_factory=list)
    boxes: list[Element | str] = field(default_factory=list)
    """Text boxes: the w:txbxContent, or the text of WordArt."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where an element is drawn."""

    shown: PictureDisplay
    """How a picture in it is displayed."""
    scale: tuple[float, float] = (1.0, 1.0)
    """EMU a unit, across and down, inside a group; (1, 1) outside."""
    grouped: bool = False
    """Whether it is inside a group, whose members have sizes in units of their own."""


class Graphics:
    """Reads the drawings of one part."""

    def __init__(self, relationships: dict[str, Relationship], media: MediaStore, tally: Tally) -> None:
        """relationships: of that part; they lead to its pictures."""
        self._relationships = relationships
        self._media = media
        self._tally = tally

    def collect(self, element: Element, content: DrawingContent) -> None:
        """Adds what a w:drawing, w:pict or w:object shows to `content`."""
        self._children(element, _Frame(PictureDisplay()), content)

    def _children(self, parent: Element, frame: _Frame, content: DrawingContent) -> None:
        for child in parent:
            tag = child.tag
            if tag == _TXBX_CONTENT:
                content.boxes.append(child)
            elif tag == BLIP:
                self._blip(child, frame.shown, content)
            elif tag == _IMAGE_DATA:
                self._image(child, frame.shown, content)
            elif tag == ALTERNATE_CONTENT:
                chosen = branch(child)
                if chosen is not None:
                    self._children(chosen, frame, content)
            elif tag in _UNREAD:
                self._undrawn(child, tag, frame.shown, content)
            else:
                self._other(child, tag, frame, content)

    def _other(self, child: Element, tag: str, frame: _Frame, content: DrawingContent) -> None:
        if tag == _TEXT_PATH and child.get("string", "").strip():
            content.boxes.append(child.get("string", ""))
        elif tag in _EMBEDDED:
            self._tally.add(rules.EMBEDDED_OBJECT, child.get("ProgID", ""))
        elif len(child):
            inner = _frame_of(child, tag, frame)
            if inner is not None:
                self._children(child, inner, content)

    def _undrawn(self, element: Element, tag: str, shown: PictureDisplay, content: DrawingContent) -> None:
        """A chart or SmartArt: its picture where LibreOffice has drawn it, an omission otherwise."""
        drawn = None
        if tag == _CHART:
            rid = element.get(r("id"), "")
            drawn = self._media.drawings.chart(self._relationships, rid, shown.width, shown.height)
        elif tag == _DIAGRAM:
            drawn = self._media.drawings.diagram(self._relationships, element, shown.width, shown.height)
        if drawn is None:
            self._tally.add(_UNREAD[tag])
        else:
            content.pictures += filter(None, [self._media.add_drawing(drawn, shown)])

    def _blip(self, blip: Element, shown: PictureDisplay, content: DrawingContent) -> None:
        rid = blip.get(r("embed")) or next((svg.get(r("embed")) for svg in blip.iter(_SVG_BLIP)), None)
        if rid:
            self._picture(rid, replace(shown, crop=crop_of_fill(blip)), turn_of_fill(blip), content)

    def _image(self, image: Element, shown: PictureDisplay, content: DrawingContent) -> None:
        rid = image.get(r("id")) or image.get(r("pict"))
        if rid:
            shape = image.getparent()
            turn = turn_of_style("" if shape is None else shape.get("style", ""))
            self._picture(rid, replace(shown, crop=crop_of_image(image)), turn, content)

    def _picture(self, rid: str, shown: PictureDisplay, turn: tuple[int, bool], content: DrawingContent) -> None:
        orientation, upright = turn
        picture = self._media.picture(self._relationships.get(rid), replace(shown, orientation=orientation))
        if picture is not None:
            content.pictures.append(picture)
            if not upright:
                self._tally.add(rules.TILTED_PICTURE)


def _frame_of(element: Element, tag: str, frame: _Frame) -> _Frame | None:
    """The frame of the children of an element; None when the element is hidden."""
    if tag in _ANCHORS:
        return _anchor(element, frame)
    if tag in _VML_SHAPES:
        return _vml_shape(element, tag, frame)
    if tag in _GROUPS:
        return _group(element, frame)
    if tag == _GRAPHIC_FRAME and frame.grouped:
        return replace(frame, shown=_scaled(_pair(element.find(_FRAME_EXTENT), "cx", "cy"), frame))
    if tag == _PIC and frame.grouped:
        return replace(frame, shown=_scaled(_child_extent(element, "ext"), frame))
    return frame


def _anchor(element: Element, frame: _Frame) -> _Frame | None:
    properties = element.find(_DOC_PR)
    if properties is not None and properties.get("hidden") in ("1", "true"):
        return None
    extent = element.find(_EXTENT)
    width, height = _pair(extent, "cx", "cy")
    description = "" if properties is None else properties.get("descr", "")
    return replace(frame, shown=PictureDisplay(width, height, description))


def _group(element: Element, frame: _Frame) -> _Frame:
    outer, inner = _child_extent(element, "ext"), _child_extent(element, "chExt")
    scale = tuple(
        min(own * (whole / part if whole > 0 and part > 0 else 1.0), _HUGE)
        for own, whole, part in zip(frame.scale, outer, inner, strict=True)
    )
    return replace(frame, scale=(scale[0], scale[1]), grouped=True)


def _child_extent(element: Element, name: str) -> tuple[int, int]:
    """The a:ext or a:chExt of the transform in the properties of a picture or group."""
    transform = next((child.find(_TRANSFORM) for child in element if child.find(_TRANSFORM) is not None), None)
    return _pair(None if transform is None else transform.find(f"{{{A_NS}}}{name}"), "cx", "cy")


def _scaled(extent: tuple[int, int], frame: _Frame) -> PictureDisplay:
    width, height = (round(size * scale) for size, scale in zip(extent, frame.scale, strict=True))
    return replace(frame.shown, width=width, height=height) if width > 0 and height > 0 else frame.shown


def _vml_shape(element: Element, tag: str, frame: _Frame) -> _Frame | None:
    style = element.get("style", "")
    if _UNSEEN.search(style):
        return None
    sizes = {match[1].lower(): (match[2], match[3]) for match in _CSS.finditer(style)}
    width = _length(*sizes.get("width", ("", "")), frame, 0)
    height = _length(*sizes.get("height", ("", "")), frame, 1)
    shown = PictureDisplay(width, height, element.get("alt", ""))
    if tag != _VML_GROUP:
        return replace(frame, shown=shown)
    across, _, down = element.get("coordsize", "1000,1000").partition(",")
    scale = (width / max(1, integer(across, 1000)), height / max(1, integer(down, 1000)))
    return _Frame(shown, scale, grouped=True)


def _length(size: str, unit: str | None, frame: _Frame, axis: int) -> int:
    """A VML length in EMU: without a unit it is in the group's own units, or in pixels."""
    bare = points(size) or 0.0
    if unit and unit.lower() != "px":
        return round((points(size + unit.lower()) or 0.0) * EMU_PER_POINT)
    if not unit and frame.grouped:
        return min(round(min(integer(size, 0), _HUGE) * frame.scale[axis]), _HUGE)
    return round(bare * _POINTS_PER_PIXEL * EMU_PER_POINT)


def _pair(element: Element | None, first: str, second: str) -> tuple[int, int]:
    if element is None:
        return 0, 0
    return min(integer(element.get(first), 0), _HUGE), min(integer(element.get(second), 0), _HUGE)
