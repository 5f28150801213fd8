"""Parts that nobody means to send, and those that look like them."""

from __future__ import annotations

import pytest

from intake.classify.useless_parts import is_useless
from intake.parse.message import Part


@pytest.mark.parametrize(
    ("name", "content_type", "data"),
    [
        ("smime.p7s", "application/octet-stream", b"0\x82"),
        ("OpenPGP_0x1234ABCD.asc", "application/pgp-keys", b"-----BEGIN PGP PUBLIC KEY BLOCK-----"),
        ("key.txt", "text/plain", b"\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n"),
        ("signature.asc", "application/octet-stream", b"x"),
        ("wang.vcf", "application/octet-stream", b"BEGIN:VCARD"),
        ("会议.ics", "application/octet-stream", b"BEGIN:VCALENDAR"),
        ("", "text/calendar", b"BEGIN:VCALENDAR"),
        ("稿件.docx", "application/applefile", b"\x00\x05\x16\x07"),
        ("ATT00001.htm", "text/html", "<div>区民政局 王某</div>".encode("gb18030")),
        ("ATT00002.txt", "text/plain", b"\r\n"),
        ("材料.zip/._稿件.docx", "application/octet-stream", b"x"),
    ],
)
def test_part_of_a_program_is_useless(name: str, content_type: str, data: bytes) -> None:
    assert is_useless(Part(name, content_type, "attachment", data))


@pytest.mark.parametrize(
    ("name", "content_type", "data"),
    [
        ("稿件.docx", "application/octet-stream", b"PK\x03\x04"),
        ("稿件.txt", "text/plain", "稿件".encode()),
        ("ATT00001.txt", "text/plain", "今年以来，我局扎实推进社区食堂建设。".encode() * 30),
        ("ATT00001.bin", "application/octet-stream", b"PK\x03\x04"),
        ("", "text/plain", "您好！".encode()),
        ("smime.p7m", "application/pkcs7-mime", b"0\x82"),
    ],
)
def test_part_that_somebody_may_mean_to_send_is_not(name: str, content_type: str, data: bytes) -> None:
    assert not is_useless(Part(name, content_type, "attachment", data))
