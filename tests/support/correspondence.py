"""Letters that came by poll, read to their verdicts, and what was written because of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Final
from zlib import crc32

from archive import outbox
from intake.fetch.eml import letters_from
from intake.keep import LetterStore
from intake.pool import ReadingPool
from service.issue.assemble import assemble
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.ledger_rows import INBOX
from tests.support.offices import SHANGHAI, office_at, write_config
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx, paragraph
from values.answer_code import without_codes
from values.letter import Letter, Place

_ROOT: Final = Path(__file__).resolve().parents[2]
_ISSUE_DAY: Final = datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI)


def manuscript(title: str = "内外兼修提升学前教育", text: str = "一是严格保教管理，确保常规规范。") -> File:
    """A .docx with a title and a paragraph."""
    return File(f"{title}.docx", docx(paragraph(title) + paragraph(text) + paragraph("二是推行联盟共建，推动发展。")))


def submission(
    *files: File, sender: str = "jtj@example.org", to: str = "wuxing@example.org", number: int = 1, header: str = ""
) -> bytes:
    """A letter to the office. number: in its Message-ID."""
    header = f"Message-ID: <{number}@sender.example.org>\r\n{header}"
    raw = raw_letter(*files, sender=sender, header=header)
    return raw.replace(b"To: zgqwxzfb@163.com\r\n", f"To: {to}\r\n".encode())


def receive(office: Office, pool: ReadingPool, *raws: bytes, bulletin: str | None = None, fetched: bool = True) -> None:
    """Keeps letters as a poll (or an import) would, received now, and reads them."""
    settings = office.bulletin(bulletin)
    at = office.now()
    places = [Place(INBOX.account, settings.id, 1, crc32(raw)) if fetched else None for raw in raws]
    store = LetterStore(settings.id, office.ledger, office.raws, office.now)
    store.keep([Letter(raw, at, place) for raw, place in zip(raws, places, strict=True)])
    LetterReceiver(office, pool).read(settings)


def raws_out(office: Office) -> Sequence[bytes]:
    """All letters out as they go over the wire, in the order they were written."""
    with office.ledger.reading() as ledger:
        return [outbox.raw_letter(ledger, entry.id, office.data_dir) for entry in outbox.letters_out(ledger)]


def written(office: Office) -> Sequence[EmailMessage]:
    """All letters out, in the order they were written."""
    messages = [message_from_bytes(raw, policy=default) for raw in raws_out(office)]
    return [message for message in messages if isinstance(message, EmailMessage)]


def letters_out_of(scenario: Path, home: Path) -> str:
    """What is written because of a scenario's letters, when all of them come by one poll on the day of its issue, and
    because of its draft: each letter with what of its header tells whom it answers, and its text."""
    config = (scenario / "config.toml").read_text(encoding="utf-8").replace("../../../", f"{_ROOT}/")
    smtp = '[smtp]\nhost = "127.0.0.1"\nsecurity = "none"\nsender = "zgqwxzfb@163.com"\n\n'
    raws = [letter.raw for letter in letters_from([scenario / "inbox"]) if isinstance(letter, Letter)]
    with ReadingPool(1) as pool, office_at(write_config(home, smtp + config), _ISSUE_DAY) as office:
        receive(office, pool, *raws)
        assemble(office, office.bulletin(None), _ISSUE_DAY.date())
        return "\n".join(_shown(message) for message in written(office))


def _shown(message: EmailMessage) -> str:
    names = ("To", "Subject", "Date", "Auto-Submitted", "In-Reply-To")
    header = "".join(f"{name}: {message[name]}\n" for name in names if name in message)
    enclosed = "".join(f"附件：{part.get_filename()}\n" for part in message.iter_attachments())
    return f"{header}\n{without_codes(text_of(message))}{enclosed}{'=' * 40}\n"


def text_of(message: EmailMessage) -> str:
    """The letter's text, with plain line ends."""
    body = message.get_body()
    assert isinstance(body, EmailMessage)
    return str(body.get_content()).replace("\r\n", "\n")
