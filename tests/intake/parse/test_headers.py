"""Header blocks and encoded words."""

from __future__ import annotations

import base64

import pytest

from intake.parse.headers import clean, decode_words, parse_header, shown


def test_fields_are_unfolded_and_named_in_lower_case() -> None:
    header, end = parse_header(b"Subject: a\r\n b\r\nX-Own : c\r\n")
    assert [(field.name, field.value) for field in header.fields] == [("subject", b"a b"), ("x-own", b"c")]
    assert end == len(b"Subject: a\r\n b\r\nX-Own : c\r\n")


def test_first_of_several_fields_counts() -> None:
    header, _ = parse_header(b"To: a\r\nTo: b\r\n")
    assert (header.first("to"), list(header.raw("to")), header.first("cc")) == ("a", ["a", "b"], "")


def test_line_that_is_no_field_ends_the_header_unless_fields_follow() -> None:
    header, end = parse_header(b"Subject: a\r\nstray\r\nTo: b\r\n")
    assert (header.first("subject"), header.first("to")) == ("a stray", "b")
    _, end = parse_header(b"Subject: a\r\n\xe6\xad\xa3 text\r\nmore\r\n")
    assert end == len(b"Subject: a\r\n")


def word(data: bytes, charset: str = "gb2312") -> str:
    return f"=?{charset}?B?{base64.b64encode(data).decode()}?="


def test_character_that_is_cut_between_two_words_is_joined() -> None:
    data = "简报".encode("gbk")
    assert decode_words(f"{word(data[:1])} {word(data[1:])}") == "简报"


def test_white_space_between_words_is_dropped_and_before_text_is_kept() -> None:
    assert decode_words(f"{word('简'.encode('gbk'))}\r\n {word('报'.encode('gbk'))} a") == "简报 a"


@pytest.mark.parametrize("text", ["=?utf-8?B?!!!?=", "=?utf-8?X?a?=", "=?", "=?x?B?YQ?="])
def test_invalid_words_raise_nothing(text: str) -> None:
    assert isinstance(decode_words(text), str)


def test_control_and_direction_characters_are_removed() -> None:
    assert shown("a\u202eb\x00 \t c") == "ab c"
    assert clean("a\tb\nc\u200b\ud800") == "a\tb\nc"
