"""The end of an article: signature, date, and lines for the office."""

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


@pytest.mark.parametrize(
    ("end", "byline", "house_lines"),
    [
        (plain("区教体局", "2022年11月1日"), "区教体局", ("2022年11月1日",)),
        (plain("区教体局\n2022年11月1日"), "区教体局", ("2022年11月1日",)),
        (plain("区林业局", "二〇二二年十一月一日"), "区林业局", ("二〇二二年十一月一日",)),
        (plain("（区教体局 张敏）"), "区教体局", ("（区教体局 张敏）",)),
        (plain("供稿：区教体局", "撰稿人：张敏"), "区教体局", ("供稿：区教体局", "撰稿人：张敏")),
        (plain("供稿：张敏"), None, ("供稿：张敏",)),
        (plain("责任编辑：张敏　　联系电话：0797-8190001"), None, ("责任编辑：张敏　　联系电话：0797-8190001",)),
        (plain("（联系人：张敏，电话：8190001）"), None, ("（联系人：张敏，电话：8190001）",)),
        (plain("审 核：刘建军", "审签："), None, ("审 核：刘建军", "审签：")),
    ],
)
def test_lines_at_the_end_are_taken_out_of_print(end: str, byline: str | None, house_lines: tuple[str, ...]) -> None:
    assert parts_of(read(large(TITLE) + plain(BODY) + end)) == ((TITLE,), byline, [BODY], house_lines)


def test_list_of_units_at_the_end_stays_in_the_body() -> None:
    units = ["区教体局", "区人社局", "区民政局"]
    result = read(large(TITLE) + plain(BODY, "参加单位名单", *units, "联系电话：8190001"))
    assert parts_of(result) == ((TITLE,), None, [BODY, "参加单位名单", *units], ("联系电话：8190001",))


def test_second_signature_at_the_end_is_kept_on_record_alone() -> None:
    result = read(large(TITLE) + centred("区教育局") + plain(BODY, "章贡区教育体育局", "2022年11月1日"))
    assert parts_of(result) == ((TITLE,), "区教育局", [BODY], ("章贡区教育体育局", "2022年11月1日"))


@pytest.mark.parametrize("end", [("区教体局", "张敏"), ("张敏", "区教体局", "2022年11月8日")])
def test_writers_name_beside_the_signature_at_the_end_is_kept_on_record(end: tuple[str, ...]) -> None:
    result = read(large(TITLE) + plain(BODY, *end))
    assert parts_of(result)[:3] == ((TITLE,), "区教体局", [BODY])
    assert result.manuscript.house_lines == tuple(line for line in end if line != "区教体局")
