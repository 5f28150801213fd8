"""Bytes under right, wrong and missing labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.parse.charsets import codec_for, decode

TEXT = "普惠喆：朱镕基，囍。"


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030", "us-ascii", "", "iso-8859-1", "x-unknown", "cp936"])
def test_gbk_is_read_under_every_label_that_programs_write(label: str) -> None:
    assert decode(TEXT.encode("gb18030"), label) == TEXT


@pytest.mark.parametrize("label", ["utf-8", "gb2312", "us-ascii", "", "UTF-8*zh-cn"])
def test_utf8_is_read_under_every_label_that_programs_write(label: str) -> None:
    assert decode(TEXT.encode(), label) == TEXT


@pytest.mark.parametrize("label", ["big5", "utf-16", "hz-gb-2312", "shift_jis"])
def test_text_is_decoded_as_labelled(label: str) -> None:
    assert decode("中文".encode(codec_for(label)), label) == "中文"


def test_western_text_stays_western() -> None:
    assert decode("Müller, café".encode("latin-1"), "iso-8859-1") == "Müller, café"


@pytest.mark.parametrize("label", ["unicode_escape", "punycode", "rot13", "zlib", "idna", "a" * 60, "中文", ""])
def test_what_is_no_character_set_of_mail_has_no_codec(label: str) -> None:
    assert codec_for(label) == ""


@given(st.binary(max_size=60), st.sampled_from(["", "gb2312", "utf-8", "utf-7", "big5", "iso-2022-jp", "hz"]))
def test_any_bytes_are_decoded(data: bytes, label: str) -> None:
    assert isinstance(decode(data, label), str)
