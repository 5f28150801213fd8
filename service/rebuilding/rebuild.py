"""`rebuild`: a ledger made again from the raw letters and the manifests of the issues (docs/decisions/0079)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from archive import articles, issues
from archive.changes import NewChange, record_change
from archive.files import HashStore, make_directory
from archive.opening import create_ledger
from archive.placing import place_ledger
from archive.privacy import refuse_directory_of_another
from archive.sqlite_file import SqliteFile
from archive.unfinished_restore import end_restore
from service.letters.receive import ReportProgress, no_progress
from service.office import DATABASE, Office, ledger_server, soffice_of
from service.rebuilding.taking_back import WHO, take_back
from service.removal.finish import destroy_removed_letters
from service.removal.recall import recall_removed
from service.running.lock import sole_service
from settings.model import Settings
from values.errors import BadUsage

_UNFINISHED: Final = f"{DATABASE}.rebuilding"
"""The new ledger until it is whole: a run that is killed leaves no ledger behind that looks like one."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the new ledger has."""

    letters: int
    articles: int
    issues: int
    problems: tuple[str, ...]
    """Chinese sentences: what could not be taken back, and why."""


def rebuild(
    settings: Settings,
    now: Callable[[], datetime],
    environ: Mapping[str, str],
    report: ReportProgress = no_progress,
) -> Rebuilt:
    """Makes the ledger of the data directory again. Nothing is fetched, sent or answered, and no stored file changes.

    Raises BadUsage where there is a ledger or a service runs, and for a directory of another user; StorageFailed.
    """
    data_dir = settings.service.data_dir
    make_directory(data_dir)
    refuse_directory_of_another(data_dir, os.geteuid())
    server = ledger_server(settings, environ)
    if server.holds_tables():
        raise BadUsage(f"台账 {server.shown} 还在，没有重建。确实要重建的，先停服务，把它移到别处。")
    with sole_service(data_dir):
        unfinished = SqliteFile(data_dir / _UNFINISHED)
        unfinished.remove()
        ledger = create_ledger(unfinished, data_dir)
        try:
            raws, media = HashStore(data_dir / "raw", ".eml"), HashStore(data_dir / "media")
            office = Office(settings, ledger, raws, media, now, environ, soffice_of(environ))
            rebuilt = _filled(office, report)
        finally:
            ledger.close()
        place_ledger(unfinished, server, data_dir)
        end_restore(data_dir)  # one that was killed, and whose backup is of no use
    return rebuilt


def _filled(office: Office, report: ReportProgress) -> Rebuilt:
    # Before any letter is read: what was erased or destroyed stays so, also where a backup has brought its file back.
    recall_removed(office)
    destroy_removed_letters(office)
    taken = take_back(office, report)
    with office.ledger.writing() as ledger:
        for bulletin in office.settings.bulletins:
            change = NewChange(
                bulletin=bulletin.id,
                who=WHO,
                subject="ledger",
                subject_id=0,
                summary="台账遗失，由来信原件和各期清单重建；此前的变更记录没有了",
                at=office.now(),
            )
            record_change(ledger, change)
    with office.ledger.reading() as ledger:
        counts = len(articles.articles(ledger)), len(issues.signed_off_issues(ledger))
    return Rebuilt(taken.letters, *counts, taken.problems)
