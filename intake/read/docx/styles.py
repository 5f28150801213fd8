"""Styles: the formatting of paragraphs and runs after their style chains (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from intake.read.docx.looks import RunProperties, Written, interpreted, run_style, written
from intake.read.docx.tags import NUM_PR, P_PR, R_PR, Element, integer, val, w

_STYLE: Final = w("style")
_STYLE_ID: Final = w("styleId")
_TYPE: Final = w("type")
_DEFAULT: Final = w("default")
_OFF: Final = frozenset({"0", "false", "off"})
_NOTHING: Final = RunProperties()
_MOST_LOOKS: Final = 4_096
"""Combinations of formatting kept at a time; an ordinary file has some dozens, a hostile one millions."""


@dataclass(frozen=True, slots=True)
class NumberingReference:
    """A w:numPr; None where it gives nothing."""

    num_id: int | None = None
    """The list; 0 takes the paragraph out of a list that its style puts it into."""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style with its chain resolved."""

    id: str
    name: str
    outline_level: int | None
    """0 to 8 for headings, 9 for body text; None when no style of the chain gives one."""
    alignment: str | None
    """The w:jc, None when no style of the chain gives one."""
    run: RunProperties
    numbering: tuple[tuple[str, NumberingReference], ...]
    """The id and the w:numPr of each style of the chain that has one, the style itself first."""


@dataclass(frozen=True, slots=True)
class _Style:
    """A w:style by itself."""

    id: str
    name: str
    based_on: str | None
    outline_level: int | None
    alignment: str | None
    numbering: NumberingReference
    run: RunProperties


class StyleSheet:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        """root: the w:styles, None when the document has no such part."""
        self._elements: dict[tuple[str, str], Element] = {}  # by type and id; most are never used
        self._read_styles: dict[tuple[str, str], _Style] = {}
        self._default_id: str | None = None
        self._defaults = _NOTHING
        self._default_alignment: str | None = None
        self._resolved: dict[str | None, ParagraphStyle] = {}
        self._characters: dict[str, RunProperties] = {}
        self._styled_looks: dict[tuple[str, str], RunProperties] = {}
        self._looks: dict[tuple[str, Written], RunProperties] = {}
        if root is not None:
            self._read(root)

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """The style of a paragraph; the default one for None and for an id that is not defined."""
        resolved = self._resolved.get(style_id)
        if resolved is None:
            defined = style_id if ("paragraph", style_id) in self._elements else self._default_id
            resolved = self._resolved[style_id] = self._resolve(defined)
        return resolved

    def numbering_list(self, style_id: str) -> int | None:
        """The w:numId of a numbering style (w:numStyleLink), None when there is none."""
        style = self._style("numbering", style_id)
        return None if style is None else style.numbering.num_id

    def look(self, style: ParagraphStyle, properties: Element | None) -> RunProperties:
        """The formatting of a run in a paragraph of `style`. properties: its w:rPr, None for a run without one."""
        if properties is None:
            return self._styled(style, "")
        values = written(properties)
        key = (style.id, values)
        look = self._looks.get(key)
        if look is None:
            if len(self._looks) >= _MOST_LOOKS:
                self._looks.clear()
            look = self._looks[key] = interpreted(values).direct_over(self._styled(style, run_style(values)))
        return look

    def _styled(self, style: ParagraphStyle, character_style: str) -> RunProperties:
        key = (style.id, character_style)
        look = self._styled_looks.get(key)
        if look is None:
            character = self._character_style(character_style)
            look = self._styled_looks[key] = replace(
                character.over(style.run).over(self._defaults),
                bold=_toggled(style.run.bold, character.bold, self._defaults.bold),
                vanish=_toggled(style.run.vanish, character.vanish, self._defaults.vanish),
            )
        return look

    def _character_style(self, style_id: str) -> RunProperties:
        properties = self._characters.get(style_id)
        if properties is None:
            properties = _NOTHING
            for style in self._chain("character", style_id):
                properties = properties.over(style.run)
            self._characters[style_id] = properties
        return properties

    def _resolve(self, style_id: str | None) -> ParagraphStyle:
        chain = self._chain("paragraph", style_id)
        run = _NOTHING
        for style in chain:
            run = run.over(style.run)
        return ParagraphStyle(
            id=style_id or "",
            name=chain[0].name if chain else "",
            outline_level=next((style.outline_level for style in chain if style.outline_level is not None), None),
            alignment=next((style.alignment for style in chain if style.alignment), self._default_alignment),
            run=run,
            numbering=tuple((style.id, style.numbering) for style in chain if style.numbering != NumberingReference()),
        )

    def _chain(self, kind: str, style_id: str | None) -> list[_Style]:
        """The style and those it is based on; a chain that leads back to itself ends there."""
        chain: list[_Style] = []
        seen: set[str] = set()
        while style_id is not None and style_id not in seen:
            seen.add(style_id)
            style = self._style(kind, style_id)
            if style is None:
                break
            chain.append(style)
            style_id = style.based_on
        return chain

    def _style(self, kind: str, style_id: str) -> _Style | None:
        key = (kind, style_id)
        if key not in self._read_styles and key in self._elements:
            self._read_styles[key] = _read_style(self._elements[key])
        return self._read_styles.get(key)

    def _read(self, root: Element) -> None:
        defaults = root.find(w("docDefaults"))
        if defaults is not None:
            run = defaults.find(f"{w('rPrDefault')}/{R_PR}")
            self._defaults = _NOTHING if run is None else interpreted(written(run))
            paragraph = defaults.find(f"{w('pPrDefault')}/{P_PR}")
            self._default_alignment = None if paragraph is None else val(paragraph, w("jc"))
        for element in root.iterchildren(_STYLE):
            kind, style_id = element.get(_TYPE, "paragraph"), element.get(_STYLE_ID, "")
            self._elements[kind, style_id] = element
            if kind == "paragraph" and element.get(_DEFAULT, "0") not in _OFF:
                self._default_id = style_id


def numbering_reference(properties: Element | None) -> NumberingReference:
    """The w:numPr of a w:pPr."""
    element = None if properties is None else properties.find(NUM_PR)
    if element is None:
        return NumberingReference()
    num_id, level = val(element, w("numId")), val(element, w("ilvl"))
    return NumberingReference(
        None if num_id is None else integer(num_id, 0),
        None if level is None else integer(level, 0),
    )


def outline_level(properties: Element | None) -> int | None:
    """The w:outlineLvl of a w:pPr: 0 to 9, None when it has none."""
    text = None if properties is None else val(properties, w("outlineLvl"))
    level = integer(text, -1)
    return level if 0 <= level <= 9 else None


def _read_style(element: Element) -> _Style:
    style_id = element.get(_STYLE_ID, "")
    paragraph, run = element.find(P_PR), element.find(R_PR)
    return _Style(
        id=style_id,
        name=val(element, w("name")) or style_id,
        based_on=val(element, w("basedOn")),
        outline_level=outline_level(paragraph),
        alignment=None if paragraph is None else val(paragraph, w("jc")),
        numbering=numbering_reference(paragraph),
        run=_NOTHING if run is None else interpreted(written(run)),
    )


def _toggled(paragraph: bool | None, character: bool | None, default: bool | None) -> bool:
    """A toggle property through the styles (ECMA-376 part 1, 17.7.3): two styles that both set it cancel out."""
    return bool(default) or bool(paragraph) != bool(character)
