"""What to set in the web mail of a provider, so that a program sees every letter."""

from __future__ import annotations

from typing import Final

_NETEASE: Final = ("163.com", "126.com", "yeah.net", "188.com")
_QQ: Final = ("qq.com", "foxmail.com")
_HIDDEN: Final = "停机超过 30 天、或首次收整个邮箱时，更早的信收不到；改过设置后程序当天就会补收"


def whole_mailbox_advice(host: str, username: str) -> str:
    """Chinese, a clause; "" for a provider without such a setting.

    NetEase and QQ show programs the letters of the last thirty days only, unless the user chooses otherwise; no program
    can see which of the two is set. host, username: either names the provider.
    """
    domains = (host.lower(), username.rpartition("@")[2].lower())
    if _is_of(domains, _NETEASE):
        hidden = f"网易邮箱的收取选项默认是“收取最近30天邮件”，{_HIDDEN}"
        return f"{hidden}。请在网页邮箱“设置 → POP3/SMTP/IMAP”里选“收取全部邮件”"
    if _is_of(domains, _QQ):
        return f"QQ 邮箱的收取选项可能是“最近30天”，{_HIDDEN}。请在网页邮箱“设置 → 账号 → 收取选项”里选“全部”"
    return ""


def _is_of(domains: tuple[str, ...], providers: tuple[str, ...]) -> bool:
    return any(domain == name or domain.endswith(f".{name}") for domain in domains for name in providers)
