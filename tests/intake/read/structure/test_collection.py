"""One file with several articles, cut apart where the signs are sure, from real bytes."""

from __future__ import annotations

import time

import pytest

from intake.read.source import SourceDocument, SourceParagraph
from intake.read.structure.collection import articles_of
from intake.read.structure.division import Structured, structure
from tests.support.manuscripts import (
    BODY,
    DEPARTMENTS,
    PAGE,
    SECTIONS,
    TITLE,
    centred,
    document,
    large,
    parts_of,
    picture,
    plain,
    read,
    red,
    styled,
    table,
)
from values.manuscript import Picture

A, B, C = TITLE, "多措并举加速就业创业政策落地见效", "努力建成多方参与的居家养老服务体系"
UNITS = ("区教体局", "区人社局", "区民政局")
TEXT = plain(BODY, BODY)


def articles(body: str) -> list[Structured]:
    return [
        structure(one.document, DEPARTMENTS, SECTIONS, "集稿.docx", one.above)
        for one in articles_of(document(body), DEPARTMENTS)
    ]


def titles(body: str) -> list[str]:
    return [one.manuscript.title for one in articles(body)]


def doubts(body: str) -> list[str]:
    """The finding where a file was left whole."""
    [one] = articles_of(document(body), DEPARTMENTS)
    assert one.document.blocks == document(body).blocks
    return [omission.message for omission in one.document.omissions if omission.serious]


def article(title: str, unit: str, head: str = "") -> str:
    return head + large(title) + centred(unit) + TEXT


@pytest.mark.parametrize(
    "body",
    [
        article(A, "区教体局") + article(B, "区人社局") + article(C, "区民政局"),
        article(A, "区教体局") + PAGE + article(B, "区人社局") + PAGE + article(C, "区民政局"),
        article(A, "区教体局") + plain("——————") + article(B, "区人社局") + plain("******") + article(C, "区民政局"),
        "".join(styled(title, "T") + plain(unit) + TEXT for title, unit in zip((A, B, C), UNITS, strict=True)),
        "".join(styled(title, "H1") + centred(unit) + TEXT for title, unit in zip((A, B, C), UNITS, strict=True)),
        "".join(centred(title, unit) + TEXT for title, unit in zip((A, B, C), UNITS, strict=True)),
        "".join(large(f"{title}\n{unit}") + TEXT for title, unit in zip((A, B, C), UNITS, strict=True)),
        "".join(large(title) + centred("张敏", unit) + TEXT for title, unit in zip((A, B, C), UNITS, strict=True)),
        "".join(
            plain(f"稿件{number}", title, unit) + TEXT
            for number, title, unit in zip("一二三", (A, B, C), UNITS, strict=True)
        ),
        "".join(
            plain(f"稿件{number}：{title}", unit) + TEXT
            for number, title, unit in zip("123", (A, B, C), UNITS, strict=True)
        ),
        "".join(
            centred(f"第{number}篇") + large(title) + centred(unit) + TEXT
            for number, title, unit in zip("一二三", (A, B, C), UNITS, strict=True)
        ),
        "".join(
            large(f"{number}. {title}") + centred(unit) + TEXT
            for number, title, unit in zip("123", (A, B, C), UNITS, strict=True)
        ),
        "".join(
            large(f"{number}、{title}") + centred(unit) + TEXT
            for number, title, unit in zip("一二三", (A, B, C), UNITS, strict=True)
        ),
        large("11月份稿件汇总") + article(A, "区教体局") + article(B, "区人社局") + article(C, "区民政局"),
        centred("目　录")
        + plain(f"1.{A}", f"2.{B}", f"3.{C}")
        + PAGE
        + article(A, "区教体局")
        + PAGE
        + article(B, "区人社局")
        + PAGE
        + article(C, "区民政局"),
        plain("区五型办：", "现将我局稿件三篇报上，请审阅。", f"1.{A}", f"2.{B}", f"3.{C}")
        + article(A, "区教体局")
        + article(B, "区人社局")
        + article(C, "区民政局"),
    ],
)
def test_articles_of_one_file_are_separated(body: str) -> None:
    read_apart = articles(body)
    assert [one.manuscript.title for one in read_apart] == [A, B, C]
    assert [one.byline_department for one in read_apart] == list(UNITS)
    assert [list(one.manuscript.lines) for one in read_apart] == [[BODY, BODY]] * 3


@pytest.mark.parametrize(
    "body",
    [
        large(A) + TEXT + PAGE + large(B) + TEXT,
        large(A) + TEXT + plain("撰稿：张敏") + large(B) + TEXT + plain("撰稿：李喆"),
        large(A) + TEXT + plain("区教体局", "2022年11月1日") + large(B) + TEXT + plain("区人社局", "2022年11月2日"),
        large(A) + TEXT + plain("（区教体局 张敏）") + large(B) + TEXT + plain("（区人社局 李喆）"),
        large(A[:8], A[8:]) + centred("区教体局") + TEXT + large(B[:8], B[8:]) + centred("区人社局") + TEXT,
        large(A) + centred("区林业局") + TEXT + large(B) + centred("区水利局") + TEXT,
        large(A) + centred("文清社区居委会") + TEXT + large(B) + centred("文清路小学") + TEXT,
        centred("区教体局") + large(A) + TEXT + PAGE + centred("区人社局") + large(B) + TEXT,
        plain(f"信息1：{A}") + TEXT + plain(f"信息2：{B}") + TEXT,
        plain("【稿件一】", A) + TEXT + plain("【稿件二】", B) + TEXT,
        red("工作简报")
        + centred("第1期")
        + large(A)
        + TEXT
        + PAGE
        + red("工作简报")
        + centred("第2期")
        + large(B)
        + TEXT,
        article(A, "区教体局") + plain("附件") + large("评估办法") + TEXT + PAGE + article(B, "区人社局"),
        large(A) + plain("供稿：区林业局") + TEXT + large(B) + plain("供稿：区水利局") + TEXT,
        large(A) + centred("区教体局") + TEXT + plain("一、做法", BODY) + large(B) + centred("区教体局") + TEXT,
    ],
)
def test_two_articles_are_separated_by_pages_signatures_or_lines_for_the_office(body: str) -> None:
    assert titles(body) == [A, B]


def test_byline_above_the_first_title_signs() -> None:
    body = centred("区教体局") + large(A) + TEXT + PAGE + centred("区人社局") + large(B) + TEXT
    assert [one.manuscript.byline for one in articles(body)] == ["区教体局", "区人社局"]


def test_lines_above_an_article_of_a_collection_are_kept_on_record() -> None:
    body = large("11月份稿件汇总") + plain("稿件一：" + A, "区教体局") + TEXT + plain("------", "稿件二：" + B) + TEXT
    assert [parts_of(one)[3] for one in articles(body)] == [("11月份稿件汇总", "稿件一："), ("------", "稿件二：")]


def test_each_article_has_its_own_section() -> None:
    body = article(A, "区教体局") + plain("【情况通报】") + article(B, "区人社局") + PAGE + article(C, "区民政局")
    assert [one.section for one in articles(body)] == [None, "情况通报", None]


def test_each_article_has_its_own_pictures_alone() -> None:
    body = article(A, "区教体局") + picture(1) + centred("教室") + article(B, "区人社局") + picture(2) + picture(3)
    first, second = articles_of(document(body), DEPARTMENTS)
    assert [len(one.document.media) for one in (first, second)] == [1, 2]
    for one in (first, second):
        shown = {block.sha256 for block in one.document.blocks if isinstance(block, Picture)}
        assert {media.sha256 for media in one.document.media} == shown


def test_notes_go_with_the_article_that_refers_to_them() -> None:
    blocks = tuple(
        SourceParagraph(text, size=size, centred=size > 16)
        for text, size in [
            (A, 22.0), ("区教体局", 16.0), (BODY + "〔注1〕", 16.0),
            (B, 22.0), ("区人社局", 16.0), (BODY + "〔注2〕", 16.0),
            ("〔注1〕见公报。", 10.5), ("续。", 10.5), ("〔注2〕见年鉴。", 10.5),
        ]
    )  # fmt: skip
    first, second = articles_of(SourceDocument(blocks), DEPARTMENTS)
    assert [block.text for block in first.document.blocks if isinstance(block, SourceParagraph)][-2:] == [
        "〔注1〕见公报。",
        "续。",
    ]
    assert second.document.blocks[-1] == blocks[-1]


HEADINGS = "".join(centred(heading) + plain(BODY) for heading in ("夯实办园基础", "提升保教质量", "用好红色资源"))
ONE_ARTICLE = large(A) + centred("区教体局")


@pytest.mark.parametrize(
    "body",
    [
        ONE_ARTICLE + HEADINGS,
        centred(A, "区教体局") + HEADINGS,
        ONE_ARTICLE + "".join(centred(f"{n}、做法", half_points=36) + TEXT for n in "一二三"),
        ONE_ARTICLE + "".join(centred(heading, half_points=36) + TEXT for heading in ("夯实基础", "提升质量")),
        ONE_ARTICLE + "".join(styled(heading, "H1") + TEXT for heading in ("夯实基础", "提升质量")),
        ONE_ARTICLE + TEXT + plain("附件1") + large("章贡区幼儿园评估办法") + TEXT,
        ONE_ARTICLE + TEXT + PAGE + plain("附件") + large("章贡区幼儿园评估办法") + TEXT + TEXT,
        ONE_ARTICLE + TEXT + plain("附件：1.评估办法", "2.评分表") + PAGE + large("评估办法") + TEXT + PAGE
        + large("评分表") + TEXT,
        large("10月份工作通报") + TEXT + PAGE + large("10月份通报情况表") + table(["序号", "单位"], ["1", "水西镇"]),
        ONE_ARTICLE + plain("家长来信写道：") + centred("一封感谢信") + plain(BODY, "李喆") + TEXT,
        ONE_ARTICLE + TEXT + picture() + centred("课间活动") + TEXT + picture(2) + centred("区教体局供图") + TEXT,
        large("营商环境") + TEXT,
        centred("一、夯实办园基础") + TEXT + centred("二、提升保教质量") + TEXT,
        ONE_ARTICLE + plain("一、第一篇", BODY, "写好新篇章", BODY),
        large(A) + TEXT + centred("区教体局", "2022年11月1日"),
    ],
)  # fmt: skip
def test_one_article_stays_one_and_nobody_is_troubled(body: str) -> None:
    assert doubts(body) == []


@pytest.mark.parametrize(
    "body",
    [
        large(A) + TEXT + large(B) + TEXT,
        centred(A) + TEXT + PAGE + centred(B) + TEXT,
        ONE_ARTICLE + TEXT + PAGE + large("幼儿园评估办法") + TEXT,
        large(A) + TEXT + plain("区教体局", "2022年11月1日") + PAGE + large("幼儿园评估办法") + TEXT,
        large("10月份工作通报") + table(["序号", "单位"], ["1", "水西镇"]) + article(A, "区教体局"),
        article(A, "区教体局") + large(B) + TEXT,
        article(A, "区教体局") + PAGE + large(B) + TEXT + large(C) + centred("区民政局") + TEXT,
        plain(A, "区教体局") + TEXT + plain(B, "区人社局") + TEXT,
        styled(A, "T") + centred("区教体局") + TEXT + PAGE + article(B, "区人社局"),
        large("优化营商环境典型案例") + TEXT + centred(A, "区教体局") + TEXT + centred(B, "区人社局") + TEXT,
        article(A, "区教体局") + article(B, "区人社局") + PAGE + large(C) + table(["序号", "单位"], ["1", "水西镇"]),
        large("写好民生答卷") + TEXT + plain("第一篇：党建引领") + TEXT + plain("第二篇：民生实事") + TEXT,
    ],
)
def test_file_whose_signs_are_mixed_stays_whole_and_the_editor_is_asked(body: str) -> None:
    [doubt] = doubts(body)
    assert doubt.startswith("文件里像是有 ")
    assert "没有拆开：《" in doubt
    assert "几篇" not in read(body).manuscript.title


def test_the_doubt_names_what_looks_like_titles() -> None:
    [doubt] = doubts(large(A) + TEXT + large(B) + TEXT)
    assert doubt == f"文件里像是有 2 篇文章，没有拆开：《{A}》《{B}》。如是多篇，请分开存为文件重发"


@pytest.mark.parametrize("kind", ["区教体局", "稿件一", "标题", "附件", "——————", "一、做法"])
def test_very_many_short_lines_are_looked_at_in_no_time(kind: str) -> None:
    lines = tuple(
        SourceParagraph(text, centred=True, size=16.0) for n in range(2_000) for text in (kind, f"{kind}{n}", BODY)
    )
    begun = time.process_time()
    articles_of(SourceDocument(lines), DEPARTMENTS)
    assert time.process_time() - begun < 5
