"""Reads the content of a PDF page (ISO 32000-1, annex A): a class with a method for each group of operators.

It knows what LibreOffice writes, and what is near to it. An operator that it does not know, or cannot carry over,
becomes a `Doubt`: the page is then put into the OFD as a picture, and only the text of this reading is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, StreamObject

from programs.ofd.doubt import Doubt
from programs.ofd.page import DrawnPath, Extent, PageContent, PlacedImage
from programs.ofd.pdf_images import UnreadableImage
from programs.ofd.pdf_path import PathBuilder
from programs.ofd.pdf_resources import PdfResources
from programs.ofd.pdf_state import CAPS, JOINS, GraphicsState, colour_of
from programs.ofd.pdf_text import TextWriter
from values.matrix import Matrix

_MOST_OPERATIONS: Final = 500_000
"""Of one page; a full page of text has some three hundred."""
_DEEPEST: Final = 8
"""Form XObjects within each other."""
_LARGEST: Final = 5_000.0
"""Points of a page's side."""
_EDGE: Final = 0.75
"""Points by which something may reach beyond a clipping edge unseen: half of the thickest line of a table."""
_MARKED: Final = ("BMC", "BDC", "EMC", "MP", "DP", "BX", "EX", "i", "ri")
"""Operators without effect on what is seen."""
_CHANNELS: Final = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/DeviceCMYK": 4}
_OPAQUE: Final = {"/ca": 1, "/CA": 1, "/BM": "/Normal", "/SMask": "/None"}

_Operands = Sequence[Any]


class UnreadablePage(Exception):
    """The page has a size, or a number of operators, that no page of ours has."""


def page_content(page: PageObject, resources: PdfResources) -> PageContent:
    """What the page shows. Raises UnreadablePage."""
    box = page.mediabox
    width, height = float(box.width), float(box.height)
    if not (0 < width < _LARGEST and 0 < height < _LARGEST):
        raise UnreadablePage("size")
    content = PageContent(width, height)
    if page.rotation % 360:
        content.doubt(Doubt.OPERATOR)
    stream, names = page.get("/Contents"), _resolved(page.get("/Resources"))
    if stream is not None:
        reader = ContentReader(content, resources, Matrix(e=-float(box.left), f=-float(box.bottom)))
        operators = ContentStream(stream.get_object(), resources.reader, "bytes")
        reader.read(operators, names if isinstance(names, DictionaryObject) else DictionaryObject())
    return content


class ContentReader:
    """Reads one page into `content`."""

    def __init__(self, content: PageContent, resources: PdfResources, base: Matrix) -> None:
        """base: from the PDF's user space to the paper."""
        self._content = content
        self._resources = resources
        self._state = GraphicsState(base, Extent(0, 0, content.width, content.height))
        self._saved: list[GraphicsState] = []
        self._path = PathBuilder()
        self._clipping = False
        self._text = TextWriter(content)
        self._left = _MOST_OPERATIONS
        self._operators = self._table()

    def read(self, stream: ContentStream, names: DictionaryObject, depth: int = 0) -> None:
        """Carries out the operators. names: the /Resources of the stream. Raises UnreadablePage."""
        for operands, operator in stream.operations:
            self._left -= 1
            if self._left < 0:
                raise UnreadablePage("operators")
            word = operator.decode("latin-1")
            if word == "Do":
                self._draw(_looked_up(names, "/XObject", operands), depth)
            elif word == "Tf":
                self._choose_font(_looked_up(names, "/Font", operands), operands)
            elif word == "gs":
                self._check_opaque(_looked_up(names, "/ExtGState", operands))
            elif word in ("cs", "CS"):
                self._choose_colours(word, operands, names)
            elif word not in _MARKED:
                self._carry_out(word, operands)

    def _carry_out(self, word: str, operands: _Operands) -> None:
        carry_out = self._operators.get(word)
        try:
            if carry_out is None:
                self._content.doubt(Doubt.SHADING if word == "sh" else Doubt.OPERATOR)
            else:
                carry_out(operands)
        except (ValueError, TypeError, IndexError):  # too few operands, or of another type
            self._content.doubt(Doubt.OPERATOR)

    def _table(self) -> Mapping[str, Callable[[_Operands], None]]:
        path, text = self._path, self._text
        return {
            "q": lambda _: self._saved.append(self._state),
            "Q": lambda _: self._restore(),
            "cm": lambda values: self._set(space=Matrix(*_numbers(values, 6)).then(self._state.space)),
            "w": lambda values: self._pen(width=_numbers(values, 1)[0]),
            "J": lambda values: self._pen(cap=CAPS[int(values[0])]),
            "j": lambda values: self._pen(join=JOINS[int(values[0])]),
            "M": lambda values: self._pen(miter=_numbers(values, 1)[0]),
            "d": lambda values: self._pen(dashes=tuple(_numbers(values[0])), phase=float(values[1])),
            "m": lambda values: path.move(self._state.space, *_numbers(values, 2)),
            "l": lambda values: path.line(self._state.space, *_numbers(values, 2)),
            "c": lambda values: path.curve(self._state.space, _numbers(values, 6)),
            "v": lambda values: path.curve_from_here(self._state.space, _numbers(values, 4)),
            "y": lambda values: path.curve(self._state.space, [*_numbers(values, 4), *_numbers(values, 4)[2:]]),
            "h": lambda _: path.close(),
            "re": lambda values: path.rectangle(self._state.space, *_numbers(values, 4)),
            "W": lambda _: self._clip(),
            "W*": lambda _: self._clip(),
            "n": lambda _: self._paint(),
            "S": lambda _: self._paint(stroke=True),
            "s": lambda _: self._paint(stroke=True, close=True),
            "f": lambda _: self._paint(fill=True),
            "F": lambda _: self._paint(fill=True),
            "f*": lambda _: self._paint(fill=True, even_odd=True),
            "B": lambda _: self._paint(stroke=True, fill=True),
            "B*": lambda _: self._paint(stroke=True, fill=True, even_odd=True),
            "b": lambda _: self._paint(stroke=True, fill=True, close=True),
            "b*": lambda _: self._paint(stroke=True, fill=True, close=True, even_odd=True),
            **dict.fromkeys(("g", "rg", "k"), lambda values: self._colour(values, fill=True, named=True)),
            **dict.fromkeys(("G", "RG", "K"), lambda values: self._colour(values, fill=False, named=True)),
            **dict.fromkeys(("sc", "scn"), lambda values: self._colour(values, fill=True, named=False)),
            **dict.fromkeys(("SC", "SCN"), lambda values: self._colour(values, fill=False, named=False)),
            "Tc": lambda values: self._text_state(spacing=_numbers(values, 1)[0]),
            "Tw": lambda values: self._text_state(word_spacing=_numbers(values, 1)[0]),
            "Tz": lambda values: self._text_state(scaling=_numbers(values, 1)[0] / 100),
            "TL": lambda values: self._text_state(leading=_numbers(values, 1)[0]),
            "Ts": lambda values: self._text_state(rise=_numbers(values, 1)[0]),
            "Tr": lambda values: self._text_state(mode=int(values[0])),
            "BT": lambda _: text.begin(),
            "ET": lambda _: None,
            "Td": lambda values: text.move(*_numbers(values, 2)),
            "TD": lambda values: self._move_with_leading(*_numbers(values, 2)),
            "Tm": lambda values: text.place(Matrix(*_numbers(values, 6))),
            "T*": lambda _: text.move(0, -self._state.text.leading),
            "Tj": lambda values: text.show(self._state, [values[0]]),
            "TJ": lambda values: text.show(self._state, values[0]),
            "'": lambda values: self._show_on_next_line(values[0]),
        }

    def _set(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)

    def _pen(self, **changes: object) -> None:
        self._state = self._state.with_pen(**changes)

    def _text_state(self, **changes: object) -> None:
        self._state = self._state.with_text(**changes)

    def _restore(self) -> None:
        if self._saved:
            self._state = self._saved.pop()

    def _move_with_leading(self, x: float, y: float) -> None:
        self._text_state(leading=-y)
        self._text.move(x, y)

    def _show_on_next_line(self, string: Any) -> None:
        self._text.move(0, -self._state.text.leading)
        self._text.show(self._state, [string])

    def _colour(self, operands: _Operands, *, fill: bool, named: bool) -> None:
        """named: whether the operator names the colour space by itself."""
        channels = self._state.fill_channels if fill else self._state.stroke_channels
        numbers = _numbers(operands) if all(isinstance(value, (int, float)) for value in operands) else []
        colour = colour_of(numbers) if named or len(numbers) == channels else None
        if colour is None:
            self._content.doubt(Doubt.SHADING)
        elif fill:
            self._set(fill=colour, **({"fill_channels": len(numbers)} if named else {}))
        else:
            self._set(stroke=colour, **({"stroke_channels": len(numbers)} if named else {}))

    def _choose_colours(self, word: str, operands: _Operands, names: DictionaryObject) -> None:
        space = str(operands[0]) if operands else ""
        channels = _CHANNELS.get(space, 0)
        if not channels:
            named = _resolved(_looked_up(names, "/ColorSpace", operands))
            if isinstance(named, ArrayObject) and named and str(named[0]) == "/ICCBased":
                channels = int(_resolved(named[1]).get("/N", 0))
        self._set(**{"fill_channels" if word == "cs" else "stroke_channels": channels})

    def _check_opaque(self, state: Any) -> None:
        for key, value in state.items() if isinstance(state, DictionaryObject) else ():
            if key in _OPAQUE and _resolved(value) != _OPAQUE[key]:
                self._content.doubt(Doubt.TRANSPARENCY)

    def _choose_font(self, font: Any, operands: _Operands) -> None:
        if not isinstance(font, DictionaryObject) or len(operands) < 2:
            self._content.doubt(Doubt.FONT_MISSING)
            return
        index, chosen = self._resources.font(font)
        self._text_state(font=chosen, font_index=index, size=float(operands[1]))

    def _clip(self) -> None:
        self._clipping = True

    def _paint(self, *, stroke: bool = False, fill: bool = False, close: bool = False, even_odd: bool = False) -> None:
        """Ends the path: draws it, and makes it the clipping edge where W has asked for that."""
        if close:
            self._path.close()
        segments, rectangle = self._path.taken()
        state = self._state
        if segments and (stroke or fill):
            scale = state.space.scale
            pen = replace(
                state.pen,
                width=state.pen.width * scale,
                dashes=tuple(length * scale for length in state.pen.dashes),
                phase=state.pen.phase * scale,
            )
            points = [point for _, points in segments for point in points]
            if self._is_seen(Extent.around(points)):
                colours = (state.stroke if stroke else None, state.fill if fill else None)
                self._content.items.append(DrawnPath(segments, pen, *colours, even_odd=even_odd))
        if self._clipping:
            self._clipping = False
            if rectangle is None:
                self._content.doubt(Doubt.CLIPPING)
            else:
                self._set(clip=state.clip.meeting(rectangle))

    def _is_seen(self, extent: Extent) -> bool:
        """False for what lies beyond the clipping edge; what is cut in two is a doubt."""
        clip = self._state.clip
        seen = clip.meeting(extent)
        if seen.left > seen.right + _EDGE or seen.bottom > seen.top + _EDGE:
            return False
        if not clip.holds(extent, _EDGE):
            self._content.doubt(Doubt.CLIPPING)
        return True

    def _draw(self, drawn: Any, depth: int) -> None:
        if not isinstance(drawn, StreamObject):
            self._content.doubt(Doubt.OPERATOR)
        elif drawn.get("/Subtype") == "/Image":
            self._draw_image(drawn)
        elif drawn.get("/Subtype") == "/Form" and depth < _DEEPEST:
            self._draw_form(drawn, depth)
        else:
            self._content.doubt(Doubt.OPERATOR)

    def _draw_image(self, image: StreamObject) -> None:
        space = self._state.space
        corners = [space.point(x, y) for x in (0, 1) for y in (0, 1)]
        try:
            if self._is_seen(Extent.around(corners)):
                self._content.items.append(PlacedImage(self._resources.image(image), space))
        except UnreadableImage:
            self._content.doubt(Doubt.IMAGE)

    def _draw_form(self, form: StreamObject, depth: int) -> None:
        """A form (8.10): content of its own, in a space and behind an edge of its own."""
        self._saved.append(self._state)
        matrix = _numbers(form.get("/Matrix", ())) or list(Matrix())
        self._set(space=Matrix(*matrix[:6]).then(self._state.space))
        box = _numbers(form.get("/BBox", ()))
        if len(box) == 4:
            corners = [self._state.space.point(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
            self._set(clip=self._state.clip.meeting(Extent.around(corners)))
        names = _resolved(form.get("/Resources"))
        stream = self._resources.stream(form)
        self.read(stream, names if isinstance(names, DictionaryObject) else DictionaryObject(), depth + 1)
        self._restore()


def _looked_up(names: DictionaryObject, kind: str, operands: _Operands) -> Any:
    """The resource that the first operand names; None when there is none."""
    held = _resolved(names.get(kind))
    return _resolved(held.get(str(operands[0]))) if isinstance(held, DictionaryObject) and operands else None


def _numbers(values: Iterable[Any], count: int | None = None) -> list[float]:
    """Raises ValueError when there are not `count` of them, TypeError for what is no number."""
    numbers = [float(value) for value in _resolved(values)]
    if count is not None and len(numbers) != count:
        raise ValueError(len(numbers))
    return numbers


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value
