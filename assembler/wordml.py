"""WordprocessingML as strings: an object model costs 3 to 40 times as much (benchmarks/assemble.py).

Everything here escapes the text it is given, so that text never becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from values.manuscript import Mark

W_NS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W: Final = f"{{{W_NS}}}"

MarkupByOffset: TypeAlias = Mapping[int, str]
"""Markup within a text, by the offset of the character that it precedes; the length of the text stands for its end."""
NO_MARKUP: Final[MarkupByOffset] = MappingProxyType({})
PAGE_BREAK: Final = "<w:pageBreakBefore/>"
_RUN: Final = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
"""Ambiguous characters (“” —— ……) take the Chinese font only when the run says so (ECMA-376 17.3.2.26)."""
_MARKED_RUN: Final = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:vertAlign w:val="{}"/></w:rPr>'
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (2.2 Char)."""
_NEW_LINE: Final = re.compile("\r\n?")
_UNBREAKABLE: Final = "\x1e"
"""Word's own code for a hyphen at which no line ends; `clean` lets none of it through from a text."""
_INNER: Final = {"\n": "<w:br/>", "\t": "<w:tab/>", _UNBREAKABLE: "<w:noBreakHyphen/>"}
_TELEPHONE: Final = re.compile(r"(?<![\w.-])(?:(?:\+?86-)?0\d{2,3}|400|800)-\d{3,8}(?:-\d{1,5})?(?![\w-])", re.ASCII)
"""0797-8199917, 0797-8199917-801, 400-810-1234: Word would end a line at each hyphen."""


def clean(text: str) -> str:
    """The text without characters that XML cannot hold; every line end is "\\n"."""
    return _NEW_LINE.sub("\n", _ILLEGAL.sub("", text))


def escape(text: str) -> str:
    """Clean text, fit for element content and for attribute values in double quotes."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def runs(text: str, marks: Iterable[Mark] = (), markup: MarkupByOffset = NO_MARKUP) -> str:
    """The w:r elements of a text: a w:br for each "\\n", a w:tab for each "\\t", a w:noBreakHyphen for each
    hyphen of a telephone number. "" for an empty text without markup.

    marks: characters that are raised or lowered. Marks outside the text are ignored; of two that overlap, the one that
    begins first wins. markup: put between the runs, which are cut there.
    """
    parts = []
    for start, end, opening in _stretches(text, marks):
        cuts = sorted({start, *(offset for offset in markup if start < offset < end)})
        for cut, until in zip(cuts, [*cuts[1:], end], strict=True):
            parts += [markup.get(cut, ""), _run(text[cut:until], opening)]
    return "".join([*parts, markup.get(len(text), "")])


def field(code: str, result: str) -> str:
    """The runs of a field (ECMA-376 17.16.18). result: the text it shows until a program works it out anew."""
    marks = {kind: f'{_RUN}<w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    instruction = f'{_RUN}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
    return f"{marks['begin']}{instruction}{marks['separate']}{_run(result, _RUN)}{marks['end']}"


def paragraph(style_id: str, content: str, properties: str = "") -> str:
    """A w:p. content: its runs. properties: the elements after w:pStyle in w:pPr, in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{escape(style_id)}"/>{properties}</w:pPr>{content}</w:p>'


def _stretches(text: str, marks: Iterable[Mark]) -> Iterator[tuple[int, int, str]]:
    """The text as stretches of equal formatting, none of them empty: start, end, and the opening of their runs."""
    done = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        start, end = max(mark.start, done), min(mark.end, len(text))
        if start < end:
            if done < start:
                yield done, start, _RUN
            yield start, end, _MARKED_RUN.format(mark.kind)
            done = end
    if done < len(text):
        yield done, len(text), _RUN


def _run(text: str, opening: str) -> str:
    held = _TELEPHONE.sub(lambda number: number.group().replace("-", _UNBREAKABLE), escape(text))
    pieces = re.split(f"([\n\t{_UNBREAKABLE}])", held)
    inner = "".join(_INNER.get(piece) or f'<w:t xml:space="preserve">{piece}</w:t>' for piece in pieces if piece)
    return f"{opening}{inner}</w:r>" if inner else ""
