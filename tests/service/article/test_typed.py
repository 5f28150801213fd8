"""The form of an article: untouched it changes nothing, and a change of words leaves the structure alone."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from service.article.typed import TypedArticle, TypedBlock, edited, moved, typed_of, with_paragraph_after, without
from values.manuscript import Block, Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table

TEXTS = st.text(alphabet=st.sampled_from("甲乙，。 \n\t\r\u3000\x00\x0b²\u202eé\U0001f600a1"), max_size=30)
MARKS = st.builds(Mark, st.integers(0, 5), st.integers(6, 9), st.sampled_from(["superscript", "subscript"]))
CELLS = st.builds(Cell, TEXTS, st.integers(1, 3), st.integers(1, 3))
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, TEXTS, st.lists(MARKS, max_size=2).map(tuple)),
    st.builds(Heading, TEXTS, st.integers(1, 4)),
    st.builds(
        Table,
        st.lists(st.lists(CELLS, max_size=3).map(tuple), max_size=3).map(tuple),
        st.lists(st.integers(1, 9), max_size=3).map(tuple),
        st.integers(0, 2),
    ),
    st.builds(Picture, st.just("0" * 64), st.just("image/png"), st.integers(1, 9), st.integers(1, 9), TEXTS, TEXTS),
)
MANUSCRIPTS = st.builds(
    Manuscript,
    st.lists(TEXTS, max_size=3).map(tuple),
    st.none() | TEXTS.filter(lambda text: bool(text.strip())),
    st.lists(BLOCKS, max_size=6).map(tuple),
    st.lists(TEXTS, max_size=2).map(tuple),
)
TABLE = Table(((Cell("项目", colspan=2),), (Cell("甲", rowspan=2), Cell("1")), (Cell("2"),)), (30, 70), 1)
PICTURE = Picture("a" * 64, "image/png", 100, 50, "会场", "图1 会场")


def from_browser(typed: TypedArticle) -> TypedArticle:
    """As a browser sends the fields: line breaks are CR LF."""

    def sent(text: str) -> str:
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")

    blocks = (
        replace(one, text=sent(one.text), cells=tuple(tuple(map(sent, row)) for row in one.cells))
        for one in typed.blocks
    )
    return TypedArticle(sent(typed.title), typed.byline, tuple(blocks))


@given(MANUSCRIPTS)
def test_a_form_that_nobody_touched_gives_back_the_same_manuscript(manuscript: Manuscript) -> None:
    assert edited(manuscript, from_browser(typed_of(manuscript))) == manuscript


@given(MANUSCRIPTS, TEXTS, st.integers(0, 5))
def test_words_typed_into_one_field_change_no_other_block(manuscript: Manuscript, text: str, at: int) -> None:
    typed = typed_of(manuscript)
    if at >= len(typed.blocks):
        return
    blocks = (*typed.blocks[:at], replace(typed.blocks[at], text=text), *typed.blocks[at + 1 :])
    found = edited(manuscript, replace(typed, blocks=blocks))
    assert found.blocks[:at] == manuscript.blocks[:at]
    after = manuscript.blocks[at + 1 :]
    assert found.blocks[len(found.blocks) - len(after) :] == after


def typed_into(manuscript: Manuscript, at: int, text: str) -> Manuscript:
    typed = typed_of(manuscript)
    blocks = (*typed.blocks[:at], replace(typed.blocks[at], text=text), *typed.blocks[at + 1 :])
    return edited(manuscript, replace(typed, blocks=blocks))


def article(*blocks: Block) -> Manuscript:
    return Manuscript(("标题", "分两行"), "区教体局", blocks)


def test_marks_stay_on_their_characters_where_the_text_around_them_is_unchanged() -> None:
    before = article(Paragraph("占地300米2，排放CO2。", (Mark(6, 7, "superscript"), Mark(12, 13, "subscript"))))
    [block] = typed_into(before, 0, "园区占地350米2，排放CO二。").blocks
    assert block == Paragraph("园区占地350米2，排放CO二。", (Mark(8, 9, "superscript"),))


def test_a_blank_line_parts_a_paragraph_and_each_part_keeps_its_marks() -> None:
    before = article(Paragraph("占地300米2。排放CO2。", (Mark(6, 7, "superscript"), Mark(12, 13, "subscript"))))
    assert typed_into(before, 0, "占地300米2。\r\n\r\n　　排放CO2。\r\n").blocks == (
        Paragraph("占地300米2。", (Mark(6, 7, "superscript"),)),
        Paragraph("排放CO2。", (Mark(4, 5, "subscript"),)),
    )


def test_a_line_break_alone_stays_within_its_paragraph() -> None:
    assert typed_into(article(Paragraph("甲")), 0, "甲\r\n乙").blocks == (Paragraph("甲\n乙"),)


def test_a_heading_stands_alone_on_its_line() -> None:
    before = article(Heading("一、做法", 1))
    assert typed_into(before, 0, "一、主要做法\r\n先说明。").blocks == (
        Heading("一、主要做法", 1),
        Paragraph("先说明。"),
    )


def test_a_paragraph_can_become_a_heading_and_back() -> None:
    typed = typed_of(article(Paragraph("一、做法"), Heading("甲。", 2)))
    blocks = (replace(typed.blocks[0], kind="heading-1"), replace(typed.blocks[1], kind="paragraph"))
    found = edited(article(Paragraph("一、做法"), Heading("甲。", 2)), replace(typed, blocks=blocks))
    assert found.blocks == (Heading("一、做法", 1), Paragraph("甲。"))


def test_an_empty_field_is_a_block_that_goes() -> None:
    assert typed_into(article(Paragraph("甲。"), Paragraph("乙。")), 0, " \r\n　").blocks == (Paragraph("乙。"),)


def test_a_cell_gets_its_words_and_the_table_keeps_spans_widths_and_header() -> None:
    typed = typed_of(article(TABLE))
    cells = (("项目",), ("甲", "１００\x07"), ("2",))
    found = edited(article(TABLE), replace(typed, blocks=(replace(typed.blocks[0], cells=cells),)))
    assert found.blocks == (
        Table(((Cell("项目", colspan=2),), (Cell("甲", rowspan=2), Cell("１００")), (Cell("2"),)), (30, 70), 1),
    )


def test_cells_that_are_missing_in_the_form_stay_as_they_are() -> None:
    typed = typed_of(article(TABLE))
    for cells in ((), (("总计", "多出来的"),)):
        [table] = edited(article(TABLE), replace(typed, blocks=(replace(typed.blocks[0], cells=cells),))).blocks
        assert isinstance(table, Table)
        assert table.rows[1:] == TABLE.rows[1:]


def test_a_caption_changes_and_its_picture_stays() -> None:
    assert typed_into(article(PICTURE), 0, "图1\r\n 新会场").blocks == (replace(PICTURE, caption="图1 新会场"),)


def test_a_picture_or_table_cannot_be_invented() -> None:
    typed = typed_of(article(Paragraph("甲。")))
    for key, kind in (("n1", "picture"), ("0", "table"), ("99", "table"), ("-1", "picture"), ("一", "picture")):
        made = replace(typed, blocks=(TypedBlock(key, kind, "x", (("y",),)),))  # type: ignore[arg-type]
        assert edited(article(Paragraph("甲。")), made).blocks == ()


def test_blocks_are_moved_added_and_removed() -> None:
    before = article(Paragraph("甲。"), PICTURE, Paragraph("乙。"))
    typed = typed_of(before)
    assert edited(before, moved(typed, "1", 1)).blocks == (Paragraph("甲。"), Paragraph("乙。"), PICTURE)
    assert edited(before, moved(typed, "0", -1)) == before
    assert edited(before, moved(typed, "9", 1)) == before
    assert edited(before, without(typed, "1")).blocks == (Paragraph("甲。"), Paragraph("乙。"))
    added = with_paragraph_after(with_paragraph_after(typed, "0"), "")
    assert [one.key for one in added.blocks] == ["n2", "0", "n1", "1", "2"]
    assert edited(before, added) == before


def test_unprintable_characters_are_dropped_and_a_title_keeps_its_lines() -> None:
    typed = replace(typed_of(article()), title="新\x00标题\r\n\r\n 第二行\u202e ", byline=" \r\n")
    found = edited(article(), typed)
    assert (found.title_lines, found.byline) == (("新标题", "第二行"), None)
