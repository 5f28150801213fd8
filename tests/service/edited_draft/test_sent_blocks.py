"""Which block of an article each line, table and picture of the sent draft prints."""

from __future__ import annotations

from intake.edited_file import EditedBlock
from service.edited_draft.sent_blocks import BlockPart, sent_blocks
from values.manuscript import Block, Cell, Paragraph, Picture, Table

TABLE = Table(((Cell("甲"),),))
EMF = Picture("a" * 64, "image/x-emf", 1, 1, caption="图一")


def parts(blocks: list[Block], *printed: Paragraph | Table | Picture) -> list[BlockPart | None]:
    return [block.of for block in sent_blocks(blocks, [EditedBlock(block) for block in printed])]


def test_lines_of_one_paragraph_are_its_parts() -> None:
    assert parts([Paragraph("一\n\n二"), TABLE], Paragraph("一"), Paragraph("二"), TABLE) == [
        BlockPart(0),
        BlockPart(0, 1),
        BlockPart(1),
    ]


def test_a_picture_that_cannot_be_printed_is_its_stand_in_and_its_caption() -> None:
    assert parts([EMF], Paragraph("〔图片无法排入〕"), Paragraph("图一")) == [BlockPart(0), BlockPart(0, 1)]


def test_a_wide_table_and_its_name_are_known_behind_lines_that_follow_them() -> None:
    blocks: list[Block] = [Paragraph("见表1。"), Paragraph("表1 情况表"), TABLE, Paragraph("后续。")]
    printed = (Paragraph("见表1。"), Paragraph("后续。"), Paragraph("表1 情况表"), TABLE)
    assert parts(blocks, *printed) == [BlockPart(0), BlockPart(3), BlockPart(1), BlockPart(2)]


def test_what_no_block_explains_has_none() -> None:
    assert parts([Paragraph("一")], Paragraph("一"), Paragraph("别的")) == [BlockPart(0), None]
