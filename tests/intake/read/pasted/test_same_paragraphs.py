"""The same text gives the same paragraphs, however the sender's program writes it into the letter."""

from __future__ import annotations

import base64
import html
import quopri
from collections.abc import Callable, Sequence
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.reading import read_letter
from tests.support.pasted_articles import REGISTER, lines

TITLE: Final = "水南社区开展冬季消防演练"
HEAD: Final = "From: jtj@example.org\r\nSubject: =?utf-8?B?5oqV56i/?=\r\nMIME-Version: 1.0\r\n"
_WORDS = st.sampled_from(
    [
        "新建助餐点15765处",
        "服务老人33962人次",
        "增长8.5%",
        "LED 灯 200 盏",
        "A股上市",
        "《办法》",
        "“一老一小”",
        "（一期）",
        "守牢安全底线",
        "2026年11月28日",
    ]
)
PARAGRAPHS = st.lists(
    st.lists(_WORDS, min_size=4, max_size=12).map(
        lambda words: "今年以来，我区组织居民开展消防演练，" + "，".join(words) + "。"
    ),
    min_size=2,
    max_size=6,
)


def plain(text: str, width: int) -> bytes:
    return letter("text/plain; charset=utf-8", text.replace("\n", "\r\n").encode(), "8bit")


def flowed(text: str, width: int) -> bytes:
    broken = "\r\n".join(_broken(line, width) for line in text.split("\n"))
    return letter("text/plain; charset=utf-8; format=flowed; delsp=yes", broken.encode(), "8bit")


def quoted_printable(text: str, width: int) -> bytes:
    return letter(
        "text/plain; charset=utf-8", quopri.encodestring(text.encode()).replace(b"\n", b"\r\n"), "quoted-printable"
    )


def padded_quoted_printable(text: str, width: int) -> bytes:
    data = quopri.encodestring(text.encode()).replace(b"=\n", b"= \t\r\n")
    return letter("text/plain; charset=utf-8", data, "quoted-printable")


def in_base64(text: str, width: int) -> bytes:
    return letter("text/plain; charset=gb2312", base64.encodebytes(text.encode("gb18030")), "base64")


def in_utf16(text: str, width: int) -> bytes:
    return letter("text/plain; charset=utf-16", base64.encodebytes(text.encode("utf-16")), "base64")


def page_of_paragraphs(text: str, width: int) -> bytes:
    return page("".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n")))


def page_of_divisions(text: str, width: int) -> bytes:
    body = "".join(f"<div><span style='font-size:16pt'>{html.escape(line)}</span></div>" for line in text.split("\n"))
    return page(body)


def page_with_breaks(text: str, width: int) -> bytes:
    return page("<div>" + html.escape(text).replace("\n", "<br>\r\n") + "</div>")


def page_of_preformatted_text(text: str, width: int) -> bytes:
    return page(f"<pre>{html.escape(text)}</pre>")


def page_that_keeps_lines(text: str, width: int) -> bytes:
    return page(f"<div style='white-space:pre-wrap'>{html.escape(text)}</div>")


def page(body: str) -> bytes:
    return letter("text/html; charset=utf-8", f"<html><body>{body}</body></html>".encode(), "8bit")


def letter(content_type: str, body: bytes, encoding: str) -> bytes:
    head = f"{HEAD}Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + body


def _broken(line: str, width: int) -> str:
    """A paragraph as a program with delsp breaks it; a line that begins with a space gets one more (RFC 3676 4.4)."""
    pieces = (line[at : at + width] for at in range(0, len(line), width))
    return " \r\n".join(f" {piece}" if piece.startswith(" ") else piece for piece in pieces)


FORMS: Final[Sequence[Callable[[str, int], bytes]]] = (
    *(plain, flowed, quoted_printable, padded_quoted_printable, in_base64, in_utf16),
    *(page_of_paragraphs, page_of_divisions, page_with_breaks, page_of_preformatted_text, page_that_keeps_lines),
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@given(paragraphs=PARAGRAPHS, width=st.integers(10, 60))
@settings(max_examples=15, deadline=None)
def test_text_has_the_same_paragraphs_in_every_form(
    form: Callable[[str, int], bytes], paragraphs: list[str], width: int
) -> None:
    text = "\n".join([TITLE, "区教体局", *paragraphs])
    assert lines(read_letter(form(text, width), REGISTER)) == [TITLE, "区教体局", *paragraphs]
