"""`demo`: the whole way on one's own machine. Sample letters go into an embedded IMAP server; a draft issue comes out.

Everything but the mailbox is the ordinary service: the same poller, ledger and typesetter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from archive import letters
from intake.fetch.eml import letters_from
from intake.pool import ReadingPool
from service.demo_mailbox import DemoMailbox
from service.office import Office, migrate_ledger, open_office
from service.progress import progress
from service.publish import Assembled, assemble
from service.show import show_errors, show_messages
from service.take_in import Reception, TakenIn, Tell
from settings.model import Settings
from settings.secrets import Secret
from values.errors import BadUsage
from values.letter import Letter

ISSUE_DATE: Final = date(2022, 11, 8)
"""The date of the printed issue that the sample letters came from."""

_VARIABLE: Final = "JIANBAO_DEMO_PASSWORD"


def demo(
    console: Console, settings: Settings, home: Path, now: Callable[[], datetime], environ: Mapping[str, str]
) -> int:
    """Runs the demo and shows what happened; returns the exit status.

    `home`: the folder with demo/letters, where demo-data is made too. Run again, it finds everything known already
    and changes nothing.
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
    return 0


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


def _with_demo_mailbox(settings: Settings, data_dir: Path, port: int) -> Settings:
    bulletin = settings.bulletins[0]
    mailbox = bulletin.mailbox.model_copy(
        update={"host": "127.0.0.1", "port": port, "security": "none", "password": Secret("env", _VARIABLE)}
    )
    service = settings.service.model_copy(update={"data_dir": data_dir})
    bulletins = (bulletin.model_copy(update={"mailbox": mailbox}),)
    return settings.model_copy(update={"service": service, "bulletins": bulletins})
