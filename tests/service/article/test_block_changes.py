"""Two bodies of an article, block by block."""

from __future__ import annotations

from service.article.block_changes import block_changes
from values.manuscript import Cell, Heading, Paragraph, Picture, Table


def test_moved_and_rewritten_blocks_are_removed_and_added() -> None:
    before = (Paragraph("甲镇建成养老服务中心三处。"), Paragraph("乙镇新修道路五公里。"))
    after = (Paragraph("乙镇新修道路六公里。"), Paragraph("全新的一段话，讲的是别的。"))
    changes = block_changes(before, after)
    assert [(c.before, c.after) for c in changes] == [(before[0], None), (before[1], after[0]), (None, after[1])]


def test_blocks_of_another_kind_and_shape_are_not_made_of_each_other() -> None:
    small, wide = Table(((Cell("甲"),),)), Table(((Cell("甲"), Cell("乙")),))
    pictures = [Picture(digest * 64, "image/png", 1, 1) for digest in "ab"]
    for before, after in ((small, wide), (pictures[0], pictures[1]), (Paragraph("甲"), small)):
        changes = block_changes((before,), (after,))
        assert {(c.before, c.after) for c in changes} == {(before, None), (None, after)}


def test_paragraph_that_became_a_heading_and_changed_cell_are_pairs() -> None:
    before = (Paragraph("一、主要做法"), Table(((Cell("甲"), Cell("1")),)))
    after = (Heading("一、主要的做法", 1), Table(((Cell("甲"), Cell("2")),)))
    assert [(c.before, c.after) for c in block_changes(before, after)] == list(zip(before, after, strict=True))
