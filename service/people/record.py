"""Changes of accounts in the record (变更记录)."""

from __future__ import annotations

from archive.changes import NewChange, record_change
from archive.transaction import Transaction
from service.office import Office


def record_account_change(office: Office, ledger: Transaction, name: str, who: str, summary: str) -> None:
    """Records what was changed of the account of that name, and by whom."""
    change = NewChange(bulletin="", who=who, subject="account", subject_id=name, summary=summary, at=office.now())
    record_change(ledger, change)
