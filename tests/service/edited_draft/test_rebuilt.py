"""The text of an article as the edited file has it; what was not touched is the very same value."""

from __future__ import annotations

from dataclasses import replace

from intake.edited_file import EditedBlock
from service.edited_draft.pieces import HouseStyles, Piece
from service.edited_draft.rebuilt import added_text, rebuilt
from values.manuscript import Block, Cell, Formula, Heading, Manuscript, Mark, Paragraph, Picture, Table

HOUSE = HouseStyles()
FORMULA = Paragraph("取a/b之值。", formulas=(Formula("a/b", 1, "<m:oMath/>"),))
PICTURE = Picture("a" * 64, "image/png", 100, 50, "说明", "图一")
TABLE = Table(((Cell("街道"), Cell("户数")), (Cell("东外"), Cell("3"))), (1, 3), 1)


def line(text: str, style: str = "简报正文", *marks: Mark) -> EditedBlock:
    return EditedBlock(Paragraph(text, marks), style)


def piece(*body: EditedBlock, title: tuple[str, ...] = ("标题",)) -> Piece:
    return Piece(0, title, body, "", frozenset(), frozenset())


def article(*blocks: Block, title: tuple[str, ...] = ("标题",)) -> Manuscript:
    return Manuscript(title, None, blocks, ("撰稿：李明",))


def blocks_of(before: Manuscript, sent: Piece, edited: Piece) -> tuple[Block, ...]:
    return rebuilt(before, sent, edited, HOUSE).manuscript.blocks


def test_unchanged_piece_gives_the_same_article() -> None:
    before = article(FORMULA, Paragraph("上\n下"), PICTURE, TABLE, title=("标", "题"))
    sent = piece(
        line("取a/b之值。"),
        line("上"),
        line("下"),
        EditedBlock(replace(PICTURE, caption="")),
        line("图一", "图题"),
        EditedBlock(TABLE),
    )
    assert rebuilt(before, sent, sent, HOUSE).manuscript == before


def test_line_of_a_paragraph_with_line_breaks_is_changed_within_it() -> None:
    before = article(Paragraph("上面一行\n下面一行"))
    sent = piece(line("上面一行"), line("下面一行"))
    after = piece(line("上面一行"), line("下面两行m2", "简报正文", Mark(5, 6, "superscript")))
    assert blocks_of(before, sent, after) == (Paragraph("上面一行\n下面两行m2", (Mark(10, 11, "superscript"),)),)


def test_style_makes_a_heading_and_unmakes_it() -> None:
    before = article(Heading("一、做法", 1), Paragraph("二、成效"))
    sent = piece(line("一、做法", "一级标题"), line("二、成效"))
    after = piece(line("一、做法", "简报正文"), line("二、成效", "heading 2"))
    assert blocks_of(before, sent, after) == (Paragraph("一、做法"), Heading("二、成效", 2))
    unknown = piece(line("一、做法", "Normal"), line("二、成效", "Normal"))
    assert blocks_of(before, sent, unknown) == before.blocks


def test_changed_cell_keeps_widths_and_header_and_a_new_row_is_taken() -> None:
    sent = piece(EditedBlock(replace(TABLE, widths=(2000, 2000))))
    changed = replace(TABLE, rows=(TABLE.rows[0], (Cell("东外"), Cell("5"))), widths=(9, 9), header_rows=0)
    assert blocks_of(article(TABLE), sent, piece(EditedBlock(changed))) == (
        replace(TABLE, rows=(TABLE.rows[0], (Cell("东外"), Cell("5")))),
    )
    longer = replace(changed, rows=(*changed.rows, (Cell("南外"), Cell("4"))))
    assert blocks_of(article(TABLE), sent, piece(EditedBlock(longer))) == (replace(longer, header_rows=1),)


def test_picture_is_resized_replaced_and_captioned() -> None:
    bare = replace(PICTURE, caption="")
    sent = piece(EditedBlock(bare, source="f"), line("图一", "图题"))
    larger = replace(bare, width=200, height=100)
    assert blocks_of(article(PICTURE), sent, piece(EditedBlock(larger, source="f"), line("图一", "图题"))) == (
        replace(PICTURE, width=200, height=100),
    )
    other = Picture("b" * 64, "image/png", 100, 50)
    assert blocks_of(article(PICTURE), sent, piece(EditedBlock(other, source="g"), line("新图", "图题"))) == (
        replace(other, caption="新图", description="说明"),
    )
    assert blocks_of(article(PICTURE), sent, piece(EditedBlock(bare, source="f"))) == (bare,)


def test_title_is_broken_anew_only_where_its_words_changed() -> None:
    before = article(Paragraph("甲。"), title=("推进改革", "落地见效"))
    sent = piece(line("甲。"), title=("推进改革落地", "见效"))
    assert rebuilt(before, sent, sent, HOUSE).manuscript.title_lines == ("推进改革", "落地见效")
    after = piece(line("甲。"), title=("推进ISO", "9001改革"))
    assert rebuilt(before, sent, after, HOUSE).manuscript.title_lines == ("推进ISO 9001改革",)


def test_wide_table_returns_to_its_place_unless_the_editor_has_moved_it() -> None:
    before = article(Paragraph("见表1。"), TABLE, Paragraph("后续一段。"), Paragraph("结尾。"))
    sent = piece(line("见表1。"), line("后续一段。"), EditedBlock(TABLE), line("结尾。"))
    after = piece(line("见表1。"), line("后续一段改。"), EditedBlock(TABLE), line("结尾。"))
    assert blocks_of(before, sent, after)[1] == TABLE
    moved = piece(EditedBlock(TABLE), line("见表1。"), line("后续一段。"), line("结尾。"))
    assert blocks_of(before, sent, moved)[0] == TABLE


def test_added_article_has_title_byline_and_blocks() -> None:
    added = piece(
        line("区卫健委", "署名单位"), line("一、义诊", "一级标题"), line("开展义诊。"), title=("义诊", "进社区")
    )
    assert added_text(added, HOUSE) == Manuscript(
        ("义诊", "进社区"), "区卫健委", (Heading("一、义诊", 1), Paragraph("开展义诊。"))
    )
