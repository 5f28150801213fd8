"""What a .docx reader lost, invented or labelled otherwise, measured against LibreOffice and the file itself."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from intake.read.docx.tags import M_NS, MC_NS, STRICT_NAMESPACES, W_NS, Element
from intake.read.source import SourceBlock, SourceDocument, SourceParagraph
from values.manuscript import Table

_TEXTS: Final = frozenset({f"{{{W_NS}}}t", f"{{{M_NS}}}t"})
_UNSEEN: Final = frozenset(
    {f"{{{W_NS}}}{name}" for name in ("del", "moveFrom", "delText", "instrText", "rt")} | {f"{{{MC_NS}}}Fallback"}
)
_RUN: Final = f"{{{W_NS}}}r"
_ROW: Final = f"{{{W_NS}}}tr"
_ROW_DELETED: Final = f"{{{W_NS}}}trPr/{{{W_NS}}}del"
_VANISH: Final = f"{{{W_NS}}}rPr/{{{W_NS}}}vanish"
_VAL: Final = f"{{{W_NS}}}val"
_BODY_PARTS: Final = re.compile(r"word/(document\d*|footnotes|endnotes)\.xml", re.IGNORECASE)
_OWN_MARK: Final = re.compile(r"〔注\d+〕|〓")
_LONGEST_LABEL: Final = 24
_AHEAD: Final = 60
_LABEL_LIKE: Final = re.compile(
    r"[^\w]|[(（\[]?(\d{1,3}|[a-zA-Z]|[ivxlcdmIVXLCDM]{1,6}|[一二三四五六七八九十]{1,3})[.)）、\]]?"
)


@dataclass(frozen=True, slots=True)
class LabelledParagraph:
    """A paragraph with its automatic label in our reading and in LibreOffice's ("" for none)."""

    ours: str
    theirs: str
    text: str

    @property
    def equal(self) -> bool:
        """Bullets are one character of some font, and equal whichever they are; numbers are compared as shown."""
        return self.ours == self.theirs or (_is_bullet(self.ours) and _is_bullet(self.theirs))


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one file. expected, lost, extra: characters. labelled: its numbered paragraphs outside tables."""

    expected: int
    lost: Counter[str]
    shown: int
    extra: Counter[str]
    labelled: tuple[LabelledParagraph, ...]


def measure(document: SourceDocument, office: str, own: str) -> Measures:
    """Our reading of a file against LibreOffice's text of it and the text in its own XML."""
    labelled = tuple(_labels(document, [line for line in map(_squeezed, office.splitlines()) if line]))
    ours = "\n".join(_texts(document.blocks))
    shown = _characters(_OWN_MARK.sub("", ours))
    theirs, written = _characters(office), _characters(own)
    expected = theirs & written
    agreed = _characters("".join(pair.ours for pair in labelled if pair.equal))
    return Measures(
        expected=expected.total(),
        lost=expected - shown,
        shown=shown.total(),
        extra=shown - agreed - (theirs | written),
        labelled=labelled,
    )


def own_text(data: bytes) -> str:
    """The visible w:t of the body and the notes of a .docx, read with lxml alone; "" when that is not possible."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lstrip("/"): name for name in archive.namelist()}
            parts = [archive.read(name) for plain, name in names.items() if _BODY_PARTS.fullmatch(plain)]
        return "\n".join("".join(_visible(_root(part))) for part in parts)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError, OSError, ValueError, EOFError):
        return ""


def _root(part: bytes) -> Element:
    for strict, transitional in STRICT_NAMESPACES.items():
        part = part.replace(strict.encode(), transitional.encode())
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


def _visible(element: Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _TEXTS:
            yield child.text or ""
        elif (
            tag not in _UNSEEN and not (tag == _RUN and _is_hidden(child)) and not (tag == _ROW and _is_deleted(child))
        ):
            yield from _visible(child)


def _is_hidden(run: Element) -> bool:
    vanish = run.find(_VANISH)
    return vanish is not None and vanish.get(_VAL, "1") not in ("0", "false", "off")


def _is_deleted(row: Element) -> bool:
    return row.find(_ROW_DELETED) is not None


def _characters(text: str) -> Counter[str]:
    counted = Counter(unicodedata.normalize("NFKC", text))
    for character in [c for c in counted if c.isspace() or unicodedata.category(c) in ("Cc", "Cf", "Co")]:
        del counted[character]
    return counted


def _texts(blocks: Sequence[SourceBlock]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, SourceParagraph):
            yield block.text
        elif isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row)


def _labels(document: SourceDocument, lines: Sequence[str]) -> Iterator[LabelledParagraph]:
    """The paragraphs that one of the two numbers, found in their order among LibreOffice's lines."""
    after = 0
    for block in document.blocks:
        if not isinstance(block, SourceParagraph) or block.boxed:
            continue
        ours = _squeezed(block.label)
        text = _squeezed(block.text.strip().partition("\n")[0]).removeprefix(ours)
        if not text:
            continue
        place = _place(lines, after, text, labelled=bool(ours))
        if place is None:
            continue
        after = place + 1
        theirs = lines[place].removesuffix(text)
        if ours or theirs:
            yield LabelledParagraph(ours, theirs, text)


def _place(lines: Sequence[str], after: int, text: str, *, labelled: bool) -> int | None:
    """The next line that is the text, or a label and the text. An unlabelled short text may end any line: only one
    that is the whole line is believed, or one after what looks like a label."""
    near = range(after, min(after + _AHEAD, len(lines)))
    if not labelled:
        whole = next((place for place in near if lines[place] == text), None)
        if whole is not None:
            return whole
    for place in near:
        lead = lines[place].removesuffix(text)
        if lead == lines[place] or len(lead) > _LONGEST_LABEL:
            continue
        if labelled or (len(text) > 1 and _LABEL_LIKE.fullmatch(lead)):
            return place
    return None


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _is_bullet(label: str) -> bool:
    return len(label) == 1 and not label.isalnum()
