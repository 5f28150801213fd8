"""A real PostgreSQL server with its own folder, reached by a socket there. It runs as root and as an ordinary user.

with postgresql_server() as server:
    url = server.empty_ledger()

fsync is off: what a power cut leaves is the server's own affair, and its tests'.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psycopg
import pytest

from archive.ledger_format import FORMAT
from archive.opening import create_ledger
from archive.postgresql_server import PostgresqlServer
from archive.schema import metadata
from tests.support.needed_program import not_installed

_ADMINISTRATOR: Final = "postgres"
"""The system user that Debian's package makes: the server refuses to run as root."""
_SETTINGS: Final = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "listen_addresses=",
    "shared_buffers=16MB",
)
_LEDGER: Final = "ledger"


@dataclass
class RunningPostgresql:
    """The server of a test process."""

    folder: Path
    """Of its socket; readable for all."""
    data_dir: Path
    """A data directory that has the mark of every ledger that this server makes."""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _emptying: str = ""

    def url(self, database: str) -> str:
        return f"postgresql://{_ADMINISTRATOR}@/{database}?host={quote(str(self.folder), safe='')}"

    def empty_database(self) -> str:
        """The URL of a new database without tables."""
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def empty_ledger(self) -> str:
        """The URL of a ledger without any row: the same one each time, emptied, since making one takes 0.2 s."""
        if self._emptying and not self._has_all_tables():
            self.drop(self.url(_LEDGER))
            self._emptying = ""
        if not self._emptying:
            self._make_ledger()
        with self._connected(_LEDGER) as connection:
            # The guards of the record of changes and foreign keys do not act in this session.
            connection.execute("SET session_replication_role = replica")
            connection.execute(self._emptying.encode())
            connection.execute("UPDATE alembic_version SET version_num = %s", (FORMAT,))
        return self.url(_LEDGER)

    def drop(self, url: str) -> None:
        """Ends all its connections."""
        self._execute(f'DROP DATABASE "{_name(url)}" WITH (FORCE)')

    def end_connections(self, database: str) -> None:
        """As a restart of the server does."""
        with self._connected(_ADMINISTRATOR) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (database,))

    def _has_all_tables(self) -> bool:
        """Whether no test has removed one."""
        with self._connected(_LEDGER) as connection:
            rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {name for (name,) in rows} >= metadata.tables.keys() | {"alembic_version"}

    def _make_ledger(self) -> None:
        self._execute(f"CREATE DATABASE {_LEDGER}")
        create_ledger(PostgresqlServer(self.url(_LEDGER)), self.data_dir).close()
        with self._connected(_LEDGER) as connection:
            counters = connection.execute("SELECT sequencename FROM pg_sequences").fetchall()
        tables = [f'DELETE FROM "{name}"' for name in metadata.tables]
        self._emptying = "; ".join([*tables, *(f'ALTER SEQUENCE "{name}" RESTART' for (name,) in counters)])

    def _execute(self, statement: str) -> None:
        with self._connected(_ADMINISTRATOR) as connection:
            connection.execute(statement.encode())

    def _connected(self, database: str) -> psycopg.Connection:
        return psycopg.connect(self.url(database), autocommit=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[RunningPostgresql]:
    """One server for all tests of this process."""
    with postgresql_server() as server:
        yield server


@contextlib.contextmanager
def postgresql_server() -> Iterator[RunningPostgresql]:
    """Starts a server, and ends it."""
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="jb-pg-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        cluster, data_dir = folder / "cluster", folder / "office"
        data_dir.mkdir()
        user = _own_user(folder)
        log = folder / "log"
        _run(programs / "initdb", "-D", str(cluster), "-U", _ADMINISTRATOR, "-A", "trust", "-E", "UTF8",
             "--no-locale", "--no-sync", user=user)  # fmt: skip
        options = " ".join(f"-c {setting}" for setting in _SETTINGS) + f" -k {folder}"
        control = programs / "pg_ctl"
        _run(control, "-D", str(cluster), "-l", str(log), "-o", options, "-w", "start", user=user)
        try:
            yield RunningPostgresql(folder, data_dir)
        finally:
            _run(control, "-D", str(cluster), "-m", "immediate", "-w", "stop", user=user)


def _programs() -> Path:
    """The folder of the newest server's programs: Debian has them beside the PATH."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None) or not_installed("PostgreSQL")


def _own_user(folder: Path) -> str | None:
    """The user that the server runs as, who gets the folder; None for the present one."""
    if os.geteuid() != 0:
        return None
    shutil.chown(folder, _ADMINISTRATOR)
    return pwd.getpwnam(_ADMINISTRATOR).pw_name


def _run(*words: str | Path, user: str | None) -> None:
    subprocess.run(
        [str(word) for word in words],
        user=user,
        group=user,
        extra_groups=[] if user else None,
        cwd="/",
        env={"LC_ALL": "C", "PATH": os.environ.get("PATH", "")},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _name(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]
