"""附件: what is attached to an article stays with it, in order, under a heading."""

from __future__ import annotations

import pytest

from tests.support.manuscripts import BODY, PAGE, TITLE, centred, large, parts_of, plain, read, table
from values.manuscript import Block, Heading, Paragraph, Table

HEAD = large(TITLE) + centred("区教体局")
END = plain("区教体局", "2022年11月1日")


def shapes(body: str) -> list[str]:
    """The blocks of an article: headings with their level before them, a table as "table"."""
    return [_shape(block) for block in read(body).manuscript.blocks]


def _shape(block: Block) -> str:
    if isinstance(block, Table):
        return "table"
    assert isinstance(block, Paragraph | Heading)
    return f"{block.level} {block.text}" if isinstance(block, Heading) else block.text


@pytest.mark.parametrize("mark", ["附件", "附件1", "附件一", "附 件", "（附件2）", "附表1"])
@pytest.mark.parametrize("page", ["", PAGE])
def test_annex_follows_under_a_heading_with_its_title(mark: str, page: str) -> None:
    body = HEAD + plain(BODY) + page + plain(mark) + large("幼儿园评估办法") + plain(BODY) + table(["序号"], ["1"])
    assert shapes(body) == [BODY, f"1 {mark}", "1 幼儿园评估办法", BODY, "table"]
    assert read(body).manuscript.title == TITLE


def test_note_on_annexes_stays_at_the_end_of_the_text() -> None:
    notes = ["附件：1.评估办法", "2.评分表"]
    annexes = plain("附件1") + large("评估办法") + plain(BODY)
    assert shapes(HEAD + plain(BODY, *notes) + annexes)[:3] == [BODY, *notes]


@pytest.mark.parametrize("note", [(), ("附件：评估办法",)])
def test_signature_above_the_annexes_is_taken_and_the_annexes_stay(note: tuple[str, ...]) -> None:
    annex = plain("附件") + large("评估办法") + plain(BODY)
    result = read(large(TITLE) + plain(BODY, *note) + END + annex)
    assert parts_of(result) == ((TITLE,), "区教体局", [BODY, *note, "附件", "评估办法", BODY], ("2022年11月1日",))


def test_note_on_annexes_may_stand_below_the_signature() -> None:
    result = read(large(TITLE) + plain(BODY) + END + plain("附件：评估办法", "联系人：张敏"))
    assert parts_of(result) == ((TITLE,), "区教体局", [BODY, "附件：评估办法"], ("2022年11月1日", "联系人：张敏"))


def test_lines_for_the_office_below_an_annex_are_taken_too() -> None:
    result = read(HEAD + plain(BODY, "附件1") + large("评估办法") + plain(BODY, "撰稿：张敏"))
    assert parts_of(result)[2:] == ([BODY, "附件1", "评估办法", BODY], ("撰稿：张敏",))


def test_sentence_about_an_annex_is_no_heading() -> None:
    assert shapes(HEAD + plain("附件所列项目均已完成。", BODY)) == ["附件所列项目均已完成。", BODY]
