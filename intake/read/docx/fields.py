"""Complex fields (ECMA-376 part 1, 17.16.18). The result of a field is text, its instruction is not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from intake.read.docx.characters import symbol
from intake.read.docx.tags import DEL, MOVE_FROM, VAL, Element, flag, integer, val, w
from intake.read.docx.tally import Tally
from values import rules
from values.number_formats import number

_FLD_CHAR: Final = w("fldChar")
_TYPE: Final = w("fldCharType")
_OUTSIDE: Final = frozenset({"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "DDE", "DDEAUTO", "LINK", "IMPORT"})
"""Fields whose result comes from outside the file. The stored result is kept, and the editor gets a finding."""
_DRAWN: Final = frozenset({"EQ", "SYMBOL"})
"""Fields that Word draws itself, without a stored result."""
_FORM: Final = w("ffData")
_DROP_DOWN: Final = w("ddList")
_CHECK_BOX: Final = w("checkBox")
_CHECKED, _UNCHECKED = "☒", "☐"
"""As Word draws them; those of content controls are the same characters."""
_STACKED: Final = re.compile(
    r"EQ\s+(?:\\\*\s*\S+\s+)*\\o\s*\(\s*\\s\s*\\up\s*-?\d+\s*\(([^()]{1,20})\)\s*[,，;]\s*\\s\s*\\do\s*-?\d+\s*\(([^()]{1,20})\)\s*\)",
    re.IGNORECASE,
)
"""合并字符: up to six characters on two lines in the height of one."""
_PRONOUNCED: Final = re.compile(
    r"EQ\s.*\\o\s*(?:\\a[clrd]\s*)?\(\s*\\s\s*\\up\s*-?\d+\s*\(([^()]*)\)\s*[,，;]\s*([^()\\]{1,20})\)", re.IGNORECASE
)
"""拼音指南 of programs before Word 2007: the reading, then the base text."""
_ENCIRCLED: Final = re.compile(r"EQ\s+\\o\s*(?:\\a[clr]\s*)?\(\s*[○◯〇]\s*[,，;]\s*([^()]{1,4}?)\s*\)", re.IGNORECASE)
_SYMBOL: Final = re.compile(r'SYMBOL\s+(0x[0-9a-f]{1,5}|[0-9]{1,6})(?:.*?\\f\s+"?([^"\\]+)"?)?', re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    """A field that is open."""

    instructing: bool = True
    """Whether its instruction is being read."""
    code: list[str] = field(default_factory=list)
    """The parts of its instruction."""
    shown: bool = False
    """Whether a result has been read."""
    form: Element | None = None
    """The w:ffData of a form field, None for any other field."""


class Fields:
    """The fields that are open at the current place of a part."""

    def __init__(self, root: Element, tally: Tally) -> None:
        """root: the root element of the part."""
        self._root = root
        self._tally = tally
        self._open: list[_Field] = []
        self._instructing = 0
        self._unclosed: frozenset[Element] | None = None

    @property
    def instructing(self) -> bool:
        """Whether text here belongs to an instruction."""
        return self._instructing > 0

    def text_shown(self) -> None:
        """Records that the innermost field has a result."""
        if self._open:
            self._open[-1].shown = True

    def instruction(self, text: str) -> None:
        """Adds text of a w:instrText."""
        if self._open and self._open[-1].instructing:
            self._open[-1].code.append(text)

    def character(self, element: Element) -> str:
        """Takes a w:fldChar. Returns the text that Word draws for a field without a result; "" for any other."""
        kind = element.get(_TYPE)
        if kind == "begin":
            if element not in self._without_end():
                self._open.append(_Field(form=element.find(_FORM)))
                self._instructing += 1
        elif kind == "separate" and self._open:
            self._end_instruction(self._open[-1])
        elif kind == "end" and self._open:
            return self._close(self._open.pop())
        return ""

    def simple(self, code: str) -> None:
        """Takes the instruction of a w:fldSimple, whose result is its content."""
        self._report_outside(code)

    def _end_instruction(self, current: _Field) -> None:
        if current.instructing:
            current.instructing = False
            self._instructing -= 1

    def _close(self, closed: _Field) -> str:
        self._end_instruction(closed)
        if closed.shown:
            self.text_shown()
        code = " ".join("".join(closed.code).split()).removeprefix("\\")  # Word 6 wrote \SYMBOL for any language
        self._report_outside(code)
        if closed.shown or self.instructing:
            return ""
        if closed.form is not None:
            return _chosen(closed.form)
        return self._drawn(code) if _word(code) in _DRAWN else ""

    def _drawn(self, code: str) -> str:
        stacked = _STACKED.fullmatch(code)
        if stacked:
            return stacked[1].strip() + stacked[2].strip()
        pronounced = _PRONOUNCED.fullmatch(code)
        if pronounced:
            self._tally.add(rules.PRONUNCIATION, pronounced[1])
            return pronounced[2].strip()
        encircled = _ENCIRCLED.fullmatch(code)
        if encircled:
            return _circled(encircled[1])
        sign = _SYMBOL.match(code)
        if sign:
            digits = sign[1].lower()
            return symbol(sign[2] or "Symbol", int(digits, 16 if digits.startswith("0x") else 10), self._tally)
        self._tally.add(rules.UNKNOWN_FIELD, code)
        return ""

    def _report_outside(self, code: str) -> None:
        if _word(code) in _OUTSIDE:
            self._tally.add(rules.EXTERNAL_LINK, code)

    def _without_end(self) -> frozenset[Element]:
        """The beginnings of fields that have no end. Read as fields, they would hide the rest of the document."""
        if self._unclosed is None:
            waiting: list[Element] = []
            for element in self._root.iter(_FLD_CHAR):
                kind = element.get(_TYPE)
                if kind == "separate" or next(element.iterancestors(DEL, MOVE_FROM), None) is not None:
                    continue
                if kind == "begin":
                    waiting.append(element)
                elif waiting:
                    waiting.pop()
            self._unclosed = frozenset(waiting)
        return self._unclosed


def _chosen(form: Element) -> str:
    """What a form field shows: the chosen entry of a drop-down list, or a box (17.16.7, 17.16.9); "" for a text."""
    entries = form.find(_DROP_DOWN)
    if entries is not None:
        texts = [entry.get(VAL, "") for entry in entries.iterchildren(w("listEntry"))]
        chosen = integer(val(entries, w("result")) or val(entries, w("default")), 0)
        return texts[chosen] if 0 <= chosen < len(texts) else ""
    box = form.find(_CHECK_BOX)
    if box is None:
        return ""
    checked = flag(box, w("checked"))
    return _CHECKED if (flag(box, w("default")) if checked is None else checked) else _UNCHECKED


def _word(code: str) -> str:
    return code.partition(" ")[0].upper()


def _circled(text: str) -> str:
    """The encircled character, ① for 1; the text itself when Unicode has none."""
    return number(int(text), "decimalEnclosedCircle") if text.isdecimal() and text.isascii() else text
