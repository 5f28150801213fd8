"""How far the commissions have come: for the desk, for 本期 and for the digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from archive import commissions
from archive.transaction import Transaction
from values.commission import Commission, CommissionStanding


@dataclass(frozen=True, slots=True)
class ListedCommission:
    """A commission with its departments by how far each is."""

    commission: Commission
    awaited: tuple[str, ...]
    """待报."""
    done: tuple[str, ...]
    """按时."""
    late: tuple[str, ...]
    """迟到."""
    missed: tuple[str, ...]
    """欠稿."""

    @property
    def answered(self) -> tuple[str, ...]:
        """Those that have sent something, in the order of the register."""
        return tuple(name for name in self.commission.departments if name in self.done or name in self.late)

    @property
    def missing(self) -> tuple[str, ...]:
        """Those that have sent nothing, before the deadline or after it."""
        return self.awaited or self.missed


def listed(commission: Commission, at: datetime) -> ListedCommission:
    """The commission as it stands at that moment. Pure."""
    awaited, done, late, missed = (commission.standing_in(standing, at) for standing in CommissionStanding)
    return ListedCommission(commission, awaited, done, late, missed)


def open_first(made: Sequence[Commission], at: datetime) -> tuple[ListedCommission, ...]:
    """Those from which an answer is missing, the earliest deadline first; then the settled, the latest first. Pure."""
    is_open = [commission for commission in made if commission.is_open(at)]
    settled = [commission for commission in made if not commission.is_open(at)]
    ordered = [
        *sorted(is_open, key=lambda commission: (commission.due_at, commission.id)),
        *sorted(settled, key=lambda commission: (commission.due_at, commission.id), reverse=True),
    ]
    return tuple(listed(commission, at) for commission in ordered)


def commissions_at_hand(ledger: Transaction, bulletin: str, since: datetime, at: datetime) -> list[ListedCommission]:
    """What 本期 and the digest show: commissions that were due at `since` or later and still await an answer, or of
    which an editor is to say whether something is one; the earliest deadline first."""
    made = commissions.commissions_to_match(ledger, bulletin, since, ())
    standing = [commission for commission in made if commission.cancelled_at is None]
    return [listed(each, at) for each in standing if each.is_open(at) or each.proposals]
