"""What stands around an article in its file: mastheads, frames, subtitles, writers, office tables, greetings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from tests.support.manuscripts import (
    BODY,
    TITLE,
    centred,
    large,
    plain,
    read,
    red,
    rules,
    table,
    told,
)
from values.manuscript import Table

ISSUED: Final = "章贡区教育体育局办公室　2022年11月5日"


@pytest.mark.parametrize(
    ("masthead", "house_lines"),
    [
        (red("工作简报") + centred("第12期", ISSUED), ("工作简报", "第12期", ISSUED)),
        (red("章贡教育") + centred("第12期") + plain(ISSUED), ("章贡教育", "第12期", ISSUED)),
        (red("章贡区教育体育局\n工作简报\n第12期"), ("章贡区教育体育局", "工作简报", "第12期")),
        (red("工作简报（第12期）") + centred("章贡区教育体育局办公室", "2022年11月5日"), None),
        (plain("教体信息", "2022年第12期（总第30期）", ISSUED, "签发：刘建军"), None),
        (red("工作简报") + centred("第 十二 期") + table(["章贡区教育体育局办公室", "2022年11月5日"]), None),
        (red("工作简报") + plain(ISSUED), None),
        (red("工作简报") + centred("（2022年第12期）"), None),
        (plain("内部资料 注意保存") + red("工作简报") + centred("第12期") + plain("主办：章贡区教体局", ISSUED), None),
        (red("章贡教育信息") + plain("第12期　　章贡区教育局办公室　　2022年11月5日"), None),
        (table(["工作简报\n第12期"]) + plain(ISSUED), None),
    ],
)
@pytest.mark.parametrize(
    "title", [large(TITLE), large("内外兼修提升学前教育\n改革发展品质"), large("内外兼修", "提升品质")]
)
def test_masthead_of_a_department_is_kept_on_record_and_the_title_below_it_is_found(
    masthead: str, house_lines: tuple[str, ...] | None, title: str
) -> None:
    result = read(masthead + title + centred("区教体局") + plain(BODY, BODY))
    expected = read(title + centred("区教体局") + plain(BODY, BODY))
    assert told(result)[:3] == told(expected)[:3]
    assert told(result)[1:3] == ("区教体局", [BODY, BODY])
    assert house_lines is None or told(result)[3] == house_lines
    assert rules(result) == []


def test_masthead_without_a_title_below_is_no_title() -> None:
    result = read(red("工作简报") + centred("第12期", ISSUED) + plain(BODY), "学前教育.docx")
    assert told(result) == (("学前教育",), None, [BODY], ("工作简报", "第12期", ISSUED))
    assert rules(result) == ["title-from-name"]


def test_title_below_a_masthead_may_be_set_as_the_body_is() -> None:
    result = read(red("工作简报") + centred("第12期", ISSUED) + plain(TITLE, BODY))
    assert told(result) == ((TITLE,), None, [BODY], ("工作简报", "第12期", ISSUED))
    assert rules(result) == ["title-guessed"]


@pytest.mark.parametrize(
    ("head", "title_lines", "body"),
    [
        (large("“五型”政府大讲堂", "第12期"), ("“五型”政府大讲堂", "第12期"), []),
        (large("“五型”政府大讲堂第12期开讲"), ("“五型”政府大讲堂第12期开讲",), []),
        (large("关于外事工作的专报"), ("关于外事工作的专报",), []),
        (large(TITLE), (TITLE,), ["第12期培训班"]),
    ],
)
def test_title_with_the_number_of_something_is_no_masthead(
    head: str, title_lines: tuple[str, ...], body: list[str]
) -> None:
    result = read(head + plain("区教体局 2022年11月8日", *body, BODY))
    assert told(result) == (title_lines, "区教体局", [*body, BODY], ("2022年11月8日",))


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
    assert told(result) == ((TITLE,), "区教体局", [BODY, BODY], ())


def test_table_with_columns_stays_a_table() -> None:
    rows = (["序号", "做法"], ["1", f"{BODY}\n{BODY}"])
    assert [type(block) for block in read(table(*rows)).manuscript.blocks] == [Table]


@pytest.mark.parametrize("setting", [plain, centred])
@pytest.mark.parametrize("title", [(TITLE,), ("内外兼修提升学前教育", "改革发展品质")])
@pytest.mark.parametrize(
    ("below", "subtitle", "house_lines"),
    [
        (("——以文清小学为例", "区教体局"), ("——以文清小学为例",), ()),
        (("——以文清小学为例", "张敏", "区教体局"), ("——以文清小学为例",), ("张敏",)),
        (("张 敏", "区教体局"), (), ("张 敏",)),
        (("张敏　刘建军", "区教体局"), (), ("张敏　刘建军",)),
        (("文/欧阳小敏", "区教体局"), (), ("文/欧阳小敏",)),
        (("区教体局", "张敏"), (), ("张敏",)),
        (("（以文清小学为例）", "（张敏）", "区教体局"), ("（以文清小学为例）",), ("（张敏）",)),
    ],
)
def test_subtitle_and_writers_name_do_not_hide_the_byline(
    setting: Callable[..., str],
    title: tuple[str, ...],
    below: tuple[str, ...],
    subtitle: tuple[str, ...],
    house_lines: tuple[str, ...],
) -> None:
    result = read(large(*title) + setting(*below) + plain(BODY))
    assert told(result) == ((*title, *subtitle), "区教体局", [BODY], house_lines)


def test_subtitle_and_writer_are_told_when_nothing_is_set_off() -> None:
    result = read(plain(TITLE, "——以文清小学为例", "张敏", "区教体局", BODY))
    assert told(result) == ((TITLE, "——以文清小学为例"), "区教体局", [BODY], ("张敏",))


@pytest.mark.parametrize("line", ["基本情况", "主要做法", "党建引领", "文化惠民"])
def test_short_heading_below_the_byline_is_not_taken_for_a_name(line: str) -> None:
    assert told(read(large(TITLE) + centred("区教体局", line) + plain(BODY)))[2:] == ([line, BODY], ())


def test_subtitle_may_be_broken_in_two() -> None:
    result = read(large(TITLE) + centred("——以文清小学", "和厚德小学为例", "区教体局") + plain(BODY))
    assert told(result) == ((TITLE, "——以文清小学", "和厚德小学为例"), "区教体局", [BODY], ())


def test_dashes_that_list_points_are_not_a_subtitle() -> None:
    points = ["——加强领导", "——压实责任"]
    assert told(read(large(TITLE) + plain(*points, BODY))) == ((TITLE,), None, [*points, BODY], ())


@pytest.mark.parametrize(
    ("line", "byline", "house_lines"),
    [
        ("区教体局  2022年11月8日", "区教体局", ("2022年11月8日",)),
        ("2022年11月8日 区教体局", "区教体局", ("2022年11月8日",)),
        ("区教体局（2022年11月8日）", "区教体局", ("2022年11月8日",)),
        ("（区教体局 2022年11月8日）", "区教体局", ("2022年11月8日",)),
        ("供稿：区教体局　二〇二二年十一月八日", "区教体局", ("二〇二二年十一月八日",)),
        ("区教体局 张敏 2022-11-08", "区教体局", ("区教体局 张敏 2022-11-08",)),
        ("区林业局 2022年11月8日", "区林业局", ("2022年11月8日",)),
        ("2022-11-08 来源：区教体局", "区教体局", ("2022-11-08",)),
    ],
)
@pytest.mark.parametrize("at_end", [False, True])
def test_unit_and_date_in_one_line_are_byline_and_date(
    line: str, byline: str, house_lines: tuple[str, ...], at_end: bool
) -> None:
    lines = (BODY, line) if at_end else (line, BODY)
    assert told(read(large(TITLE) + plain(*lines))) == ((TITLE,), byline, [BODY], house_lines)


@pytest.mark.parametrize("end", [("区教体局", "张敏"), ("张敏", "区教体局", "2022年11月8日")])
def test_writers_name_beside_the_signature_at_the_end_is_kept_on_record(end: tuple[str, ...]) -> None:
    result = read(large(TITLE) + plain(BODY, *end))
    assert told(result)[:3] == ((TITLE,), "区教体局", [BODY])
    assert result.manuscript.house_lines == tuple(line for line in end if line != "区教体局")


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
    assert told(read(head + plain(BODY) + table(*rows))) == ((TITLE,), "区教体局", [BODY], OFFICE)
    assert told(read(head + table(*rows) + plain(BODY))) == ((TITLE,), "区教体局", [BODY], OFFICE)
    assert told(read(head + plain(BODY) + table(*rows) + plain("2022年11月8日")))[3] == (*OFFICE, "2022年11月8日")


def test_cell_with_the_unit_at_the_end_signs() -> None:
    result = read(large(TITLE) + plain(BODY) + table(["报送单位", "区教体局", "审签", ""], ["撰稿人", "张敏"]))
    assert told(result) == ((TITLE,), "区教体局", [BODY], ("审签：", "撰稿人：张敏"))


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


@pytest.mark.parametrize(
    "above",
    [
        ("区五型办：",),
        ("区“五型”办:", "您好！"),
        ("尊敬的编辑：", "您好！现报送稿件一篇，请审阅。"),
        ("区五型办：", "现将我局信息稿件一篇报送给你们，请审阅采用。"),
        ("区政府办公室领导您好！",),
        ("区“五型”政府建设领导小组办公室：",),
    ],
)
def test_salutation_is_neither_title_nor_print(above: tuple[str, ...]) -> None:
    set_off = read(plain(*above) + large("内外兼修提升学前教育\n改革发展品质") + centred("区教体局") + plain(BODY))
    assert told(set_off) == (("内外兼修提升学前教育", "改革发展品质"), "区教体局", [BODY], above)
    bare = read(plain(*above, TITLE, "区教体局", BODY))
    assert told(bare) == ((TITLE,), "区教体局", [BODY], above)
    pasted = read(plain("\n".join((*above, TITLE, "区教体局", BODY))))
    assert told(pasted) == ((TITLE,), "区教体局", [BODY], above)


@pytest.mark.parametrize(
    "line", ["现将工作情况汇报如下：", "主要做法如下：", "一、成立领导小组：", "区教体局召开会议："]
)
def test_first_line_that_leads_into_the_text_is_printed(line: str) -> None:
    assert told(read(plain(line, BODY), "社区食堂.docx")) == (("社区食堂",), None, [line, BODY], ())
