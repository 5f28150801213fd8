"""ID tokens: believed only where all of them is right."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from typing import Any, Final

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from service.sign_on.failures import SignOnFailed, SignOnFailure
from service.sign_on.id_token import ExpectedToken, UnknownKey, read_id_token

NOW: Final = 1_700_000_000
ISSUER: Final = "https://sso.example.org/realms/office"
EXPECTED: Final = ExpectedToken(ISSUER, "jianbao", "the-nonce", "the-access-token", NOW)
CLAIMS: Final[dict[str, Any]] = {
    "iss": ISSUER,
    "aud": "jianbao",
    "sub": "f00",
    "nonce": "the-nonce",
    "iat": NOW - 5,
    "exp": NOW + 300,
}
KEY: Final = RSAKey.generate_key(2048, {"kid": "a", "use": "sig"})
OTHER: Final = RSAKey.generate_key(2048, {"kid": "a"})
CURVE: Final = ECKey.generate_key("P-256", {"kid": "c"})
KEYS: Final = {
    "keys": [
        KEY.as_dict(private=False),
        CURVE.as_dict(private=False),
        {"kty": "RSA", "kid": "e", "use": "enc"},
        {"kty": "new"},
    ]
}


def token(key: Any = KEY, alg: str = "RS256", header: dict[str, Any] | None = None, **changed: Any) -> str:
    claims = {name: value for name, value in {**CLAIMS, **changed}.items() if value is not None}
    return jwt.encode({"alg": alg, "kid": key.kid, **(header or {})}, claims, key, algorithms=[alg])


def unsigned(header: dict[str, Any]) -> str:
    parts = (urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (header, CLAIMS))
    return ".".join((*parts, ""))


def test_a_right_token_gives_its_claims() -> None:
    assert read_id_token(token(groups=["x"]), KEYS, EXPECTED) == {**CLAIMS, "groups": ["x"]}
    assert read_id_token(token(CURVE, "ES256"), KEYS, EXPECTED)["sub"] == "f00"
    assert read_id_token(token(aud=["jianbao", "other"], azp="jianbao"), KEYS, EXPECTED)["sub"] == "f00"
    assert read_id_token(token(exp=NOW - 30), KEYS, EXPECTED)["sub"] == "f00"  # clocks differ


def forged_with_public_key() -> str:
    """Made with the public key taken for a secret, which joserfc itself refuses to do."""
    head = unsigned({"alg": "HS256", "kid": "a"}).rpartition(".")[0]
    signature = hmac.digest(KEY.as_pem(private=False), head.encode(), "sha256")
    return f"{head}.{urlsafe_b64encode(signature).decode().rstrip('=')}"


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        "a.b.c",
        "." * 5,
        unsigned({"alg": "none"}),
        unsigned({"alg": "None", "kid": "a"}),
        unsigned({"alg": "RS256", "kid": "a"}),
        forged_with_public_key(),
        token(OTHER),
        token()[:-6] + "AAAAAA",
        token(iss="https://sso.example.org/realms/other"),
        token(iss=None),
        token(aud="other"),
        token(aud=["other"]),
        token(aud=[]),
        token(aud=["jianbao", "other"]),
        token(aud=["jianbao", "other"], azp="other"),
        token(exp=NOW - 100),
        token(exp=None),
        token(exp="later"),
        token(iat=NOW + 1000),
        token(iat=None),
        token(nbf=NOW + 1000),
        token(nonce="another"),
        token(nonce=None),
        token(sub=None),
        token(sub=""),
        token(sub=7),
        token(sub="x" * 256),
        token(at_hash="AAAA"),
    ],
)
def test_every_other_token_is_refused(forged: str) -> None:
    with pytest.raises(SignOnFailed) as refused:
        read_id_token(forged, KEYS, EXPECTED)
    assert refused.value.failure is SignOnFailure.PROOF


def test_a_token_for_another_log_in_is_refused() -> None:
    with pytest.raises(SignOnFailed):
        read_id_token(token(), KEYS, replace(EXPECTED, nonce="of another tab"))


def test_a_token_by_a_new_key_is_distinguished_from_a_forged_one() -> None:
    new = RSAKey.generate_key(2048, {"kid": "new"})
    with pytest.raises(UnknownKey):
        read_id_token(token(new), KEYS, EXPECTED)
    assert read_id_token(token(new), KeySet([new]).as_dict(private=False), EXPECTED)["sub"] == "f00"


@pytest.mark.parametrize("keys", [{}, {"keys": None}, {"keys": ["x", 1]}, {"keys": [{"kty": "RSA"}]}])
def test_a_broken_key_set_proves_nothing(keys: dict[str, Any]) -> None:
    with pytest.raises(SignOnFailed):
        read_id_token(token(), keys, EXPECTED)
