"""Two texts beside each other: which sentences came, went or changed, and in a changed one which characters."""

from __future__ import annotations

import time

from hypothesis import given

from service.article.compare import ComparedRow, ComparedText, compared, differs
from tests.service.article.test_typed import MANUSCRIPTS
from values.manuscript import Block, Cell, Heading, Manuscript, Paragraph, Picture, Table

A, B, C, D = (Paragraph(text) for text in ("甲段。", "乙段。", "丙段。", "丁段。"))


def article(*blocks: Block | str, title: str = "标题", byline: str | None = None) -> Manuscript:
    return Manuscript((title,), byline, tuple(Paragraph(one) if isinstance(one, str) else one for one in blocks))


def told(before: Manuscript, after: Manuscript) -> list[str]:
    """Each row that is not equal, changed characters in brackets: what it was / what it is."""
    return [f"{row.change} {_shown(row.before)}/{_shown(row.after)}" for row in _different(compared(before, after))]


def _different(rows: tuple[ComparedRow, ...]) -> list[ComparedRow]:
    return [row for row in rows if row.change != "equal"]


def _shown(pieces: tuple[ComparedText, ...]) -> str:
    return "".join(f"[{one.text}]" if one.changed else one.text for one in pieces)


def test_a_changed_number_is_shown_within_its_sentence() -> None:
    before = article("全区发放补助4912万元。惠及企业320家。")
    after = article("全区发放补助4921万元。惠及企业320家。")
    [change] = told(before, after)
    assert change == "changed 全区发放补助[4912]万元。/全区发放补助[4921]万元。"
    assert len(compared(before, after)) == 3


def test_sentences_that_came_and_went_stand_where_they_were() -> None:
    before = article("第一句说的是甲。第二句说的是乙。第三句。")
    after = article("第一句说的是甲。第三句。新加的完全另外一句！")
    assert told(before, after) == ["removed [第二句说的是乙。]/", "added /[新加的完全另外一句！]"]


def test_a_quotation_mark_belongs_to_the_sentence_that_it_closes() -> None:
    rows = compared(article("他说：“好！”大家笑了。"), article("他说：“好！”大家笑了。"))
    assert [row.after[0].text for row in rows] == ["标题", "他说：“好！”", "大家笑了。"]


def test_title_byline_heading_table_and_picture_are_compared_too() -> None:
    picture = Picture("a" * 64, "image/png", 1, 1, caption="图1")
    before = article(Heading("一、做法", 1), Table(((Cell("甲"), Cell("1")), (Cell("乙"), Cell("2")))), picture)
    after = article(
        Heading("一、主要做法", 1), Table(((Cell("甲"), Cell("1")), (Cell("乙"), Cell("3")))), title="新标题"
    )
    rows = _different(compared(before, after))
    assert [(row.change, row.part) for row in rows] == [
        ("changed", "title"),
        ("changed", "heading"),
        ("changed", "table"),
        ("removed", "picture"),
    ]


@given(MANUSCRIPTS, MANUSCRIPTS)
def test_nothing_of_either_text_is_lost(before: Manuscript, after: Manuscript) -> None:
    rows = compared(before, after)
    for manuscript, side in ((before, "before"), (after, "after")):
        said = "".join(piece.text for row in rows for piece in getattr(row, side))
        whole = "".join(
            (*manuscript.title_lines, manuscript.byline or "", *_texts(manuscript), *manuscript.house_lines)
        )
        assert "".join(said.split()) == "".join(whole.split())


def _texts(manuscript: Manuscript) -> list[str]:
    tables = [
        "".join(cell.text for row in block.rows for cell in row) if isinstance(block, Table) else ""
        for block in manuscript.blocks
    ]
    return [
        table or (block.caption if isinstance(block, Picture) else "" if isinstance(block, Table) else block.text)
        for table, block in zip(tables, manuscript.blocks, strict=True)
    ]


@given(MANUSCRIPTS)
def test_a_text_does_not_differ_from_itself(manuscript: Manuscript) -> None:
    assert not differs(compared(manuscript, manuscript))


def test_an_article_of_1500_characters_is_compared_at_once() -> None:
    sentences = [f"第{n}项工作按照区委区政府的部署要求扎实推进取得阶段性成效。" for n in range(52)]
    changed = [one.replace("扎实", "有力") if n % 7 == 0 else one for n, one in enumerate(sentences) if n % 11 != 3]
    before, after = (
        article(*("".join(text[at : at + 6]) for at in range(0, len(text), 6))) for text in (sentences, changed)
    )
    assert len(before.text) > 1_500
    fastest = min(_seconds(before, after) for _ in range(3))
    assert fastest < 0.1


def _seconds(before: Manuscript, after: Manuscript) -> float:
    started = time.perf_counter()
    compared(before, after)
    return time.perf_counter() - started


def test_a_very_long_sentence_is_not_compared_within_itself() -> None:
    before, after = article("长" * 20_000 + "。"), article("长" * 20_001 + "。")
    [row] = _different(compared(before, after))
    assert (row.change, len(row.before)) == ("changed", 1)
