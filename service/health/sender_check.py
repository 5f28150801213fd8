"""Whether a mail server vouches for senders: what an empty `authserv_id` means, and which value letters suggest."""

from __future__ import annotations

from collections import Counter
from typing import Final

from archive import letters
from archive.transaction import Transaction
from intake.classify.authentication import reporting_server
from settings.model import BulletinSettings

_RECENT: Final = 50
"""Letters that are looked at: a week or two of a county."""
_FEWEST: Final = 5
"""Letters that must have the value: fewer may all be one forger's."""
_SHARE: Final = 0.8
"""Of the letters, how many must have the value in the topmost field. The receiving server writes its field into all;
a forger writes a field only into his own letters."""


def proposed_authserv_id(ledger: Transaction, bulletin: str) -> str:
    """The server whose Authentication-Results is the topmost of nearly all recent letters; "" for none."""
    recent = letters.recent_contents(ledger, bulletin, _RECENT)
    topmost = (
        next((value for name, value in content.headers if name == "Authentication-Results"), "") for content in recent
    )
    counted = Counter(server for value in topmost if (server := reporting_server(value)))
    for server, count in counted.most_common(1):
        if count >= max(_FEWEST, _SHARE * len(recent)):
            return server
    return ""


def sender_verification(ledger: Transaction, bulletin: BulletinSettings) -> tuple[bool, str]:
    """Whether a server is configured, and what that means, in Chinese."""
    if configured := bulletin.mailbox.authserv_id:
        return True, f"相信 {configured} 写的 Authentication-Results"
    proposed = proposed_authserv_id(ledger, bulletin.id)
    meaning = (
        "authserv_id 没有填，没有服务器替发件人作证：冒用登记地址的信照样成稿；"
        "更正、撤稿只有回复我们发去的信才算有来源，其余的不改动已决定的稿件"
    )
    if not proposed:
        return False, f"{meaning}。最近的来信里看不出收信服务器的名字，请向邮箱服务商询问"
    return False, f'{meaning}。最近的来信都有 {proposed} 写的验证结果，核对后可填 authserv_id = "{proposed}"'
