"""Tables that are only frames: around the head, the title, the whole article, or its sign-off."""

from __future__ import annotations

from time import process_time
from typing import Final

import pytest

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.prepared import prepared_blocks
from tests.support.manuscripts import (
    BODY,
    TITLE,
    centred,
    large,
    parts_of,
    plain,
    read,
    rules,
    table,
)
from values.manuscript import Cell, Table


@pytest.mark.parametrize(
    ("cells", "house_lines"),
    [
        ([f"{TITLE}\n区教体局\n{BODY}\n{BODY}"], ()),
        ([TITLE, f"区教体局\n{BODY}", BODY], ()),
        ([f"内外兼修提升学前教育\n改革发展品质\n区教体局\n{BODY}\n{BODY}"], ()),
        ([f"{TITLE}\n区教体局\n{BODY}\n{BODY}\n撰稿：张敏"], ("撰稿：张敏",)),
    ],
)
@pytest.mark.parametrize("after", ["", plain("联系电话：8190001")])
def test_article_inside_a_frame_of_one_cell_is_read_as_paragraphs(
    cells: list[str], house_lines: tuple[str, ...], after: str
) -> None:
    result = read(table(*([cell] for cell in cells)) + after)
    manuscript = result.manuscript
    assert (manuscript.title, manuscript.byline, list(manuscript.lines)) == (TITLE, "区教体局", [BODY, BODY])
    assert manuscript.house_lines == house_lines + (("联系电话：8190001",) if after else ())
    assert rules(result) == ["title-guessed"]


def test_body_inside_a_frame_below_the_title_is_read_as_paragraphs() -> None:
    result = read(large(TITLE) + centred("区教体局") + table([f"{BODY}\n{BODY}"]))
    assert parts_of(result) == ((TITLE,), "区教体局", [BODY, BODY], ())


def test_table_with_columns_stays_a_table() -> None:
    rows = (["序号", "做法"], ["1", f"{BODY}\n{BODY}"])
    assert [type(block) for block in read(table(*rows)).manuscript.blocks] == [Table]


OFFICE: Final = ("撰稿：张敏", "审核：刘建军", "电话：8190001")


@pytest.mark.parametrize(
    "rows",
    [
        (["撰稿：张敏", "审核：刘建军", "电话：8190001"],),
        (["撰稿", "张敏", "审核", "刘建军", "电话", "8190001"],),
        (["撰稿：", "张敏", "审核：", "刘建军", "电话：", "8190001"],),
        (["撰稿", "张敏"], ["审核", "刘建军"], ["电话", "8190001"]),
        (["撰稿", "审核", "电话"], ["张敏", "刘建军", "8190001"]),
        (["撰稿：张敏\n审核：刘建军\n电话：8190001"],),
    ],
)
def test_cells_for_the_office_stay_out_of_print(rows: tuple[list[str], ...]) -> None:
    head = large(TITLE) + centred("区教体局")
    assert parts_of(read(head + plain(BODY) + table(*rows))) == ((TITLE,), "区教体局", [BODY], OFFICE)
    assert parts_of(read(head + table(*rows) + plain(BODY))) == ((TITLE,), "区教体局", [BODY], OFFICE)
    assert parts_of(read(head + plain(BODY) + table(*rows) + plain("2022年11月8日")))[3] == (*OFFICE, "2022年11月8日")


def test_cell_with_the_unit_at_the_end_signs() -> None:
    result = read(large(TITLE) + plain(BODY) + table(["报送单位", "区教体局", "审签", ""], ["撰稿人", "张敏"]))
    assert parts_of(result) == ((TITLE,), "区教体局", [BODY], ("报送单位：区教体局", "审签：", "撰稿人：张敏"))


@pytest.mark.parametrize(
    "rows",
    [
        (["联系人", "电话"], ["张敏", "8190001"], ["李喆", "8190002"]),
        (["单位", "数量"], ["区教体局", "3"]),
        (["项目", "负责人：张敏"], ["进度", "80%"]),
    ],
)
def test_table_of_the_body_at_the_end_stays(rows: tuple[list[str], ...]) -> None:
    [_, block] = read(large(TITLE) + centred("区教体局") + plain(BODY) + table(*rows)).manuscript.blocks
    assert isinstance(block, Table)
    assert [[cell.text for cell in row] for row in block.rows] == list(rows)


def test_mark_of_joint_units_beside_their_table_is_a_head() -> None:
    head = table(["区教体局", "文件"], ["区人社局", ""]) + centred("章教字〔2022〕15号")
    above = ("区教体局　文件", "区人社局", "章教字〔2022〕15号")
    assert parts_of(read(head + large(TITLE) + plain(BODY))) == ((TITLE,), None, [BODY], above)


def test_title_in_a_cell_below_the_head_is_the_title() -> None:
    head = centred("章教字〔2022〕15号") + table(["关于做好就业服务工作的通知"])
    assert parts_of(read(head + plain(BODY)))[0] == ("关于做好就业服务工作的通知",)


def test_cells_of_units_and_dates_below_the_text_sign() -> None:
    signed = table(["区教体局", "区人社局"], ["2022年11月3日", "2022年11月3日"])
    result = parts_of(read(large(TITLE) + plain(BODY) + signed))
    assert result == ((TITLE,), "区教体局、区人社局", [BODY], ("2022年11月3日", "2022年11月3日"))


def test_list_of_units_in_a_table_stays_a_table() -> None:
    assert isinstance(read(large(TITLE) + plain(BODY) + table(["区教体局", "区人社局"])).manuscript.blocks[-1], Table)


def test_many_tables_between_lines_of_a_head_are_read_at_once() -> None:
    pair: tuple[SourceBlock, ...] = (SourceParagraph("特急"), Table(((Cell("加急"),),), ()))
    started = process_time()
    prepared_blocks(pair * 4_000)
    assert process_time() - started < 1
