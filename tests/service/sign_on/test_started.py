"""A started log-in: what its cookie keeps, and where the browser is sent."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from service.sign_on.provider import ProviderDescription
from service.sign_on.started import (
    LIFETIME,
    authorization_url,
    cookie_part,
    cookie_text,
    start_log_in,
    started_from,
)
from settings.oidc import OidcSettings
from tests.support.ledger_rows import AT

KEY = b"k" * 32


@pytest.mark.parametrize("path", ["/b/wuxing/issue?tab=目录", "/" + "x" * 599, "/" + "中" * 199, "/" + "中" * 300])
def test_the_cookie_gives_the_log_in_back_and_no_other(path: str) -> None:
    started = start_log_in(path, AT)
    text = cookie_text(KEY, started)
    assert started_from(KEY, text) == started
    assert started_from(b"x" * 32, text) is None
    for other in ("", "x", text[:-1], "a" + text, text.replace(started.state, started.nonce)):
        assert started_from(KEY, other) is None


def test_log_ins_of_two_tabs_have_nothing_in_common() -> None:
    first, second = (start_log_in("/", AT) for _ in range(2))
    assert first.cookie != second.cookie
    assert len({first.state, first.nonce, first.verifier, second.state, second.nonce, second.verifier}) == 6
    assert cookie_part("; x=中\n").isalnum()


def test_a_log_in_waits_ten_minutes_and_a_path_has_its_limit() -> None:
    started = start_log_in("/" + "x" * 1000, AT)
    assert started.next_path == "/"
    assert started.is_recent(AT + LIFETIME)
    assert not started.is_recent(AT + LIFETIME + timedelta(seconds=1))
    assert not started.is_recent(AT - timedelta(hours=1))


@pytest.mark.parametrize("endpoint", ["https://sso.example/authorize", "https://sso.example/authorize?tenant=1"])
def test_the_browser_is_sent_with_state_nonce_and_challenge(endpoint: str) -> None:
    settings = OidcSettings.model_validate(
        {"issuer": "https://sso.example", "client_id": "jianbao", "scopes": ["profile", "openid", "groups"]},
        context={"home": Path("/")},
    )
    described = ProviderDescription(endpoint, "https://sso.example/token", "https://sso.example/jwks", "", "", False)
    started = start_log_in("/", AT)
    url = authorization_url(settings, described, started, "https://jianbao.example/login/oidc/callback")
    sent = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    challenge = urlsafe_b64encode(hashlib.sha256(started.verifier.encode()).digest()).decode().rstrip("=")
    assert url.startswith(endpoint)
    assert sent == {
        "response_type": "code",
        "client_id": "jianbao",
        "redirect_uri": "https://jianbao.example/login/oidc/callback",
        "scope": "openid profile groups",
        "state": started.state,
        "nonce": started.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **({"tenant": "1"} if "tenant" in endpoint else {}),
    }
    assert started.verifier not in url
