"""The ledger in a database: transactions, and the meaning of its errors.

Two kinds of database hold it: a file of SQLite (`archive.sqlite_file`) and a PostgreSQL server
(`archive.postgresql_server`). With both, writers follow one another: what a writing transaction reads stays true until
it ends, and reading transactions see one state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from sqlalchemy import Engine, Executable, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError

from archive.transaction import Transaction
from values.errors import StorageFailed

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

BUSY_SECONDS: Final = 30
"""How long a writer waits for others. SQLite serves them in no order: of fifty processes that assemble at the same time
on a busy machine, one was seen to wait for ten seconds."""

WRITES: Final = "jianbao_writes"
"""The execution option of a connection whose transaction writes."""

_IN_ONE_STATEMENT: Final = 1_000
"""Values in one IN list, far below the 32,766 parameters that SQLite allows (SQLITE_MAX_VARIABLE_NUMBER)."""


class DatabaseServer(Protocol):
    """What holds the tables: where it is, and what the two kinds do each in its own way."""

    @property
    def in_directory(self) -> bool:
        """Whether the tables are in the data directory, so that they cannot be those of another one."""
        ...

    @property
    def shown(self) -> str:
        """How messages name it: the path of a file, or a URL without a password."""
        ...

    def connect(self) -> Engine:
        """An engine whose transactions keep the promises of this module. Nothing is opened before the first."""
        ...

    def holds_tables(self) -> bool:
        """Whether there is a database with tables. Makes none. Raises StorageFailed."""
        ...

    def octets(self) -> int:
        """How much room the database takes. Raises StorageFailed."""
        ...

    def purge(self, engine: Engine) -> bool:
        """As `Ledger.purge`."""
        ...

    def meaning(self, error: DatabaseError) -> str | None:
        """What an error about disk, files or network means and what is to be done, in Chinese; None for any other."""
        ...


class Ledger:
    """The database. The functions of the other modules read and write it within one of its transactions."""

    def __init__(self, server: DatabaseServer) -> None:
        self.server = server
        self.engine = server.connect()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A transaction that reads a consistent state. Raises StorageFailed when the database cannot be read."""
        with self._storage_errors(), self.engine.begin() as connection:
            yield Transaction(connection)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that writes: all of it or, after any exception, nothing. Raises StorageFailed as `reading`."""
        with self._storage_errors(), self.engine.connect() as connection:
            connection = connection.execution_options(**{WRITES: True})
            with connection.begin():
                yield Transaction(connection)

    def purge(self) -> bool:
        """Writes the database anew, without anything that was deleted.

        Returns False when others kept it in use for too long; to be called again then. Raises StorageFailed, also when
        there is no room for the copy.
        """
        with self._storage_errors():
            return self.server.purge(self.engine)

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()

    @contextmanager
    def _storage_errors(self) -> Iterator[None]:
        """Turns errors of the database about disk, files and network into StorageFailed; programming errors pass
        unchanged."""
        try:
            yield
        except DatabaseError as error:
            meaning = self.server.meaning(error)
            if meaning is None:
                raise
            raise StorageFailed(f"台账（{self.server.shown}）{meaning}已收到的来信不会丢失。") from error


@contextmanager
def all_or_nothing(ledger: Transaction) -> Iterator[None]:
    """A part of a transaction that is undone after an exception, which is raised on; the rest of it stays."""
    with ledger.sql.begin_nested():
        yield


def insert_if_new(ledger: Transaction, table: Table, keys: Sequence[str], **values: object) -> bool:
    """Inserts a row unless one with the same unique `keys` exists; without keys, with the same of any unique key.

    Returns whether it was inserted.
    """
    statement = _insert_if_new(ledger.sql.dialect.name, table, tuple(keys))
    return bool(ledger.sql.execute(statement, values).rowcount)


def insert_all_if_new(
    ledger: Transaction, table: Table, keys: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> None:
    """`insert_if_new` for many rows in one statement."""
    if rows:
        ledger.sql.execute(_insert_if_new(ledger.sql.dialect.name, table, tuple(keys)), rows)


def upsert(ledger: Transaction, table: Table, keys: tuple[str, ...]) -> Executable:
    """The statement that inserts rows, or writes over the one with the same unique `keys`."""
    return _upsert(ledger.sql.dialect.name, table, keys)


@cache  # building a statement takes longer than executing it
def _insert_if_new(dialect: str, table: Table, keys: tuple[str, ...]) -> Executable:
    statement = _insert(dialect, table).on_conflict_do_nothing(index_elements=keys or None)
    return statement.execution_options(preserve_rowcount=True)  # else SQLAlchemy has none of an INSERT in PostgreSQL


@cache
def _upsert(dialect: str, table: Table, keys: tuple[str, ...]) -> Executable:
    statement = _insert(dialect, table)
    kept = {column.name for column in table.primary_key} | set(keys)
    changed = {column.name: statement.excluded[column.name] for column in table.c if column.name not in kept}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # takes 30 ms to import, which no command over SQLite needs

    return postgresql.insert(table)


def batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids in lots that fit into the IN list of one statement."""
    for first in range(0, len(ids), _IN_ONE_STATEMENT):
        yield ids[first : first + _IN_ONE_STATEMENT]
