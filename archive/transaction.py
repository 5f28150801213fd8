"""A transaction of the ledger: `Ledger.reading` and `Ledger.writing` open it, the functions of `archive/` take it."""

from __future__ import annotations

from typing import final

from sqlalchemy import Connection


@final
class Transaction:
    """The ledger within one transaction, which ends with the `with` block that opened it.

    Callers outside `archive/` only hand it on, as the argument `ledger` of named functions.
    """

    __slots__ = ("sql",)

    def __init__(self, connection: Connection) -> None:
        self.sql = connection
        """For the modules of `archive/` alone, which know SQL (tests/test_layers.py)."""
