"""Content-Transfer-Encoding: whole, damaged and mislabelled content."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.parse.transfer import Decoded, decode_transfer, is_encoded

DATA = bytes(range(256)) * 3
LINES = base64.encodebytes(DATA)


@pytest.mark.parametrize("encoding", ["base64", "BASE64", ' "base64" ', "base64; x=y"])
def test_base64_is_decoded_however_it_is_labelled(encoding: str) -> None:
    assert decode_transfer(LINES, encoding) == Decoded(DATA)


@pytest.mark.parametrize("padding", [b"", b" ", b"\t  "])
@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_blanks_after_a_soft_break_are_no_text(padding: bytes, line_end: bytes) -> None:
    assert decode_transfer(b"1576=" + padding + line_end + b"5 =3D 5=" + padding, "quoted-printable") == Decoded(
        b"15765 = 5"
    )


def test_pieces_that_are_each_padded_are_whole() -> None:
    assert decode_transfer(b"YQ==\r\nYg==\r\n", "base64") == Decoded(b"ab")


def test_base64_that_is_cut_off_gives_its_beginning_and_a_problem() -> None:
    decoded = decode_transfer(LINES[:-7], "base64")
    assert DATA.startswith(decoded.data[:700])
    assert decoded.problem


def test_damaged_character_changes_only_its_own_bytes() -> None:
    damaged = decode_transfer(LINES.replace(b"A", b"\xff", 1), "base64")
    assert (len(damaged.data), damaged.data[3:]) == (len(DATA), DATA[3:])


def test_zip_in_base64_without_the_field_is_recognised() -> None:
    packed = b"PK\x03\x04" + bytes(90)
    assert decode_transfer(base64.encodebytes(packed), "") == Decoded(packed)


def test_quoted_printable_and_uuencode_are_decoded() -> None:
    assert decode_transfer(b"a=3Db=\r\nc", "quoted-printable") == Decoded(b"a=bc")
    assert decode_transfer(b"begin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n", "x-uuencode") == Decoded(b"Cat")


def test_unknown_encoding_leaves_the_data_and_says_so() -> None:
    assert decode_transfer(b"abc", "x-own") == Decoded(b"abc", "编码方式不认识，按原样读取")
    assert (is_encoded("x-own"), is_encoded("8bit"), is_encoded("")) == (True, False, False)


@given(st.binary(max_size=200), st.sampled_from(["base64", "quoted-printable", "uuencode", "7bit", "?"]))
def test_any_content_is_decoded(data: bytes, encoding: str) -> None:
    assert isinstance(decode_transfer(data, encoding).data, bytes)
