"""format=flowed, with and without delsp (RFC 3676)."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.parse.flowed import Flow, flow_of, unflowed

PARAGRAPH = "今年以来，新建助餐点15765处，服务老人33962人次，守牢安全底线。"


@pytest.mark.parametrize(
    ("parameters", "flow"),
    [
        ({}, Flow.FIXED),
        ({"format": "fixed", "delsp": "yes"}, Flow.FIXED),
        ({"format": "Flowed"}, Flow.FLOWED),
        ({"format": "flowed", "delsp": "no"}, Flow.FLOWED),
        ({"format": "flowed", "delsp": "YES"}, Flow.FLOWED_DELSP),
    ],
)
def test_flow_is_announced_by_the_type(parameters: dict[str, str], flow: Flow) -> None:
    assert flow_of(parameters) is flow


def broken(width: int) -> str:
    return " \n".join(PARAGRAPH[at : at + width] for at in range(0, len(PARAGRAPH), width)) + "\n第二段。"


@given(st.integers(2, 40))
def test_chinese_broken_anywhere_is_as_it_was_written_with_delsp(width: int) -> None:
    assert unflowed(broken(width), Flow.FLOWED_DELSP) == f"{PARAGRAPH}\n第二段。"


@given(st.integers(2, 40))
def test_chinese_broken_anywhere_has_no_changed_number_without_delsp(width: int) -> None:
    joined = unflowed(broken(width), Flow.FLOWED)
    assert re.findall(r"\d+", joined) == ["15765", "33962"]
    assert joined.replace(" ", "") == f"{PARAGRAPH}\n第二段。"


def test_space_between_words_was_written_without_delsp() -> None:
    assert unflowed("one two \nthree, 15 \n40", Flow.FLOWED) == "one two three, 15 40"
    assert unflowed("one two \nthree", Flow.FLOWED_DELSP) == "one twothree"


def test_line_without_a_space_at_its_end_ends_the_paragraph() -> None:
    assert unflowed("一 \n二\n三 \n\n四", Flow.FLOWED_DELSP) == "一二\n三\n四"


def test_quoted_lines_are_joined_with_those_of_their_depth() -> None:
    assert unflowed(">甲 \n>乙\n>> 丙 \n丁", Flow.FLOWED_DELSP) == "> 甲乙\n>> 丙 \n丁"


def test_mark_of_a_signature_is_no_broken_line() -> None:
    assert unflowed("一 \n-- \n张敏", Flow.FLOWED_DELSP) == "一 \n-- \n张敏"


def test_space_put_before_a_line_is_removed() -> None:
    assert unflowed(" From here\n >一", Flow.FLOWED) == "From here\n>一"


def test_long_paragraph_is_joined_in_the_time_that_its_length_takes() -> None:
    started = process_time()
    assert unflowed("15 \n" * 100_000, Flow.FLOWED).count("15 15") == 50_000
    assert unflowed("年 \n15 \n" * 50_000, Flow.FLOWED).count(" ") == 100_000
    assert process_time() - started < 1


def test_fixed_text_stays_as_it_is() -> None:
    assert unflowed("一 \n 二", Flow.FIXED) == "一 \n 二"
