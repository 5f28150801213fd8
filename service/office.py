"""The parts of the service, connected once and handed to every command."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from archive.database import Ledger, sqlite_engine
from archive.files import HashStore, make_directory
from archive.opening import open_ledger
from settings.model import BulletinSettings, Settings
from values.errors import BadUsage

DATABASE: Final = "jianbao.sqlite3"


@dataclass(frozen=True, slots=True)
class Office:
    """Settings, stores and clock. `now` returns an aware datetime; `environ` holds the secrets by reference.

    soffice: LibreOffice's program, None where it is not installed.
    """

    settings: Settings
    ledger: Ledger
    raws: HashStore
    media: HashStore
    now: Callable[[], datetime]
    environ: Mapping[str, str]
    soffice: Path | None = None

    @property
    def data_dir(self) -> Path:
        return self.settings.service.data_dir

    def bulletin(self, named: str | None) -> BulletinSettings:
        """The bulletin of that id; without an id, the only one there is. Raises BadUsage."""
        known = "、".join(bulletin.id for bulletin in self.settings.bulletins)
        if named is None:
            if len(self.settings.bulletins) > 1:
                raise BadUsage(f"配置了多个刊物（{known}），请用 --bulletin 指明一个。")
            return self.settings.bulletins[0]
        found = self.settings.bulletin(named)
        if found is None:
            raise BadUsage(f"没有刊物 {named}；配置中有：{known}。")
        return found

    def local(self, moment: datetime) -> datetime:
        """The moment on the office's own clock."""
        return moment.astimezone(self.settings.service.timezone)


def migrate_ledger(data_dir: Path) -> tuple[str | None, str]:
    """Brings the ledger in that directory to this version, making both when they are not there; (before, after)."""
    from archive.migrate import migrate  # Alembic takes half a second to import

    make_directory(data_dir)
    ledger = Ledger(sqlite_engine(data_dir / DATABASE))
    try:
        return migrate(ledger)
    finally:
        ledger.close()


@contextmanager
def open_office(settings: Settings, now: Callable[[], datetime], environ: Mapping[str, str]) -> Iterator[Office]:
    """Opens the data directory and everything in it, making what is not there yet.

    Raises StorageFailed when it cannot, BadUsage for a store that this version does not have.
    """
    if settings.service.database or settings.service.raw_store:
        raise BadUsage("这个版本只支持 SQLite 和本机文件：请把 [service] 的 database 和 raw_store 留空。")
    data_dir = settings.service.data_dir
    make_directory(data_dir)
    ledger = open_ledger(data_dir / DATABASE)
    raws, media = HashStore(data_dir / "raw", ".eml"), HashStore(data_dir / "media")
    soffice = shutil.which("soffice", path=environ.get("PATH", ""))
    try:
        yield Office(settings, ledger, raws, media, now, environ, Path(soffice) if soffice else None)
    finally:
        ledger.close()
