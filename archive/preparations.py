"""What the editor has laid down for the next issue of a series, ordinary or supplement: its 按语 and its date.

It may be there before there is a draft, every draft is made with it, and a discarded draft leaves it. At sign-off it is
used up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from archive.database import insert_if_new
from archive.schema import preparation
from archive.transaction import Transaction
from values.errors import Changed


@dataclass(frozen=True, slots=True)
class Preparation:
    """editors_note: paragraphs on lines of their own, "" for none. dated: None where nobody has said.

    version: raised by every change; 0 where nothing was ever laid down.
    """

    editors_note: str = ""
    dated: date | None = None
    version: int = 0

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return paragraphs_of(self.editors_note)


def paragraphs_of(note: str) -> tuple[str, ...]:
    """The paragraphs of a note as the editor typed it; blank lines are none."""
    return tuple(line.strip() for line in note.splitlines() if line.strip())


def preparation_of(ledger: Transaction, bulletin: str, *, supplement: bool = False) -> Preparation:
    """What is laid down for the next issue."""
    wanted = select(preparation).where(preparation.c.bulletin == bulletin, preparation.c.supplement == supplement)
    row = ledger.sql.execute(wanted).first()
    return Preparation(row.editors_note, row.dated, row.version) if row else Preparation()


def refuse_changed(found: Preparation, seen: int | None) -> None:
    """Raises Changed when it is not the version that the person has seen; None stands for any."""
    if seen is not None and found.version != seen:
        raise Changed("本期的按语或日期刚被别人改过，请看过现在的样子再改。")


def write_preparation(ledger: Transaction, bulletin: str, *, supplement: bool, note: str, dated: date | None) -> None:
    """Writes both; note "" and dated None take back what was laid down. Raises the version."""
    keys = {"bulletin": bulletin, "supplement": supplement}
    values = {"editors_note": "\n".join(paragraphs_of(note)), "dated": dated}
    if insert_if_new(ledger, preparation, tuple(keys), **keys, **values):
        return
    ledger.sql.execute(
        update(preparation)
        .where(preparation.c.bulletin == bulletin, preparation.c.supplement == supplement)
        .values(version=preparation.c.version + 1, **values)
    )


def clear_preparation(ledger: Transaction, bulletin: str, *, supplement: bool) -> Preparation:
    """The issue is signed off: returns what was laid down for it; nothing is, for the next one."""
    found = preparation_of(ledger, bulletin, supplement=supplement)
    if found.version:
        write_preparation(ledger, bulletin, supplement=supplement, note="", dated=None)
    return found
