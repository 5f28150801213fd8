"""An outbox for a test: letters out in few words, a configuration with a mail server, and what became of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

from archive import outbox
from archive.outbox import NewLetterOut, OutboxRecord
from archive.transaction import Transaction
from courier.plan import first_delivery
from service.office import Office
from tests.support.ledger_rows import BULLETIN
from tests.support.offices import bulletin
from values.outgoing import LetterKind, OutgoingLetter

TO = "jtj@example.org"


class Server(Protocol):
    """A mail server for letters out."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...


def sending(server: Server | None, *, more: str = "", editors: str = "", service: str = "", id: str = BULLETIN) -> str:
    """A config.toml that sends over `server`, without a login; None: over a port without a listener.

    more: further lines of [smtp]; service: of [service]. Two departments are registered, with an address each.
    """
    host, port = (server.host, server.port) if server else ("127.0.0.1", 1)
    smtp = f'[smtp]\nhost = "{host}"\nport = {port}\nsecurity = "none"\nsender = "{id}@example.org"\n{more}\n'
    edited = bulletin(id, more=f"first_number = 70\neditors = [{editors}]")
    departments = f'senders = ["mzj@example.org"]\n\n[[bulletin.department]]\nname = "区教体局"\nsenders = ["{TO}"]\n'
    return f"[service]\n{service}\n{smtp}{edited}{departments}"


def letter_out(name: str, *, kind: LetterKind = LetterKind.RECEIPT, size: int = 0, to: str = TO) -> OutgoingLetter:
    """A letter of that name; `size`: octets of padding."""
    padding = b"x" * 70 + b"\r\n"
    raw = f"Message-ID: <{name}@x>\r\nSubject: {name}\r\n\r\n".encode() + padding * (size // len(padding) + 1)
    return OutgoingLetter(kind, to, name, f"<{name}@x>", raw)


def put(ledger: Transaction, data_dir: Path, out: OutgoingLetter, at: datetime, letter_id: int | None = None) -> bool:
    return outbox.queue(ledger, NewLetterOut(out, BULLETIN, letter_id), first_delivery(at), data_dir=data_dir, at=at)


def put_in(office: Office, *letters: OutgoingLetter) -> None:
    """Queues letters on the office's clock."""
    with office.ledger.writing() as ledger:
        for out in letters:
            assert put(ledger, office.data_dir, out, office.now())


def all_out(office: Office) -> list[OutboxRecord]:
    with office.ledger.reading() as ledger:
        return list(outbox.letters_out(ledger))


def states(office: Office) -> dict[str, str]:
    """State by subject."""
    return {entry.subject: entry.delivery.state.value for entry in all_out(office)}
