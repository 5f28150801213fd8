"""What the editor prepares for the next issue besides its articles: the 按语, the date and the 责任编辑."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from archive import preparations
from archive.changes import NewChange, record_change
from archive.preparations import Preparation, paragraphs_of
from archive.transaction import Transaction
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadUsage

_LONGEST = 5_000
_LONGEST_NAME = 40
"""Characters of a name: several names fit in."""


def write_editors_note(
    office: Office,
    bulletin: BulletinSettings,
    text: str,
    who: str,
    *,
    seen: int | None = None,
    supplement: bool = False,
) -> Preparation:
    """The 按语 of the next issue, a paragraph a line; "" for none. The draft shows it when it is made again.

    seen: the version of the preparation that the person saw, 0 for none yet. Returns the new preparation. Raises
    Changed, and BadUsage for a text that is no note but an article.
    """
    with office.ledger.writing() as ledger:
        preparations.refuse_changed(preparations.preparation_of(ledger, bulletin.id, supplement=supplement), seen)
        return write_note_within(office, ledger, bulletin, text, who, supplement=supplement)


def write_note_within(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, text: str, who: str, *, supplement: bool
) -> Preparation:
    """`write_editors_note` as a part of the caller's transaction."""
    note = "\n".join(paragraphs_of(text))
    if len(note) > _LONGEST:
        raise BadUsage(f"按语最多 {_LONGEST} 个字，现有 {len(note)} 个。")
    prepared = preparations.preparation_of(ledger, bulletin.id, supplement=supplement)
    if note == prepared.editors_note:
        return prepared
    preparations.write_preparation(ledger, bulletin.id, replace(prepared, editors_note=note), supplement=supplement)
    what = "删去按语" if not note else "改写按语" if prepared.editors_note else "写了按语"
    _record(office, ledger, bulletin, who, supplement, what)
    return preparations.preparation_of(ledger, bulletin.id, supplement=supplement)


def set_date(
    office: Office,
    bulletin: BulletinSettings,
    dated: date | None,
    who: str,
    *,
    seen: int | None = None,
    supplement: bool = False,
) -> Preparation:
    """The date that the next draft will carry; None for that of the day it is made. As `write_editors_note`."""
    with office.ledger.writing() as ledger:
        preparations.refuse_changed(preparations.preparation_of(ledger, bulletin.id, supplement=supplement), seen)
        return set_date_within(office, ledger, bulletin, dated, who, supplement=supplement)


def set_date_within(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, dated: date | None, who: str, *, supplement: bool
) -> Preparation:
    """`set_date` as a part of the caller's transaction."""
    prepared = preparations.preparation_of(ledger, bulletin.id, supplement=supplement)
    if dated == prepared.dated:
        return prepared
    preparations.write_preparation(ledger, bulletin.id, replace(prepared, dated=dated), supplement=supplement)
    what = f"印发日期定为 {dated.isoformat()}" if dated else "印发日期随编排的日子"
    _record(office, ledger, bulletin, who, supplement, what)
    return preparations.preparation_of(ledger, bulletin.id, supplement=supplement)


def set_responsible_editor(
    office: Office,
    bulletin: BulletinSettings,
    name: str,
    who: str,
    *,
    seen: int | None = None,
    supplement: bool = False,
) -> Preparation:
    """The 责任编辑 of the next issue, whom the imprint prints; "" for none. As `write_editors_note`."""
    name = responsible_name(name)
    with office.ledger.writing() as ledger:
        prepared = preparations.preparation_of(ledger, bulletin.id, supplement=supplement)
        preparations.refuse_changed(prepared, seen)
        if name == prepared.responsible_editor:
            return prepared
        changed = replace(prepared, responsible_editor=name)
        preparations.write_preparation(ledger, bulletin.id, changed, supplement=supplement)
        what = f"责任编辑定为{name}" if name else "不印责任编辑"
        _record(office, ledger, bulletin, who, supplement, what)
        return preparations.preparation_of(ledger, bulletin.id, supplement=supplement)


def responsible_name(name: str) -> str:
    """The name in one line. Raises BadUsage for one that is too long."""
    name = " ".join(name.split())
    if len(name) > _LONGEST_NAME:
        raise BadUsage(f"责任编辑的姓名最多 {_LONGEST_NAME} 个字，现有 {len(name)} 个。")
    return name


def _record(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, who: str, supplement: bool, summary: str
) -> None:
    """The issue may have no row yet: these changes are recorded under the kind of issue that they are for."""
    record_change(
        ledger,
        NewChange(
            bulletin=bulletin.id,
            who=who,
            subject="issue",
            subject_id="next-supplement" if supplement else "next",
            summary=f"{'下一期增刊' if supplement else '本期'}：{summary}",
            at=office.now(),
        ),
    )
