"""What becomes of mail that has nothing to do with a bulletin: any folder of .eml files, whole and damaged.

    python -m benchmarks.foreign_mail FOLDER [--damaged 1140] [--good 100] [--seed 13]

Delivers the files, damaged copies of them and good submissions of a registered department, shuffled, to a Dovecot on
loopback, and polls it once: `run_service.py poll` in this process. Then it must hold that

    stored      every letter is in the raw store, byte for byte as the server sends it
    settled     none is left without a verdict, none given up
    articles    every good submission is an article
    unanswered  no letter out goes to anybody but the sender of the good submissions

and, for 1,842 letters, that it took at most 30 seconds on a quiet machine. Exit status 1 when something does not hold.
The same folder and seed give the same letters.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from rich.console import Console

from archive import letters, outbox
from benchmarks.office_prose import article
from intake.pool import ReadingPool
from service.letters.receive import IntakeResult, LetterReceiver
from service.office import Office, open_office
from service.running.logs import configure_logs
from settings.load import load_settings
from tests.support.damage import LETTER_DAMAGES, damaged
from tests.support.dovecot import PASSWORD, Account, dovecot_server
from tools.docx_builder import docx, paragraph
from tools.letter_builder import DOCX_TYPE, entity, message, multipart, text, words
from values.letter import Verdict
from values.manuscript import Heading, Paragraph

ROOT: Final = Path(__file__).parent.parent
SENDER: Final = "mzj@department-of-this-benchmark.example"
"""Of the good submissions; no foreign letter is from there."""
OFFICE: Final = "bulletin@office-of-this-benchmark.example"
LETTERS_GOAL: Final = 1842
SECONDS_GOAL: Final = 30.0
"""For LETTERS_GOAL letters; of fewer, the share."""
_LARGEST: Final = 4 << 20
"""Octets of a foreign letter; larger ones measure the disk."""
_CHARACTERS: Final = 900
"""Of a good submission: an article of a page and a half."""
_ACCEPTED: Final = frozenset({Verdict.ARTICLE, Verdict.FLAGGED})
_CONFIG: Final = """
[service]
data_dir = "data"
[smtp]
host = "127.0.0.1"
port = 1
security = "none"
sender = "{office}"
[desk]
listen = ""
[[bulletin]]
id = "wuxing"
title = "五型政府建设"
office = "领导小组办公室"
template = "{template}"
[bulletin.mailbox]
host = "{host}"
port = {port}
security = "none"
username = "{username}"
password = {{ env = "JIANBAO_IMAP_PASSWORD" }}
[[bulletin.department]]
name = "区民政局"
senders = ["{sender}"]
"""


@dataclass(frozen=True, slots=True)
class MailMix:
    """The letters of a run, as the server sends them."""

    foreign: tuple[bytes, ...]
    """The files and their damaged copies."""
    good: tuple[bytes, ...]

    @property
    def shuffled(self) -> list[bytes]:
        """All of them, in an order that depends on the letters alone."""
        return sorted((*self.foreign, *self.good), key=lambda raw: hashlib.sha256(raw).digest())


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    files = [path.read_bytes() for path in sorted(options.folder.rglob("*.eml")) if path.is_file()]
    if not files:
        sys.exit(f"{options.folder}: no .eml files")
    mix = mail_mix(files, damaged_copies=options.damaged, good=options.good, seed=options.seed)
    console = Console()
    with tempfile.TemporaryDirectory(prefix="jianbao-") as folder, dovecot_server(Path(folder)) as server:
        account = server.account()
        for number, raw in enumerate(mix.shuffled):
            account.deliver(raw, datetime.now(UTC) - timedelta(hours=1) + timedelta(milliseconds=number))
        with office_on(account, Path(folder) / "office") as office:
            seconds, taken = _poll(office)
            failures = failures_of(office, mix, taken)
            console.print(_verdicts(office))
    goal = SECONDS_GOAL * len(mix.shuffled) / LETTERS_GOAL
    console.print(f"{len(mix.foreign)} foreign and {len(mix.good)} good letters: {seconds:.1f} s (goal {goal:.1f} s)")
    if seconds > goal:
        failures.append(f"slower than {goal:.1f} s")
    console.print("\n".join(failures) or "All goals met.")
    return 1 if failures else 0


def mail_mix(files: Sequence[bytes], *, damaged_copies: int, good: int, seed: int) -> MailMix:
    """The letters of a run: the files, so many damaged copies, so many good submissions."""
    dice = random.Random(seed)
    whole = [sent for raw in files if (sent := as_sent(raw))]
    copies: list[bytes] = []
    while len(copies) < damaged_copies:
        raw, other = dice.choice(whole), dice.choice(whole)
        copy = as_sent(damaged(raw, other, dice.choice(LETTER_DAMAGES), dice))
        if copy:
            copies.append(copy)
    submissions = tuple(_submission(number, dice) for number in range(good))
    return MailMix((*whole, *copies), submissions)


def as_sent(raw: bytes) -> bytes:
    """The letter as Dovecot sends it: with CRLF (RFC 9051 2.2), and 0x80 for NUL, which no literal may hold (RFC 9051
    4.3). b"" for one that is blank or too large for this purpose."""
    sent = re.sub(rb"(?<!\r)\n", b"\r\n", raw).replace(b"\0", b"\x80")
    return sent if sent.strip() and len(sent) <= _LARGEST else b""


def failures_of(office: Office, mix: MailMix, taken: IntakeResult) -> list[str]:
    """What does not hold after the poll; [] when all does."""
    sent, good = _hashes(mix.shuffled), _hashes(mix.good)
    with office.ledger.reading() as ledger:
        records = letters.letters(ledger)
        answered = [letter for letter in outbox.letters_out(ledger) if letter.to != SENDER]
    kept = {record.sha256 for record in records if _is_stored(office, record.sha256)}
    unsettled = [record.sha256 for record in records if record.verdict is Verdict.PENDING]
    lost = good - {record.sha256 for record in records if record.verdict in _ACCEPTED and record.articles}
    counts = {
        "letters not stored byte for byte": len(sent - kept),
        "letters stored that nobody sent": len(kept - sent),
        "letters without a verdict": len(unsettled),
        "letters that could not be fetched": len(taken.errors),
        "good submissions that are no article": len(lost),
        "foreign letters answered": len(answered),
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


def office_on(account: Account, home: Path) -> AbstractContextManager[Office]:
    """An office with that mailbox, its ledger empty, letters out queued for a server that is not there."""
    home.mkdir()
    config = home / "config.toml"
    config.write_text(
        _CONFIG.format(
            office=OFFICE,
            template=ROOT / "templates" / "bulletin.docx",
            host=account.host,
            port=account.port,
            username=account.username,
            sender=SENDER,
        ),
        encoding="utf-8",
    )
    configure_logs("text", logging.CRITICAL)
    environ = {**os.environ, "JIANBAO_IMAP_PASSWORD": PASSWORD}
    return open_office(load_settings(config), lambda: datetime.now(UTC), environ)


def _poll(office: Office) -> tuple[float, IntakeResult]:
    """(seconds from the first connection to the last verdict, what came)."""
    started = time.perf_counter()
    with ReadingPool() as pool:
        taken = LetterReceiver(office, pool).poll(office.bulletin(None))
    return time.perf_counter() - started, taken


def _is_stored(office: Office, sha256: str) -> bool:
    return hashlib.sha256(office.raws.read(sha256)).hexdigest() == sha256


def _verdicts(office: Office) -> str:
    with office.ledger.reading() as ledger:
        counts = Counter(record.verdict.value for record in letters.letters(ledger))
    return ", ".join(f"{verdict} {count}" for verdict, count in counts.most_common())


def _hashes(raws: Sequence[bytes]) -> set[str]:
    return {hashlib.sha256(raw).hexdigest() for raw in raws}


def _submission(number: int, dice: random.Random) -> bytes:
    """A good letter with one manuscript; no two are alike."""
    manuscript = article(dice, "区民政局", _CHARACTERS)
    title = f"{manuscript.title}（{number + 1}）"
    body = paragraph(title, properties='<w:jc w:val="center"/>', run='<w:sz w:val="44"/>')
    body += paragraph("区民政局", properties='<w:jc w:val="center"/>')
    body += "".join(paragraph(block.text) for block in manuscript.blocks if isinstance(block, Heading | Paragraph))
    file = entity(f'Content-Type: {DOCX_TYPE};\n\tname="{words(f"{number}号稿件.docx", "utf-8")}"', docx(body))
    fields = (
        f"From: <{SENDER}>\nTo: <{OFFICE}>\nSubject: {words(f'投稿：{title}', 'utf-8')}\n"
        f"Message-ID: <good-{number}@department-of-this-benchmark.example>\nMIME-Version: 1.0"
    )
    return as_sent(message(fields, multipart("mixed", "good", text("请查收。", "utf-8"), file)))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="searched for .eml files, also below")
    parser.add_argument("--damaged", type=int, default=1140)
    parser.add_argument("--good", type=int, default=100)
    parser.add_argument("--seed", type=int, default=13)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
