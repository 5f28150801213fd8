"""目录: what is a table of contents in a manuscript, and what only looks like one."""

from __future__ import annotations

from time import process_time

import pytest

from intake.read.source import SourceBlock, SourceParagraph
from intake.read.structure.contents import contents_of, without_contents
from tests.support.manuscripts import BODY, TITLE, centred, large, parts_of, plain, read

HEADINGS = ("一、主要做法", "二、工作成效")


def blocks(*texts: str, style: str = "") -> list[SourceBlock]:
    return [SourceParagraph(text, style=style) for text in texts]


@pytest.mark.parametrize(
    "entries",
    [
        ("一、主要做法……1", "二、工作成效…………3"),
        ("一、主要做法\t1", "二、工作成效\t3"),
        ("一、主要做法......1", "二、工作成效.......- 3 -"),
        ("一、主要做法··········（1）", "二、工作成效·········（3）"),
        HEADINGS,
    ],
)
@pytest.mark.parametrize("heading", ["目录", "目　录", "【目录】", "目 次"])
def test_contents_are_taken_with_their_heading(heading: str, entries: tuple[str, ...]) -> None:
    whole = blocks(heading, *entries, *HEADINGS, BODY)
    assert without_contents(whole) == (blocks(*HEADINGS, BODY), [heading, *entries])


@pytest.mark.parametrize("style", ["toc 1", "TOC 2", "目录 1", "WPSOffice手动目录 1"])
def test_entries_are_recognised_by_their_style(style: str) -> None:
    assert contents_of([*blocks("主要做法", "工作成效", style=style), *blocks(BODY)]) == range(0, 2)


@pytest.mark.parametrize(
    "lines",
    [
        ("目录", BODY),
        ("走访老人\t300", BODY),
        ("一是走访……", "二是慰问……", BODY),
        ("2022年……", BODY),
    ],
)
def test_text_is_no_contents(lines: tuple[str, ...]) -> None:
    assert not contents_of(blocks(*lines))


@pytest.mark.parametrize(
    "lines",
    [
        ["目录"] * 4_000,
        ["目录", *(f"{number}条" for number in range(8_000)), *(f"{number}条" for number in range(8_000))],
        ["目录", "…" * 600 + "）"],
        ["…" * 118 + "）"] * 400,
        ["目录", "甲" + " " * 40_000 + "乙"],
    ],
    ids=["many headings", "many entries", "a long leader", "leaders without a page", "a wide gap"],
)
def test_long_contents_are_read_at_once(lines: list[str]) -> None:
    whole = blocks(*lines)
    started = process_time()
    contents_of(whole)
    assert process_time() - started < 1


def test_title_below_the_contents_is_the_title_and_the_editor_reads_it() -> None:
    result = read(centred("目录") + plain("一、主要做法…………1") + large(TITLE) + plain(HEADINGS[0], BODY))
    assert parts_of(result)[0] == (TITLE,)
    assert [finding.rule.name for finding in result.findings] == ["contents-left-out"]


def test_title_that_stands_on_a_cover_too_is_printed_once() -> None:
    result = read(large(TITLE) + centred("目录") + plain("一、主要做法……1") + large(TITLE) + plain(HEADINGS[0], BODY))
    assert parts_of(result)[0] == (TITLE,)
    assert list(result.manuscript.lines) == [HEADINGS[0], BODY]
