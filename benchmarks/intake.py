"""How long a mailbox takes to come in, and how much memory, against mbsync's pull of the same mailbox.

    python -m benchmarks.intake [--letters 2000] [--runs 3] [--empty 200,2000,10000]

A Dovecot on loopback holds letters of 20 to 300 kB, each a .docx of 1,500 characters and a picture; no two texts are
the same. Every run is a separate process on an empty data directory, the methods are interleaved; figures are medians
of wall time.

    mbsync    isync's pull into a Maildir, which fsyncs each letter (Debian: isync)
    keep      our durable pull: every letter fsynced under its hash, one ledger row
    pull      the part of it a running service repeats, from the first connection to the last commit: without
              starting Python and making the ledger, which mbsync does not do; shown for comparison, without a goal
    poll      the whole way: `run_service.py poll`, to articles and verdicts
    empty     a poll that finds nothing new: octets received after login, and milliseconds on an open connection

Memory is the highest resident size of the poller's own process (`benchmarks.intake_run`). Exit status 1 when a goal is
missed.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from PIL import Image
from rich.console import Console
from rich.progress import track

from tests.support.counting_proxy import CountingProxy
from tests.support.dovecot import Account, Dovecot, dovecot_server
from tools.docx_builder import docx, paragraph

ROOT: Final = Path(__file__).parent.parent
KEEP_GOAL: Final = 1.1
"""Times mbsync, as the two others: what a service may cost over a tool that keeps no ledger and reads nothing."""
POLL_GOAL: Final = 4.0
"""Not reached, by the CPU time of its processes (docs/decisions/0064)."""
MEMORY_GOAL: Final = 110.0
"""MB, so that a machine of 512 MB runs poller, reader and desk."""
EMPTY_OCTETS_GOAL: Final = 1024
_NOISE_WIDTH: Final = 256
EMPTY_FLAT_GOAL: Final = 2.0  # longest empty poll over shortest, from the smallest mailbox to the largest

_HAN: Final = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
)
_SENDER: Final = "jtj@example.org"
_CONFIG: Final = """
[service]
data_dir = "data"
[[bulletin]]
id = "wuxing"
title = "五型政府建设"
office = "领导小组办公室"
template = "{template}"
[bulletin.mailbox]
host = "{host}"
port = {port}
security = "none"
since = 2020-01-01
username = "{username}"
[[bulletin.department]]
name = "区教体局"
senders = ["{sender}"]
"""


def main(words: Sequence[str] | None = None) -> int:
    arguments = _arguments(words)
    console = Console()
    with tempfile.TemporaryDirectory(prefix="jianbao-") as folder, dovecot_server(Path(folder)) as server:
        missed = _pulls(console, server, Path(folder), arguments.letters, arguments.runs)
        missed += _empty_polls(console, server, [int(size) for size in arguments.empty.split(",")])
    console.print("\n".join(missed) or "All goals met.")
    return 1 if missed else 0


def _pulls(console: Console, server: Dovecot, folder: Path, letters: int, runs: int) -> list[str]:
    account = server.account()
    octets = _fill(console, account, letters)
    console.print(f"{letters} letters, {octets / 1e6:.0f} MB")
    methods: dict[str, Callable[[Account, Path], tuple[float, float]]] = {
        "mbsync": _mbsync,
        "pull": lambda account, home: measure_ours("pull", account, home),
        "keep": lambda account, home: measure_ours("keep", account, home),
        "poll": lambda account, home: measure_ours("poll", account, home),
    }
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in methods}
    for run in range(runs):
        for name, method in methods.items():
            with tempfile.TemporaryDirectory(dir=folder) as home:
                figures[name].append(method(account, Path(home)))
            seconds, memory = figures[name][-1]
            console.print(f"  run {run + 1} {name:7} {seconds:7.2f} s {_megabytes(memory)}", style="dim")
    median = {name: statistics.median(seconds for seconds, _ in taken) for name, taken in figures.items()}
    peak = {name: statistics.median(megabytes for _, megabytes in taken) for name, taken in figures.items()}
    for name in methods:
        ratio = median[name] / median["mbsync"]
        console.print(f"{name:8} {median[name]:7.2f} s   {ratio:5.2f} x mbsync   {_megabytes(peak[name])}")
    goals = (("keep", KEEP_GOAL), ("poll", POLL_GOAL))
    missed = [f"{name} is over {goal} x mbsync" for name, goal in goals if median[name] > goal * median["mbsync"]]
    return missed + [f"{name} takes over {MEMORY_GOAL} MB" for name, _ in goals if peak[name] > MEMORY_GOAL]


def _megabytes(peak: float) -> str:
    return f"{peak:6.0f} MB" if peak else "     –"


def _empty_polls(console: Console, server: Dovecot, sizes: list[int]) -> list[str]:
    octets: dict[int, int] = {}
    milliseconds: dict[int, float] = {}
    for size in sizes:
        account = server.account()
        for number in range(size):
            account.deliver(f"Subject: {number}\r\n\r\nshort\r\n".encode(), _arrived(number))
        octets[size], milliseconds[size] = measure_empty_poll(account)
        console.print(f"empty poll of {size:6} letters: {octets[size]:5} octets   {milliseconds[size]:6.2f} ms")
    missed = [
        f"an empty poll of {size} receives over {EMPTY_OCTETS_GOAL} octets"
        for size in sizes
        if octets[size] > EMPTY_OCTETS_GOAL
    ]
    if milliseconds[sizes[-1]] > EMPTY_FLAT_GOAL * milliseconds[sizes[0]]:
        missed.append("the empty poll is not flat in time")
    return missed


def measure_empty_poll(account: Account) -> tuple[int, float]:
    """(octets received after login, median milliseconds of asking on an open connection)."""
    with CountingProxy((account.host, account.port)).running() as proxy:
        highest, _ = _look(account, proxy.port, 0)
        proxy.received.clear()
        _look(account, proxy.port, highest)
        octets = proxy.received_after(b"Logged in")
    return octets, statistics.median(_look(account, account.port, highest)[1] for _ in range(15))


def _look(account: Account, port: int, after: int) -> tuple[int, float]:
    """(the highest UID above `after`, or `after`; milliseconds of asking) on a new connection."""
    from intake.fetch.imap import ImapAccount, ImapMailbox

    mailbox = ImapMailbox(ImapAccount(account.host, port, "none", account.username, account.password))
    with contextlib.closing(mailbox):
        mailbox.open()
        started = time.perf_counter()
        uids = mailbox.after(after)
        return max((after, *uids)), (time.perf_counter() - started) * 1000


def _mbsync(account: Account, home: Path) -> tuple[float, float]:
    (home / "mail").mkdir()
    (home / "mbsyncrc").write_text(
        f"IMAPStore far\nHost {account.host}\nPort {account.port}\nUser {account.username}\nPass {account.password}\n"
        f"SSLType None\nAuthMechs LOGIN\n\nMaildirStore near\nInbox {home}/mail/INBOX\n\n"
        f"Channel all\nFar :far:\nNear :near:\nPatterns INBOX\nSync Pull\nCreate Near\nSyncState *\n"
    )
    return _timed(["mbsync", "-q", "-q", "-c", str(home / "mbsyncrc"), "all"], {})


def measure_ours(method: str, account: Account, home: Path) -> tuple[float, float]:
    """(seconds of wall time, MB of memory) of one of our methods over that mailbox, in an empty data directory."""
    config = home / "config.toml"
    config.write_text(config_of(account), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.intake_run", method, str(config)]
    return _timed(command, {"JIANBAO_IMAP_PASSWORD": account.password})


def config_of(account: Account) -> str:
    """A config.toml with that mailbox and the sender of `letter`."""
    return _CONFIG.format(
        template=ROOT / "templates" / "bulletin.docx",
        host=account.host,
        port=account.port,
        username=account.username,
        sender=_SENDER,
    )


def _timed(command: list[str], environ: dict[str, str]) -> tuple[float, float]:
    """(seconds of wall time, MB of memory) of a child. Only ours print their memory: 0 for
    others. Seconds that a child measured itself are taken instead."""
    started = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environ}, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode != 0:
        sys.exit(f"{command}: {done.stdout}{done.stderr}")
    measured = json.loads(done.stdout) if done.stdout.startswith("{") else {}
    return measured.get("seconds", seconds), measured.get("megabytes", 0.0)


def _fill(console: Console, account: Account, letters: int) -> int:
    dice = random.Random(70)
    octets = 0
    for number in track(range(letters), description="delivering", console=console, transient=True):
        raw = letter(number, dice)
        octets += len(raw)
        account.deliver(raw, _arrived(number))
    return octets


def letter(number: int, dice: random.Random) -> bytes:
    """The raw letter of that number, with one manuscript of 1,500 characters and a picture."""
    body = paragraph(f"第{number}篇：推进工作落地见效", properties='<w:jc w:val="center"/>', run='<w:sz w:val="44"/>')
    body += paragraph("区教体局", properties='<w:jc w:val="center"/>')
    body += "".join(paragraph("".join(dice.choices(_HAN, k=250)) + "。") for _ in range(6))
    body += _PICTURE
    file = base64.encodebytes(docx(body, pictures={"rId9": _noise(dice)})).replace(b"\n", b"\r\n")
    return (
        (
            f"From: <{_SENDER}>\r\nTo: <zgqwxzfb@163.com>\r\nSubject: letter {number}\r\n"
            f"Message-ID: <{number}@example.org>\r\n"
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
            "Content-Type: text/plain\r\n\r\n"
            'see attachment\r\n--b\r\nContent-Type: application/octet-stream; name="m.docx"\r\n'
            'Content-Disposition: attachment; filename="m.docx"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        ).encode()
        + file
        + b"\r\n--b--\r\n"
    )


_PICTURE: Final = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="3600000" cy="3600000"/><wp:docPr id="1" name="p"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill>'
    '<a:blip r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)


def _noise(dice: random.Random) -> bytes:
    """A PNG of 10 to 200 kB that cannot be packed."""
    height = dice.randint(10_000, 200_000) // _NOISE_WIDTH
    noise = io.BytesIO()
    Image.frombytes("L", (_NOISE_WIDTH, height), dice.randbytes(_NOISE_WIDTH * height)).save(noise, "PNG")
    return noise.getvalue()


def _arrived(number: int) -> datetime:
    return datetime(2022, 11, 1, tzinfo=UTC) + timedelta(seconds=number)


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--empty", default="200,2000,10000")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
