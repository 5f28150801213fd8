"""What keeps people from logging in by the provider, as `check` reports it."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from service.office import Office
from service.sign_on.failures import SignOnFailed
from service.sign_on.provider import Provider
from settings.oidc import OidcSettings
from settings.secrets import resolve
from values.errors import BadConfig
from values.network import is_loopback


def trouble_with_provider(
    office: Office, oidc: OidcSettings
) -> tuple[Literal["broken", "advice", "unavailable"], str] | None:
    """A kind of trouble and a Chinese sentence with the remedy; None for none. Asks the provider for its description
    and its keys."""
    try:
        resolve(oidc.client_secret, office.environ)
    except BadConfig as error:
        return "broken", "；".join(error.problems)
    provider = Provider(oidc, office.now)
    try:
        provider.description()
        provider.keys()
    except SignOnFailed as error:
        return "unavailable", (
            f"{oidc.issuer} 不能用（{error.detail}）；"
            "请核对 [desk.oidc] issuer 与它公布的一字不差，网络和证书（ca_file）是否可用"
        )
    url = urlsplit(office.settings.desk.public_url)
    if url.scheme != "https" and not is_loopback(url.hostname or ""):
        return "broken", "public_url 不是 https：登录的凭据会明文经过网络；请在审稿台前面加上 https"
    if not oidc.roles:
        return "advice", "没有写 roles：只有用 user link 连好的用户能登录"
    return None
