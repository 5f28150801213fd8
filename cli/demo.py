"""`demo`: the whole way on one's own machine. Sample letters go into an embedded IMAP server; a draft issue comes out.

Everything but the mailbox is the ordinary service: the same poller, ledger and typesetter.
"""

from __future__ import annotations

import logging
import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Final

from archive import letters
from archive.sqlite_file import SqliteFile
from cli.base.command import Invocation, Surroundings
from cli.base.exit_status import ExitStatus
from cli.base.output import Output
from cli.base.output_parts import line
from cli.base.progress import progress
from cli.base.stop_signal import stop_signal
from cli.views.letters import error_lines, message_table
from desk.server import serving_desk
from intake.fetch.eml import letters_from
from intake.pool import ReadingPool
from service.demo.mailbox import DemoMailbox
from service.demo.office import MAILBOX_SECRET_VARIABLE, demo_settings, set_demo_password
from service.health.activity import Activity
from service.issue.assemble import Assembled, assemble
from service.letters.receive import IntakeResult, LetterReceiver, ReportProgress
from service.office import DATABASE, Office, open_office
from service.running.migrate import migrate_ledger
from settings.load import load_settings
from settings.model import Settings
from values.errors import BadUsage
from values.letter import Letter

ISSUE_DATE: Final = date(2022, 11, 8)
"""The date of the printed issue that the sample letters came from."""
_PERSON: Final = "demo"
"""User name of the demo's administrator."""
_PUT_IN: Final = "示例来信放入邮箱"
"""What the progress says of it."""

ServeDesk = Callable[[Office, Activity], AbstractContextManager[object]]
"""Serves the desk until the block ends."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="走完就结束")
    parser.add_argument("--serve", action="store_true", help="不在终端上也打开审稿台")


def run(invocation: Invocation) -> ExitStatus:
    """With the desk open, on a terminal or with `--serve`, it goes on until a signal comes."""
    arguments = invocation.arguments
    installation = invocation.surroundings.installation
    config: Path = arguments.config
    if config == installation.default_config and not config.exists():
        config = installation.home / "config.toml"  # as installed, there may be no configuration of an office yet
    settings = load_settings(config)
    invocation.surroundings.configure_logs(settings.service.log_format, logging.ERROR)
    serves = not arguments.once and (arguments.serve or sys.stdout.isatty())
    demo(invocation.output, settings, invocation.surroundings, serving_desk if serves else None)
    return ExitStatus.DONE


def demo(output: Output, settings: Settings, surroundings: Surroundings, serve_desk: ServeDesk | None) -> None:
    """Runs the demo on the letters of demo/letters and shows what happened; its data goes into demo-data.

    A second run finds everything in place and changes nothing. serve_desk: None ends the demo after the draft.
    Raises BadUsage where the letters are missing.
    """
    folder = surroundings.installation.home / "demo" / "letters"
    samples = [letter for letter in letters_from([folder]) if isinstance(letter, Letter)]
    if not samples:
        raise BadUsage(f"{folder} 里没有示例来信，请重新取一份完整的程序。")
    data_dir = surroundings.installation.workplace / "demo-data"
    migrate_ledger(SqliteFile(data_dir / DATABASE), data_dir)  # an earlier version may have made it
    with (
        DemoMailbox(settings.bulletins[0].mailbox.username) as server,
        ReadingPool() as pool,
        open_office(
            demo_settings(settings, data_dir, server.port),
            surroundings.now,
            {**surroundings.environ, MAILBOX_SECRET_VARIABLE: server.password},
        ) as office,
    ):
        with progress(output.terminal, in_words=True) as report:
            report(_PUT_IN, 0, len(samples))
            server.fill((letter.raw, letter.received_at) for letter in samples)
            report(_PUT_IN, len(samples), len(samples))
            taken, made = _take_in_and_assemble(office, pool, report)
        _show(output, office, taken, made)
        if serve_desk is not None:
            _serve(output, office, pool, serve_desk)


def _take_in_and_assemble(office: Office, pool: ReadingPool, report: ReportProgress) -> tuple[IntakeResult, Assembled]:
    bulletin = office.settings.bulletins[0]
    taken = LetterReceiver(office, pool, report=report).poll(bulletin)
    report("编排", 0, 1)
    made = assemble(office, bulletin, ISSUE_DATE)
    assert made is not None  # None is only for a scheduled time
    report("编排", 1, 1)
    return taken, made


def _show(output: Output, office: Office, taken: IntakeResult, made: Assembled) -> None:
    with office.ledger.reading() as ledger:
        output.show([message_table(office, letters.letters(ledger))])
    output.show(error_lines(taken.errors))
    label, count = made.issue.number.label, len(made.issue.articles)
    unchanged = "" if made.changed else "（和上次一样，没有变化）"
    sentence = f"\n新来信 {taken.new} 封。{label}送审稿 {count} 篇{unchanged}，请用 Word、WPS 或 LibreOffice 打开："
    output.show([line(sentence)])
    output.show(line(str(office.data_dir / file), "bold green", wrapped=False) for file in made.issue.files)


def _serve(output: Output, office: Office, pool: ReadingPool, serve_desk: ServeDesk) -> None:
    """The desk, with an administrator whose password is shown on this terminal only."""
    password = secrets.token_urlsafe(9)
    set_demo_password(office, _PERSON, "演示编辑", password)
    stop = stop_signal()
    receiver = LetterReceiver(office, pool, stopping=stop.is_set)
    opened = f"\n审稿台已打开：{office.settings.desk.public_url}"
    login = f"用户名 {_PERSON}，密码 {password}（每次演示都换）。按 Ctrl+C 结束。"
    with serve_desk(office, Activity()):
        output.show([line(opened, "bold green", wrapped=False), line(login, wrapped=False)])
        while not stop.wait(1):  # the kernel may hand the signal to another thread; this one runs its handler
            receiver.read_waiting(office.settings.bulletins[0])  # letters imported or reopened at the desk
