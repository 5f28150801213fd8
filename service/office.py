"""The office: what every operation of `service` takes as its first argument."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from archive.database import DatabaseServer, Ledger
from archive.files import HashStore, make_directory
from archive.installation_key import installation_key
from archive.ledger_mark import MARK_FILE
from archive.opening import open_ledger
from archive.privacy import refuse_directory_of_another
from archive.sqlite_file import SqliteFile
from archive.unfinished_restore import refuse_unfinished
from settings.model import BulletinSettings, Settings
from settings.secrets import resolve
from values.errors import BadUsage, StorageFailed
from values.stopping import never

DATABASE: Final = "jianbao.sqlite3"
"""The ledger's file in data_dir (design.md 5.4)."""

COPY_PREFIX: Final = "ledger-before-"
"""How the names of the copies begin that `migrate` makes of ledgers of earlier formats, in data_dir."""


@dataclass(frozen=True, slots=True)
class Office:
    """Settings, stores and clock, opened by `open_office`."""

    settings: Settings
    ledger: Ledger
    raws: HashStore
    """Letters as they came, by the SHA-256 of their bytes."""
    media: HashStore
    """Pictures of articles, and the manuscripts' files, by SHA-256."""
    now: Callable[[], datetime]
    """The clock; aware datetimes."""
    environ: Mapping[str, str]
    """Where secrets are that the configuration refers to; and PATH."""
    soffice: Path | None = None
    """LibreOffice's program; None where it is not installed."""
    stopping: Callable[[], bool] = never
    """Whether the process is about to end: LibreOffice is killed then, and its work left for the next start."""

    @property
    def data_dir(self) -> Path:
        """The directory that holds all the service keeps (design.md 5.4)."""
        return self.settings.service.data_dir

    def require_data(self) -> None:
        """Raises StorageFailed when the ledger's file, or the mark of a ledger on a server, is gone: nothing must be
        stored where no ledger has it."""
        kept = DATABASE if self.ledger.server.in_directory else MARK_FILE
        if not (self.data_dir / kept).is_file():
            raise StorageFailed(
                f"数据文件夹 {self.data_dir} 或其中的台账不在了：可能没有挂载，或被移走。"
                "请停服务，恢复原处，再启动；在此之前不收信、不编排。"
            )

    def key(self) -> bytes:
        """The key of the installation, by which answers to our letters, and tokens that browsers keep, are recognised.
        Raises StorageFailed."""
        return installation_key(self.data_dir, secrets.token_bytes)

    def bulletin(self, named: str | None) -> BulletinSettings:
        """The bulletin of that id; without an id, the only one there is. Raises BadUsage."""
        configured = "、".join(bulletin.id for bulletin in self.settings.bulletins)
        if named is None:
            if len(self.settings.bulletins) > 1:
                raise BadUsage(f"配置了多个刊物（{configured}），请用 --bulletin 指明一个。")
            return self.settings.bulletins[0]
        bulletin = self.settings.bulletin(named)
        if bulletin is None:
            raise BadUsage(f"没有刊物 {named}；配置中有：{configured}。")
        return bulletin

    def local(self, moment: datetime) -> datetime:
        """The moment on the office's own clock."""
        return moment.astimezone(self.settings.service.timezone)


@contextmanager
def open_office(
    settings: Settings, now: Callable[[], datetime], environ: Mapping[str, str], *, restoring: bool = False
) -> Iterator[Office]:
    """Opens the data directory with the ledger and the stores, making those that do not exist yet.

    restoring: for the restore itself, which others wait for. Raises StorageFailed when it cannot; BadUsage for a store
    that this version does not have, for a ledger of another version, for a directory of another user and for one whose
    restore was killed; LedgerLost.
    """
    if settings.service.raw_store:
        raise BadUsage("这个版本只把来信原件存在本机：请把 [service] 的 raw_store 留空。")
    data_dir = settings.service.data_dir
    make_directory(data_dir)
    refuse_directory_of_another(data_dir, os.geteuid())
    if not restoring:
        refuse_unfinished(data_dir)
    ledger = open_ledger(ledger_server(settings, environ), data_dir)
    raws, media = HashStore(data_dir / "raw", ".eml"), HashStore(data_dir / "media")
    try:
        yield Office(settings, ledger, raws, media, now, environ, soffice_of(environ))
    finally:
        ledger.close()


def ledger_server(settings: Settings, environ: Mapping[str, str]) -> DatabaseServer:
    """Where the configuration says that the ledger is. Raises BadConfig where its password is not where the
    configuration says, and BadUsage where the driver of PostgreSQL is not installed."""
    service = settings.service
    if service.database:
        return server_at(service.database, settings, environ)
    return SqliteFile(service.data_dir / DATABASE)


def server_at(url: str, settings: Settings, environ: Mapping[str, str]) -> DatabaseServer:
    """The PostgreSQL server at that URL, with the password of the configuration. Raises as `ledger_server`."""
    if find_spec("psycopg") is None:
        raise BadUsage("没有安装 PostgreSQL 的驱动：请安装 jianbao[cluster]，或把 [service] database 留空用 SQLite。")
    from archive.postgresql_server import PostgresqlServer  # its driver is not part of an office on one machine

    password = settings.service.database_password
    return PostgresqlServer(url, resolve(password, environ) if password else "")


def soffice_of(environ: Mapping[str, str]) -> Path | None:
    """LibreOffice's program on the PATH of the environment; None where it is not installed."""
    soffice = shutil.which("soffice", path=environ.get("PATH", ""))
    return Path(soffice) if soffice else None
