"""Letters signed around their content: the content is read, and the signature is not checked."""

from __future__ import annotations

import base64
from time import process_time

import pytest
from asn1crypto import cms
from hypothesis import given
from hypothesis import strategies as st

from intake.parse.signed_content import smime_content, without_clear_signature
from intake.reading import read_letter
from tests.support.pasted_articles import ARTICLE, REGISTER, TITLE, read
from values.letter import Verdict

CLEAR = (
    f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{ARTICLE}\n"
    "-----BEGIN PGP SIGNATURE-----\n\niQIz\n-----END PGP SIGNATURE-----"
)


def signed(content: bytes, *, encrypted: bool = False) -> bytes:
    """An S/MIME message around the content, without certificates."""
    if encrypted:
        return bytes(cms.ContentInfo({"content_type": "enveloped_data"}).dump())
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [],
            "encap_content_info": {"content_type": "data", "content": content},
            "signer_infos": [],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())


def letter(p7m: bytes, content_type: str = "application/pkcs7-mime; smime-type=signed-data") -> bytes:
    head = f"From: jtj@example.org\r\nSubject: t\r\nContent-Type: {content_type}; name=smime.p7m\r\n"
    return f"{head}Content-Transfer-Encoding: base64\r\n\r\n".encode() + base64.encodebytes(p7m)


def test_clear_signed_article_is_read_and_says_that_nobody_checked() -> None:
    reading = read(CLEAR)
    assert (reading.articles[0].manuscript.title, reading.verdict) == (TITLE, Verdict.FLAGGED)
    assert "信有 OpenPGP 签名，签名没有核对" in reading.reason.for_clerk
    assert "PGP" not in reading.articles[0].manuscript.text


def test_dashes_that_were_escaped_are_as_they_were_written() -> None:
    text = CLEAR.replace(ARTICLE, "一\n- - 二\n- -----\n三")
    assert without_clear_signature(f"上\n{text}\n下") == "上\n一\n- 二\n-----\n三\n下"


def test_signature_that_is_not_there_is_looked_for_once() -> None:
    text = "-----BEGIN PGP SIGNED MESSAGE-----\n\n" * 20_000
    started = process_time()
    assert without_clear_signature(text) == text
    assert without_clear_signature(f"{text}一\n-----BEGIN PGP SIGNATURE-----\n").endswith("-----\n\n一")
    assert process_time() - started < 1


@pytest.mark.parametrize(
    "content_type",
    ["application/pkcs7-mime; smime-type=signed-data", "application/x-pkcs7-mime", "application/octet-stream"],
)
def test_article_in_an_opaquely_signed_letter_is_read(content_type: str) -> None:
    entity = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + ARTICLE.encode().replace(b"\n", b"\r\n")
    reading = read_letter(letter(signed(entity), content_type), REGISTER)
    assert reading.articles[0].manuscript.title == TITLE
    assert "信有 S/MIME 签名，签名没有核对" in reading.reason.for_clerk


def test_encrypted_letter_stays_closed() -> None:
    assert smime_content(signed(b"", encrypted=True)) is None
    assert "请不要加密" in read_letter(letter(signed(b"", encrypted=True)), REGISTER).reason.for_sender


@given(st.binary(max_size=200), st.integers(0, 60))
def test_no_bytes_break_it(damage: bytes, at: int) -> None:
    whole = signed(b"content")
    for data in (damage, whole[:at], whole[:at] + damage + whole[at:]):
        smime_content(data)
