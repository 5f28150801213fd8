"""The table of the office's OpenID Connect provider."""

from __future__ import annotations

from settings.kinds import CaFile, GroupRoles, ProviderUrl, SecretReference, Words, written
from settings.table import SettingsTable


class OidcSettings(SettingsTable):
    """[desk.oidc]: the office's OpenID Connect provider, which logs people in."""

    issuer: ProviderUrl
    """Its URL, exactly as its own description names it."""
    client_id: Words
    client_secret: SecretReference = written({"env": "JIANBAO_OIDC_SECRET"})
    name: Words = "统一登录"
    """On the button."""
    scopes: tuple[Words, ...] = ("profile",)
    """Asked for besides openid."""
    groups_claim: Words = "groups"
    """The claim that has the groups of a person."""
    roles: GroupRoles = written({})
    """Groups, each with the role that it has; {}: only accounts that an administrator has linked log in, with the role
    that they have here."""
    ca_file: CaFile = written("")
    """The authorities of an office's own server, besides the system's; None: only the system's."""
