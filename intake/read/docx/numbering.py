"""Automatic number labels (一、 （一） 1.), which Word counts and does not store (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from intake.read.docx.characters import bullet, visible
from intake.read.docx.styles import NumberingReference, ParagraphStyle, StyleSheet
from intake.read.docx.tags import ALTERNATE_CONTENT, R_PR, VAL, Element, branch, flag, integer, val, w
from intake.read.docx.tally import Tally
from values.number_formats import number

_LEVELS: Final = 9
"""Of a list (17.9.6)."""
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_LONGEST_TEMPLATE: Final = 200
"""Characters of a w:lvlText; real ones have up to ten, and a hostile one would be repeated for each item."""
_CLOSING: Final = "、）．。，：；】》〕」』"
"""After these a space would be too much: the glyph itself is half empty."""
_PICTURE_BULLET: Final = "●"
_UNCHANGED_IF_LEGAL: Final = frozenset({"decimalZero", "none", "bullet"})
"""Formats that w:isLgl does not turn into decimal, so that Word's "Section 1.01" is right (17.9.4)."""


@dataclass(frozen=True, slots=True)
class Label:
    """An automatic label."""

    text: str
    gap: str
    """Between the label and the text: "" or a space."""


@dataclass(frozen=True, slots=True)
class _Level:
    """A w:lvl."""

    form: str = "decimal"
    """The number format (17.18.59)."""
    picture: str = ""
    """The w:format of a custom format, "" for others."""
    template: str = ""
    """The w:lvlText, with %1 to %9 for the numbers of levels."""
    font: str = ""
    """Of its Latin letters: a symbol font decides what a bullet looks like."""
    start: int = 1
    restart: int | None = None
    """Which levels restart it: None, any higher one; 0, none; n, levels up to n, counted from 1 (17.9.11)."""
    legal: bool = False
    """Whether the numbers of all levels are written in Arabic digits (w:isLgl)."""
    suffix: str = "tab"
    """What follows the number: "tab", "space" or "nothing" (17.9.28)."""
    style: str = ""
    """The id of the paragraph style linked to it, "" for none."""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Abstract:
    """A w:abstractNum."""

    levels: dict[int, _Level]
    num_style_link: str = ""
    """The id of the numbering style that has its levels, "" when it has them itself."""


@dataclass(frozen=True, slots=True)
class _List:
    """A w:num with its overrides applied."""

    abstract: str
    """The id of the w:abstractNum it names, which owns the counters even where it takes its levels from another."""
    levels: dict[int, _Level]
    restarts: dict[int, int]
    """The w:startOverride by level."""


@dataclass(slots=True)
class Counters:
    """The counters of one story: the body, a text box, or a part of notes."""

    values: dict[str, list[int | None]] = field(default_factory=dict)
    """The current number of each level by abstract list; None for a level that has not counted yet."""
    restarted: set[tuple[int, int]] = field(default_factory=set)
    """The lists and levels whose w:startOverride has been applied."""


class Numbering:
    """The lists of a document."""

    def __init__(self, root: Element | None, styles: StyleSheet, tally: Tally) -> None:
        """root: the w:numbering, None when the document has no such part."""
        self._styles = styles
        self._tally = tally
        self._elements: dict[str, Element] = {}  # the w:abstractNum by id; most lists of a document are never used
        self._abstracts: dict[str, _Abstract | None] = {}
        self._nums: dict[int, Element] = {}
        self._lists: dict[int, _List | None] = {}
        self._places: dict[tuple[str, NumberingReference], tuple[int, int] | None] = {}
        if root is not None:
            self._read(root)

    def label(self, style: ParagraphStyle, direct: NumberingReference, counters: Counters) -> Label | None:
        """Counts one paragraph and returns its label; None when it has none. direct: the paragraph's own w:numPr."""
        if not self._nums:
            return None
        key = (style.id, direct)
        if key not in self._places:
            self._places[key] = self._place(style, direct)
        place = self._places[key]
        return None if place is None else self._advance(*place, counters)

    def _place(self, style: ParagraphStyle, direct: NumberingReference) -> tuple[int, int] | None:
        """The list and level of a paragraph: its own, or those of its style chain. None when it is in no list."""
        inherited = (reference.num_id for _, reference in style.numbering if reference.num_id is not None)
        num_id = direct.num_id if direct.num_id is not None else next(inherited, None)
        numbered = self._list(num_id) if num_id else None
        if numbered is None or num_id is None:
            return None
        level = self._level_through_style(style, numbered) if direct.level is None else direct.level
        return (num_id, level) if 0 <= level < _LEVELS else None

    @staticmethod
    def _level_through_style(style: ParagraphStyle, numbered: _List) -> int:
        linked = {level.style: index for index, level in numbered.levels.items() if level.style}
        for style_id, reference in style.numbering:
            if style_id in linked:
                return linked[style_id]
            if reference.level is not None:
                return reference.level
        return linked.get(style.id, 0)

    def _advance(self, num_id: int, index: int, counters: Counters) -> Label | None:
        numbered = self._list(num_id)
        level = numbered.levels.get(index) if numbered else None
        if numbered is None or level is None:
            return None
        values = counters.values.setdefault(numbered.abstract, [None] * _LEVELS)
        current = values[index]
        if index in numbered.restarts and (num_id, index) not in counters.restarted:
            counters.restarted.add((num_id, index))
            current = None
        values[index] = level.start if current is None else current + 1
        for higher in range(index):  # a level that was skipped counts as used: 1.1 and then 2
            if values[higher] is None and higher in numbered.levels:
                values[higher] = numbered.levels[higher].start
        for lower in range(index + 1, _LEVELS):
            restart = numbered.levels[lower].restart if lower in numbered.levels else None
            if restart is None or index < restart:
                values[lower] = None
        text = "" if level.hidden else self._text(numbered, index, values)
        return Label(text, _gap(text, level.suffix)) if text else None

    def _text(self, numbered: _List, index: int, values: list[int | None]) -> str:
        level = numbered.levels[index]

        def shown(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            if other > index or other not in numbered.levels:
                return ""
            source = numbered.levels[other]
            value = values[other]
            form = "decimal" if level.legal and source.form not in _UNCHANGED_IF_LEGAL else source.form
            return number(source.start if value is None else value, form, source.picture)

        if level.form == "bullet":
            return bullet(level.template, level.font, self._tally)
        return visible(_PLACEHOLDER.sub(shown, level.template), level.font, self._tally)

    def _list(self, num_id: int) -> _List | None:
        if num_id not in self._lists:
            element = self._nums.get(num_id)
            self._lists[num_id] = None if element is None else self._resolve(element)
        return self._lists[num_id]

    def _resolve(self, element: Element) -> _List | None:
        own = val(element, w("abstractNumId")) or ""
        abstract = self._linked(own)
        if abstract is None:
            return None
        levels = dict(abstract.levels)
        restarts: dict[int, int] = {}
        for override in element.iterchildren(w("lvlOverride")):
            index = integer(override.get(w("ilvl")), -1)
            replaced = override.find(w("lvl"))
            if replaced is not None:
                levels[index] = _level(replaced)
            start = val(override, w("startOverride"))
            if start is not None and index in levels:
                restarts[index] = integer(start, 1)
                levels[index] = replace(levels[index], start=restarts[index])
        return _List(own, levels, restarts)

    def _linked(self, abstract_id: str) -> _Abstract | None:
        """The abstract list that has the levels: its own, or those that a w:numStyleLink leads to."""
        seen: set[str] = set()
        abstract = self._abstract(abstract_id)
        while abstract is not None and abstract.num_style_link and abstract_id not in seen:
            seen.add(abstract_id)
            abstract_id = self._of_numbering_style(abstract.num_style_link)
            abstract = self._abstract(abstract_id)
        return abstract

    def _of_numbering_style(self, style_id: str) -> str:
        """The id of the abstract list of a numbering style: by its w:numId, or else by the list's w:styleLink."""
        num_id = self._styles.numbering_list(style_id)
        element = None if num_id is None else self._nums.get(num_id)
        named = "" if element is None else val(element, w("abstractNumId")) or ""
        abstract = self._abstract(named)
        if abstract is not None and not abstract.num_style_link:
            return named
        of_style = (key for key, other in self._elements.items() if val(other, w("styleLink")) == style_id)
        return next(of_style, named)

    def _abstract(self, abstract_id: str) -> _Abstract | None:
        if abstract_id not in self._abstracts:
            element = self._elements.get(abstract_id)
            self._abstracts[abstract_id] = (
                None if element is None else _Abstract(dict(_levels(element)), val(element, w("numStyleLink")) or "")
            )
        return self._abstracts[abstract_id]

    def _read(self, root: Element) -> None:
        for element in root.iterchildren(w("abstractNum")):
            self._elements[element.get(w("abstractNumId"), "")] = element
        for element in root.iterchildren(w("num")):
            self._nums[integer(element.get(w("numId")), 0)] = element


def _levels(abstract: Element) -> Iterator[tuple[int, _Level]]:
    for element in abstract.iterchildren(w("lvl")):
        index = integer(element.get(w("ilvl")), -1)
        if 0 <= index < _LEVELS:
            yield index, _level(element)


def _level(element: Element) -> _Level:
    run = element.find(R_PR)
    fonts = None if run is None else run.find(w("rFonts"))
    restart = val(element, w("lvlRestart"))
    form, picture = _form(element)
    template = (val(element, w("lvlText")) or "")[:_LONGEST_TEMPLATE]
    if element.find(w("lvlPicBulletId")) is not None:
        template = _PICTURE_BULLET
    return _Level(
        form=form,
        picture=picture,
        template=template,
        font="" if fonts is None else fonts.get(w("ascii"), ""),
        start=max(0, integer(val(element, w("start")), 0)),
        restart=None if restart is None else integer(restart, 0),
        legal=bool(flag(element, w("isLgl"))),
        suffix=val(element, w("suff")) or "tab",
        style=val(element, w("pStyle")) or "",
        hidden=run is not None and bool(flag(run, w("vanish"))),
    )


def _form(level: Element) -> tuple[str, str]:
    """The number format of a level; a custom one is given in an mc:AlternateContent ([MS-DOCX] 2.4)."""
    alternate = level.find(ALTERNATE_CONTENT)
    chosen = None if alternate is None else branch(alternate)
    for parent in (chosen, level):
        element = None if parent is None else parent.find(w("numFmt"))
        if element is not None:
            return element.get(VAL, "decimal"), element.get(w("format"), "")
    return "decimal", ""


def _gap(text: str, suffix: str) -> str:
    return "" if suffix == "nothing" or text[-1:] in _CLOSING else " "
