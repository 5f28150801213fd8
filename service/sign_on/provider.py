"""The provider as it describes itself (OpenID Connect Discovery 1.0), its keys, and what it exchanges a code for."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from service.sign_on.failures import SignOnFailed, SignOnFailure
from service.sign_on.provider_http import get_document, is_allowed_url, post_form
from settings.oidc import OidcSettings

_DESCRIBED_FOR: Final = timedelta(hours=1)
"""How long a description is used: a provider changes it with an upgrade."""
_KEYS_AGAIN: Final = timedelta(minutes=1)
"""Keys are fetched again for a token with an unknown key this often at most, so that forged tokens cost little."""


@dataclass(frozen=True, slots=True)
class ProviderDescription:
    """What is used of the provider's metadata."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    """"": it has none."""
    end_session_endpoint: str
    """"": it offers no log-out (OpenID Connect RP-Initiated Logout 1.0)."""
    secret_in_form: bool
    """Whether the client's secret is sent in the form; by HTTP Basic otherwise."""


@dataclass(frozen=True, slots=True)
class ExchangedCode:
    """What the provider gives for a code."""

    id_token: str
    access_token: str


class Provider:
    """The configured provider. Its description and keys are kept in memory; threads may share it."""

    def __init__(self, settings: OidcSettings, now: Callable[[], datetime]) -> None:
        self.settings = settings
        self._now = now
        self._lock = threading.Lock()
        self._described: tuple[datetime, ProviderDescription] | None = None
        self._keys: tuple[datetime, dict[str, Any]] | None = None

    def description(self) -> ProviderDescription:
        """Raises SignOnFailed (UNAVAILABLE), also for a description of another issuer."""
        with self._lock:
            if self._described is None or self._now() - self._described[0] > _DESCRIBED_FOR:
                self._described = (self._now(), describe(self.settings))
            return self._described[1]

    def keys(self, *, again: bool = False) -> dict[str, Any]:
        """The set of the provider's public keys (RFC 7517). again: whether a token has a key that is not among those in
        memory. Raises SignOnFailed (UNAVAILABLE)."""
        uri = self.description().jwks_uri
        with self._lock:
            fetched = self._keys
            wait = _KEYS_AGAIN if again else _DESCRIBED_FOR
            if fetched is None or self._now() - fetched[0] > wait:
                fetched = self._keys = (self._now(), get_document(uri, self.settings.ca_file))
            return fetched[1]

    def exchange(self, code: str, verifier: str, redirect_uri: str, secret: str) -> ExchangedCode:
        """What the code is worth (RFC 6749 4.1.3, RFC 7636 4.5). Raises SignOnFailed (CODE, UNAVAILABLE)."""
        described, client_id = self.description(), self.settings.client_id
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        authorization = ""
        if described.secret_in_form:
            fields |= {"client_id": client_id, "client_secret": secret}
        else:
            pair = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"  # RFC 6749 2.3.1
            authorization = f"Basic {base64.b64encode(pair.encode()).decode()}"
        ca_file = self.settings.ca_file
        status, answer = post_form(described.token_endpoint, fields, ca_file, authorization=authorization)
        tokens = [answer.get(name) for name in ("id_token", "access_token")]
        if status != 200 or not all(isinstance(token, str) for token in tokens):
            raise SignOnFailed(SignOnFailure.CODE, f"token endpoint answers {status}: {str(answer.get('error'))[:60]}")
        return ExchangedCode(*map(str, tokens))

    def userinfo(self, access_token: str) -> dict[str, Any]:
        """The claims at the userinfo endpoint; {} where there is none. Raises SignOnFailed (UNAVAILABLE)."""
        url = self.description().userinfo_endpoint
        return get_document(url, self.settings.ca_file, bearer=access_token) if url else {}


def describe(settings: OidcSettings) -> ProviderDescription:
    """Asks the provider. Raises SignOnFailed (UNAVAILABLE), also for a description of another issuer, without PKCE by
    S256 or with an endpoint that is not https."""
    url = f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration"
    document = get_document(url, settings.ca_file)
    if document.get("issuer") != settings.issuer:
        raise SignOnFailed(SignOnFailure.UNAVAILABLE, f"describes the issuer {str(document.get('issuer'))[:200]}")
    methods = document.get("code_challenge_methods_supported")
    if isinstance(methods, list) and "S256" not in methods:
        raise SignOnFailed(SignOnFailure.UNAVAILABLE, "does not know PKCE by S256")
    secret_ways = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return ProviderDescription(
        _endpoint(document, "authorization_endpoint", needed=True),
        _endpoint(document, "token_endpoint", needed=True),
        _endpoint(document, "jwks_uri", needed=True),
        _endpoint(document, "userinfo_endpoint", needed=False),
        _endpoint(document, "end_session_endpoint", needed=False),
        secret_in_form="client_secret_basic" not in secret_ways,
    )


def _endpoint(document: dict[str, Any], name: str, *, needed: bool) -> str:
    url = document.get(name)
    if isinstance(url, str) and is_allowed_url(url):
        return url
    if needed or url:
        raise SignOnFailed(SignOnFailure.UNAVAILABLE, f"{name} is missing or not https")
    return ""
