"""落款 in the middle of a file, and joint ones."""

from __future__ import annotations

import pytest

from tests.support.manuscripts import BODY, TITLE, large, parts_of, plain, read
from values.manuscript import Heading

DAY = "2022年11月3日"


@pytest.mark.parametrize(
    ("units", "byline", "departments"),
    [
        (("区民政局",), "区民政局", ("区民政局",)),
        (("区民政局　　区教体局",), "区民政局、区教体局", ("区民政局", "区教体局")),
        (("区民政局", "区教体局"), "区民政局、区教体局", ("区民政局", "区教体局")),
        (("区民政局", "区教体局", "区人社局"), "区民政局、区教体局、区人社局", ("区民政局", "区教体局", "区人社局")),
        (("区民政局　区教体局", "区人社局"), "区民政局、区教体局、区人社局", ("区民政局", "区教体局", "区人社局")),
        (("区民政局（盖章）",), "区民政局", ("区民政局",)),
        (("甲县人民政府办公室",), "甲县人民政府办公室", ()),
        (("中共甲县委宣传部", "甲县卫生健康委员会"), "中共甲县委宣传部、甲县卫生健康委员会", ()),
        (("甲县防汛抗旱指挥部",), "甲县防汛抗旱指挥部", ()),
        (("区 民 政 局",), "区民政局", ("区民政局",)),
    ],
)
@pytest.mark.parametrize("issued", [(), ("救助工作办法",), ("附件", "救助工作办法"), ("附件1", "救助工作办法")])
def test_units_and_date_sign_whatever_follows(
    units: tuple[str, ...], byline: str, departments: tuple[str, ...], issued: tuple[str, ...]
) -> None:
    after = large(issued[-1]) + plain("第一条 为规范救助工作，制定本办法。") if issued else ""
    result = read(large(TITLE) + plain(BODY, *units, DAY, *issued[:-1]) + after)
    assert (result.manuscript.byline, result.byline_departments) == (byline, departments)
    assert not {*units, DAY} & set(result.manuscript.lines)
    assert DAY in result.manuscript.house_lines


def test_title_of_what_is_issued_is_a_heading() -> None:
    result = read(large(TITLE) + plain(BODY, "区民政局", DAY) + large("救助工作办法") + plain("第一条 制定本办法。"))
    assert Heading("救助工作办法", 1) in result.manuscript.blocks


@pytest.mark.parametrize(
    "day",
    [
        "2022 年 11 月 3 日",
        "二〇二二年十一月三日",
        "二○二二年十一月三日",
        "２０２２年１１月３日",
        "2022年11月　日",
        "2022.11.3",
    ],
)
def test_date_of_a_signoff_in_the_forms_of_offices(day: str) -> None:
    assert parts_of(read(large(TITLE) + plain(BODY, "区民政局", day))) == ((TITLE,), "区民政局", [BODY], (day,))


def test_unit_that_blanks_move_to_the_right_of_the_last_sentence_signs() -> None:
    result = read(large(TITLE) + plain(f"{BODY}{'　' * 20}区民政局", DAY))
    assert parts_of(result) == ((TITLE,), "区民政局", [BODY], (DAY,))


def test_units_on_three_lines_without_a_date_sign_below_a_sentence() -> None:
    result = read(large(TITLE) + plain(BODY, "区民政局", "区教体局", "区人社局"))
    assert parts_of(result)[1:3] == ("区民政局、区教体局、区人社局", [BODY])


def test_unit_and_day_of_an_event_in_the_text_stay() -> None:
    lines = (BODY, "活动安排如下", "区民政局", DAY, BODY.replace("坚持", "继续"))
    assert parts_of(read(large(TITLE) + plain(*lines)))[:3] == ((TITLE,), None, list(lines))


@pytest.mark.parametrize("line", ["区教体局、区民政局联合报送", "区教体局　区民政局联合供稿", "区教体局和区民政局"])
def test_joint_byline_below_the_title(line: str) -> None:
    result = read(large(TITLE) + plain(line, BODY))
    assert (result.manuscript.byline, result.byline_departments) == ("区教体局、区民政局", ("区教体局", "区民政局"))
