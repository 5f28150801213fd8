"""Edits of a draft that hypothesis makes up, and what the issue made of an edited draft has to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st

from assembler import styles
from assembler.tables import is_wide
from intake.edited_file import EditedBlock, EditedFile
from service.edited_draft.pieces import HouseStyles, KnownTitles, divided
from service.edited_draft.words import bare, key_of
from service.edited_draft.words import text_of as text_of_block
from tests.support.draft_edits import (
    OpenedDraft,
    add_after,
    paragraph,
    put_words,
    remove,
    retype,
    style_of,
    swap,
    table_element,
    text_of,
    track_deletion,
    track_insertion,
)
from values.manuscript import Table

SECTIONS: Final = frozenset({"情况通报", "经验交流"})
Projected = list[tuple[str | None, str, list[tuple[str, ...]]]]
"""栏目, title and blocks of each article."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One act of an editor."""

    kind: str
    article: int
    """Any number: taken modulo the articles that there are."""
    place: int
    """Any number: of a paragraph, or of a character in it."""
    words: str


_WORDS: Final = st.text(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也", min_size=2, max_size=12
)


def _words(draft: OpenedDraft, number: int, edit: Edit) -> None:
    lines = draft.paragraphs(number)
    if lines:
        line = lines[edit.place % len(lines)]
        put_words(line, edit.place % (len(text_of(line)) + 1), edit.words)


def _removed_words(draft: OpenedDraft, number: int, edit: Edit) -> None:
    lines = [line for line in draft.paragraphs(number) if len(text_of(line)) > 6]
    if lines:
        put_words(lines[edit.place % len(lines)], 1, "", instead_of=2)


def _new_paragraph(draft: OpenedDraft, number: int, edit: Edit) -> None:
    lines = draft.article(number)
    add_after(lines[max(1, edit.place % len(lines))], paragraph(f"新增一段：{edit.words}。"))


def _removed_paragraph(draft: OpenedDraft, number: int, edit: Edit) -> None:
    lines = draft.paragraphs(number)
    if len(lines) > 1:
        remove([lines[edit.place % len(lines)]])


def _moved_paragraph(draft: OpenedDraft, number: int, edit: Edit) -> None:
    lines = draft.paragraphs(number)
    if len(lines) > 1:
        draft.article(number)[-1].addnext(lines[edit.place % len(lines)])


def _title(draft: OpenedDraft, number: int, edit: Edit) -> None:
    retype(draft.article(number)[0], f"{edit.words}情况")


def _title_words(draft: OpenedDraft, number: int, edit: Edit) -> None:
    title = draft.article(number)[0]
    put_words(title, edit.place % (len(text_of(title)) + 1), edit.words[:3])


def _reordered(draft: OpenedDraft, number: int, edit: Edit) -> None:
    above = draft.article(number)[0].getprevious()
    if number > 1 and above is not None and style_of(above) != "SectionHeading":
        swap(draft, number - 1, number)


def _deleted_article(draft: OpenedDraft, number: int, edit: Edit) -> None:
    if len(draft.titles()) > 2:
        remove(draft.article(number))


def _tracked_insertion(draft: OpenedDraft, number: int, edit: Edit) -> None:
    lines = draft.paragraphs(number)
    if lines:
        track_insertion(lines[edit.place % len(lines)], edit.words)


def _tracked_deletion(draft: OpenedDraft, number: int, edit: Edit) -> None:
    lines = [line for line in draft.paragraphs(number) if len(line.findall(_RUN)) > 1]
    if lines:
        track_deletion(lines[edit.place % len(lines)])


def _new_table(draft: OpenedDraft, number: int, edit: Edit) -> None:
    lines = draft.paragraphs(number)
    if lines:
        table = table_element(("单位", "数量"), (edit.words, str(edit.place)))
        add_after(lines[edit.place % len(lines)], table, paragraph("以上为统计。"))


def _cell(draft: OpenedDraft, number: int, edit: Edit) -> None:
    cells = [text for element in draft.article(number) if element.tag == _TABLE for text in element.iter(_PARAGRAPH)]
    if cells:
        retype(cells[edit.place % len(cells)], edit.words)


def _new_article(draft: OpenedDraft, number: int, edit: Edit) -> None:
    title, unit = paragraph(f"新写{edit.words}", "ArticleTitle"), paragraph("区卫健委", "Byline")
    add_after(draft.article(number)[-1], title, unit, paragraph(f"区卫健委{edit.words}。"))


_RUN: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}r"
_TABLE: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tbl"
_PARAGRAPH: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
KINDS: Final[Mapping[str, Callable[[OpenedDraft, int, Edit], None]]] = {
    "words": _words,
    "removed words": _removed_words,
    "new paragraph": _new_paragraph,
    "removed paragraph": _removed_paragraph,
    "moved paragraph": _moved_paragraph,
    "title": _title,
    "title words": _title_words,
    "reordered": _reordered,
    "deleted article": _deleted_article,
    "tracked insertion": _tracked_insertion,
    "tracked deletion": _tracked_deletion,
    "new table": _new_table,
    "cell": _cell,
    "new article": _new_article,
}

EDITS: Final = st.lists(
    st.builds(Edit, st.sampled_from(sorted(KINDS)), st.integers(0, 50), st.integers(0, 200), _WORDS),
    min_size=1,
    max_size=6,
)


def make(draft: OpenedDraft, edit: Edit) -> None:
    KINDS[edit.kind](draft, edit.article % len(draft.titles()) + 1, edit)


def shown_in(file: EditedFile, tail: tuple[EditedBlock, ...] = ()) -> Projected:
    """What the articles of a draft say, in their order. The house chooses the place of a wide table, which gets a page
    of its own: here it is last, with its name."""
    pieces = divided(file, HouseStyles(), SECTIONS, KnownTitles({}, tail)).pieces
    return [(piece.section, bare("".join(piece.title)), _shown_in(piece.body)) for piece in pieces]


def _shown_in(body: Sequence[EditedBlock]) -> list[tuple[str, ...]]:
    lines: list[EditedBlock] = []
    last: list[EditedBlock] = []
    for block in body:
        if isinstance(block.block, Table) and is_wide(block.block):
            named = lines[-1:] if lines and text_of_block(lines[-1]).startswith("表") else []
            del lines[len(lines) - len(named) :]
            last += [*named, block]
        else:
            lines.append(block)
    return [_shown(block) for block in (*lines, *last)]


def _shown(block: EditedBlock) -> tuple[str, ...]:
    """A heading is not the same as running text with its words."""
    level = block.style if block.style in {styles.NAMES[name] for name in styles.HEADINGS} else ""
    return (*key_of(block), level)
