"""`demo`: the whole way on one's own machine. Sample letters go into an embedded IMAP server; a draft issue comes out.

Everything but the mailbox is the ordinary service: the same poller, ledger and typesetter.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from archive import accounts, letters, sessions
from cli.progress import progress
from cli.run_command import ServeDesk, stopped_by_signal
from cli.show import show_errors, show_messages
from intake.fetch.eml import letters_from
from intake.pool import ReadingPool
from service.demo.mailbox import DemoMailbox
from service.health.pulse import Pulse
from service.issue.publish import Assembled, assemble
from service.letters.take_in import Reception, TakenIn, Tell
from service.office import Office, migrate_ledger, open_office
from service.people.passwords import hash_of
from settings.kinds import Listen
from settings.model import DeskSettings, Settings
from settings.secrets import Secret
from values.account import Role
from values.errors import BadUsage, TryLater
from values.letter import Letter

ISSUE_DATE: Final = date(2022, 11, 8)
"""The date of the printed issue that the sample letters came from."""

_PERSON: Final = "demo"
_VARIABLE: Final = "JIANBAO_DEMO_PASSWORD"


def demo(
    console: Console,
    settings: Settings,
    home: Path,
    now: Callable[[], datetime],
    environ: Mapping[str, str],
    serve_desk: ServeDesk | None = None,
) -> int:
    """Runs the demo and shows what happened; returns the exit status.

    `home`: the folder with demo/letters, where demo-data is made too. Run again, it finds everything known already
    and changes nothing. serve_desk: goes on until a signal comes, with the desk open on this machine.
    """
    samples = [letter for letter in letters_from([home / "demo" / "letters"]) if isinstance(letter, Letter)]
    if not samples:
        raise BadUsage(f"{home / 'demo' / 'letters'} 里没有示例来信，请重新取一份完整的程序。")
    migrate_ledger(home / "demo-data")  # an earlier version may have made it
    with (
        DemoMailbox(settings.bulletins[0].mailbox.username) as server,
        ReadingPool() as pool,
        open_office(
            _with_demo_mailbox(settings, home / "demo-data", server.port),
            now,
            {**environ, _VARIABLE: server.password},
        ) as office,
    ):
        with progress(console, in_words=True) as tell:
            tell("示例来信放入邮箱", 0, len(samples))
            server.fill((letter.raw, letter.received_at) for letter in samples)
            tell("示例来信放入邮箱", len(samples), len(samples))
            taken, made = _take_in_and_assemble(office, pool, tell)
        _show(console, office, taken, made)
        if serve_desk is not None:
            _let_in(console, office, pool, serve_desk)
    return 0


def _let_in(console: Console, office: Office, pool: ReadingPool, serve_desk: ServeDesk) -> None:
    """The desk, with somebody who may do everything there and whose password is shown on this terminal only."""
    password = secrets.token_urlsafe(9)
    _set_password(office, _PERSON, "演示编辑", password)
    stop = stopped_by_signal()
    reception = Reception(office, pool, stopping=stop.is_set)
    with serve_desk(office, Pulse()):
        console.print(Text(f"\n审稿台已打开：{office.settings.desk.public_url}", style="bold green"), soft_wrap=True)
        console.print(Text(f"用户名 {_PERSON}，密码 {password}（每次演示都换）。按 Ctrl+C 结束。"), soft_wrap=True)
        while not stop.wait(1):  # the kernel may hand the signal to another thread; this one runs its handler
            reception.read_waiting(office.settings.bulletins[0])  # what is brought in, or to be read again


def _take_in_and_assemble(office: Office, pool: ReadingPool, tell: Tell) -> tuple[TakenIn, Assembled]:
    bulletin = office.settings.bulletins[0]
    taken = Reception(office, pool, tell=tell).poll(bulletin)
    tell("编排", 0, 1)
    made = assemble(office, bulletin, ISSUE_DATE)
    assert made is not None  # None is only for a scheduled time
    tell("编排", 1, 1)
    return taken, made


def _show(console: Console, office: Office, taken: TakenIn, made: Assembled) -> None:
    with office.ledger.reading() as ledger:
        show_messages(console, office, letters.letters(ledger))
    show_errors(console, taken.errors)
    label, count = made.issue.number.label, len(made.issue.articles)
    again = "" if made.changed else "（和上次一样，没有变化）"
    console.print(
        Text(f"\n新来信 {taken.new} 封。{label}送审稿 {count} 篇{again}，请用 Word、WPS 或 LibreOffice 打开：")
    )
    for file in made.issue.files:
        console.print(Text(str(office.data_dir / file), style="bold green"), soft_wrap=True)


def _set_password(office: Office, name: str, display_name: str, password: str) -> None:
    """An admin with that password from now on; there is no link to open first."""
    password_hash = hash_of(password)
    with office.ledger.writing() as ledger:
        record = accounts.account_named(ledger, name)
        account_id = (
            record.id if record else accounts.add_account(ledger, name, display_name, Role.ADMIN, at=office.now())
        )
        accounts.set_password_hash(ledger, account_id, password_hash)
        sessions.end_sessions(ledger, account_id, at=office.now())


def _with_demo_mailbox(settings: Settings, data_dir: Path, port: int) -> Settings:
    """The configuration as it is, but for what a demo must not touch: its mailbox, data and address are of its own."""
    bulletin = settings.bulletins[0]
    mailbox = bulletin.mailbox.model_copy(
        update={"host": "127.0.0.1", "port": port, "security": "none", "password": Secret("env", _VARIABLE)}
    )
    service = settings.service.model_copy(update={"data_dir": data_dir})
    bulletins = (bulletin.model_copy(update={"mailbox": mailbox}),)
    listen = _free(settings.desk.listen)
    url = f"http://{listen.host}:{listen.port}"
    desk = DeskSettings.model_validate({"listen": f"{listen.host}:{listen.port}", "public_url": url})
    return settings.model_copy(update={"service": service, "bulletins": bulletins, "desk": desk})


def _free(wanted: Listen | None) -> Listen:
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
