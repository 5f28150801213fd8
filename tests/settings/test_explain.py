"""Mistakes of TOML and of single keys are explained in Chinese, with what was probably meant."""

from __future__ import annotations

import pytest

from tests.support.config_texts import SMALL, problems, read, with_bulletin_key
from tests.support.configs import reason, with_bulletin, with_mailbox, with_top
from values.errors import BadConfig


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "config.toml bulletin：至少要有一份简报，写在 [[bulletin]] 之下（两层方括号）"),
        ("bulletin = []", "config.toml 第 1 行 bulletin：至少要有一份简报，写在 [[bulletin]] 之下（两层方括号）"),
        (
            SMALL.replace("[[bulletin]]", "[bulletin]"),
            "config.toml 第 1 行 bulletin：至少要有一份简报，写在 [[bulletin]] 之下（两层方括号）",
        ),
        (
            SMALL.partition("[bulletin.mailbox]")[0],
            "config.toml 第 1 行 bulletin[0].mailbox：必须有 [bulletin.mailbox]，至少写 host、username",
        ),
        (SMALL.replace('id = "wuxing"\n', ""), "config.toml 第 1 行 bulletin[0].id：必须填写"),
        ("desk = 1\n" + SMALL, "config.toml 第 1 行 desk：应是表，写成 [desk]"),
        (
            with_bulletin_key("poll_seconds = 60"),
            "config.toml 第 5 行 bulletin[0].poll_seconds：没有这个键；poll_seconds 属于 [bulletin.mailbox]",
        ),
        (
            with_bulletin_key('editors = "editor@example.org"'),
            'config.toml 第 5 行 bulletin[0].editors：应是列表，如 ["…", "…"]',
        ),
        (with_bulletin_key("phone = 8199917"), 'config.toml 第 5 行 bulletin[0].phone：应是文字，写在双引号里，如 "…"'),
        (
            with_bulletin_key("[bulletin.department]"),
            "config.toml 第 5 行 bulletin[0].department：应是表，"
            "写成 [[bulletin.department]]（两层方括号），可以有多个",
        ),
        (SMALL + "colour = 1", "config.toml 第 9 行 bulletin[0].mailbox.colour：没有这个键"),
        ("[servce]\n" + SMALL, "config.toml 第 1 行 servce：没有这个键；是不是 service？"),
    ],
)
def test_each_wrong_shape_is_reported_with_the_remedy(text: str, problem: str) -> None:
    assert problems(text) == (problem,)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[service]\ndata_dir “data”", 'config.toml 第 2 行第 10 列：全角的 “ 应换成半角的 "'),
        ("[service]\ndata_dir = data", 'config.toml 第 2 行第 12 列：值写错了：文字要加双引号，如 "…"'),
        ("[service\n", "config.toml 第 1 行第 9 列：表头缺右方括号 ]"),
        ('data_dir = "data', "config.toml 第 1 行（文件末尾）：文字缺右边的引号"),
        ('a = "1"\na = "2"', "config.toml 第 2 行（文件末尾）：这个键写了两次"),
    ],
)
def test_syntax_error_is_reported_with_line_and_column(text: str, problem: str) -> None:
    assert problems(text) == (problem,)


def test_syntax_error_never_repeats_what_was_written() -> None:
    assert "hunter2" not in "".join(problems("[smtp]\npassword = hunter2"))


def test_password_written_in_place_is_nowhere_in_the_error() -> None:
    with pytest.raises(BadConfig) as refused:
        read(SMALL + 'password = "hunter2"\n')
    error: BaseException | None = refused.value
    told = ""
    while error is not None:
        told += repr(error) if error is refused.value else ""
        assert error is refused.value or error.__suppress_context__ or "hunter2" not in str(error)
        error = error.__context__
    assert "hunter2" not in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (with_mailbox('security = "ssl"'), "bulletin[0].mailbox.security：只能是 tls、starttls、none；是不是 tls？"),
        (with_bulletin('numbering = "year"'), "bulletin[0].numbering：只能是 running、yearly；是不是 yearly？"),
        (with_bulletin('unknown_senders = "drop"'), "bulletin[0].unknown_senders：只能是 hold、draft"),
        (with_top('[service]\nlog_format = "JSON"'), "service.log_format：只能是 text、json；是不是 json？"),
        (with_bulletin("first_number = 0"), "bulletin[0].first_number：不能小于 1"),
        (with_mailbox("poll_seconds = 0"), "bulletin[0].mailbox.poll_seconds：不能小于 1"),
        (with_bulletin("first_number = true"), "bulletin[0].first_number：应是整数，不加引号"),
    ],
)
def test_closed_words_and_numbers_are_checked(text: str, said: str) -> None:
    assert reason(text) == said
