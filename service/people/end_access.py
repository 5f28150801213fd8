"""After a restore, everything that lets somebody in without a password ends: the ledger of a backup has lost what was
revoked, logged out or invalidated after it was made.

Links and codes of one draft's approval stay: what they did after the backup is lost with their being used up, and they
are for one person and one revision (docs/decisions/0134-what-a-restore-ends-and-what-a-repeat-does.md).
"""

from __future__ import annotations

from archive import accounts, api_tokens, sessions
from archive.changes import NewChange, record_change
from archive.transaction import Transaction
from service.office import Office


def end_restored_access(office: Office) -> int:
    """Ends all sessions, invitations and tokens, and records that. Returns how many tokens were ended."""
    at = office.now()
    with office.ledger.writing() as ledger:
        sessions.end_all_sessions(ledger, at=at)
        accounts.end_all_invitations(ledger, at=at)
        ended = api_tokens.revoke_all(ledger, at=at)
        if ended:
            _record(office, ledger, ended)
    return ended


def _record(office: Office, ledger: Transaction, ended: int) -> None:
    summary = f"从备份恢复，吊销了全部 {ended} 个接口令牌：备份以后吊销过哪些，已无从知道"
    for bulletin in office.settings.bulletins:
        record_change(ledger, NewChange(bulletin.id, "restore", "ledger", 0, summary, office.now()))
