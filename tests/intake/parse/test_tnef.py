"""winmail.dat: the files in it, under the names that their sender gave them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.parse.tnef import read_tnef
from tools.tnef_builder import (
    BINARY,
    CONTENT,
    CONTENT_ID,
    LONG_NAME,
    STRING8,
    attached,
    binary,
    letter,
    named,
    text,
    winmail,
)

NAME = "普惠金融喆〔终稿〕.docx"


def files(data: bytes) -> list[tuple[str, bytes]]:
    return [(file.name, file.data) for file in read_tnef(data).files]


@pytest.mark.parametrize(
    "attachment",
    [
        attached(b"x", text(LONG_NAME, NAME)),
        attached(b"x", text(LONG_NAME, NAME, STRING8)),
        attached(b"x", named(1), text(LONG_NAME, NAME)),
        attached(b"x", title=NAME.encode("gbk")),
        attached(None, text(LONG_NAME, NAME), binary(CONTENT, b"x", BINARY)),
        attached(b"x", text(LONG_NAME, f"{NAME}\n\u202e")),
    ],
)
def test_file_has_its_bytes_and_its_chinese_name(attachment: bytes) -> None:
    found = read_tnef(winmail([attachment]))
    assert ([(file.name, file.data) for file in found.files], found.whole) == ([(NAME, b"x")], True)


@pytest.mark.parametrize(("code_page", "charset"), [(936, "gbk"), (54936, "gb18030"), (65001, "utf-8"), (950, "big5")])
def test_short_name_is_in_the_charset_of_the_letter(code_page: int, charset: str) -> None:
    data = winmail([attached(b"x", title="簡報.docx".encode(charset))], code_page)
    assert files(data) == [("簡報.docx", b"x")]


def test_attachments_come_in_their_order_with_those_of_attached_letters_among_them() -> None:
    inner = winmail([attached(b"2", text(LONG_NAME, "乙.docx"))])
    data = winmail(
        [
            attached(b"1", text(LONG_NAME, "甲.docx")),
            attached(None, letter(inner)),
            attached(b"3", text(LONG_NAME, "丙.docx")),
        ]
    )
    assert files(data) == [("甲.docx", b"1"), ("乙.docx", b"2"), ("丙.docx", b"3")]


def test_file_without_content_and_letter_without_files_are_not_lost() -> None:
    empty = winmail([])
    assert files(winmail([attached(b"", title=b"a.docx"), attached(None, letter(empty), title=b"b")])) == [
        ("a.docx", b""),
        ("b", empty),
    ]


def test_letters_within_letters_end_somewhere() -> None:
    data = winmail([attached(b"x", title=b"a.docx")])
    for _ in range(50):
        data = winmail([attached(None, letter(data))])
    [file] = read_tnef(data).files
    assert file.data.startswith(b"\x78\x9f\x3e\x22")


def test_picture_within_the_text_is_distinguished_from_an_attached_one() -> None:
    found = read_tnef(winmail([attached(b"1", text(CONTENT_ID, "image001")), attached(b"2")]))
    assert [file.within for file in found.files] == [True, False]


def test_files_before_the_damage_are_kept_and_the_damage_is_reported() -> None:
    data = winmail([attached(b"1", title=b"a.docx"), attached(b"2" * 90, title=b"b.docx")])
    found = read_tnef(data[:-40])
    assert ([(file.name, file.data) for file in found.files], found.whole) == (
        [("a.docx", b"1"), ("b.docx", b"")],
        False,
    )


@given(st.integers(0, 260), st.binary(max_size=8), st.integers(0, 260))
def test_no_bytes_break_it(at: int, over: bytes, cut: int) -> None:
    inner = winmail([attached(b"2", text(LONG_NAME, "乙.docx"))])
    data = winmail([attached(b"1", named(1), text(LONG_NAME, NAME)), attached(None, letter(inner))])
    for changed in (data[:at] + over + data[at + len(over) :], data[: len(data) - cut], data[:4] + over):
        assert len(read_tnef(changed).files) <= 2


@pytest.mark.parametrize(
    "data",
    [
        winmail([attached(b"x")] * 30_000),
        winmail([attached(b"x", *[text(LONG_NAME, "a")] * 200_000)]),
        winmail([attached(b"x", binary(LONG_NAME, bytes(4_000_000), 0x1003))]),
    ],
)
def test_winmail_built_to_take_long_is_given_up_early(data: bytes) -> None:
    began = time.process_time()
    assert len(read_tnef(data).files) <= 100
    assert time.process_time() - began < 3
