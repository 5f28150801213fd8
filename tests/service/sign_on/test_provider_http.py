"""Requests to the provider: what is asked, and every answer that is none."""

from __future__ import annotations

import pytest

from service.sign_on.failures import SignOnFailed, SignOnFailure
from service.sign_on.provider_http import get_document, is_allowed_url, post_form
from tests.support.canned_http import CannedServer
from tests.support.running import free_port


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://sso.example.org/x", True),
        ("http://127.0.0.1:9400", True),
        ("http://localhost/x", True),
        ("http://sso.example.org/x", False),
        ("ftp://127.0.0.1/x", False),
        ("https:///x", False),
        ("https://[x", False),
        ("https://host:port/", False),
        ("", False),
    ],
)
def test_only_tls_leaves_the_machine(url: str, allowed: bool) -> None:
    assert is_allowed_url(url) is allowed


@pytest.mark.parametrize(
    "answer", [(200, b"<html>"), (200, b"[1]"), (200, b'"' + b"x" * 1_000_001 + b'"'), (500, {}), (302, {}), (200, b"")]
)
def test_what_is_no_document_is_a_failure_and_no_redirection_is_followed(
    canned: CannedServer, answer: tuple[int, object]
) -> None:
    canned.answers["/x?secret=1"] = answer
    with pytest.raises(SignOnFailed) as failed:
        get_document(f"{canned.url}/x?secret=1", None)
    assert failed.value.failure is SignOnFailure.UNAVAILABLE
    assert "secret" not in failed.value.detail
    assert [path for path, _, _ in canned.asked] == ["/x?secret=1"]


def test_a_form_is_posted_and_answered(canned: CannedServer) -> None:
    canned.answers["/token"] = (400, {"error": "invalid_grant"})
    answer = post_form(f"{canned.url}/token", {"code": "a b"}, None, authorization="Basic x")
    assert answer == (400, {"error": "invalid_grant"})
    assert canned.asked == [("/token", "Basic x", "code=a+b")]


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "https://127.0.0.1:1/", "http://sso.example/"])
def test_nobody_there_is_a_failure(url: str) -> None:
    with pytest.raises(SignOnFailed):
        get_document(url.format(port=free_port()), None)
