"""Whose word about a sender's domain is taken (mail.md section 9, security.md D-2)."""

from __future__ import annotations

import time

import pytest

from intake.classify.authentication import Authentication, authentication_of, reporting_server
from intake.parse.message import parse_message

SERVER = "mx.163.com"


def found(*fields: str, sender: str = "jtj@edu.example.org", server: str = SERVER) -> str:
    lines = "".join(f"Authentication-Results: {field}\n" for field in fields)
    message = parse_message(f"{lines}From: {sender}\nSubject: x\n\nhello\n".encode())
    return authentication_of(message, server).value


@pytest.mark.parametrize(
    ("field", "verdict"),
    [
        ("mx.163.com; dmarc=pass header.from=edu.example.org", "pass"),
        ("mx.163.com 1; spf=pass smtp.mailfrom=x; dmarc=pass (p=none) header.from=edu.example.org", "pass"),
        ("MX.163.com; DMARC=PASS HEADER.FROM=EDU.example.org", "pass"),
        ("mx.163.com (Coremail); dkim=pass header.d=edu.example.org", "pass"),
        ('mx.163.com; dkim=pass (good) header.i="@edu.example.org"', "pass"),
        ("mx.163.com; dkim=pass header.d=example.org", "pass"),
        ("mx.163.com; dkim=pass header.i=@edu.example.org header.d=edu.example.org; spf=fail", "pass"),
        ("mx.163.com; spf=pass smtp.mailfrom=edu.example.org", "pass"),
        ("mx.163.com; spf=pass smtp.mailfrom=jtj@edu.example.org", "pass"),
        ("mx.163.com; spf=pass smtp.mailfrom=jtj@example.org; dkim=fail header.d=edu.example.org", "pass"),
        ("mx.163.com; dmarc=fail action=none header.from=edu.example.org", "fail"),
        ("mx.163.com; dkim=pass header.d=edu.example.org; dmarc=fail", "fail"),
        ("mx.163.com; dmarc=pass header.from=edu.example.org; dmarc=fail header.from=edu.example.org", "fail"),
        ("mx.163.com; dkim=fail header.d=edu.example.org", "fail"),
        ("mx.163.com; spf=fail smtp.mailfrom=jtj@edu.example.org", "fail"),
        ("mx.163.com; spf=softfail smtp.mailfrom=jtj@edu.example.org", "fail"),
        ("mx.163.com; spf=fail; dkim=pass header.d=evil.example.net", "fail"),
        ("mx.163.com; dmarc=pass header.from=evil.example.net", "none"),
        ("mx.163.com; dmarc=pass header.from=example.org", "none"),
        ("mx.163.com; dmarc=pass", "none"),
        ("mx.163.com; dkim=pass header.d=evil.example.net", "none"),
        ("mx.163.com; dkim=pass header.d=edu.example.org header.i=@evil.example.net", "none"),
        ("mx.163.com; dkim=pass header.d=org", "none"),
        ("mx.163.com; dkim=pass header.d=du.example.org", "none"),
        ("mx.163.com; dkim=pass header.d=edu.example.org.evil.example.net", "none"),
        ("mx.163.com; dkim=pass", "none"),
        ("mx.163.com; spf=pass", "none"),
        ("mx.163.com; spf=pass smtp.mailfrom=x@evil.example.net", "none"),
        ("mx.163.com; spf=pass smtp.helo=edu.example.org", "none"),
        ("mx.163.com; spf=neutral smtp.mailfrom=edu.example.org", "none"),
        ("mx.163.com; dmarc=passed header.from=edu.example.org", "none"),
        ("mx.163.com; xdmarc=pass header.from=edu.example.org", "none"),
        ("mx.163.com; none", "none"),
        ("mx.163.com", "none"),
        ("mx.163.com; (dmarc=pass header.from=edu.example.org) dmarc=temperror", "none"),
        ("mx.163.com; spf=none (helo x; dmarc=pass (y))", "none"),
        ('mx.163.com; spf=none reason="x; dmarc=pass"', "none"),
        ("mx.163.com; spf=none (helo (x; dmarc=pass", "none"),
        ('mx.163.com; spf=pass smtp.mailfrom="a@edu.example.org"@evil.example.net', "none"),
        ('mx.163.com; spf=pass smtp.mailfrom="a\\"@edu.example.org"@evil.example.net', "none"),
        ('mx.163.com; spf=pass smtp.mailfrom="a@edu.example.org', "none"),
        (
            'mx.163.com; dkim=pass header.d=evil.example.net header.i="x header.d=edu.example.org"@evil.example.net',
            "none",
        ),
        ("mx.163.com; dkim=pass header.d=evil.example.net header.d=edu.example.org", "none"),
        ('mx.163.com; spf=pass smtp.mailfrom="(; dmarc=pass header.from=edu.example.org)"@evil.example.net', "none"),
        ("mx.163.com dmarc=pass", "none"),
        ("mx.163.com.example.net; dmarc=pass", "none"),
        ("example.net; mx.163.com; dmarc=pass", "none"),
        ("", "none"),
    ],
)
def test_only_a_clear_word_of_our_server_counts(field: str, verdict: str) -> None:
    assert found(field) == verdict


def test_topmost_field_of_our_server_counts() -> None:
    assert found("mx.163.com; dmarc=fail", "mx.163.com; dmarc=pass") == "fail"
    assert found("other.example.net; dmarc=pass", "mx.163.com; dmarc=fail") == "fail"


def test_nobody_is_believed_when_no_server_is_configured() -> None:
    assert found("; dmarc=pass", server="") == "none"
    assert found("mx.163.com; dmarc=pass", server="") == "none"


def test_server_that_reports_is_named() -> None:
    assert reporting_server("MX.163.com 1 (x); dmarc=none") == "mx.163.com"
    assert reporting_server("mx.163.com; none") == reporting_server("<b>; dmarc=pass") == reporting_server("") == ""


def test_letter_with_two_senders_is_vouched_for_by_nobody() -> None:
    assert found("mx.163.com; dmarc=pass", sender="a@edu.example.org, b@example.net") == Authentication.UNKNOWN


@pytest.mark.parametrize("bait", ["(", "((", "header.d=", "dkim=pass ", "; ", "dmarc", "=", "a@"])
def test_endless_field_is_read_quickly(bait: str) -> None:
    began = time.process_time()
    assert found("mx.163.com; " + bait * (90_000 // len(bait))) in ("pass", "fail", "none")
    assert time.process_time() - began < 2
