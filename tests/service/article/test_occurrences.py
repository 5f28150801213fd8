"""Where words stand in an article, and what becomes of it when they are replaced."""

from __future__ import annotations

import pytest

from service.article.occurrences import WordsPlace, occurrences, with_replaced
from values.errors import Changed
from values.manuscript import Cell, Formula, Heading, Manuscript, Mark, Paragraph, Picture, Table

PICTURE = Picture("0" * 64, "image/png", 914400, 914400, "", "图1 台帐样式")
TABLE = Table(((Cell("台帐", colspan=2),), (Cell("台\n帐"), Cell("台帐台帐"))), (1, 2), 1)
ARTICLE = Manuscript(
    ("关于台", "帐管理的通知"),
    "区台帐办",
    (
        Heading("一、建台帐", 1),
        Paragraph("台帐建于 10m2 的台帐室。", (Mark(8, 9, "superscript"),)),
        TABLE,
        PICTURE,
    ),
    ("撰稿：台帐",),
)


def places(words: str = "台帐") -> list[WordsPlace]:
    return [occurrence.place for occurrence in occurrences(ARTICLE, words)]


def test_every_place_is_listed_in_the_order_of_the_text() -> None:
    """The title across its break, byline, headings, paragraphs, cells and captions; no line that is not printed."""
    parts = [(place.part, place.start) for place in places()]
    assert parts == [
        ("title", 2),
        ("byline", 1),
        (0, 3),
        (1, 0),
        (1, 11),
        (2, 0),
        (3, 4),
        (3, 6),
        (4, 3),
    ]


def test_words_are_shown_with_the_characters_around_them() -> None:
    text = "前" * 30 + "台帐" + "后" * 30
    [occurrence] = occurrences(Manuscript(("题",), None, (Paragraph(text),)), "台帐")
    assert (occurrence.before, occurrence.words, occurrence.after) == ("前" * 16, "台帐", "后" * 16)
    assert [each.place.start for each in occurrences(Manuscript((), None, (Paragraph("哈哈哈哈哈"),)), "哈哈")] == [
        0,
        2,
    ]


@pytest.mark.parametrize("substitute", ["台账", "登记簿册", "账", ""])
def test_everything_around_the_words_stays(substitute: str) -> None:
    after = with_replaced(ARTICLE, places(), "台帐", substitute)
    assert after.title == f"关于{substitute}管理的通知"
    assert after.byline == f"区{substitute}办"
    heading, paragraph, table, picture = after.blocks
    assert heading == Heading(f"一、建{substitute}", 1)
    assert isinstance(paragraph, Paragraph)
    [mark] = paragraph.marks
    assert paragraph.text[mark.start : mark.end] == "2"
    assert isinstance(table, Table)
    assert table == Table(((Cell(substitute, colspan=2),), (Cell("台\n帐"), Cell(substitute * 2))), (1, 2), 1)
    assert isinstance(picture, Picture)
    assert picture.caption == f"图1 {substitute}样式"
    assert after.house_lines == ARTICLE.house_lines


def test_only_the_chosen_places_are_replaced() -> None:
    after = with_replaced(ARTICLE, [WordsPlace(1, 11), WordsPlace(3, 6)], "台帐", "台账")
    assert after.title == ARTICLE.title
    assert after.lines == ("一、建台帐", "台帐建于 10m2 的台账室。", "台帐", "台 帐\t台帐台账", "图1 台帐样式")


def test_formula_that_is_not_touched_stays_one() -> None:
    formula = Formula("a+b", 2, "<m:oMath/>")
    text = Manuscript(("题",), None, (Paragraph("台帐a+b", formulas=(formula,)),))
    [paragraph] = with_replaced(text, [WordsPlace(0, 0)], "台帐", "登记簿").blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.formulas[0].place_in(paragraph.text) == (3, 6)


@pytest.mark.parametrize(
    "place", [WordsPlace(0, 0), WordsPlace("title", 0), WordsPlace(99, 0), WordsPlace("byline", 2)]
)
def test_place_without_the_words_is_refused(place: WordsPlace) -> None:
    with pytest.raises(Changed, match="重新查找"):
        with_replaced(ARTICLE, [place], "台帐", "台账")
