"""Changes of two editors are merged where they are in different places."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from service.article.merge import merged
from tests.service.article.test_typed import MANUSCRIPTS
from values.manuscript import Block, Manuscript, Paragraph

A, B, C, D = (Paragraph(text) for text in ("甲段。", "乙段。", "丙段。", "丁段。"))


def article(*blocks: Block | str, title: str = "标题", byline: str | None = None) -> Manuscript:
    return Manuscript(
        (title,), byline, tuple(Paragraph(block) if isinstance(block, str) else block for block in blocks)
    )


def test_changes_of_different_paragraphs_are_put_together() -> None:
    mine, theirs = article(A, Paragraph("乙段改。"), C), article(D, A, B, C, title="新标题")
    assert merged(article(A, B, C), mine, theirs) == article(D, A, Paragraph("乙段改。"), C, title="新标题")


def test_changes_of_neighbouring_paragraphs_are_put_together_too() -> None:
    assert merged(article(A, B), article(C, B), article(A, D)) == article(C, D)


def test_the_same_change_twice_is_one() -> None:
    assert merged(article(A, B), article(A, C), article(A, C)) == article(A, C)


def test_one_paragraph_changed_by_both_is_left_to_them() -> None:
    assert merged(article(A, B), article(A, C), article(A, D)) is None
    assert merged(article(A), article(A, title="甲"), article(A, title="乙")) is None


@given(MANUSCRIPTS, MANUSCRIPTS)
def test_merge_without_own_change_takes_the_other_text(base: Manuscript, theirs: Manuscript) -> None:
    assert merged(base, base, theirs) == theirs
    assert merged(base, theirs, base) == theirs


@given(st.data())
def test_merging_keeps_what_both_left_alone(data: st.DataObject) -> None:
    base = data.draw(MANUSCRIPTS)
    cut = data.draw(st.integers(0, len(base.blocks)))
    mine = article(*base.blocks[:cut], A)
    found = merged(article(*base.blocks), mine, article(*base.blocks))
    assert found == mine


def test_what_is_no_text_is_taken_from_the_current_revision() -> None:
    base = article(A)
    theirs = replace(base, house_lines=("撰稿：王某",))
    assert merged(base, article(B), theirs) == replace(article(B), house_lines=("撰稿：王某",))
