"""Footnotes and endnotes: numbered 1, 2, 3 … through the article in the order of their references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from intake.read.docx.package import SourcePackage
from intake.read.docx.tags import Element, w

NoteKind = Literal["footnotes", "endnotes"]

_TAGS: Final = {"footnotes": w("footnote"), "endnotes": w("endnote")}
_ID: Final = w("id")


@dataclass(frozen=True, slots=True)
class Note:
    """A note that the text refers to."""

    marker: str
    """Its mark in the text, 〔注1〕."""
    part: str
    """The name of the part it is in; its own pictures are related to that."""
    root: Element
    """Of the part."""
    element: Element
    """The w:footnote or w:endnote."""


class Notes:
    """The notes that the text has referred to so far."""

    def __init__(self, package: SourcePackage) -> None:
        self._package = package
        self._referred: dict[tuple[NoteKind, str], Note] = {}
        self._parts: dict[NoteKind, tuple[str, Element, dict[str, Element]] | None] = {}

    @property
    def referred(self) -> tuple[Note, ...]:
        """The notes in the order of their first references."""
        return tuple(self._referred.values())

    def marker(self, kind: NoteKind, note_id: str) -> str:
        """The mark of a note in the text (〔注1〕), "" when there is no such note."""
        key = (kind, note_id)
        if key not in self._referred:
            part = self._part(kind)
            element = None if part is None else part[2].get(note_id)
            if part is None or element is None:
                return ""
            self._referred[key] = Note(f"〔注{len(self._referred) + 1}〕", part[0], part[1], element)
        return self._referred[key].marker

    def _part(self, kind: NoteKind) -> tuple[str, Element, dict[str, Element]] | None:
        if kind not in self._parts:
            name = next(iter(self._package.related(kind)), "")
            root = self._package.xml(name) if name else None
            self._parts[kind] = (
                None if root is None else (name, root, {e.get(_ID, ""): e for e in root.iterchildren(_TAGS[kind])})
            )
        return self._parts[kind]
