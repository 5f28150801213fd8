"""The provider: what it says of itself, and how often it is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from service.sign_on.failures import SignOnFailed, SignOnFailure
from service.sign_on.provider import ExchangedCode, Provider
from settings.oidc import OidcSettings
from tests.support.canned_http import CannedServer
from tests.support.ledger_rows import AT
from tests.support.offices import Clock

CONFIGURATION = "/.well-known/openid-configuration"


def test_description_and_keys_are_asked_for_once_an_hour(canned: CannedServer, oidc: OidcSettings) -> None:
    clock = Clock(AT)
    provider = Provider(oidc, clock)
    for _ in range(3):
        provider.keys()
    assert [path for path, _, _ in canned.asked] == [CONFIGURATION, "/jwks"]
    provider.keys(again=True)  # forged tokens with unknown keys
    assert len(canned.asked) == 2
    clock.now += timedelta(minutes=2)
    provider.keys(again=True)
    assert [path for path, _, _ in canned.asked[2:]] == ["/jwks"]
    clock.now += timedelta(hours=2)
    provider.keys()
    assert [path for path, _, _ in canned.asked[3:]] == [CONFIGURATION, "/jwks"]


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "https://sso.example.org"},
        {"issuer": None},
        {"authorization_endpoint": "http://sso.example.org/authorize"},
        {"token_endpoint": None},
        {"jwks_uri": 7},
        {"end_session_endpoint": "javascript:alert(1)"},
        {"userinfo_endpoint": "http://sso.example.org/me"},
        {"code_challenge_methods_supported": ["plain"]},
    ],
)
def test_a_description_that_cannot_be_trusted_is_none(
    canned: CannedServer, oidc: OidcSettings, changed: dict[str, Any]
) -> None:
    canned.answers[CONFIGURATION] = (200, {**canned.answers[CONFIGURATION][1], **changed})
    with pytest.raises(SignOnFailed) as failed:
        Provider(oidc, Clock(AT)).description()
    assert failed.value.failure is SignOnFailure.UNAVAILABLE


def test_a_provider_that_was_down_is_asked_again(canned: CannedServer, oidc: OidcSettings) -> None:
    provider, described = Provider(oidc, Clock(AT)), canned.answers.pop(CONFIGURATION)
    with pytest.raises(SignOnFailed):
        provider.description()
    canned.answers[CONFIGURATION] = described
    assert provider.description().userinfo_endpoint == ""
    assert provider.userinfo("t") == {}


def test_the_secret_is_sent_as_the_provider_wants_it(canned: CannedServer, oidc: OidcSettings) -> None:
    canned.answers["/token"] = (200, {"id_token": "i", "access_token": "a"})
    assert Provider(oidc, Clock(AT)).exchange("c", "v", "https://x/cb", "s:+中") == ExchangedCode("i", "a")
    _, authorization, body = canned.asked[-1]
    assert authorization == "Basic amlhbiUyMGJhbzpzJTNBJTJCJUU0JUI4JUFE"  # each part is encoded first (RFC 6749 2.3.1)
    assert "secret" not in body
    assert "code_verifier=v" in body
    described = canned.answers[CONFIGURATION][1]
    canned.answers[CONFIGURATION] = (
        200,
        {**described, "token_endpoint_auth_methods_supported": ["client_secret_post"]},
    )
    Provider(oidc, Clock(AT)).exchange("c", "v", "https://x/cb", "s")
    _, authorization, body = canned.asked[-1]
    assert authorization == ""
    assert "client_id=jian+bao&client_secret=s" in body


@pytest.mark.parametrize("answer", [(400, {"error": "invalid_grant"}), (200, {}), (200, {"id_token": 1}), (302, {})])
def test_a_code_that_gives_no_tokens_is_refused(
    canned: CannedServer, oidc: OidcSettings, answer: tuple[int, object]
) -> None:
    canned.answers["/token"] = answer
    with pytest.raises(SignOnFailed) as failed:
        Provider(oidc, Clock(AT)).exchange("code-1", "v", "https://x/cb", "s")
    assert failed.value.failure is SignOnFailure.CODE
    assert "code-1" not in failed.value.detail
