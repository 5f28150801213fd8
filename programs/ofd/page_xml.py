"""A page as Content.xml (GB/T 33190-2016, 7.7): one layer with objects in the order in which they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from programs.ofd.page import Colour, DrawnPath, Extent, GlyphRun, PageContent, PlacedImage
from programs.ofd.text_objects import text_objects
from programs.ofd.typefaces import Typefaces
from programs.ofd.xml_text import DECLARATION, MILLIMETRES, NAMESPACE, number, numbers
from values.matrix import Matrix


@dataclass(slots=True)
class Ids:
    """The identifiers of a document, each of which occurs once (GB/T 33190, ST_ID)."""

    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    last: int = 0
    """The largest so far."""
    faces: dict[int, int] = field(default_factory=dict)
    """Of typefaces, by their index."""
    images: dict[str, int] = field(default_factory=dict)
    """Of pictures, by their name."""

    def new(self) -> int:
        self.last = next(self._numbers)
        return self.last

    def face(self, index: int) -> int:
        if index not in self.faces:
            self.faces[index] = self.new()
        return self.faces[index]

    def image(self, name: str) -> int:
        if name not in self.images:
            self.images[name] = self.new()
        return self.images[name]


@dataclass(frozen=True, slots=True)
class PageWriter:
    """Writes the pages of one document."""

    faces: Typefaces
    ids: Ids

    def page(self, content: PageContent, picture: str | None) -> str:
        """Content.xml. picture: the name of the picture of the whole page that covers its text; None for none."""
        objects = self._under(content, picture) if picture is not None else self._objects(content)
        area = numbers(0, 0, content.width * MILLIMETRES, content.height * MILLIMETRES)
        return (
            f"{DECLARATION}<ofd:Page {NAMESPACE}><ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>"
            f'<ofd:Content><ofd:Layer ID="{self.ids.new()}" Type="Body">{"".join(objects)}</ofd:Layer></ofd:Content>'
            "</ofd:Page>"
        )

    def _under(self, content: PageContent, picture: str) -> Iterator[str]:
        for item in content.items:
            if isinstance(item, GlyphRun):
                yield from text_objects(item, self.faces, content.height, self._next, drawn=False)
        whole = Matrix(a=content.width, d=content.height)
        yield self._image(PlacedImage(picture, whole), content.height)

    def _objects(self, content: PageContent) -> Iterator[str]:
        for item in content.items:
            match item:
                case GlyphRun():
                    yield from text_objects(item, self.faces, content.height, self._next, drawn=True)
                case DrawnPath():
                    yield self._path(item, content.height)
                case PlacedImage():
                    yield self._image(item, content.height)

    def _next(self, face: int | None) -> int:
        return self.ids.new() if face is None else self.ids.face(face)

    def _image(self, image: PlacedImage, height: float) -> str:
        """An ImageObject (10): the unit square, which has its origin at the upper left, within its boundary."""
        space = image.space
        box = Extent.around([space.point(x, y) for x in (0, 1) for y in (0, 1)])
        left, top = space.point(0, 1)
        matrix = (space.a, -space.b, -space.c, space.d, left - box.left, box.top - top)
        return (
            f'<ofd:ImageObject ID="{self.ids.new()}" Boundary="{_boundary(box, height)}" '
            f'CTM="{numbers(*(value * MILLIMETRES for value in matrix))}" ResourceID="{self.ids.image(image.name)}"/>'
        )

    def _path(self, path: DrawnPath, height: float) -> str:
        """A PathObject (9). Its boundary has room for the line's width, since readers cut off what is beyond."""
        points = [point for _, points in path.segments for point in points]
        room = path.pen.width if path.stroke is not None else 0.0
        inner = Extent.around(points)
        box = Extent(inner.left - room, inner.bottom - room, inner.right + room, inner.top + room)
        data = " ".join(
            " ".join((word, *(numbers((x - box.left) * MILLIMETRES, (box.top - y) * MILLIMETRES) for x, y in segment)))
            for word, segment in path.segments
        )
        looks = {"Stroke": "true" if path.stroke is not None else "false"}
        if path.fill is not None:
            looks |= {"Fill": "true"} | ({"Rule": "Even-Odd"} if path.even_odd else {})
        if path.stroke is not None:
            looks |= _pen(path)
        attributes = " ".join(f'{name}="{value}"' for name, value in looks.items())
        colours = _colour("FillColor", path.fill) + _colour("StrokeColor", path.stroke)
        return (
            f'<ofd:PathObject ID="{self.ids.new()}" Boundary="{_boundary(box, height)}" {attributes}>{colours}'
            f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
        )


def _pen(path: DrawnPath) -> Mapping[str, str]:
    pen = path.pen
    looks = {
        "LineWidth": number(pen.width * MILLIMETRES),
        "Cap": pen.cap.value,
        "Join": pen.join.value,
        "MiterLimit": number(pen.miter),
    }
    if any(pen.dashes):
        looks |= {
            "DashPattern": numbers(*(length * MILLIMETRES for length in pen.dashes)),
            "DashOffset": number(pen.phase * MILLIMETRES),
        }
    return looks


def _colour(name: str, colour: Colour | None) -> str:
    return "" if colour is None else f'<ofd:{name} Value="{" ".join(map(str, colour))}"/>'


def _boundary(box: Extent, height: float) -> str:
    sides = (box.left, height - box.top, box.right - box.left, box.top - box.bottom)
    return numbers(*(side * MILLIMETRES for side in sides))
