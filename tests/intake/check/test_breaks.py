"""Paragraphs that break off, and headings that end like sentences."""

from __future__ import annotations

from tests.support.manuscripts import TITLE, centred, large, plain, read
from tests.support.proofs import article, marked_findings, quotes
from values.manuscript import Heading


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


def test_heading_alone_on_its_line_has_no_full_stop() -> None:
    assert marked_findings(Heading("一、加强领导。", 1), "内容充实。", Heading("二、狠抓落实", 1)) == [
        ("heading-full-stop", "。", "一、加强领导")
    ]
