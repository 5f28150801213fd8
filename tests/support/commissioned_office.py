"""An office that commissions articles of two departments, and their answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from archive import commissions
from archive.outbox import OutboxRecord
from service.commission.commissioning import commission
from service.commission.letters import send_letters
from service.office import Office
from tests.support.correspondence import manuscript
from tests.support.offices import SHANGHAI, Clock
from tests.support.outboxes import all_out, sending
from tests.support.submissions import OFFICE, File, raw_letter
from values.commission import Commission

EDITOR: Final = "王编辑"
MONDAY: Final = datetime(2022, 11, 7, 9, 0, tzinfo=SHANGHAI)
DUE: Final = datetime(2022, 11, 10, 18, 0, tzinfo=SHANGHAI)
TOPIC: Final = "秋季森林防火"
JTJ, MZJ = "jtj@example.org", "mzj@example.org"


def config(*, reminder: str = "1d", more: str = "", service: str = "") -> str:
    """Two departments with an address each, the mailbox wuxing@example.org."""
    text = sending(None, service=service, editors='"a@example.org"')
    return text.replace("first_number = 70", f'first_number = 70\ncommission_reminder = "{reminder}"\n{more}')


def ask(office: Office, topic: str = TOPIC, *units: str, due: str = "2022-11-10", send: bool = True) -> Commission:
    """Commissions an article of both departments, or of those named, and queues the letters."""
    bulletin = office.bulletin(None)
    made = commission(
        office, bulletin, topic, "800字左右。\n附照片。", units or ("区民政局", "区教体局"), due, who=EDITOR
    )
    if send:
        send_letters(office, bulletin, made.id, who=EDITOR)
    return now(office, made.id)


def now(office: Office, id: int = 1) -> Commission:
    with office.ledger.reading() as ledger:
        made = commissions.commission_numbered(ledger, office.bulletin(None).id, id)
    assert made is not None
    return made


def letter_to(office: Office, address: str, kind: str = "commission") -> OutboxRecord:
    """The last letter of that kind to that address."""
    return [record for record in all_out(office) if (record.to, record.kind.value) == (address, kind)][-1]


def answer(
    subject: str = f"回复：【约稿 1号】{TOPIC}",
    *,
    sender: str = JTJ,
    to: str = "",
    number: int = 1,
    title: str = "严防死守护林海",
    file: str = "",
) -> bytes:
    """A letter with an article. to: Message-ID of the letter that it answers, "" for none."""
    sent = manuscript(title, text=f"{title}的正文，共第 {number} 篇。")
    named = File(file, sent.data) if file else sent
    thread = f"In-Reply-To: {to}\r\nReferences: {to}\r\n" if to else ""
    header = f"Message-ID: <{number}@sender.example.org>\r\n{thread}"
    raw = raw_letter(named, sender=sender, subject=subject, header=header)
    return raw.replace(f"To: {OFFICE}\r\n".encode(), b"To: wuxing@example.org\r\n")


def pass_time(office: Office, **span: float) -> None:
    clock = office.now
    assert isinstance(clock, Clock)
    clock.now += timedelta(**span)
