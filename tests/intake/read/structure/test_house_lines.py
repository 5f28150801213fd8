"""Lines for the office alone, as offices write them: kept on record, never printed."""

from __future__ import annotations

from typing import Final

import pytest

from intake.read.structure.house_lines import is_house_line
from tests.support.manuscripts import (
    BODY,
    TITLE,
    centred,
    large,
    parts_of,
    plain,
    read,
    red,
    rules,
    table,
)

LINES = (
    "来源：区教体局",
    "（来源：区教体局）",
    "（来源：赣南日报）",
    "来源：赣南日报",
    "稿件来源：区教体局",
    "信息来源：章贡区教育体育局",
    "（记者 张敏）",
    "记者　张敏　通讯员　刘建军",
    "（记者张敏 通讯员刘建军）",
    "通讯员 张敏",
    "本报记者 张敏",
    "撰稿　张敏　　审核　刘建军",
    "撰稿 张敏",
    "撰稿:张敏 审核:刘建军",
    "撰稿：张敏\t审核：刘建军",
    "责任编辑：张敏",
    "责编：张敏　　编辑：刘建军",
    "一审：张敏　二审：刘建军　三审：李喆",
    "一审/张敏 二审/刘建军 三审/李喆",
    "初审|张敏 复审|刘建军 终审|李喆",
    "值班编辑：张敏",
    "值班主任：刘建军",
    "值班领导：刘建军",
    "签发：刘建军",
    "签发人：刘建军（副局长）",
    "核发：刘建军",
    "编审：刘建军",
    "编校：张敏",
    "监制：刘建军",
    "主编：刘建军",
    "总编辑：刘建军",
    "排版：张敏",
    "图文：张敏",
    "文字：张敏　图片：刘建军",
    "文：张敏　图：刘建军",
    "图/文：张敏",
    "摄影：张敏",
    "供图：区教体局",
    "联系人：张敏，联系电话：8190001",
    "联系人及电话：张敏 8190001",
    "联系人 张敏 13800000000",
    "电话：0797-8190001",
    "Tel:8190001",
    "手机号：13800000000",
    "微信：zgjtj01",
    "QQ：12345678",
    "传真：8190002",
    "邮箱：jtj@example.org",
    "地址：章贡区文清路1号",
    "单位地址：章贡区文清路1号",
    "邮编：341000",
    "（供稿：张敏）",
    "【供稿：区教体局】",
    "供稿人：区教体局 张敏",
    "投稿单位：区教体局　投稿人：张敏　电话：8190001",
    "报送单位：区教体局　　签发人：刘建军",
    "单位（盖章）：区教体局",
    "单位负责人签字：刘建军",
    "分管领导签字：刘建军",
    "审核人签字：",
    "审核意见：同意",
    "（区教体局供稿）",
    "区教体局供稿",
    "区教体局报送",
    "（作者：张敏，单位：区教体局）",
    "作者单位：区教体局",
    "（作者系区教体局干部）",
    "审 稿：刘建军",
    "审核人：刘建军  撰稿人：张敏  联系方式：13800000000",
    "填报人：张敏　审核人：刘建军　填报日期：2022年11月1日",
    "字数：1200",
    "（共1200字）",
    "校对：张敏　印数：50份",
    "编辑 张敏",
    "责任编辑 张敏　审核 刘建军",
    "来源 | 区教体局",
    "编辑丨张敏",
    "审核丨刘建军",
    "2022年11月1日　来源：区教体局　编辑：张敏",
    "2022-11-01 10:30 来源：赣南日报",
    "发布时间：2022-11-01",
)
TEXT = (
    "记者在现场看到，群众办事十分方便",
    "编辑出版工作有序推进",
    "审核流程再优化",
    "供图书馆使用",
    "来源：主要是财政资金、社会捐赠和村集体经济收入三个方面",
    "地址由社区统一提供",
    "文化惠民",
    "图书漂流",
    "记者站建设",
    "一审终审制",
    "作者简介",
    "单位：万元",
    "（全区共12个）",
    "摄影 书法 绘画",
)


@pytest.mark.parametrize("line", LINES)
def test_line_for_the_office_stays_out_of_print_at_either_end(line: str) -> None:
    signed = large(TITLE) + centred("区民政局")
    assert parts_of(read(signed + plain(BODY, line))) == ((TITLE,), "区民政局", [BODY], (line,))
    assert parts_of(read(signed + plain(line, BODY)))[2] == [BODY]
    above = read(large(TITLE) + plain(line, BODY))
    assert (above.manuscript.title, list(above.manuscript.lines)) == (TITLE, [BODY])


@pytest.mark.parametrize("line", TEXT)
def test_text_that_begins_like_such_a_line_is_printed(line: str) -> None:
    assert parts_of(read(large(TITLE) + centred("区民政局") + plain(line, BODY, line)))[2:] == ([line, BODY, line], ())


@pytest.mark.parametrize("bait", ["张 ", "记者", "撰稿 ", "图/", "、", "（", "8"])
def test_very_long_line_is_none_and_is_recognised_in_no_time(bait: str) -> None:
    assert not is_house_line("甲" + bait * 100_000)


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
    assert parts_of(result)[:3] == parts_of(expected)[:3]
    assert parts_of(result)[1:3] == ("区教体局", [BODY, BODY])
    assert house_lines is None or parts_of(result)[3] == house_lines
    assert rules(result) == []


def test_masthead_without_a_title_below_is_no_title() -> None:
    result = read(red("工作简报") + centred("第12期", ISSUED) + plain(BODY), "学前教育.docx")
    assert parts_of(result) == (("学前教育",), None, [BODY], ("工作简报", "第12期", ISSUED))
    assert rules(result) == ["title-from-name"]


def test_title_below_a_masthead_may_be_set_as_the_body_is() -> None:
    result = read(red("工作简报") + centred("第12期", ISSUED) + plain(TITLE, BODY))
    assert parts_of(result) == ((TITLE,), None, [BODY], ("工作简报", "第12期", ISSUED))
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
    assert parts_of(result) == (title_lines, "区教体局", [*body, BODY], ("2022年11月8日",))


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
    assert parts_of(set_off) == (("内外兼修提升学前教育", "改革发展品质"), "区教体局", [BODY], above)
    bare = read(plain(*above, TITLE, "区教体局", BODY))
    assert parts_of(bare) == ((TITLE,), "区教体局", [BODY], above)
    pasted = read(plain("\n".join((*above, TITLE, "区教体局", BODY))))
    assert parts_of(pasted) == ((TITLE,), "区教体局", [BODY], above)


@pytest.mark.parametrize(
    "line", ["现将工作情况汇报如下：", "主要做法如下：", "一、成立领导小组：", "区教体局召开会议："]
)
def test_first_line_that_leads_into_the_text_is_printed(line: str) -> None:
    assert parts_of(read(plain(line, BODY), "社区食堂.docx")) == (("社区食堂",), None, [line, BODY], ())
