"""Automatic number labels (一、 （一） 1.): they are not in the text, Word counts them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from intake.read.docx.characters import bullet, visible
from intake.read.docx.labels import number
from intake.read.docx.styles import NumberingReference, ParagraphStyle, StyleSheet
from intake.read.docx.tags import ALTERNATE_CONTENT, R_PR, VAL, Element, branch, flag, integer, val, w
from intake.read.docx.tally import Tally

_LEVELS: Final = 9
_PLACEHOLDER: Final = re.compile(r"%([1-9])")
_LONGEST_TEMPLATE: Final = 200
_CLOSING: Final = "、）．。，：；】》〕」』"  # after these, type already leaves half an em: no space wanted
_PICTURE_BULLET: Final = "●"
_ARABIC: Final = frozenset({"decimalZero", "none", "bullet"})  # what w:isLgl leaves as it is: Word's "Section 1.01"


@dataclass(frozen=True, slots=True)
class Label:
    """An automatic label, and what stands between it and the text."""

    text: str
    gap: str


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    picture: str = ""
    template: str = ""
    font: str = ""
    start: int = 1
    restart: int | None = None  # None: by any higher level; 0: never; n: by levels up to n (counted from 1)
    legal: bool = False
    suffix: str = "tab"
    style: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Abstract:
    levels: dict[int, _Level]
    num_style_link: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A w:num with its overrides applied. `restarts`: level → its startOverride.

    `abstract` owns the counters: the w:abstractNum that w:num names, also when that takes its levels from another.
    """

    abstract: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


@dataclass(slots=True)
class Counters:
    """How far the lists of one story have counted. The body, each text box and each part of notes is a story."""

    values: dict[str, list[int | None]] = field(default_factory=dict)
    restarted: set[tuple[int, int]] = field(default_factory=set)


class Numbering:
    """The lists of a document. `root` is w:numbering, None without such a part."""

    def __init__(self, root: Element | None, styles: StyleSheet, tally: Tally) -> None:
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
        """Count one paragraph of `style` with its own w:numPr, and give its label; None when it has none."""
        if not self._nums:
            return None
        key = (style.id, direct)
        if key not in self._places:
            self._places[key] = self._place(style, direct)
        place = self._places[key]
        return None if place is None else self._advance(*place, counters)

    def _place(self, style: ParagraphStyle, direct: NumberingReference) -> tuple[int, int] | None:
        """The list and level of a paragraph: its own, else through the style chain."""
        inherited = (reference.num_id for _, reference in style.numbering if reference.num_id is not None)
        num_id = direct.num_id if direct.num_id is not None else next(inherited, None)
        found = self._list(num_id) if num_id else None
        if found is None or num_id is None:
            return None
        level = self._level_through_style(style, found) if direct.level is None else direct.level
        return (num_id, level) if 0 <= level < _LEVELS else None

    @staticmethod
    def _level_through_style(style: ParagraphStyle, found: _List) -> int:
        linked = {level.style: index for index, level in found.levels.items() if level.style}
        for style_id, reference in style.numbering:
            if style_id in linked:
                return linked[style_id]
            if reference.level is not None:
                return reference.level
        return linked.get(style.id, 0)

    def _advance(self, num_id: int, index: int, counters: Counters) -> Label | None:
        found = self._list(num_id)
        level = found.levels.get(index) if found else None
        if found is None or level is None:
            return None
        values = counters.values.setdefault(found.abstract, [None] * _LEVELS)
        current = values[index]
        if index in found.restarts and (num_id, index) not in counters.restarted:
            counters.restarted.add((num_id, index))
            current = None
        values[index] = level.start if current is None else current + 1
        for higher in range(index):  # a level that was skipped counts as used: 1.1 and then 2
            if values[higher] is None and higher in found.levels:
                values[higher] = found.levels[higher].start
        for lower in range(index + 1, _LEVELS):
            restart = found.levels[lower].restart if lower in found.levels else None
            if restart is None or index < restart:
                values[lower] = None
        text = "" if level.hidden else self._text(found, index, values)
        return Label(text, _gap(text, level.suffix)) if text else None

    def _text(self, found: _List, index: int, values: list[int | None]) -> str:
        level = found.levels[index]

        def shown(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            if other > index or other not in found.levels:
                return ""
            source = found.levels[other]
            value = values[other]
            form = "decimal" if level.legal and source.form not in _ARABIC else source.form
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
        """The abstract list that has the levels: a w:numStyleLink leads through a numbering style to it."""
        seen: set[str] = set()
        abstract = self._abstract(abstract_id)
        while abstract is not None and abstract.num_style_link and abstract_id not in seen:
            seen.add(abstract_id)
            abstract_id = self._behind(abstract.num_style_link)
            abstract = self._abstract(abstract_id)
        return abstract

    def _behind(self, style_id: str) -> str:
        """The abstract list of a numbering style: through its w:numId, else the one that says it is of that style."""
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
    """The number format of a level; a custom one stands in an mc:AlternateContent ([MS-DOCX] 2.4)."""
    alternate = level.find(ALTERNATE_CONTENT)
    chosen = None if alternate is None else branch(alternate)
    for parent in (chosen, level):
        element = None if parent is None else parent.find(w("numFmt"))
        if element is not None:
            return element.get(VAL, "decimal"), element.get(w("format"), "")
    return "decimal", ""


def _gap(text: str, suffix: str) -> str:
    return "" if suffix == "nothing" or text[-1:] in _CLOSING else " "
