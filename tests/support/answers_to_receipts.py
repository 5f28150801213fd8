"""Letters of departments that answer the receipt of an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive import letters
from intake.pool import ReadingPool
from service.office import Office
from tests.support.correspondence import receive, written
from tests.support.photographs import jpeg_of, landscape
from tests.support.submissions import File, raw_letter
from values.letter import Verdict

TEXT = "一是严格保教管理，全区建成 12 所幼儿园。"
PHOTO = File("照片.jpg", jpeg_of(landscape(900, 600)), "image/jpeg")


@dataclass(frozen=True)
class Post:
    """A letter: its words, and whether it answers the first letter that the office wrote."""

    number: int = 1
    text: str = "请查收。"
    subject: str = "投稿"
    answers: bool = False
    sender: str = "jtj@example.org"


def send(office: Office, pool: ReadingPool, *files: File, **post: Any) -> tuple[Verdict, str]:
    """Sends a letter with these files, read at once. post: fields of `Post`. Its verdict and reason."""
    letter = Post(**post)
    header = f"Message-ID: <{letter.number}@sender.example.org>\r\n"
    if letter.answers:
        header += f"In-Reply-To: {written(office)[0]['Message-ID']}\r\n"
    raw = raw_letter(*files, sender=letter.sender, subject=letter.subject, text=letter.text, header=header)
    receive(office, pool, raw.replace(b"To: zgqwxzfb@163.com\r\n", b"To: wuxing@example.org\r\n"))
    with office.ledger.reading() as ledger:
        last = letters.letters(ledger)[-1]
    return last.verdict, last.reason
