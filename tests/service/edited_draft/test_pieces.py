"""A draft's file, divided into what stands before the articles, the articles, and the 版记."""

from __future__ import annotations

from intake.edited_file import EditedBlock, EditedFile
from service.edited_draft.pieces import NOTHING_KNOWN, DraftPieces, HouseStyles, KnownTitles, divided, title_style
from values.manuscript import Paragraph

SECTIONS = frozenset({"情况通报"})


def block(text: str, style: str = "简报正文", *bookmarks: str) -> EditedBlock:
    return EditedBlock(Paragraph(text), style, bookmarks)


def pieces_of(*blocks: EditedBlock, known: KnownTitles | None = None) -> DraftPieces:
    return divided(EditedFile(blocks=blocks), HouseStyles(), SECTIONS, known or NOTHING_KNOWN)


def titles(made: DraftPieces) -> list[tuple[str | None, str, int]]:
    return [(piece.section, "/".join(piece.title), len(piece.body)) for piece in made.pieces]


def test_articles_are_parted_by_titles_and_sections_by_their_headings() -> None:
    made = pieces_of(
        block("简报", "简报报头"),
        block("甲", "文章标题", "article1"),
        block("甲文。"),
        block("【情况通报】", "栏目"),
        block("乙上", "文章标题", "article2"),
        block("乙下", "文章标题"),
        block("乙文。"),
        block("报：区长", "版记", "articlesEnd_Copy_1"),
    )
    assert titles(made) == [("", "甲", 1), ("情况通报", "乙上/乙下", 1)]
    assert (len(made.front), len(made.tail)) == (1, 1)
    assert made.pieces[1].title_marks == {2}


def test_title_with_a_bookmark_begins_an_article_directly_below_another_title() -> None:
    made = pieces_of(block("新", "文章标题"), block("甲", "文章标题", "article1"), block("甲文。"))
    assert titles(made) == [("", "新", 0), ("", "甲", 1)]


def test_without_styles_and_marks_the_titles_that_were_sent_part_the_articles() -> None:
    known = KnownTitles({"甲": 1, "乙": 2}, (block("报：区政府区长、副区长"),))
    made = pieces_of(
        block("甲", "Normal"),
        block("甲文。", "Normal"),
        block("乙", "Normal"),
        block("报：区政府区长", "Normal"),
        known=known,
    )
    assert (titles(made), len(made.tail)) == ([("", "甲", 1), ("", "乙", 0)], 1)


def test_unknown_section_is_named() -> None:
    made = pieces_of(block("【新栏目】", "栏目"), block("甲", "文章标题"), block("甲文。"))
    assert (titles(made), made.strange_sections) == ([(None, "甲", 1)], ("新栏目",))


def test_style_of_titles_is_the_one_that_bears_their_bookmarks() -> None:
    file = EditedFile(blocks=(block("甲", "大标题", "article1"),))
    assert (title_style(file), title_style(EditedFile())) == ("大标题", "文章标题")


def test_line_of_a_text_that_reads_like_a_title_begins_no_article_where_the_title_is_marked_or_left_out() -> None:
    known = KnownTitles({"甲": 1, "乙": 2, "丙": 3}, ())
    made = pieces_of(
        block("甲", "文章标题", "article1"),
        block("乙", "简报正文", "text1r1"),
        block("丙"),
        block("乙", "文章标题", "article2"),
        block("乙文。"),
        known=known,
    )
    assert titles(made) == [("", "甲", 2), ("", "乙", 1)]
    unmarked = pieces_of(block("甲", "文章标题"), block("乙"), block("乙", "文章标题"), block("乙文。"), known=known)
    assert titles(unmarked) == [("", "甲", 1), ("", "乙", 1)]


def test_title_that_has_lost_mark_and_style_is_known_by_the_mark_below_it() -> None:
    made = pieces_of(
        block("甲", "文章标题", "article1"),
        block("甲文。", "简报正文", "text1r1"),
        block("乙", "Normal"),
        block("乙文。", "简报正文", "text2r1"),
        known=KnownTitles({"甲": 1, "乙": 2}, ()),
    )
    assert titles(made) == [("", "甲", 1), ("", "乙", 1)]
