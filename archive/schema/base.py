"""What all tables have in common: the names of their constraints, moments in UTC, ids and references."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Column, DateTime, Dialect, ForeignKey, Integer, MetaData
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC. SQLite has no time zones: there it is stored without one and read back as UTC.

    Raises ValueError for a datetime without time zone.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without time zone: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


WholeNumber: Final = BigInteger().with_variant(Integer, "sqlite")
"""Of 8 octets, as every number that is parsed (values.whole_number): SQLite has no other, and numbers rows itself only
where the type is called INTEGER."""


def id_column() -> Column[int]:
    """The primary key of a table whose rows are numbered."""
    return Column("id", WholeNumber, primary_key=True)


def reference(table: str, *, nullable: bool = False, **more: Any) -> Column[int]:
    """A column <table>_id that refers to a row of that table. more: arguments of `Column`."""
    return Column(f"{table}_id", ForeignKey(f"{table}.id"), nullable=nullable, **more)
