"""A log-in that a browser has started at the provider: what its cookie keeps until the provider sends it back.

Each log-in has a cookie of its own, named by its state, so that two tabs do not meet.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from service.people.signatures import signed, text_of
from service.sign_on.provider import ProviderDescription
from settings.oidc import OidcSettings

LIFETIME: Final = timedelta(minutes=10)
"""How long somebody may take at the provider: the phone for the second factor is in another room."""
_PURPOSE: Final = "sign-on started"
_RANDOM: Final = 32
"""Random octets of state, nonce and verifier; in base64 43 characters, as RFC 7636 4.1 recommends."""
_LONGEST_PATH: Final = 600
"""Octets of the path to go on to: what is longer does not fit into a signed text, and the first page is shown."""


@dataclass(frozen=True, slots=True)
class StartedLogIn:
    """A log-in at the provider."""

    state: str
    """By which the provider's answer is matched with the browser (RFC 6749 10.12)."""
    nonce: str
    """By which the ID token is matched with the log-in."""
    verifier: str
    """By which the code is matched with it (RFC 7636)."""
    started_at: int
    """Seconds since 1970."""
    next_path: str

    @property
    def cookie(self) -> str:
        """The part of the cookie's name after its prefix."""
        return cookie_part(self.state)

    def is_recent(self, now: datetime) -> bool:
        """Whether the provider may still answer."""
        return 0 <= now.timestamp() - self.started_at <= LIFETIME.total_seconds()


def start_log_in(next_path: str, now: datetime) -> StartedLogIn:
    """A new log-in. next_path: where to go afterwards."""
    state, nonce, verifier = (secrets.token_urlsafe(_RANDOM) for _ in range(3))
    path = next_path if len(next_path.encode()) <= _LONGEST_PATH else "/"
    return StartedLogIn(state, nonce, verifier, int(now.timestamp()), path)


def cookie_part(state: str) -> str:
    """The part of a cookie's name after its prefix, by the state; any text gives a valid one."""
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def cookie_text(key: bytes, started: StartedLogIn) -> str:
    """The log-in as a signed text. key: of the installation."""
    path = base64.urlsafe_b64encode(started.next_path.encode()).decode().rstrip("=")
    fields = (started.state, started.nonce, started.verifier, str(started.started_at), path)
    return signed(key, _PURPOSE, ".".join(fields))


def started_from(key: bytes, text: str) -> StartedLogIn | None:
    """None for what `cookie_text` has not made with this key."""
    content = text_of(key, _PURPOSE, text)
    if content is None:
        return None
    state, nonce, verifier, at, path = content.split(".")
    try:
        next_path = base64.urlsafe_b64decode(path + "=" * (-len(path) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    return StartedLogIn(state, nonce, verifier, int(at), next_path)


def authorization_url(
    settings: OidcSettings, described: ProviderDescription, started: StartedLogIn, redirect_uri: str
) -> str:
    """Where the browser is sent (OpenID Connect Core 1.0 3.1.2.1)."""
    # Authlib takes a tenth of a second and some megabytes: only a log-in needs it.
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    url: str = prepare_grant_uri(
        described.authorization_endpoint,
        settings.client_id,
        "code",
        redirect_uri=redirect_uri,
        scope=" ".join(dict.fromkeys(("openid", *settings.scopes))),
        state=started.state,
        nonce=started.nonce,
        code_challenge=create_s256_code_challenge(started.verifier),
        code_challenge_method="S256",
    )
    return url
