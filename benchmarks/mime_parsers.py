"""What the standard library's email package makes of letters, against our own parser (decision 0027).

    python -m benchmarks.mime_parsers FOLDER... [--damaged 20] [--large 30]

Every .eml below the folders is read by both, and so are --damaged copies of each, damaged as tests/support/damage.py
does with dice of a fixed seed. Both are asked for what reading a submission takes: sender, subject, body and files. The
standard library is used as its documentation shows (policy.default, get_body, walk, get_content); a step that raises
counts as raised, and the others still count.

    raised    letters in which a step raises; of ours, an exception that escapes
    garbled   letters with a replacement character or a lone surrogate in sender, subject, body or file names, where the
              other parser has none
    missing   letters without a sender, subject, body text or file, where the other parser has one

--large: CPU seconds and the highest resident size of a child that parses a letter of so many MB with one attachment.
"""

from __future__ import annotations

import argparse
import base64
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from random import Random
from typing import Final, TypeVar

from intake.parse.message import parse_message
from tests.support.damage import LETTER_DAMAGES, damaged

T = TypeVar("T")
FIELDS: Final = ("sender", "subject", "text", "names", "files")


@dataclass(frozen=True, slots=True)
class Read:
    """What a parser gives of a letter. raised: the steps that raised an exception, "" among them for the whole."""

    sender: str = ""
    subject: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    """File names as shown, in order."""
    files: tuple[bytes, ...] = ()
    """The bytes of the parts that are no text of the letter and not empty, in order."""
    raised: tuple[str, ...] = ()

    def is_garbled(self, field: str) -> bool:
        texts = [getattr(self, field)] if field != "names" else list(self.names)
        return field != "files" and any("\ufffd" in text or not _is_sound(text) for text in texts)


class Attempts:
    """Steps of reading, each by itself, so that one that raises hides nothing else."""

    def __init__(self) -> None:
        self.raised: list[str] = []

    def step(self, name: str, ask: Callable[[], T], otherwise: T) -> T:
        """What `ask` gives, or `otherwise` when it raises, which is recorded."""
        try:
            return ask()
        except Exception as error:  # noqa: BLE001 - any exception is counted
            self.raised.append(f"{name}: {type(error).__name__}")
            return otherwise


def by_library(raw: bytes) -> Read:
    """As the documentation of `email` shows."""
    attempts = Attempts()
    nothing: list[EmailMessage] = []
    message = attempts.step("parse", lambda: message_from_bytes(raw, policy=default), EmailMessage())
    sender = attempts.step("sender", lambda: message["From"].addresses[0].addr_spec if message["From"] else "", "")
    subject = attempts.step("subject", lambda: str(message["Subject"] or ""), "")
    body = attempts.step("body", lambda: message.get_body(("plain", "html")), None)
    text = attempts.step("text", lambda: str(body.get_content()) if body else "", "")
    leaves = [part for part in attempts.step("walk", lambda: list(message.walk()), nothing) if not part.is_multipart()]
    names: list[str] = []
    files: list[bytes] = []
    for part in leaves:
        name = attempts.step("name", lambda part=part: part.get_filename() or "", "")  # type: ignore[misc]
        if part is body or (part.get_content_maintype() == "text" and not name):
            continue
        names.append(name)
        files.append(attempts.step("content", lambda part=part: _payload(part), b""))  # type: ignore[misc]
    return Read(
        sender.lower(), subject, text, tuple(filter(None, names)), tuple(filter(None, files)), tuple(attempts.raised)
    )


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def by_us(raw: bytes) -> Read:
    try:
        message = parse_message(raw)
    except Exception as error:  # noqa: BLE001 - as above
        return Read(raised=(type(error).__name__,))
    files = [part for part in message.parts if part.name]
    names, data = tuple(part.name for part in files), tuple(filter(None, (part.data for part in files)))
    return Read(message.sender, message.subject, message.text, names, data)


def _is_sound(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def letters(folders: list[Path], copies: int) -> Iterator[tuple[str, bytes]]:
    """Every letter, then its damaged copies, each with the kind it is counted under."""
    raws = [path.read_bytes() for folder in folders for path in sorted(folder.rglob("*.eml"))]
    dice = Random(27)
    for raw in raws:
        yield "as they are", raw
    for raw in raws:
        for _ in range(copies):
            yield "damaged", damaged(raw, dice.choice(raws), dice.choice(LETTER_DAMAGES), dice)


def compared(folders: list[Path], copies: int) -> dict[str, Counter[str]]:
    """By kind of letter, how many there are, and how many of each parser have which fault."""
    counts: dict[str, Counter[str]] = {}
    for kind, raw in letters(folders, copies):
        count = counts.setdefault(kind, Counter())
        count["letters"] += 1
        both = {"library": by_library(raw), "ours": by_us(raw)}
        for name, read in both.items():
            other = both["ours" if name == "library" else "library"]
            count[f"{name} raised"] += bool(read.raised)
            for field in FIELDS:
                count[f"{name} garbled {field}"] += read.is_garbled(field) and not other.is_garbled(field)
                count[f"{name} missing {field}"] += not getattr(read, field) and bool(getattr(other, field))
            count.update(f"{name} raised {step}" for step in set(read.raised))
    return counts


def large_letter(megabytes: int) -> bytes:
    data = base64.encodebytes(bytes(megabytes * 740_000))
    head = b"From: a@example.org\r\nSubject: x\r\nContent-Type: application/octet-stream; name=x.bin\r\n"
    return head + b"Content-Transfer-Encoding: base64\r\n\r\n" + data.replace(b"\n", b"\r\n")


def cost(parser: str, megabytes: int) -> str:
    """CPU seconds and peak MB of a child that parses one large letter, less those of a child that only makes it."""
    figures = []
    for name in ("none", parser):
        command = [sys.executable, "-m", "benchmarks.mime_parsers", "--child", name, "--large", str(megabytes)]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        figures.append(tuple(map(float, done.stdout.split())))
    (idle_seconds, idle_peak), (seconds, peak) = figures
    return f"{parser}: {seconds - idle_seconds:.2f} s, {peak - idle_peak:+.0f} MB over the letter alone"


def child(parser: str, megabytes: int) -> None:
    raw = large_letter(megabytes)
    started = time.process_time()
    parsers: dict[str, Callable[[bytes], object]] = {"none": len, "library": by_library, "ours": by_us}
    parsers[parser](raw)
    print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main(words: Sequence[str] | None = None) -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument("--damaged", type=int, default=20)
    arguments.add_argument("--large", type=int, default=30)
    arguments.add_argument("--child", help=argparse.SUPPRESS)
    given = arguments.parse_args(words)
    if given.child:
        child(given.child, given.large)
        return
    for kind, count in compared(given.folders, given.damaged).items():
        print(f"{kind}: {count['letters']} letters")
        for name, number in sorted(count.items()):
            if number and name != "letters":
                print(f"    {number:6} {name}")
    for parser in ("library", "ours"):
        print(cost(parser, given.large))


if __name__ == "__main__":
    main()
