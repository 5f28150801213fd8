"""Uploads at the desk: a manuscript that did not come by mail becomes a letter, and is read like any other."""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from archive import article_changes, articles, letters, removals
from archive.changes import NewChange, record_change
from archive.letters import KeptLetter
from archive.transaction import Transaction
from archive.uploads import record_upload, upload_of
from intake.parse.headers import clean
from service.office import Office
from service.register.register import department_named
from settings.model import BulletinSettings
from values.errors import BadUsage, StorageFailed
from values.letter import Verdict
from values.outgoing import SettledLetter

LARGEST: Final = 20_000_000
"""Octets that the desk accepts in one file."""
_LONGEST_NAME: Final = 120
_FROM: Final = "desk@jianbao.invalid"
"""An address that cannot exist (RFC 2606): the person names the department, not the letter."""


def upload_manuscript(
    office: Office, bulletin: BulletinSettings, name: str, data: bytes, department: str, *, who: str
) -> int:
    """Keeps the file as a letter of the bulletin that waits to be read; returns the letter's id.

    The same file for the same department is the same letter. name: as the person's computer calls it.
    Raises BadUsage for an empty or too large file, for a department that the register does not know, and for a letter
    that was erased or destroyed; StorageFailed, also when another bulletin has just destroyed the same bytes.
    """
    if not data:
        raise BadUsage("请选择一个文件；选中的文件是空的。")
    if len(data) > LARGEST:
        raise BadUsage(f"文件超过 {LARGEST // 1_000_000} MB。请压缩其中的图片，或请对方发到投稿邮箱。")
    with office.ledger.reading() as ledger:
        owner = department_named(office, ledger, bulletin, department).name
    name = " ".join(clean(name).split())[-_LONGEST_NAME:].strip() or "稿件"
    raw = _letter(name, data, owner, bulletin)
    with office.ledger.reading() as ledger:
        refuse_removed(ledger, bulletin, raw)
    sha256 = office.raws.put(raw)
    office.raws.sync()
    at = office.now()
    with office.ledger.writing() as ledger:
        _refuse_removed_meanwhile(office, ledger, bulletin, raw)
        is_new = letters.keep(ledger, bulletin.id, [KeptLetter(sha256, len(raw), False, at, None)], at=at)
        letter = letters.letter_with_sha256(ledger, bulletin.id, sha256)
        assert letter, "it was stored above"
        if is_new:
            record_upload(ledger, letter.id, owner, who, at=at)
            record_change(
                ledger,
                NewChange(
                    bulletin=bulletin.id,
                    who=who,
                    subject="letter",
                    subject_id=letter.id,
                    summary=f"代{owner}上传来稿",
                    at=at,
                ),
            )
    return letter.id


def _refuse_removed_meanwhile(office: Office, ledger: Transaction, bulletin: BulletinSettings, raw: bytes) -> None:
    """As `refuse_removed`, as a writer, after the bytes were written: files are destroyed by writers only, so what is
    there now stays. Bytes that may not be on the disk are destroyed; raises StorageFailed when they are missing."""
    sha256 = hashlib.sha256(raw).hexdigest()
    try:
        refuse_removed(ledger, bulletin, raw)
    except BadUsage:
        if sha256 in removals.without_bytes(ledger):
            office.raws.destroy(sha256)
        raise
    if not office.raws.path(sha256).exists():
        raise StorageFailed("另一份简报正在删除同一份来稿的文件，这次没有收下。请再上传一次。")


def refuse_removed(ledger: Transaction, bulletin: BulletinSettings, raw: bytes) -> None:
    """Raises BadUsage when these bytes are a letter that was erased or destroyed."""
    sha256 = hashlib.sha256(raw).hexdigest()
    kind = removals.refused(ledger, bulletin.id, [sha256]).get(sha256)
    if kind is not None:
        raise BadUsage(f"同样的内容以前收过，后来{kind.chinese}，不能再收下。确实要用，请对方改过再报送。")


def confirm_uploaded_articles(office: Office, ledger: Transaction, settled: SettledLetter) -> None:
    """Confirms the articles of an uploaded letter as those of the department that the person named.

    To be called in the transaction that settles the letter; does nothing for other letters.
    """
    uploaded = upload_of(ledger, settled.id)
    if uploaded is None:
        return
    reason = f"由{uploaded.who}在审稿台代{uploaded.department}上传"
    for article in settled.articles:
        record = articles.article_named(ledger, article.id)
        if not article.repeated and not (record.confirmed and record.department == uploaded.department):
            article_changes.confirm(ledger, article.id, uploaded.department, Verdict.ARTICLE, reason, at=office.now())
    if settled.verdict is Verdict.UNCONFIRMED:
        verdict = Verdict.FLAGGED if settled.concerns else Verdict.ARTICLE
        titles = "、".join(f"《{article.title}》" for article in settled.articles)
        text = "；".join([f"{titles}已成稿，{reason}", *(concern.for_clerk for concern in settled.concerns)])
        letters.settle(ledger, settled.id, verdict, text, at=office.now())


def _letter(name: str, data: bytes, department: str, bulletin: BulletinSettings) -> bytes:
    """The letter, without a date, so that the same file makes the same letter."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _FROM
    message["To"] = bulletin.mailbox.username
    message["Subject"] = f"{department}报送：{name}"
    message.set_content("这封信由审稿台根据上传的文件生成。")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    message.set_boundary("jianbao-brought-in")
    return message.as_bytes()
