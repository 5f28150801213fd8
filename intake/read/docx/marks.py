"""What lies around the text of a document's body: bookmarks, comments, formatting of single characters.

The reader of manuscripts does not need it; whoever compares an edited draft with the one that was sent does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from intake.read.docx.tags import BLIP, DEL, MOVE_FROM, R_PR, Element, P, R, T, r, w

BOOKMARK_START: Final = w("bookmarkStart")
_RANGE_START: Final = w("commentRangeStart")
_RANGE_END: Final = w("commentRangeEnd")
_REFERENCE: Final = w("commentReference")
_ID: Final = w("id")
_VAL: Final = w("val")
_FONTS: Final = w("rFonts")
_NAMED_FONTS: Final = (w("eastAsia"), w("ascii"), w("hAnsi"))
_COLOUR: Final = w("color")
_COLOURS: Final = frozenset({w("highlight"), w("shd")})
_PLAIN: Final = frozenset({"auto", "000000", "none", "clear", "nil"})
_SIZE: Final = w("sz")
_EMPHASIS: Final = frozenset(map(w, ("b", "i", "u", "strike", "dstrike", "em", "outline", "shadow", "bdr")))
_OFF: Final = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class CommentPlace:
    """Where a comment is."""

    block: int
    """How many blocks precede it."""
    quote: str
    """The characters that it is about."""


@dataclass(slots=True)
class BodyMarks:
    """Collects the marks of a body while it is read: the number of a block is how many precede it."""

    bookmarks: list[tuple[int, str]] = field(default_factory=list)
    """Number of the block, and the name."""
    comments: dict[str, CommentPlace] = field(default_factory=dict)
    """By id."""
    pictures: list[tuple[int, str]] = field(default_factory=list)
    """Number of the block, and the relationship of a picture that is shown there."""
    looks: list[tuple[int, str]] = field(default_factory=list)
    """Number of the block, and what is set on some of its characters: "font", "size", "colour", "emphasis"."""
    _open: dict[str, list[str]] = field(default_factory=dict)
    _starts: dict[str, int] = field(default_factory=dict)

    def record(self, element: Element, block: int) -> None:
        """Takes the marks of an element directly in the body. block: how many blocks precede it."""
        lost = element.tag == P and _is_deleted(element)
        for child in element.iter():
            tag = child.tag
            if tag == T:
                for words in self._open.values():
                    words.append(child.text or "")
            elif tag == BOOKMARK_START and not lost:
                self.bookmarks.append((block, child.get(w("name"), "")))
            elif tag in (_RANGE_START, _RANGE_END, _REFERENCE):
                self._comment(child, block)
            elif tag == BLIP:
                self.pictures.append((block, child.get(r("embed"), "")))
            elif tag == R_PR and (parent := child.getparent()) is not None and parent.tag == R:
                self.looks += ((block, look) for look in _looks(child))
        for words in self._open.values():
            words.append("\n")

    def _comment(self, mark: Element, block: int) -> None:
        id = mark.get(_ID, "")
        if mark.tag == _RANGE_START:
            self._open[id] = []
            self._starts[id] = block
        else:
            quote = "".join(self._open.pop(id, [])).strip()
            if id not in self.comments:
                self.comments[id] = CommentPlace(self._starts.get(id, block), quote)


def _is_deleted(paragraph: Element) -> bool:
    """Whether all its runs are deleted or moved away, so that its bookmarks are nobody's."""
    wrappers = [next((a for a in run.iterancestors(DEL, MOVE_FROM)), None) for run in paragraph.iter(R)]
    return bool(wrappers) and all(wrapper is not None for wrapper in wrappers)


def _looks(properties: Element) -> Iterator[str]:
    """What a w:rPr sets that no style of the house has."""
    for child in properties:
        value = child.get(_VAL, "")
        if child.tag == _FONTS and any(child.get(name) for name in _NAMED_FONTS):
            yield "font"
        elif child.tag == _SIZE:
            yield "size"
        elif (child.tag == _COLOUR and value not in _PLAIN) or (
            child.tag in _COLOURS and (value not in _PLAIN or child.get(w("fill"), "auto") not in ("auto", "FFFFFF"))
        ):
            yield "colour"
        elif child.tag in _EMPHASIS and value not in _OFF:
            yield "emphasis"
