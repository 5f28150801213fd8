"""The checks run as a whole: what they let pass, their order, their limits, their time."""

from __future__ import annotations

import time

import pytest

from intake.check.checks import MOST_FINDINGS, check
from intake.read.docx.reader import read_docx
from intake.read.source import Omission
from intake.read.structure.division import Structured, structure
from tests.support.manuscripts import BODY, DEPARTMENTS, SECTIONS, TITLE, plain, read
from tests.support.proofs import article, findings, rule_names
from tools import sample_manuscripts as samples
from values import rules
from values.finding import Severity
from values.manuscript import Manuscript, Paragraph
from values.word_list import Forbidden, Leader, Preferred, WordList


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
            ["digit-space"] * 2,
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


def test_frequent_finding_is_listed_in_part_and_counted() -> None:
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
        check(Structured(manuscript, None, (), ("区教体局",)), (), "区教体局", DEPARTMENTS, own)
    assert time.process_time() - begun < 20
