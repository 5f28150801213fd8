"""Files in the text of a letter: uuencode and yEnc."""

from __future__ import annotations

import base64
import binascii
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.parse.encoded_files import EncodedFile, files_in_text
from intake.parse.message import parse_message

DATA = bytes(range(256)) * 2


def uuencoded(data: bytes, name: bytes = b"gao.docx", end: bytes = b"`\r\nend\r\n") -> bytes:
    lines = [binascii.b2a_uu(data[at : at + 45], backtick=True).rstrip() for at in range(0, len(data), 45)]
    return b"begin 644 " + name + b"\r\n" + b"\r\n".join(lines) + b"\r\n" + end


@given(st.binary(max_size=300))
def test_file_is_decoded_and_cut_out_of_the_text(data: bytes) -> None:
    text, files = files_in_text(b"above\r\n" + uuencoded(data) + b"below\r\n")
    assert (text, files) == (b"above\r\nbelow\r\n", (EncodedFile(b"gao.docx", data, ""),))


def test_several_files_and_base64_are_read() -> None:
    in_base64 = b"begin-base64 644 b.docx\n" + base64.encodebytes(DATA) + b"====\n"
    text, files = files_in_text(uuencoded(b"1", b"a.docx") + b"\n" + in_base64)
    assert text.strip() == b""
    assert [(file.name, file.data) for file in files] == [(b"a.docx", b"1"), (b"b.docx", DATA)]


def test_file_without_its_end_reaches_to_the_end_of_the_text() -> None:
    text, [file] = files_in_text(b"a\n" + uuencoded(DATA, end=b""))
    assert (text, file.data) == (b"a\n", DATA)


def test_yenc_is_recognised_and_stays_as_it_is() -> None:
    text, [file] = files_in_text(b"a\r\n=ybegin line=128 size=3 name=gao.docx\r\nxyz\r\n=yend size=3\r\nb")
    yenc = b"=ybegin line=128 size=3 name=gao.docx\r\nxyz\r\n"
    assert (text, file) == (b"a\r\nb", EncodedFile(b"gao.docx", yenc, ""))


def test_binhex_is_recognised_and_stays_as_it_is() -> None:
    binhex = b"(This file must be converted with BinHex 4.0)\r\n\r\n:$f*TEQKPH#jKEfX!39"
    text, [file] = files_in_text(b"a\r\n" + binhex + b":\r\nb")
    assert (text, file) == (b"a\r\nb", EncodedFile(b"", binhex, ""))


@pytest.mark.parametrize("text", [b"begin at once\r\nend\r\n", b"we begin 644 things", "正文".encode()])
def test_text_that_only_speaks_of_beginning_stays(text: bytes) -> None:
    assert files_in_text(text) == (text, ())


def test_name_is_in_the_charset_of_the_text() -> None:
    body = "稿件请审。\r\n".encode("gb18030") + uuencoded(b"PK\x03\x04", "稿件.docx".encode("gb18030"))
    message = parse_message(b"From: a@b.example\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n" + body)
    assert [(part.name, part.data) for part in message.parts if part.name] == [("稿件.docx", b"PK\x03\x04")]
    assert message.text == "稿件请审。"


@pytest.mark.parametrize(
    "text",
    [
        b"begin 644 a" + b" " * 1_000_000 + b"b\n",
        b"begin-base64 644 a" + b" " * 1_000_000 + b"b\n",
        b"=ybegin " + b"name=" * 40 + b" " * 100_000 + b"b\n",
    ],
)
def test_long_line_takes_the_time_of_its_length(text: bytes) -> None:
    started = process_time()
    assert files_in_text(text) == (text, ())
    assert process_time() - started < 1
