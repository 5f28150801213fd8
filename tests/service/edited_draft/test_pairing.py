"""Which article each piece of an edited file is."""

from __future__ import annotations

from intake.edited_file import EditedBlock
from service.edited_draft.pairing import paired
from service.edited_draft.pieces import Piece
from values.manuscript import Paragraph


def piece(title: str, *lines: str, titled: int | None = None, text: int | None = None) -> Piece:
    body = tuple(EditedBlock(Paragraph(line)) for line in lines)
    title_marks = frozenset({titled} if titled else ())
    return Piece(0, (title,), body, "", title_marks | frozenset({text} if text else ()), title_marks)


SENT = {1: piece("甲文标题", "甲一。", "甲二。"), 2: piece("乙文标题", "乙一。", "乙二。")}


def test_a_rewritten_article_is_known_by_its_bookmark() -> None:
    assert paired(SENT, [piece("别的", "全新。", titled=2), piece("甲文标题", "甲一。")]) == {2: 0, 1: 1}


def test_words_count_where_bookmarks_are_gone() -> None:
    assert paired(SENT, [piece("乙文标题", "改过。"), piece("新题", "甲一。", "甲二。")]) == {2: 0, 1: 1}


def test_a_bookmark_that_slipped_onto_a_new_article_does_not_win() -> None:
    """Enter at the beginning of a title leaves its bookmark on the new line above."""
    assert paired(SENT, [piece("新写的", "新一。", titled=1), piece("甲文标题", "甲一。", "甲二。", text=1)]) == {1: 1}


def test_a_piece_like_no_article_stays_alone() -> None:
    assert paired(SENT, [piece("丙", "丙一。")]) == {}
