"""A commission by its number, in the state that a person has looked at."""

from __future__ import annotations

from archive import commissions
from archive.transaction import Transaction
from settings.model import BulletinSettings
from values.commission import Commission, commission_label
from values.errors import Changed, NotThere


def commission_of(ledger: Transaction, bulletin: BulletinSettings, id: int) -> Commission:
    """The commission of that number. Raises NotThere when the bulletin has none."""
    numbered = commissions.commission_numbered(ledger, bulletin.id, id)
    if numbered is None:
        raise NotThere(f"刊物 {bulletin.id} 没有{commission_label(id)}。")
    return numbered


def seen_commission(ledger: Transaction, bulletin: BulletinSettings, id: int, seen: int | None) -> Commission:
    """The commission in the version that the person has seen (`Commission.version`), None for the present one.

    Raises NotThere; Changed where somebody has changed it since, or another article has come.
    """
    numbered = commission_of(ledger, bulletin, id)
    if seen not in (None, numbered.version):
        raise Changed(f"{numbered.label}刚有变动：别人改过，或有稿件报来。请看过现在的样子再做。")
    return numbered
