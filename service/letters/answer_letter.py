"""答复: an editor answers a letter from the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from archive import letters, outbox
from archive.changes import NewChange, record_change
from archive.letters import LetterRecord
from archive.outbox import OutboxRecord
from archive.transaction import Transaction
from courier import compose
from courier.wording import worded
from intake.fetch.arrival import header_block
from intake.fetch.mailbox import HEADER_LIMIT
from intake.read.pasted.article import title_of_subject
from service.issue.due import due_times
from service.letters.letters_out import letterhead_of, queue_later
from service.office import Office
from service.register.own_addresses import own_addresses
from service.register.register import register_of
from settings.model import BulletinSettings
from values.address import is_sendable, is_unattended
from values.errors import BadUsage, NotThere
from values.letter import Verdict
from values.outgoing import LetterHead, LetterKind
from values.personal_answer import PersonalAnswer

TEMPLATES: Final = ("deadline", "how_to_send", "noted")
"""templates/letters/answers: the first line of each is its name for the editor."""
_LOOK_AHEAD: Final = timedelta(days=62)
_LONGEST_TEXT: Final = 20_000
"""Characters of an answer, and of what it quotes."""
_NOT_ANSWERED: Final = (Verdict.SEALED, Verdict.PENDING)


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What an editor sees before an answer is written."""

    to: str
    subject: str
    why_not: str
    """Why no answer can be sent, Chinese; "" when one can."""
    templates: Mapping[str, str]
    """Of the texts to begin with: name → what an editor calls it."""
    text: str
    """The chosen one; "" for none."""
    is_held: bool
    """It waits until somebody has looked at it (`[smtp] hold`)."""


def answer_form(office: Office, bulletin: BulletinSettings, letter_id: int, template: str = "") -> AnswerForm:
    """template: one of `TEMPLATES`, "" for none. Raises NotThere; BadUsage for a letter without content."""
    with office.ledger.reading() as ledger:
        letter = _letter(ledger, bulletin, letter_id)
        head = _head(office, ledger, letter)
    texts = {name: _template(office, bulletin, name) for name in TEMPLATES}
    return AnswerForm(
        to=head.recipient,
        subject=_subject(letter),
        why_not=_why_not(office, bulletin, letter, head),
        templates={name: title for name, (title, _) in texts.items()},
        text=texts[template][1] if template in texts else "",
        is_held=LetterKind.ANSWER.value in office.settings.smtp.hold,
    )


def answer_letter(
    office: Office, bulletin: BulletinSettings, letter_id: int, text: str, *, quotes: bool, who: str
) -> OutboxRecord:
    """Writes the answer to the sender of the letter, or to the writer of the letter that it forwards; returns it.

    The same words of the same person are not sent again: the letter out that has them is returned, as it is. quotes:
    the text of the letter follows it. A letter to the editor (`QUESTION`) is `ANSWERED` then. Raises NotThere, BadUsage
    without a text or where no answer can be sent.
    """
    text, at = text.strip(), office.now()
    with office.ledger.writing() as ledger:
        letter = _letter(ledger, bulletin, letter_id)
        if not text:
            raise BadUsage("请写答复的内容。")
        if len(text) > _LONGEST_TEXT:
            raise BadUsage(f"答复太长了（{len(text)} 字），最多 {_LONGEST_TEXT} 字。")
        head = _head(office, ledger, letter)
        if why_not := _why_not(office, bulletin, letter, head):
            raise BadUsage(f"这封来信不能从这里答复：{why_not}。")
        content = letters.content_of(ledger, letter.id) if quotes else None
        answer = PersonalAnswer(
            about=(letter.bulletin, letter.sha256, who, text),  # a form that is sent twice is one letter
            subject=_subject(letter),
            text=text,
            quoted=content.text[:_LONGEST_TEXT] if content else "",
            wrote=f"{office.local(letter.received_at):%Y-%m-%d %H:%M}，{letter.sender} 写道：",
        )
        letterhead = letterhead_of(office, bulletin)
        out = compose.personal_answer(answer, head, letterhead, phone=bulletin.phone, at=office.local(at))
        queue_later(office, ledger, out, bulletin.id, at, at=at)
        outbox_id = outbox.record_editor_answer(ledger, letter.id, out.message_id)
        if letter.verdict is Verdict.QUESTION:
            reason = f"编辑已答复（{who}），{office.local(at):%Y-%m-%d %H:%M}"
            letters.settle(ledger, letter.id, Verdict.ANSWERED, reason, at=at)
        record_change(
            ledger,
            NewChange(
                bulletin=letter.bulletin,
                who=who,
                subject="letter",
                subject_id=letter.id,
                summary=f"答复来信 {letter.id}（发件箱 {outbox_id}）",
                at=at,
            ),
        )
        return outbox.letter_out(ledger, outbox_id)


def _letter(ledger: Transaction, bulletin: BulletinSettings, letter_id: int) -> LetterRecord:
    letter = letters.letter_with_id(ledger, bulletin.id, letter_id)
    if letter is None:
        raise NotThere("没有这封来信。")
    if letter.removal is not None:
        raise BadUsage(f"这封来信{letter.removal.kind.chinese}，没有内容了，不能答复。")
    if letter.verdict in _NOT_ANSWERED:
        raise BadUsage(f"这封来信现在是“{letter.verdict.chinese}”，不能答复。")
    return letter


def _head(office: Office, ledger: Transaction, letter: LetterRecord) -> LetterHead:
    from intake.reading import head_of  # loads the readers of letters, which the service does without

    header = header_block(office.raws.head(letter.sha256, HEADER_LIMIT), HEADER_LIMIT)
    return head_of(header, register_of(office, ledger, office.bulletin(letter.bulletin)))


def _why_not(office: Office, bulletin: BulletinSettings, letter: LetterRecord, head: LetterHead) -> str:
    """A person decides here, so that limits of number and doubts about the sender do not count."""
    if not office.settings.smtp.host:
        return "没有配置发信服务器（[smtp]），系统不寄信"
    if head.sender in own_addresses(office.settings, bulletin):
        return "来信是从本单位自己的邮箱寄来的"
    if not is_sendable(head.recipient) or is_unattended(head.recipient):
        return "来信没有可以回信的地址"
    if head.machine is not None:
        return "来信是自动发出或群发的，没有人收回信"
    return ""


def _subject(letter: LetterRecord) -> str:
    return f"答复：{title_of_subject(letter.subject) or '来信'}"


def _template(office: Office, bulletin: BulletinSettings, name: str) -> tuple[str, str]:
    """What an editor calls it, and its text."""
    now = office.now()
    due = next(due_times(office.settings.service, bulletin, now, now + _LOOK_AHEAD), None)
    words = worded(f"answers/{name}", due=due and office.local(due), mailbox=bulletin.mailbox.username)
    return words.subject, words.text
