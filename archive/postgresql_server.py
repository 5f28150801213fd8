"""The ledger on a PostgreSQL server (15 or later), which several machines reach.

SQLite has one writer at a time, and the operations rely on it: what they read before they write stays true. Here each
writing transaction takes the same advisory lock first, so that writers follow one another as there; it ends with the
transaction, also when a process is killed or its connection lost. Readers wait for nobody. A fixed isolation level that
fails late would need every operation to be repeatable as a whole (docs/decisions/0065).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import DatabaseError, OperationalError

from archive.database import BUSY_SECONDS, WRITES, Ledger

WRITER_LOCK: Final = 0x6A69616E62616F  # "jianbao" in ASCII; any number that no other program uses in this database
"""The advisory lock of the transaction that writes."""
_CONNECT_SECONDS: Final = 10
"""After which a server that does not answer is given up for this attempt; psycopg would wait for two minutes."""


@dataclass(frozen=True, slots=True)
class PostgresqlServer:
    """Implements `archive.database.DatabaseServer`."""

    url: str
    """postgresql://user@host:port/database, without a password."""
    password: str = field(default="", repr=False)
    """"": the server asks for none, or libpq knows it (PGPASSFILE)."""

    @property
    def in_directory(self) -> bool:
        return False

    @property
    def shown(self) -> str:
        return self.url

    def connect(self) -> Engine:
        address = make_url(self.url).set(drivername="postgresql+psycopg")
        if self.password:
            address = address.set(password=self.password)
        engine = create_engine(
            address,
            connect_args={"connect_timeout": _CONNECT_SECONDS, "application_name": "jianbao"},
            # A server that was restarted has closed the connections of the pool.
            pool_pre_ping=True,
            hide_parameters=True,  # an error would repeat the values, and so bring letters into the logs
        )
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        return engine

    def purge(self, engine: Engine) -> bool:
        """Writes all tables anew: False where somebody kept one in use.

        What was deleted stays in the server's log (WAL), its archive and its backups until the server's own rules
        remove them.
        """
        try:
            with engine.connect().execution_options(isolation_level=_NO_TRANSACTION) as connection:
                connection.execute(text("VACUUM (FULL)"))
        except DatabaseError as error:
            if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
                raise
            return False
        return True

    def holds_tables(self) -> bool:
        with closing(Ledger(self)) as ledger, ledger.reading() as transaction:
            return bool(inspect(transaction.sql).get_table_names())

    def octets(self) -> int:
        with closing(Ledger(self)) as ledger, ledger.reading() as transaction:
            return int(transaction.sql.execute(text("SELECT pg_database_size(current_database())")).scalar_one())

    def meaning(self, error: DatabaseError) -> str | None:
        state = getattr(error.orig, "sqlstate", None)
        if state is None:
            return _no_connection(error) if isinstance(error, OperationalError) else None
        return _MEANINGS.get(state) or _MEANINGS.get(state[:2])


def _no_connection(error: DatabaseError) -> str:
    """Of a connection that was refused, lost, or never made: libpq gives no SQLSTATE, only words in the language of
    the server, such as `database "x" does not exist`."""
    words = " ".join(str(error.orig).split())
    return f"连不上：请检查数据库是否在运行，地址、库名、用户名和口令（[service] database）对不对。原话：{words}；"


def _set_up(connection: Any, _record: object) -> None:
    """Settings of the session, committed: a transaction that is rolled back would take them back."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
        # A process that was stopped inside a transaction (SIGSTOP, a network cut) must not hold the lock for ever.
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{_IDLE_SECONDS}s'")
    connection.commit()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == _NO_TRANSACTION:
        return
    if options.get(WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


_NO_TRANSACTION: Final = "AUTOCOMMIT"
_LOCK_NOT_AVAILABLE: Final = "55P03"
_IDLE_SECONDS: Final = 300
"""Longer than anything that is done between two statements of one transaction: hashing and storing a large upload."""
_MEANINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "28": "登录被拒绝：请检查用户名和口令（[service] database、database_password）；",
        "3D": "在服务器上没有这个库：请先建库（createdb），或检查 [service] database；",
        "42501": "没有权限：请让这个用户拥有这个库；",
        "53100": "写不进去：数据库服务器的磁盘空间不足。请腾出空间；",
        "53": "数据库服务器资源不够（连接数或内存）：请调高它的上限，或稍后再试；",
        _LOCK_NOT_AVAILABLE: "正被另一个进程长时间占用。请稍后再试；",
        "25006": "写不进去：这台数据库服务器是只读的（备库）。请改连主库；",
        "57": "数据库服务器正在启动或停止：请稍后再试；",
        "25P03": "事务停留太久，被数据库服务器中断，没有改动。请再试一次；",
        "58": "读写出错：请检查数据库服务器的磁盘；",
        "XX": "已损坏。请停止服务，从备份恢复；",
        "08": "连接断了：请检查网络和数据库服务器，然后再运行一次；",
    }
)
"""By SQLSTATE or its class (PostgreSQL, appendix A)."""
