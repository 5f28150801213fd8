"""版头: which lines stand above the title of an official document, and that the title is read below them."""

from __future__ import annotations

import pytest

from intake.read.structure.official_head import head_length, is_file_number, is_head_line, is_mark
from tests.support.manuscripts import BODY, centred, large, parts_of, plain, read

TITLE = "甲县民政局关于开展冬季救助的通知"
NUMBER = "甲民发〔2022〕15号"


@pytest.mark.parametrize(
    "line",
    [
        NUMBER,
        "甲民发[2022]15号",
        "甲民发（2022）第15号",
        "甲民发〔２０２２〕 15 号　　签发人：张敏",
        "甲府办字〔2022〕号",
        "发文字号：甲民发【2022】15号",
    ],
)
def test_file_number_in_the_forms_of_offices(line: str) -> None:
    assert is_file_number(line)
    assert is_head_line(line)


@pytest.mark.parametrize(
    "line", ["甲县民政局文件", "甲 县 民 政 局 文 件", "中共甲县委员会文件", "文件", "甲县人民政府办公室文件"]
)
def test_mark_names_the_office_and_file(line: str) -> None:
    assert is_mark(line)


@pytest.mark.parametrize(
    "line",
    [
        "特急",
        "特 急",
        "紧急程度：加急",
        "密级",
        "内部资料",
        "000123",
        "№ 000123",
        "签发人：张敏",
        "发文稿纸",
        "★★★",
        "主动公开",
    ],
)
def test_other_lines_of_a_head(line: str) -> None:
    assert is_head_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "关于转发上级文件的通知",
        "区民政局开展冬季救助",
        "学习贯彻重要文件",
        "一号文件落地见效",
        "2022年工作要点",
        "区民政局",
        BODY,
        "根据甲民发〔2022〕15号文件要求",
    ],
)
def test_title_and_text_are_no_head(line: str) -> None:
    assert not is_head_line(line) or is_mark(line)
    assert not is_file_number(line)


@pytest.mark.parametrize(
    ("lines", "length"),
    [
        (["甲县民政局", "甲县教育局", "文件", NUMBER, TITLE], 4),
        (["甲县民政局", NUMBER, TITLE], 2),
        (["甲县人民政府令", "第12号", "甲县救助办法"], 2),
        ([TITLE, NUMBER], 0),
        (["区民政局", TITLE], 0),
    ],
)
def test_names_of_units_are_a_head_above_file_or_number(lines: list[str], length: int) -> None:
    assert head_length(lines) == length


@pytest.mark.parametrize(
    "head",
    [
        ("甲县民政局文件", NUMBER),
        ("000123", "特急", "甲县民政局文件", f"{NUMBER}　签发人：张敏"),
        ("甲县民政局", "甲县教育局", "甲县财政局", "文件", NUMBER),
        ("特急", "内部资料 注意保存"),
        (NUMBER,),
    ],
)
def test_title_is_the_line_below_the_head(head: tuple[str, ...]) -> None:
    result = read(large(*head[:1]) + centred(*head[1:]) + large(TITLE) + plain(BODY))
    assert parts_of(result)[:1] == ((TITLE,),)
    assert parts_of(result)[2] == [BODY]
    assert result.manuscript.house_lines == head
    assert result.findings == ()


def test_title_below_the_head_is_read_by_its_words_alone() -> None:
    result = read(plain("甲县民政局文件", NUMBER, TITLE, BODY))
    assert parts_of(result) == ((TITLE,), None, [BODY], ("甲县民政局文件", NUMBER))
    assert result.findings == ()


def test_number_below_the_title_is_kept_on_record() -> None:
    assert parts_of(read(large(TITLE) + centred(NUMBER) + plain(BODY))) == ((TITLE,), None, [BODY], (NUMBER,))
