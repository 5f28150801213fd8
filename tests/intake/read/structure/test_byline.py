"""署名: the line that names the signing unit."""

from __future__ import annotations

import pytest

from tests.support.manuscripts import (
    BODY,
    TITLE,
    centred,
    large,
    parts_of,
    plain,
    read,
)


def test_name_above_the_title_is_the_byline() -> None:
    assert parts_of(read(centred("区教体局") + large(TITLE) + plain(BODY))) == ((TITLE,), "区教体局", [BODY], ())


@pytest.mark.parametrize(
    ("line", "byline", "house_lines"),
    [
        ("区教体局", "区教体局", ()),
        ("区 教 体 局", "区教体局", ()),
        ("章贡区教育体育局", "章贡区教育体育局", ()),
        ("区教育局", "区教育局", ()),
        ("（区教体局）", "区教体局", ()),
        ("供稿：区教体局", "区教体局", ("供稿：区教体局",)),
        ("供稿单位：区教体局", "区教体局", ("供稿单位：区教体局",)),
        ("区教体局办公室", "区教体局办公室", ()),
        ("区教体局　张敏", "区教体局", ("区教体局　张敏",)),
        ("（区教体局 张 敏）", "区教体局", ("（区教体局 张 敏）",)),
        ("区教体局、区人社局", "区教体局、区人社局", ()),
    ],
)
def test_byline_below_the_title_is_recognised_by_the_names_of_departments(
    line: str, byline: str, house_lines: tuple[str, ...]
) -> None:
    result = read(large(TITLE) + plain(line, BODY))
    assert parts_of(result) == ((TITLE,), byline, [BODY], house_lines)
    assert result.byline_department == "区教体局"


def test_centred_unit_that_nobody_registered_is_a_byline_without_department() -> None:
    result = read(large(TITLE) + centred("区林业局") + plain(BODY))
    assert (result.manuscript.byline, result.byline_department) == ("区林业局", None)


def test_sentence_that_begins_with_a_department_stays_in_the_body() -> None:
    sentences = ["区教体局出实招、见实效", "区教体局：用好红色资源", "区教体局召开会议。"]
    assert parts_of(read(large(TITLE) + plain(*sentences, BODY))) == ((TITLE,), None, [*sentences, BODY], ())


@pytest.mark.parametrize(
    ("line", "byline", "house_lines"),
    [
        ("区教体局  2022年11月8日", "区教体局", ("2022年11月8日",)),
        ("2022年11月8日 区教体局", "区教体局", ("2022年11月8日",)),
        ("区教体局（2022年11月8日）", "区教体局", ("2022年11月8日",)),
        ("（区教体局 2022年11月8日）", "区教体局", ("2022年11月8日",)),
        ("供稿：区教体局　二〇二二年十一月八日", "区教体局", ("供稿：区教体局　二〇二二年十一月八日",)),
        ("区教体局 张敏 2022-11-08", "区教体局", ("区教体局 张敏 2022-11-08",)),
        ("区林业局 2022年11月8日", "区林业局", ("2022年11月8日",)),
        ("2022-11-08 来源：区教体局", "区教体局", ("2022-11-08 来源：区教体局",)),
    ],
)
@pytest.mark.parametrize("at_end", [False, True])
def test_unit_and_date_in_one_line_are_byline_and_date(
    line: str, byline: str, house_lines: tuple[str, ...], at_end: bool
) -> None:
    lines = (BODY, line) if at_end else (line, BODY)
    assert parts_of(read(large(TITLE) + plain(*lines))) == ((TITLE,), byline, [BODY], house_lines)
