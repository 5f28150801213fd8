"""Which block of the sent draft each block of the edited one was made of."""

from __future__ import annotations

from intake.edited_file import EditedBlock
from service.edited_draft.matching import matched
from service.edited_draft.sent_blocks import BlockPart, SentBlock
from values.manuscript import Block, Cell, Paragraph, Picture, Table


def edited(*blocks: Block) -> list[EditedBlock]:
    return [EditedBlock(block) for block in blocks if not hasattr(block, "level")]


def origins(before: list[EditedBlock], after: list[EditedBlock]) -> list[int | None]:
    sent = [SentBlock(block, BlockPart(place)) for place, block in enumerate(before)]
    return [block.sent.of.block if block.sent and block.sent.of else None for block in matched(sent, after)]


A, B, C = Paragraph("新建社区食堂十二个。"), Paragraph("培训护理人员三百人。"), Paragraph("继续扩大服务覆盖面。")


def test_changed_lines_are_paired_and_new_ones_are_nobodys() -> None:
    after = edited(A, Paragraph("培训护理人员五百人。"), Paragraph("全新的一段话。"), C)
    assert origins(edited(A, B, C), after) == [0, 1, None, 2]


def test_a_line_that_was_moved_is_itself() -> None:
    assert origins(edited(A, B, C), edited(C, A, B)) == [2, 0, 1]


def test_a_picture_in_the_place_of_another_is_made_of_it() -> None:
    before, after = Picture("a" * 64, "image/png", 1, 1), Picture("b" * 64, "image/png", 1, 1)
    assert origins(edited(A, before, C), edited(A, after, C)) == [0, 1, 2]


def test_a_table_is_never_made_of_a_line() -> None:
    table = Table(((Cell("新建社区食堂十二个。"),),))
    assert origins(edited(A), edited(table)) == [None]
