"""A provider of prepared answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from settings.oidc import OidcSettings
from tests.support.canned_http import CannedServer, canned_server


@pytest.fixture
def canned() -> Iterator[CannedServer]:
    """It describes itself, and has one key."""
    with canned_server() as server:
        server.answers = {
            "/.well-known/openid-configuration": (
                200,
                {
                    "issuer": server.url,
                    "authorization_endpoint": f"{server.url}/authorize",
                    "token_endpoint": f"{server.url}/token",
                    "jwks_uri": f"{server.url}/jwks",
                },
            ),
            "/jwks": (200, {"keys": []}),
        }
        yield server


@pytest.fixture
def oidc(canned: CannedServer) -> OidcSettings:
    return OidcSettings.model_validate({"issuer": canned.url, "client_id": "jian bao"}, context={"home": Path("/")})
