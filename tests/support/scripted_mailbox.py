"""An `ImapMailbox` on a scripted server, and what the tests of its faults say again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from intake.fetch.imap import ImapAccount, ImapMailbox
from intake.fetch.mailbox import Mailbox, Received
from tests.support.imap_server import ScriptedImap, Talk
from values.letter import Letter

PASSWORD = "SECRETCODE"
_ACCOUNT = frozenset(field.name for field in fields(ImapAccount))


def raw(number: int, size: int = 0) -> bytes:
    return b"From: a@example.org\r\nSubject: %d\r\n\r\nbody %d" % (number, number) + b"x" * size + b"\r\n"


def mailbox_on(server: ScriptedImap, **changes: Any) -> ImapMailbox:
    settings: dict[str, Any] = {
        "host": server.host,
        "port": server.port,
        "security": "none",
        "username": "zgqwxzfb@163.com",
        "password": PASSWORD,
    }
    settings |= {name: changes.pop(name) for name in [*changes] if name in _ACCOUNT}
    return ImapMailbox(ImapAccount(**settings), **changes)


def poll(mailbox: Mailbox, after: int = 0) -> list[Received]:
    mailbox.open()
    return [received for batch in mailbox.batches(mailbox.after(after)) for received in batch]


def uids_of(received: Sequence[Received]) -> list[int]:
    return [letter.place.uid for letter in received if isinstance(letter, Letter) and letter.place]


def answers_no(text: str) -> Callable[[Talk], None]:
    return lambda talk: talk.no(text)


def says(octets: bytes) -> Callable[[Talk], None]:
    return lambda talk: talk.send(octets).ok()
