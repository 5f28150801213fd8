"""The ID token: who the provider says has logged in, where the token is its own, for us, now and for this log-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from service.sign_on.failures import SignOnFailed, SignOnFailure

ALGORITHMS: Final = (
    *("RS256", "RS384", "RS512"),
    *("PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512"),
    *("Ed25519", "EdDSA"),
)
"""Signatures with a public key alone: "none" proves nothing, and HS256 could be made with a public key taken for a
secret (RFC 8725 2.1)."""
_LEEWAY: Final = 60
"""Seconds by which the clocks may differ."""
_KEY_TYPES: Final = ("RSA", "EC", "OKP")


@dataclass(frozen=True, slots=True)
class ExpectedToken:
    """What a token must be to be believed."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str
    """That came with it: the token has its hash, if it has any."""
    now: int
    """Seconds since 1970."""


class UnknownKey(SignOnFailed):
    """No key of the set has signed the token: the provider may have a new one."""


def read_id_token(token: str, keys: Mapping[str, Any], expected: ExpectedToken) -> dict[str, Any]:
    """The claims of the token. keys: the provider's JSON Web Key Set. Raises SignOnFailed (PROOF), UnknownKey."""
    # joserfc loads cryptography (20 MB), and only a log-in needs it.
    from authlib.oidc.core import CodeIDToken
    from joserfc import jws, jwt
    from joserfc.errors import InvalidKeyIdError, JoseError
    from joserfc.jwk import KeySet

    public = [key for key in _listed(keys) if key.get("kty") in _KEY_TYPES and key.get("use", "sig") == "sig"]
    registry = jws.JWSRegistry(algorithms=list(ALGORITHMS))
    try:
        decoded = jwt.decode(token, KeySet.import_key_set({"keys": public}), list(ALGORITHMS), registry)
        params = {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": expected.access_token}
        options = {
            "iss": {"essential": True, "value": expected.issuer},
            "aud": {"essential": True, "value": expected.client_id},
            "sub": {"essential": True},
        }
        claims = CodeIDToken(decoded.claims, decoded.header, options, params)
        claims.validate(now=expected.now, leeway=_LEEWAY)
    except InvalidKeyIdError as error:
        raise UnknownKey(SignOnFailure.PROOF, "unknown key") from error
    except (JoseError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise SignOnFailed(SignOnFailure.PROOF, f"{type(error).__name__}: {str(error)[:100]}") from error
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:  # OpenID Connect Core 1.0 section 2
        raise SignOnFailed(SignOnFailure.PROOF, "no usable sub")
    return dict(claims)


def _listed(keys: Mapping[str, Any]) -> list[dict[str, Any]]:
    listed = keys.get("keys")
    return [key for key in listed if isinstance(key, dict)] if isinstance(listed, list) else []
