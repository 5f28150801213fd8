"""Lines for the office alone, as offices write them: kept on record, never printed."""

from __future__ import annotations

import pytest

from intake.read.structure.house_lines import is_house_line
from tests.support.manuscripts import BODY, TITLE, centred, large, plain, read, told

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
    assert told(read(signed + plain(BODY, line))) == ((TITLE,), "区民政局", [BODY], (line,))
    assert told(read(signed + plain(line, BODY)))[2] == [BODY]
    above = read(large(TITLE) + plain(line, BODY))
    assert (above.manuscript.title, list(above.manuscript.lines)) == (TITLE, [BODY])


@pytest.mark.parametrize("line", TEXT)
def test_text_that_begins_like_such_a_line_is_printed(line: str) -> None:
    assert told(read(large(TITLE) + centred("区民政局") + plain(line, BODY, line)))[2:] == ([line, BODY, line], ())


@pytest.mark.parametrize("bait", ["张 ", "记者", "撰稿 ", "图/", "、", "（", "8"])
def test_very_long_line_is_none_and_is_told_so_in_no_time(bait: str) -> None:
    assert not is_house_line("甲" + bait * 100_000)
