"""Ids of bulletins in the record of changes, and folders of mailboxes that become one."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Table, insert, select

from archive import changes, folders, letters, read_marks, renaming
from archive.changes import ChangeFilter, NewChange, record_change
from archive.letters import KeptLetter
from archive.renaming import id_since, rename_account
from archive.schema import (
    allowed_word,
    courtesy_mark,
    department,
    firing,
    learned_sender,
    next_firing,
    preparation,
    sighting,
)
from archive.transaction import Transaction
from service.office import Office
from values.letter import Place

AT = datetime(2026, 11, 30, tzinfo=UTC)


def line(ledger: Transaction, bulletin: str, former: str = "") -> None:
    """A line of the record: about an issue, or that `former` is called `bulletin` now."""
    record_change(
        ledger, NewChange(bulletin, "li", "bulletin" if former else "issue", former or 1, f"{former}→{bulletin}", AT)
    )


def lines_of(ledger: Transaction, bulletin: str) -> list[int]:
    return [change.id for change in reversed(changes.changes(ledger, ChangeFilter(bulletins=[bulletin])))]


def test_lines_follow_a_bulletin_through_its_ids_and_no_other_that_gets_one(office: Office) -> None:
    with office.ledger.writing() as ledger:
        line(ledger, "a")  # 1
        line(ledger, "b", "a")  # 2
        line(ledger, "a")  # 3: another bulletin of that id
        line(ledger, "c", "b")  # 4
        line(ledger, "")  # 5
        line(ledger, "c")  # 6
        assert lines_of(ledger, "c") == [1, 2, 4, 6]
        assert lines_of(ledger, "a") == [3]
        assert lines_of(ledger, "b") == []
        assert [change.id for change in changes.changes(ledger, ChangeFilter(bulletins=["a", ""]))] == [5, 3]
        assert (id_since(ledger, "a", 1), id_since(ledger, "a", 3), id_since(ledger, "b", 2)) == ("c", "a", "c")
        assert (renaming.was_renamed(ledger, "b"), renaming.was_renamed(ledger, "c")) == (True, False)


def test_ended_bulletin_keeps_its_lines(office: Office) -> None:
    with office.ledger.writing() as ledger:
        line(ledger, "a")
        line(ledger, "a", "a")
        assert renaming.ended_bulletins(ledger) == {"a"}
        assert lines_of(ledger, "a") == [1, 2]
        assert id_since(ledger, "a", 0) == "a"


def test_folder_that_both_login_names_have_becomes_one(office: Office) -> None:
    former, new = Place("old@example.org", "INBOX", 7, 0), Place("new@example.org", "INBOX", 7, 0)
    with office.ledger.writing() as ledger:
        for place, uids in ((former, (1, 2, 3)), (new, (3, 4))):
            kept = [
                KeptLetter(f"{uid:064x}", 1, False, AT, Place(place.account, place.folder, place.uidvalidity, uid))
                for uid in uids
            ]
            letters.keep(ledger, "wuxing", kept, at=AT)
        sightings = ledger.sql.execute(select(sighting.c.id)).scalars().all()
        read_marks.record_mark_attempts(ledger, sightings, done=True, answer="", at=AT)
        folders.raise_watermark(ledger, Place("old@example.org", "INBOX", 7, 3), at=AT)
        folders.record_unfetched(ledger, Place("old@example.org", "INBOX", 7, 2), "no answer", patience=3, at=AT)
        folders.record_reconciliation(ledger, former, at=AT)
        rename_account(ledger, "old@example.org", "new@example.org")
        assert renaming.accounts_in(ledger) == {"new@example.org": 4}
        assert folders.seen_uids(ledger, new) == {1, 2, 3, 4}
        assert (folders.watermark(ledger, new), folders.watermark(ledger, former)) == (3, 0)
        assert folders.all_unfetched(ledger) == []
        marked = set(ledger.sql.execute(select(courtesy_mark.c.sighting_id)).scalars())
        assert marked == set(ledger.sql.execute(select(sighting.c.id)).scalars())


def test_row_of_the_same_key_under_both_ids_is_the_later_one(office: Office) -> None:
    later = datetime(2026, 12, 1, tzinfo=UTC)
    register = {"full_name": "", "aliases": "[]", "senders": "[]", "position": 1}
    rows: dict[Table, dict[str, object]] = {
        department: {"name": "区民政局", **register},
        learned_sender: {"address": "a@example.org", "department": "区民政局", "learned_at": AT, "learned_by": "li"},
        allowed_word: {"word": "台帐", "allowed_at": AT},
        firing: {"fire_time": AT, "outcome": "empty"},
        next_firing: {"noted_at": AT},
        preparation: {"supplement": False, "editors_note": ""},
    }
    changed: dict[Table, dict[str, object]] = {
        department: {"position": 2},
        learned_sender: {"learned_at": later},
        allowed_word: {"who": "new"},
        firing: {"recorded_at": later},
        next_firing: {"noted_at": later},
        preparation: {"editors_note": "按语"},
    }
    former: dict[Table, dict[str, object]] = {allowed_word: {"who": "old"}, firing: {"recorded_at": AT}}
    with office.ledger.writing() as ledger:
        for table, row in rows.items():
            ledger.sql.execute(insert(table).values(bulletin="old", **row, **former.get(table, {})))
            ledger.sql.execute(insert(table).values(bulletin="new", **(row | changed[table])))
        renaming.rename_bulletin(ledger, "old", "new")
        for table, columns in changed.items():
            kept = ledger.sql.execute(select(table.c.bulletin, *(table.c[name] for name in columns))).all()
            assert [tuple(row) for row in kept] == [("new", *columns.values())], table.name
