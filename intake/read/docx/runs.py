"""The contents of a paragraph: runs, and the elements that wrap them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from intake.read.docx import equations
from intake.read.docx.characters import symbol, visible
from intake.read.docx.content_controls import placeholder_text, shows_placeholder
from intake.read.docx.fields import Fields
from intake.read.docx.graphics import Graphics
from intake.read.docx.lines import ParagraphBuilder
from intake.read.docx.looks import RunProperties, Script
from intake.read.docx.notes import NoteKind, Notes
from intake.read.docx.styles import ParagraphStyle, StyleSheet
from intake.read.docx.tags import (
    ALTERNATE_CONTENT,
    CUSTOM_XML,
    DEL,
    DEL_TEXT,
    INS,
    MOVE_FROM,
    MOVE_TO,
    R_PR,
    SDT,
    SDT_CONTENT,
    SMART_TAG,
    TBL,
    XML_SPACE,
    Element,
    P,
    R,
    T,
    branch,
    w,
)
from intake.read.docx.tally import Tally
from values import rules
from values.manuscript import Formula

_SPACE: Final = " \t\r\n"
_NEW_LINES: Final = str.maketrans("\r\n", "  ")
_TRANSPARENT: Final = frozenset({w("hyperlink"), SMART_TAG, CUSTOM_XML, w("dir"), w("bdo")})
_INSTR_TEXT: Final = w("instrText")
_FIXED: Final = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
}
_BR: Final = w("br")
_BREAK_TYPE: Final = w("type")
_DRAWINGS: Final = frozenset({w("drawing"), w("pict"), w("object")})
_NOTES: Final[dict[str, NoteKind]] = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_SYM: Final = w("sym")
_FLD_CHAR: Final = w("fldChar")
_RUBY: Final = w("ruby")


class Runs:
    """Reads the runs of one part, paragraph by paragraph. A field may span paragraphs, so its state is kept between
    them."""

    def __init__(self, root: Element, styles: StyleSheet, graphics: Graphics, notes: Notes, tally: Tally) -> None:
        self._styles = styles
        self._graphics = graphics
        self._notes = notes
        self._tally = tally
        self._fields = Fields(root, tally)
        self._keep_space = root.get(XML_SPACE) == "preserve"

    def read(self, parent: Element, style: ParagraphStyle, line: ParagraphBuilder) -> None:
        """Adds the visible content of a w:p, or of a wrapper inside it, to `line`. style: of the paragraph."""
        for child in parent:
            tag = child.tag
            if tag == R:
                look = self._styles.look(style, child.find(R_PR))
                self._run(child, style, look, line)
            else:
                wrapper = _WRAPPERS.get(tag)
                if wrapper is not None:
                    wrapper(self, child, style, line)

    def _run(self, run: Element, style: ParagraphStyle, look: RunProperties, line: ParagraphBuilder) -> None:
        for child in run:
            tag = child.tag
            if tag == T:
                self._show(self._text(child), look, line)
            elif tag in _FIXED:
                self._show(_FIXED[tag], look, line)
            elif tag == _BR:
                self._break(child.get(_BREAK_TYPE, "textWrapping"), look, line)
            elif tag == _FLD_CHAR:
                self._show(self._fields.character(child), look, line)
            elif tag == _INSTR_TEXT:
                self._fields.instruction(child.text or "")
            elif tag == ALTERNATE_CONTENT:
                chosen = branch(child)
                if chosen is not None:
                    self._run(chosen, style, look, line)
            elif tag != R_PR:
                self._rare(child, tag, style, look, line)

    def _break(self, kind: str, look: RunProperties, line: ParagraphBuilder) -> None:
        if kind == "textWrapping":
            self._show("\n", look, line)
        elif kind == "page":
            line.page_break_at = line.length

    def _rare(
        self, child: Element, tag: str, style: ParagraphStyle, look: RunProperties, line: ParagraphBuilder
    ) -> None:
        if tag in _DRAWINGS:
            if not look.vanish and not self._fields.instructing:
                self._graphics.collect(child, line.drawings)
        elif tag in _NOTES:
            if not look.vanish and not self._fields.instructing:
                self._note(_NOTES[tag], child.get(w("id"), ""), line)
        elif tag == _SYM:
            self._show(self._symbol(child), look, line)
        elif tag == _RUBY:
            self._ruby(child, style, line)
        elif tag == R:
            self._run(child, style, look, line)
        elif tag in _WRAPPERS:
            _WRAPPERS[tag](self, child, style, line)

    def _text(self, element: Element) -> str:
        text = element.text or ""
        if not (self._keep_space or element.get(XML_SPACE) == "preserve"):
            text = text.strip(_SPACE)
        return text.translate(_NEW_LINES) if "\n" in text or "\r" in text else text

    def _show(self, text: str, look: RunProperties, line: ParagraphBuilder, script: Script | None = None) -> None:
        if not text or self._fields.instructing:
            return
        if look.vanish:
            if not text.isspace():
                self._tally.add(rules.HIDDEN_TEXT, text)
            return
        self._fields.text_shown()
        line.add(visible(text, look.font or "", self._tally), look, script)

    def _note(self, kind: NoteKind, note_id: str, line: ParagraphBuilder) -> None:
        marker = self._notes.marker(kind, note_id)
        if not marker:
            self._tally.add(rules.MISSING_NOTE)
        self._show(marker, _UNSCRIPTED, line)

    def _symbol(self, element: Element) -> str:
        try:
            code = int(element.get(w("char"), ""), 16)
        except ValueError:
            return ""
        return symbol(element.get(w("font"), ""), code, self._tally)

    def _ruby(self, element: Element, style: ParagraphStyle, line: ParagraphBuilder) -> None:
        base, reading = element.find(w("rubyBase")), element.find(w("rt"))
        if reading is not None:
            self._tally.add(rules.PRONUNCIATION, "".join(text.text or "" for text in reading.iter(T)))
        if base is not None:
            self.read(base, style, line)

    def _content_control(self, element: Element, style: ParagraphStyle, line: ParagraphBuilder) -> None:
        content = element.find(SDT_CONTENT)
        if content is None:
            return
        if shows_placeholder(element):
            self._tally.add(rules.PLACEHOLDER, placeholder_text(content))
        else:
            self.read(content, style, line)

    def _inserted(self, element: Element, style: ParagraphStyle, line: ParagraphBuilder) -> None:
        self._tally.add(rules.TRACKED_INSERTION, "".join(text.text or "" for text in element.iter(T)))
        self.read(element, style, line)

    def _deleted(self, element: Element, style: ParagraphStyle, line: ParagraphBuilder) -> None:
        self._tally.add(rules.TRACKED_DELETION, "".join(text.text or "" for text in element.iter(DEL_TEXT, T)))

    def _alternate(self, element: Element, style: ParagraphStyle, line: ParagraphBuilder) -> None:
        chosen = branch(element)
        if chosen is not None:
            self.read(chosen, style, line)

    def _simple_field(self, element: Element, style: ParagraphStyle, line: ParagraphBuilder) -> None:
        self._fields.simple(element.get(w("instr"), ""))
        self.read(element, style, line)

    def _equation(self, element: Element, style: ParagraphStyle, line: ParagraphBuilder) -> None:
        look = self._styles.look(style, None)
        pieces = equations.equation_pieces(element)
        start = line.length
        for text, script in pieces:
            self._show(text, look, line, script)
        shown = line.text[start:]
        if shown.strip():
            line.formulas.append(Formula(shown.strip(), start, equations.as_written(element)))

    def _misplaced(self, element: Element, style: ParagraphStyle, line: ParagraphBuilder) -> None:
        """A table or paragraph inside a paragraph, which the schema forbids: its paragraphs, each on a line of its
        own."""
        for inner in [element] if element.tag == P else _outermost_paragraphs(element):
            if line.length:
                self._show("\n", _UNSCRIPTED, line)
            self.read(inner, style, line)

    def _sub_document(self, element: Element, style: ParagraphStyle, line: ParagraphBuilder) -> None:
        self._tally.add(rules.ALT_CHUNK)


def _outermost_paragraphs(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == P:
            yield child
        elif child.tag not in (DEL, MOVE_FROM):
            yield from _outermost_paragraphs(child)


_UNSCRIPTED: Final = RunProperties()
_WRAPPERS: Final[dict[str, Callable[[Runs, Element, ParagraphStyle, ParagraphBuilder], None]]] = {
    **dict.fromkeys(_TRANSPARENT, Runs.read),
    SDT: Runs._content_control,
    INS: Runs._inserted,
    MOVE_TO: Runs._inserted,
    DEL: Runs._deleted,
    MOVE_FROM: Runs._deleted,
    ALTERNATE_CONTENT: Runs._alternate,
    w("fldSimple"): Runs._simple_field,
    equations.O_MATH: Runs._equation,
    equations.O_MATH_PARA: Runs._equation,
    w("subDoc"): Runs._sub_document,
    P: Runs._misplaced,
    TBL: Runs._misplaced,
}
