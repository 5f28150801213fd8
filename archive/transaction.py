"""The transaction that the archive's functions take: its type outside `archive/`, which alone knows SQLAlchemy."""

from __future__ import annotations

from typing import TypeAlias

from sqlalchemy import Connection

Transaction: TypeAlias = Connection
"""Opened by `Ledger.reading` or `Ledger.writing`; handed on to the functions of `archive/`, and used by them alone."""
