"""Encoded words decode to the text they were made of, in every program, word by word."""

from __future__ import annotations

import base64
import re
from email.header import decode_header, make_header

from hypothesis import given
from hypothesis import strategies as st

from courier.encoded_words import encoded_words


@given(st.text())
def test_text_comes_back_word_by_word(text: str) -> None:
    words = encoded_words(text).split("\r\n ")
    octets = [base64.b64decode(re.fullmatch(r"=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=", word)[1]) for word in words]  # type: ignore[index]
    assert "".join(part.decode() for part in octets) == text
    assert max(map(len, words)) <= 64


def test_python_reads_it_with_all_spaces() -> None:
    subject = "【退件】未能读出稿件：000000ࠀ ¡ ¡ 关于 2026 年 第 70 期"
    assert str(make_header(decode_header(encoded_words(subject).replace("\r\n", "")))) == subject
