"""图题: which line says what a picture shows, from real bytes."""

from __future__ import annotations

import pytest

from tests.support.manuscripts import BODY, TITLE, centred, large, parts_of, picture, plain, read, small, styled
from values.manuscript import Block, Heading, Paragraph, Picture

HEAD = large(TITLE) + centred("区教体局")


def shown(body: str) -> list[str]:
    """The blocks of an article, a picture as [its caption]."""
    return [_told(block) for block in read(HEAD + body).manuscript.blocks]


def _told(block: Block) -> str:
    if isinstance(block, Picture):
        return f"[{block.caption}]"
    assert isinstance(block, Paragraph | Heading)
    return block.text


@pytest.mark.parametrize(
    "line",
    [
        plain("图1 文清小学课间活动"),
        plain("图1：文清小学课间活动"),
        plain("图一　文清小学"),
        plain("图1-2 文清小学"),
        plain("图：文清小学课间活动"),
        plain("▲文清小学课间活动"),
        plain("图为文清小学课间活动。"),
        plain("（图为文清小学课间活动）"),
        plain("上图：文清小学课间活动"),
        plain("图片说明：文清小学课间活动"),
        plain("文清小学开展课间活动。（张敏 摄）"),
        plain("（区教体局供图）"),
        plain("摄影：张敏"),
        centred("文清小学课间活动"),
        small("文清小学课间活动"),
        centred("1月5日，文清小学开展课间活动。"),
    ],
)
@pytest.mark.parametrize("after", [plain(BODY), ""])
def test_caption_below_a_picture_goes_with_it(line: str, after: str) -> None:
    first, found, *rest = shown(plain(BODY) + picture() + line + after)
    assert (first, rest) == (BODY, [BODY] if after else [])
    assert len(found) > len("[]")


@pytest.mark.parametrize(
    "line",
    [
        plain("文清小学课间活动丰富多彩"),
        plain("一、夯实办园基础"),
        centred("一、夯实办园基础"),
        styled("夯实办园基础", "H1"),
        plain("图1显示，办园水平整体提升。效果明显。"),
        plain("图书进校园"),
        plain("3名学生获奖"),
        large("夯实办园基础"),
        plain(BODY),
    ],
)
def test_text_below_a_picture_stays_text(line: str) -> None:
    assert shown(plain(BODY) + picture() + line + plain(BODY))[:2] == [BODY, "[]"]


def test_numbered_caption_may_stand_above_each_picture() -> None:
    body = plain("图1 教室") + picture(1) + plain("图2 操场") + picture(2) + plain(BODY)
    assert shown(plain(BODY) + body) == [BODY, "[图1 教室]", "[图2 操场]", BODY]


def test_numbered_caption_may_stand_below_each_picture() -> None:
    body = picture(1) + plain("图1 教室") + picture(2) + plain("图2 操场") + plain(BODY)
    assert shown(plain(BODY) + body) == [BODY, "[图1 教室]", "[图2 操场]", BODY]


def test_one_caption_below_several_pictures_belongs_to_the_last() -> None:
    assert shown(plain(BODY) + picture(1) + picture(2) + centred("课间活动")) == [BODY, "[]", "[课间活动]"]


@pytest.mark.parametrize(
    ("end", "byline", "house_lines"),
    [
        (centred("区教体局", "2022年11月1日"), "区教体局", ("2022年11月1日",)),
        (centred("撰稿：张敏"), None, ("撰稿：张敏",)),
        (small("供稿：区教体局"), "区教体局", ("供稿：区教体局",)),
    ],
)
def test_signature_below_a_picture_is_no_caption(end: str, byline: str | None, house_lines: tuple[str, ...]) -> None:
    result = read(large(TITLE) + plain(BODY) + picture() + end)
    assert parts_of(result) == ((TITLE,), byline, [BODY], house_lines)


def test_caption_is_a_line_of_the_article() -> None:
    assert parts_of(read(HEAD + picture() + centred("课间活动") + plain(BODY)))[2] == ["课间活动", BODY]


def test_picture_above_the_title_comes_below_it() -> None:
    result = read(picture() + large(TITLE) + centred("区教体局") + plain(BODY))
    assert parts_of(result) == ((TITLE,), "区教体局", [BODY], ())
    assert [type(block) for block in result.manuscript.blocks] == [Picture, Paragraph]
