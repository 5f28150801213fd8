"""What of an answer is its writer's own, below and above what the programs of our editors quote."""

from __future__ import annotations

import pytest

from intake.classify.own_words import own_words
from intake.parse.message import parse_message

OURS = "—— 答复请写在这一行上面，并保留下面的内容 ——\n\n第70期送审稿见附件\n   1.《甲》区民政局\n例：采用 1,3"
QUOTED = "\n".join(f"> {line}" for line in OURS.split("\n"))


def words(text: str, content_type: str = "text/plain") -> str:
    return own_words(parse_message(f"Content-Type: {content_type}; charset=utf-8\r\n\r\n{text}".encode()))


@pytest.mark.parametrize(
    "text",
    [
        "采用 1,3",
        f'采用 1,3\n\n在 2022-11-08 16:05，"区五型办" <x@y.example> 写道：\n{QUOTED}',
        f"采用 1,3\n\n-----原始邮件-----\n发件人: 区五型办\n发送时间: 2022-11-08\n主题: 送审\n\n{OURS}",
        f"采用 1,3\n\nOn Tue, Nov 8, 2022 at 4:05 PM x <x@y.example> wrote:\n{QUOTED}",
        f"采用 1,3\n\n{OURS}",
        f"采用 1,3\n\n> {OURS}",
        f"采用 1,3\n发自我的iPhone\n\n{OURS}",
        f"采用 1,3\n\n--\n区政府办 王芳\n电话：0797-8199917\n{OURS}",
        f'在 2022-11-08 16:05，"区五型办" <x@y.example> 写道：\n{QUOTED}\n\n采用 1,3',
        f"{QUOTED}\n采用 1,3",
        "[外部邮件]\n本邮件来自外部，请勿点击链接。\n采用 1,3",
    ],
)
def test_the_writers_own_words_are_found(text: str) -> None:
    assert words(text) == "采用 1,3"


def test_lines_keep_their_order_and_gaps() -> None:
    assert words(f"缓 2\n\n采用 1\n{OURS}") == "缓 2\n\n采用 1"


def test_a_page_is_read_where_there_is_no_plain_text() -> None:
    page = "<div>采用 1,3</div><div>缓 2</div><blockquote>—— 答复请写在这一行上面 ——<br>例：不用 5</blockquote>"
    assert words(page, "text/html") == "采用 1,3\n\n缓 2"


def test_a_letter_that_only_quotes_says_nothing() -> None:
    assert words(QUOTED) == ""
    assert words(OURS) == ""


def test_a_line_that_may_mean_something_stays() -> None:
    """Below an article these are parts of a card; in an answer they may be what it asks for."""
    text = "采用 1\n1、3、5、7\n请王主任审阅\n-----\n期待下期再用"
    assert words(f"{text}\nwang@office.example\n电话：0797-8199917\n{OURS}") == text
