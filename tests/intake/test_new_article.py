"""What a receipt lists of an article."""

from __future__ import annotations

from intake.new_article import further_pictures, settled_article
from values.manuscript import Cell, Manuscript, Paragraph, Picture, Table

PICTURES = tuple(Picture(digest * 64, "image/png", 1, 1) for digest in "ab")


def test_characters_pictures_and_tables_are_counted() -> None:
    text = Manuscript(("题",), None, (Paragraph("甲 乙\n丙"), Table(((Cell("丁"),),)), *PICTURES))
    listed = settled_article(7, text)
    assert (listed.id, listed.title, listed.characters, listed.pictures, listed.tables) == (7, "题", 4, 2, 1)


def test_pictures_that_the_ledger_lacks_are_named() -> None:
    stored = Manuscript(("题",), None, PICTURES[:1])
    assert further_pictures(stored, stored) == ""
    assert "另有 1 张图片" in further_pictures(Manuscript(("题",), None, PICTURES), stored)
