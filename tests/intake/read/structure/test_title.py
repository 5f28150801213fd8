"""标题: the line that is the title, by formatting, place and words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.manuscripts import (
    BODY,
    TITLE,
    centred,
    large,
    parts_of,
    plain,
    read,
    styled,
)


@pytest.mark.parametrize(
    ("head", "title_lines"),
    [
        (large(TITLE), (TITLE,)),
        (large("内外兼修提升学前教育", "改革发展品质"), ("内外兼修提升学前教育", "改革发展品质")),
        (large("内外兼修提升学前教育\n改革发展品质"), ("内外兼修提升学前教育", "改革发展品质")),
        (centred(TITLE), (TITLE,)),
        (styled(TITLE, "T"), (TITLE,)),
        (styled(TITLE, "H1"), (TITLE,)),
        (large(f"　　{TITLE} "), (TITLE,)),
        (large("打造全省一流区域康养中心"), ("打造全省一流区域康养中心",)),
        (f"<w:tbl><w:tr><w:tc>{large(TITLE)}</w:tc></w:tr></w:tbl>", (TITLE,)),
    ],
)
def test_title_is_recognised_by_how_it_is_set(head: str, title_lines: tuple[str, ...]) -> None:
    result = read(head + centred("区教体局") + plain(BODY, BODY))
    assert parts_of(result) == (title_lines, "区教体局", [BODY, BODY], ())
    assert result.findings == ()


@pytest.mark.parametrize("title", ["区教体局 出实招", "区教体局多措并举提升品质", "“一、二、三”工作法结硕果"])
def test_title_may_name_a_department_or_numbers(title: str) -> None:
    result = read(large(title) + centred("区教体局") + plain(BODY))
    assert parts_of(result) == ((title,), "区教体局", [BODY], ())
    assert result.findings == ()


def test_words_above_the_title_are_kept_on_record() -> None:
    assert parts_of(read(plain("附件1") + large(TITLE) + centred("区教体局") + plain(BODY))) == (
        (TITLE,),
        "区教体局",
        [BODY],
        ("附件1",),
    )


def test_first_line_without_any_looks_is_the_title_and_the_editor_gets_a_finding() -> None:
    result = read(plain(TITLE, "区教体局", BODY))
    assert parts_of(result) == ((TITLE,), "区教体局", [BODY], ())
    assert [finding.rule.name for finding in result.findings] == ["title-guessed"]


@pytest.mark.parametrize(
    "lines",
    [
        ("甲县人民政府办公室关于批准", "城乡总体规划的通知"),
        ("甲县民政局关于转发上级", "《关于做好冬季救助的意见》", "的通知"),
        ("甲县人民政府转发民政局等部门", "关于加强养老服务工作意见的通知"),
    ],
)
def test_title_on_several_lines_is_one_by_its_words(lines: tuple[str, ...]) -> None:
    result = read(plain(*lines, "各镇人民政府：", BODY))
    assert (result.manuscript.title_lines, result.findings) == (lines, ())


def test_bold_heading_below_a_plain_title_does_not_replace_it() -> None:
    bold = '<w:p><w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr><w:t>夯实办园基础</w:t></w:r></w:p>'
    assert parts_of(read(plain(TITLE, "区教体局") + bold + plain(BODY)))[:3] == (
        (TITLE,),
        "区教体局",
        ["夯实办园基础", BODY],
    )


def test_manuscript_without_a_title_takes_the_name_of_the_file() -> None:
    result = read(plain(BODY, BODY), "社区食堂（终稿）.docx")
    assert parts_of(result) == (("社区食堂（终稿）",), None, [BODY, BODY], ())
    assert [finding.rule.name for finding in result.findings] == ["title-from-name"]


def test_fallback_that_is_a_subject_keeps_its_full_stops() -> None:
    assert read(plain(BODY), "增长3.5个百分点").manuscript.title == "增长3.5个百分点"


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
    assert parts_of(result) == ((*title, *subtitle), "区教体局", [BODY], house_lines)


def test_subtitle_and_writer_are_recognised_when_nothing_is_set_off() -> None:
    result = read(plain(TITLE, "——以文清小学为例", "张敏", "区教体局", BODY))
    assert parts_of(result) == ((TITLE, "——以文清小学为例"), "区教体局", [BODY], ("张敏",))


@pytest.mark.parametrize("line", ["基本情况", "主要做法", "党建引领", "文化惠民"])
def test_short_heading_below_the_byline_is_not_taken_for_a_name(line: str) -> None:
    assert parts_of(read(large(TITLE) + centred("区教体局", line) + plain(BODY)))[2:] == ([line, BODY], ())


def test_subtitle_may_be_broken_in_two() -> None:
    result = read(large(TITLE) + centred("——以文清小学", "和厚德小学为例", "区教体局") + plain(BODY))
    assert parts_of(result) == ((TITLE, "——以文清小学", "和厚德小学为例"), "区教体局", [BODY], ())


def test_dashes_that_list_points_are_not_a_subtitle() -> None:
    points = ["——加强领导", "——压实责任"]
    assert parts_of(read(large(TITLE) + plain(*points, BODY))) == ((TITLE,), None, [*points, BODY], ())
