"""What the editor prepares for the next issue of a series, ordinary or supplement: its 按语, date and 责任编辑.

A preparation may exist before there is a draft; every draft is made with it, a discarded draft leaves it, and the
sign-off clears it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select, update

from archive.database import insert_if_new
from archive.schema import preparation
from archive.transaction import Transaction
from values.errors import Changed


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is prepared for the next issue."""

    editors_note: str = ""
    """按语, a paragraph a line; "": none."""
    dated: date | None = None
    """印发日期; None: the day of assembling."""
    version: int = 0
    """Raised by every change; 0: nothing was ever prepared."""
    responsible_editor: str = ""
    """责任编辑 of the issue, as printed; "": none."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Of the 按语."""
        return paragraphs_of(self.editors_note)


NOTHING_PREPARED: Final = Preparation()


def paragraphs_of(note: str) -> tuple[str, ...]:
    """The paragraphs of a note as the editor typed it, without blank lines."""
    return tuple(line.strip() for line in note.splitlines() if line.strip())


def preparation_of(ledger: Transaction, bulletin: str, *, supplement: bool = False) -> Preparation:
    """What is prepared for the next issue, an empty preparation where nothing is."""
    wanted = select(preparation).where(preparation.c.bulletin == bulletin, preparation.c.supplement == supplement)
    row = ledger.sql.execute(wanted).first()
    return Preparation(row.editors_note, row.dated, row.version, row.responsible_editor) if row else Preparation()


def refuse_changed(prepared: Preparation, seen: int | None) -> None:
    """Raises Changed when it is not the version that the person has seen. seen: None accepts any version."""
    if seen is not None and prepared.version != seen:
        raise Changed("本期的按语或日期刚被别人改过，请看过现在的样子再改。")


def write_preparation(ledger: Transaction, bulletin: str, prepared: Preparation, *, supplement: bool) -> None:
    """Replaces all that is prepared, and raises the version, whichever `prepared` has."""
    keys = {"bulletin": bulletin, "supplement": supplement}
    values = {
        "editors_note": "\n".join(prepared.paragraphs),
        "dated": prepared.dated,
        "responsible_editor": prepared.responsible_editor,
    }
    if insert_if_new(ledger, preparation, tuple(keys), **keys, **values):
        return
    ledger.sql.execute(
        update(preparation)
        .where(preparation.c.bulletin == bulletin, preparation.c.supplement == supplement)
        .values(version=preparation.c.version + 1, **values)
    )


def clear_preparation(ledger: Transaction, bulletin: str, *, supplement: bool) -> Preparation:
    """Clears the preparation, at the sign-off of its issue, and returns what it was."""
    prepared = preparation_of(ledger, bulletin, supplement=supplement)
    if prepared.version:
        write_preparation(ledger, bulletin, Preparation(), supplement=supplement)
    return prepared
