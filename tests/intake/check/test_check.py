"""The proofreader's findings: where they stand, what they say, and what they let pass."""

from __future__ import annotations

import time

import pytest

from intake.check.checks import MOST_FINDINGS, check
from intake.read.docx.reader import read_docx
from intake.read.source import Omission
from intake.read.structure.structure import Structured, structure
from tests.support.manuscripts import BODY, DEPARTMENTS, SECTIONS, TITLE, centred, large, plain, read
from tools import sample_manuscripts as samples
from values import rules
from values.finding import Finding, Severity
from values.manuscript import Manuscript, Paragraph
from values.word_list import Forbidden, Leader, Preferred, WordList


def findings(result: Structured, department: str | None = "区教体局") -> list[Finding]:
    return list(check(result, (), department, DEPARTMENTS))


def article(*lines: str, title: str = TITLE, byline: str = "区教体局") -> Structured:
    return read(large(title) + centred(byline) + plain(*lines))


def quotes(result: Structured, rule: str) -> list[tuple[int, str, str | None]]:
    """Paragraph, the characters pointed at, and the suggestion of every finding of the rule."""
    lines = result.manuscript.lines
    return [
        (found.paragraph, lines[found.paragraph][found.start : found.end], found.suggestion)
        for found in findings(result)
        if found.rule.name == rule and found.paragraph is not None
    ]


def rule_names(result: Structured, department: str | None = "区教体局") -> list[str]:
    return [finding.rule.name for finding in findings(result, department)]


def of_sample(data: bytes) -> Structured:
    return structure(read_docx(data), DEPARTMENTS, SECTIONS, "稿件.docx")


def test_sound_article_has_no_findings() -> None:
    body = (
        "一是严格管理。推出96款产品，增长3.5%（含税），详见 https://example.org/a?b=1;c，电话0797-8199917。",
        "二是“项目驱动”",
        "三是2019—2021年共办结12:30前的事项94件……",
    )
    assert rule_names(article(*body, BODY)) == []


@pytest.mark.parametrize(
    ("data", "department", "expected"),
    [
        (samples.plain("01-jtj"), "区教体局", ["byline-not-canonical"]),
        (
            samples.boxed_and_tracked("02-rsj", deleted="印发", inserted="出台"),
            "区人社局",
            ["relative-date", "relative-date", *["digit-space"] * 2],
        ),
        (samples.numbered("03-jrfwzx"), "区金融服务中心", ["digit-space"] * 13),
        (
            samples.controlled_and_commented("04-mzj", "请再核对。"),
            "区民政局",
            ["range-hyphen", "mixed-words", "relative-date", "relative-date", *["digit-space"] * 4],
        ),
        (samples.notice("05-notice"), None, []),
    ],
)
def test_sample_manuscript_shows_the_mistakes_of_the_printed_issue(
    data: bytes, department: str | None, expected: list[str]
) -> None:
    assert rule_names(of_sample(data), department) == expected


def test_torn_sentences_of_the_printed_issue_are_found_where_they_break() -> None:
    result = article(
        "提高政策通达率、落实率。截至10月底，",
        "累计兑现稳岗返还等补助资金4912.5万元。",
        "与深交所合作建设路演中心，提供5000余家专业",
        "投资机构跨区域对接平台。",
        "多渠道整合盘活资源发展社区居家养老站点，把居家",
        "和社区养老服务用房与便民服务中心进行有效整合。",
    )
    assert [(at, quote) for at, quote, _ in quotes(result, "stray-break")] == [(0, "，"), (2, "业"), (4, "家")]


def test_break_before_a_numbered_line_a_heading_or_a_table_is_no_stray_one() -> None:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>序号</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    result = read(
        large(TITLE)
        + centred("区教体局")
        + plain(
            "我们全面梳理了各项工作并做了以下几件事",
            "一是抓管理。",
            "二、做好各项工作",
            "具体情况见下面这一张表格中的内容",
        )
        + table
    )
    assert quotes(result, "stray-break") == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["一是甲。", "二是乙。", "三是丙。"], []),
        (["一是甲。", "三是丙。"], [(1, "三是")]),
        (["一是甲。", "二是乙。", "二是丙。"], [(2, "二是")]),
        (["二是乙。", "三是丙。"], [(0, "二是")]),
        (["做法：一是甲；二是乙；四是丁。"], [(0, "四是")]),
        (["做法：一是甲；二是乙。", "成效：一是丙；二是丁。"], []),
        (["一是甲，包括：一是子；二是丑。", "二是乙。"], []),
        (["一、甲。", "二、乙。", "四、丁。"], [(2, "四、")]),
        (["一、甲。", "一、乙。"], [(1, "一、")]),
        (["一、甲。", "（一）子。", "（二）丑。", "二、乙。", "（一）子。", "（三）寅。"], [(5, "（三）")]),
        (["一、甲。", "（一）子。", "二、乙。", "（二）丑。"], [(3, "（二）")]),
        (["1.甲。", "2.乙。", "2.丙。"], [(2, "2.")]),
        (["（一）甲。", "1.子。", "2.丑。", "（二）乙。", "3.寅。", "4.卯。"], []),
        (["（一）甲。", "1.子。", "2.丑。", "（二）乙。", "4.寅。"], [(4, "4.")]),
        (["（1）甲。", "（3）丙。"], [(1, "（3）")]),
        (["九是甲。", "十是乙。", "十一是丙。"], [(0, "九是")]),
        (["3.5亿元资金已经到位。", "2022年11月召开会议。", "第二是乙。"], []),
    ],
)
def test_ordinals_that_leave_a_gap_or_come_twice_are_found(lines: list[str], expected: list[tuple[int, str]]) -> None:
    assert [(at, quote) for at, quote, _ in quotes(article(*lines), "ordinal-sequence")] == expected


def test_gap_in_ordinals_is_told_with_the_number_that_is_missing() -> None:
    [finding] = findings(article("一是甲。", "三是丙。"))
    assert finding.message == "序号不连续：“三是”之前没有“二是”，上一个是“一是”。"
    assert (finding.severity, finding.paragraph, finding.start, finding.end) == (Severity.WARNING, 1, 0, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三年行动方案（2019-2021 年）。", [("2019-2021", "2019—2021")]),
        ("占比63%-68%。", [("63%-68", "63%—68")]),
        ("11月1日-3日开展。", [("1日-3", "1日—3")]),
        ("2022-11-08印发，电话0797-8199917个。", []),
        ("2019—2021年，10～20人。", []),
    ],
)
def test_range_with_a_hyphen_is_found_and_the_dash_suggested(text: str, expected: list[tuple[str, str]]) -> None:
    assert [found[1:] for found in quotes(article(text), "range-hyphen")] == expected


def test_words_without_a_date_are_pointed_at_one_by_one() -> None:
    result = article("今年以来成效明显。", "截至目前兑现5亿元，近日目前均已到位。")
    assert [found[:2] for found in quotes(result, "relative-date")] == [
        (0, "今年以来"),
        (1, "截至目前"),
        (1, "近日"),
        (1, "目前"),
    ]
    assert {finding.severity for finding in findings(result)} == {Severity.INFO}


def test_half_width_punctuation_beside_chinese_is_found_with_its_full_width_form() -> None:
    result = article("区教体局,召开会议(扩大)；时间是8:30,地点A(B)。")
    assert [found[1:] for found in quotes(result, "half-width-punctuation")] == [
        (",", "，"),
        ("(", "（"),
        (")", "）"),
        (",", "，"),
    ]


def test_finding_in_a_table_and_after_a_picture_points_at_its_line() -> None:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>序号</w:t></w:r></w:p></w:tc></w:tr>"
    table += "<w:tr><w:tc><w:p><w:r><w:t>甲,乙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    result = read(large(TITLE) + centred("区教体局") + plain(BODY) + table)
    assert quotes(result, "half-width-punctuation") == [(2, ",", "，")]


def test_title_that_ends_with_a_full_stop_is_found() -> None:
    [finding] = findings(article(BODY, title=TITLE + "。"))
    assert (finding.rule.name, finding.paragraph, finding.suggestion) == ("title-punctuation", None, TITLE)


def test_alias_in_the_byline_is_found_and_the_canonical_name_suggested() -> None:
    [finding] = findings(article(BODY, byline="区教育局"))
    assert (finding.rule.name, finding.severity, finding.suggestion) == (
        "byline-not-canonical",
        Severity.WARNING,
        "区教体局",
    )


def test_byline_of_another_department_than_the_sender_is_found() -> None:
    [finding] = findings(article(BODY), "区民政局")
    assert finding.rule.name == "byline-other-department"
    assert "区教体局" in finding.message
    assert "区民政局" in finding.message
    assert rule_names(article(BODY), None) == []


def test_byline_nobody_registered_is_found() -> None:
    assert rule_names(article(BODY, byline="区林业局")) == ["byline-unknown"]


def test_ordinary_article_needs_a_byline_and_a_notice_does_not() -> None:
    [finding] = findings(read(large(TITLE) + plain(BODY)))
    assert (finding.rule.name, finding.suggestion) == ("no-byline", "请在标题下署名“区教体局”。")
    assert rule_names(read(plain("【情况通报】") + large(TITLE) + plain(BODY))) == []


def test_article_without_a_title_and_without_a_body_are_errors() -> None:
    untitled = read(centred("区教体局") + plain(BODY, BODY.replace("园", "学")))
    severities = {finding.rule.name: finding.severity for finding in findings(untitled)}
    assert severities == {"title-missing": Severity.WARNING, "no-title": Severity.ERROR}
    assert rule_names(read(large(TITLE) + centred("区教体局"))) == ["no-body"]


def test_findings_of_the_structure_come_first_then_omissions_then_checks() -> None:
    result = read(plain(TITLE, "区教育局", BODY))
    omissions = (
        Omission(rules.COMMENT, "有 1 条批注没有收入。"),
        Omission(rules.HIDDEN_TEXT, "有隐藏文字。"),
    )
    told = check(result, omissions, "区教体局", DEPARTMENTS)
    assert [(finding.rule.name, finding.severity) for finding in told] == [
        ("title-guessed", Severity.INFO),
        ("comment", Severity.INFO),
        ("hidden-text", Severity.WARNING),
        ("byline-not-canonical", Severity.WARNING),
    ]
    assert told[1] == rules.COMMENT.finding("有 1 条批注没有收入。")


def test_what_goes_wrong_very_often_is_listed_in_part_and_counted() -> None:
    every = findings(article("中," * 200 + "。"))
    told = [finding for finding in every if finding.rule == rules.HALF_WIDTH_PUNCTUATION]
    assert len(told) == MOST_FINDINGS + 1
    assert told[-1].message == f"此类问题另有 {200 - MOST_FINDINGS} 处，没有逐一列出。"


_BAITS = (
    *(
        "一",
        "1",
        "1-",
        "1年-",
        "（",
        "是",
        "一是",
        "；一是",
        "目前",
        "中,",
        " ",
        "十、",
        "“",
        "”",
        "《",
        "）",
        "“《",
        "－",
        "—",
    ),
    *(
        "…",
        ".",
        "。",
        "，",
        "中 1",
        "1 ",
        "１",
        "中[2022]1",
        "〔2022〕",
        "1月",
        "2022年",
        "2022年1月1日（星期",
        "1、",
        "一、",
    ),
    *(
        "近1",
        "近1余",
        "1～",
        "全区有1个",
        "全区共",
        "的",
        "了",
        "积极",
        "登陆",
        "登陆平",
        "截止",
        "做",
        "138",
        "62",
        "6222 ",
        "1101051949",
    ),
    *("第一，", "首先，", "（一）、", "五", "五型", "张三", "张三、", "区长", "副", "区教育局", "区教"),
)


def test_very_long_lines_of_what_each_rule_begins_with_are_checked_in_no_time() -> None:
    own = WordList(
        (Preferred("五型政府", "“五型”政府"),),
        (Forbidden("五五五"),),
        (Leader("张三", ("区长",)), Leader("李四", ("区长",))),
    )
    begun = time.process_time()
    for bait in _BAITS:
        text = bait * (20_000 // len(bait))
        manuscript = Manuscript((TITLE,), "区教体局", (Paragraph(text), Paragraph("甲" + text)))
        check(Structured(manuscript, None, (), "区教体局"), (), "区教体局", DEPARTMENTS, own)
    assert time.process_time() - begun < 20
