"""A returned article as a Word file: valid, and each way of settling its changes gives the text that it stands for."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.marked_copy import marked_copy
from service.article.block_changes import block_changes
from tests.support.docx_rules import violations
from tests.support.remarks import remarks
from tests.support.tracked_changes import lines, settled
from values import rules
from values.finding import Finding
from values.manuscript import Block, Cell, Formula, Heading, Manuscript, Mark, Paragraph, Picture, Table
from values.marked_copy import MarkedCopy, PlacedRemark

AT = datetime(2022, 11, 8, 9, 0, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
PICTURE = Picture("a" * 64, "image/png", 914_400, 914_400)
OMML = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>a/2</m:t></m:r></m:oMath>'
)


def manuscript(*blocks: Block, title: str = "题目", byline: str | None = "区教体局") -> Manuscript:
    return Manuscript((title,), byline, blocks)


def copy_of(before: Manuscript, after: Manuscript, *findings: Finding, remark: PlacedRemark | None = None) -> bytes:
    changes = block_changes(before.blocks, after.blocks)
    placed = (remark,) if remark else ()
    return marked_copy(MarkedCopy(before, after, changes, findings, placed, AT, "<returned.1@a>"), lambda _: PNG)


def document(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml")


def shown(text: Manuscript) -> list[str]:
    """Its lines as they are paragraphs of the file."""
    printed = [text.title, text.byline or ""]
    for block in text.blocks:
        if isinstance(block, Table):
            printed += [line for row in block.rows for cell in row for line in cell.text.split("\n")]
        elif isinstance(block, Picture):
            printed.append(block.caption)
        else:
            printed.append(block.text)
    return [line for line in printed if line]


GRID = Table(((Cell("街道"), Cell("户数")), (Cell("甲"), Cell("12\n其中新增3"))), header_rows=1)
CASES = {
    "a word": ((Paragraph("全区建成12个中心。"),), (Paragraph("全区建成15个中心。"),)),
    "a paragraph removed": ((Paragraph("甲"), Paragraph("乙")), (Paragraph("乙"),)),
    "a paragraph added": ((Paragraph("甲"),), (Paragraph("甲"), Paragraph("新的一段"))),
    "all rewritten": ((Paragraph("原来的内容在这里"),), (Paragraph("彻底另写过一遍。"), Heading("一、甲", 1))),
    "a heading of a paragraph": ((Paragraph("一、甲"),), (Heading("一、甲", 1),)),
    "a cell": ((GRID,), (replace(GRID, rows=((GRID.rows[0]), (Cell("甲"), Cell("15\n其中新增6")))),)),
    "lines of a cell": ((GRID,), (replace(GRID, rows=((GRID.rows[0]), (Cell("甲乙"), Cell("15")))),)),
    "a table removed": ((Paragraph("甲"), GRID), (Paragraph("甲"),)),
    "a table added": ((Paragraph("甲"),), (Paragraph("甲"), GRID, GRID)),
    "a picture removed": ((PICTURE, Paragraph("甲")), (Paragraph("甲"),)),
    "a picture added": ((Paragraph("甲"),), (Paragraph("甲"), replace(PICTURE, caption="图一"))),
    "a caption": ((replace(PICTURE, caption="图一"),), (replace(PICTURE, caption="图二"),)),
    "a caption removed": ((replace(PICTURE, caption="图一"),), (PICTURE,)),
    "a square": ((Paragraph("面积12m2", (Mark(6, 7, "superscript"),)),), (Paragraph("面积12亩"),)),
    "beside a formula": (
        (Paragraph("得a/2元", formulas=(Formula("a/2", 1, OMML),)),),
        (Paragraph("共得a/2元整", formulas=(Formula("a/2", 2, OMML),)),),
    ),
    "markup in the text": ((Paragraph('<w:t>&"甲"</w:t>'),), (Paragraph('<w:del>&"乙"'),)),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_accepted_it_is_the_proposal_and_refused_what_was_sent(
    before: tuple[Block, ...], after: tuple[Block, ...]
) -> None:
    sent, proposed = manuscript(*before), manuscript(*after, title="新题目", byline=None)
    data = copy_of(sent, proposed, remark=PlacedRemark(0, "请核实"))
    assert violations(data) == []
    for text, accepted in ((proposed, True), (sent, False)):  # a formula is in no w:t, or printed where it was changed
        settled_text = "".join(lines(settled(document(data), accepted=accepted)))
        assert settled_text.replace("a/2", "") == "".join(shown(text)).replace("a/2", "").replace("\n", "")


def test_comments_cover_the_words_that_they_are_about() -> None:
    text = "一是建立台帐。"
    finding = rules.CONFUSABLE_WORD.finding("用“台账”。", 0, 4, 6, suggestion="台账")
    data = copy_of(manuscript(Paragraph(text)), manuscript(Paragraph(text.replace("帐", "账"))), finding)
    assert [text for text, _ in remarks(data)] == ["台账"]
    assert violations(data) == []


def test_same_arguments_give_the_same_bytes() -> None:
    sent, proposed = manuscript(PICTURE, Paragraph("甲")), manuscript(PICTURE, Paragraph("乙"))
    assert copy_of(sent, proposed) == copy_of(sent, proposed)


words = st.text("甲乙丙12。<& \n", min_size=1, max_size=12).filter(lambda text: text.strip() == text)
blocks = st.lists(
    st.one_of(
        st.builds(Paragraph, words.map(lambda text: text.replace("\n", ""))).filter(lambda block: block.text != ""),
        st.builds(Heading, words.map(lambda text: text.replace("\n", "") or "甲"), st.integers(1, 4)),
        st.builds(lambda a, b: Table(((Cell(a), Cell(b)),)), words, words),
    ),
    max_size=5,
)


@settings(max_examples=40, deadline=None)
@given(blocks, blocks)
def test_any_two_texts(before: list[Block], after: list[Block]) -> None:
    sent, proposed = manuscript(*before), manuscript(*after)
    data = document(copy_of(sent, proposed))
    assert "".join(lines(settled(data, accepted=True))) == "".join(shown(proposed))
    assert "".join(lines(settled(data, accepted=False))) == "".join(shown(sent))
