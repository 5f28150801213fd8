"""The office of the demo: configured as the real one, but with a mailbox, data and address of its own."""

from __future__ import annotations

import socket
from datetime import date
from pathlib import Path
from typing import Final

from archive import accounts, sessions
from service.office import Office
from service.people.passwords import hash_of
from settings.kinds import Listen
from settings.model import DeskSettings, Settings
from settings.secrets import Secret
from values.account import Role
from values.errors import TryLater

MAILBOX_SECRET_VARIABLE: Final = "JIANBAO_DEMO_PASSWORD"  # noqa: S105 - the name of a variable
"""The environment variable in which the office looks for the password of the demo's mailbox."""


def demo_settings(settings: Settings, data_dir: Path, mailbox_port: int) -> Settings:
    """The first bulletin of the configuration, with what a demo must not touch replaced.

    Raises TryLater when no port is free for the desk.
    """
    bulletin = settings.bulletins[0]
    mailbox = bulletin.mailbox.model_copy(
        update={
            "host": "127.0.0.1",
            "port": mailbox_port,
            "security": "none",
            "since": date(2022, 1, 1),  # its letters are of November 2022
            "password": Secret("env", MAILBOX_SECRET_VARIABLE),
        }
    )
    service = settings.service.model_copy(update={"data_dir": data_dir})
    bulletins = (bulletin.model_copy(update={"mailbox": mailbox}),)
    listen = _free_address(settings.desk.listen)
    url = f"http://{listen.host}:{listen.port}"
    desk = DeskSettings.model_validate({"listen": f"{listen.host}:{listen.port}", "public_url": url})
    return settings.model_copy(update={"service": service, "bulletins": bulletins, "desk": desk})


def set_demo_password(office: Office, name: str, display_name: str, password: str) -> None:
    """Makes `name` an administrator with this password, without a link to open first, and ends that user's sessions."""
    password_hash = hash_of(password)
    with office.ledger.writing() as ledger:
        record = accounts.account_named(ledger, name)
        account_id = (
            record.id if record else accounts.add_account(ledger, name, display_name, Role.ADMIN, at=office.now())
        )
        accounts.set_password_hash(ledger, account_id, password_hash, at=office.now())
        sessions.end_sessions(ledger, account_id, at=office.now())


def _free_address(wanted: Listen | None) -> Listen:
    """The configured port on this machine, or any other when that is taken."""
    for port in (wanted.port if wanted else 0, 0):
        with socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind(("127.0.0.1", port))
            except OSError:
                continue
            return Listen("127.0.0.1", door.getsockname()[1])
    raise TryLater("这台机器上没有空闲的端口。")
