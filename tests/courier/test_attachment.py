"""The name of an attached file, as the mail programs read it that know one of its three forms."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.header import decode_header
from email.message import EmailMessage
from email.policy import compat32, default
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courier.attachment import Enclosure, enclosure_part
from intake.parse.message import parse_message
from tests.support.submissions import OFFICE

DATA = b"PK\x03\x04" + bytes(range(256))
NAMES = [
    "章贡区“五型”政府建设第70期送审稿（第11稿）.docx",
    "关于进一步优化营商环境激发市场主体活力推动经济高质量发展的若干措施及任务分工方案.pdf",
    "㐂𠮷镕喆〇䶮.docx",
    "a b;c=d'%.docx",
    "稿.docx",
]


def header_of(name: str) -> bytes:
    return enclosure_part(Enclosure(name, "bulletin-70-draft-11.docx", DATA)).partition(b"\r\n\r\n")[0]


def unfolded(name: str) -> str:
    return header_of(name).replace(b"\r\n ", b" ").decode("ascii").replace("\r\n", "\n")


def as_qq_mail_reads(name: str) -> str:
    """`name` of Content-Type, its encoded words decoded one by one."""
    [value] = re.findall(r'name="([^"]*)"', unfolded(name).splitlines()[0])
    words = [decode_header(word)[0] for word in value.split(" ")]
    return "".join(octets.decode(charset) for octets, charset in words)


def as_browsers_read(name: str) -> str:
    """`filename*` in one piece (RFC 5987)."""
    [value] = re.findall(r"filename\*=UTF-8''([A-Za-z0-9._~%-]+); filename=\"", unfolded(name))
    return unquote(value, errors="strict")


@pytest.mark.parametrize("name", NAMES)
def test_every_program_shows_the_name(name: str) -> None:
    """Case 81 of issue 13."""
    assert as_qq_mail_reads(name) == as_browsers_read(name) == name
    assert 'filename="bulletin-70-draft-11.docx"' in unfolded(name)
    assert "filename*0" not in unfolded(name)


@pytest.mark.parametrize("name", NAMES)
def test_our_own_reader_and_pythons_show_the_name(name: str) -> None:
    raw = f"From: {OFFICE}\r\nMIME-Version: 1.0\r\n".encode() + enclosure_part(Enclosure(name, "a.docx", DATA))
    [part] = parse_message(raw).parts
    assert (part.name, part.data) == (name, DATA)
    for policy in (default, compat32):
        message = message_from_bytes(raw, policy=policy)
        assert message.get_payload(decode=True) == DATA
        assert message.get_content_disposition() == "attachment"
    assert message_from_bytes(raw, policy=default).get_filename() == name


def test_lines_are_folded_where_words_end_and_none_is_too_long() -> None:
    lines = header_of("稿" * 200 + ".docx").split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert all(len(word) <= 75 for word in re.findall(rb"=\?[^ ]+\?=", b"\r\n".join(lines)))
    body = enclosure_part(Enclosure("稿.docx", "a.docx", DATA * 9)).partition(b"\r\n\r\n")[2]
    assert max(map(len, body.split(b"\r\n"))) == 76


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('甲/乙\\丙:丁*"?<>|.docx', "甲乙丙丁.docx"),
        ("甲\r\nX-Evil: 1\u202e.docx", "甲X-Evil 1.docx"),
        ("长" * 80 + ".pdf", "长" * 55 + "….pdf"),
    ],
)
def test_name_is_one_that_file_systems_take(name: str, shown: str) -> None:
    assert as_browsers_read(name) == shown


def test_type_is_that_of_the_extension() -> None:
    assert unfolded("甲.pdf").startswith("Content-Type: application/pdf;")
    assert unfolded("甲.DOCX").startswith("Content-Type: application/vnd.openxmlformats")
    with pytest.raises(KeyError):
        header_of("甲.exe")


@given(st.text())
def test_any_name_is_two_lines_of_ascii_without_another_field(name: str) -> None:
    message = message_from_bytes(header_of(f"稿{name}.docx") + b"\r\n\r\n", policy=default)
    assert isinstance(message, EmailMessage)
    assert set(message.keys()) == {"Content-Type", "Content-Disposition", "Content-Transfer-Encoding"}
    assert as_qq_mail_reads(f"稿{name}.docx") == as_browsers_read(f"稿{name}.docx")
