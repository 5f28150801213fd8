"""Adding by hand (新增稿件): text or files that did not come by mail become a letter, and are read like any other.

The letter holds every file byte for byte, and the text as it was pasted; the ledger has who added it and for which
department (docs/decisions/0113-articles-added-by-hand.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from typing import Final

from archive import letters, removals
from archive.added_letters import record_added
from archive.changes import NewChange, record_change
from archive.letters import KeptLetter
from archive.transaction import Transaction
from intake.parse.file_kinds import kind_of
from intake.parse.headers import clean
from intake.parse.picture_kinds import picture_kind
from service.office import Office
from service.register.departments import add_department
from service.register.register import all_departments
from settings.departments import department_written
from settings.model import BulletinSettings
from values.department import Department, department_called
from values.errors import BadUsage, StorageFailed
from values.letter import FILES_ALONE, AddedByHand

LARGEST: Final = 20_000_000
"""Octets that are accepted in one file: the largest attachment that mail systems commonly let through."""
LARGEST_TOGETHER: Final = 40_000_000
"""Octets of all files: in base64 within the limit of a letter (60 MB), some eight photographs of a phone."""
_LONGEST_NAME: Final = 120
_LONGEST_TEXT: Final = 2_000_000
"""Characters of a text, ten times what an article may have; Word's clipboard HTML has some 10 for each of the text."""
_LONGEST_DEPARTMENT: Final = 30
"""Characters of a name that the register does not have: it stands on the contents page."""
_LONGEST_FIRST_LINE: Final = 60
"""Characters of the text that the letter's subject shows."""
_FROM: Final = "desk@jianbao.invalid"
"""An address that cannot exist (RFC 2606): the ledger names the person and the department."""


@dataclass(frozen=True, slots=True)
class AddedFile:
    """A file that a person adds."""

    name: str
    """As the person's computer calls it."""
    data: bytes


@dataclass(frozen=True, slots=True)
class AddedMaterial:
    """What a person adds by hand."""

    department: str
    """The name of a department of the register, or a name that it does not have."""
    text: str = ""
    """Pasted or typed; "" for files alone."""
    html: str = ""
    """The same text as the clipboard of Word or of a browser has it, with its tables and lists; "" for none."""
    files: tuple[AddedFile, ...] = ()
    """Manuscripts, and pictures that belong to them or to the text."""
    registers: bool = False
    """A department that the register does not have is put on it."""


def add_by_hand(office: Office, bulletin: BulletinSettings, material: AddedMaterial, *, who: str) -> int:
    """Keeps the material as a letter of the bulletin that waits to be read; returns the letter's id.

    The same material for the same department is the same letter. Raises BadUsage for nothing at all, for an empty or
    too large file, for pictures without a text, for a name that can be no department's, and for a letter that was
    erased or destroyed; StorageFailed, also when another bulletin has just destroyed the same bytes.
    """
    _refuse_useless(material)
    owner = _owner(office, bulletin, material.department)
    raw = _letter(material, owner.name, bulletin)
    with office.ledger.reading() as ledger:
        refuse_removed(ledger, bulletin, raw)
        is_registered = department_called(owner.name, all_departments(ledger, bulletin)) is not None
    if material.registers and not is_registered:
        add_department(office, bulletin, owner, who=who)
    return _keep(office, bulletin, raw, AddedByHand(owner.name, who))


def refuse_removed(ledger: Transaction, bulletin: BulletinSettings, raw: bytes) -> None:
    """Raises BadUsage when these bytes are a letter that was erased or destroyed."""
    sha256 = hashlib.sha256(raw).hexdigest()
    kind = removals.refused(ledger, bulletin.id, [sha256]).get(sha256)
    if kind is not None:
        raise BadUsage(f"同样的内容以前收过，后来{kind.chinese}，不能再收下。确实要用，请对方改过再报送。")


def _refuse_useless(material: AddedMaterial) -> None:
    if len(material.text) > _LONGEST_TEXT or len(material.html) > 10 * _LONGEST_TEXT:
        raise BadUsage("文字太长，超过两百万字。请存成 .docx 再添加。")
    has_text = bool(material.text.strip() or material.html.strip())
    if not has_text and not material.files:
        raise BadUsage("请粘贴文字，或选择一个文件。")
    for file in material.files:
        if not file.data:
            raise BadUsage(f"文件“{file.name}”是空的，没有添加。请重新选择。")
        if len(file.data) > LARGEST:
            raise BadUsage(f"文件“{file.name}”超过 {LARGEST // 1_000_000} MB。请压缩其中的图片，或请对方发到投稿邮箱。")
    if sum(len(file.data) for file in material.files) > LARGEST_TOGETHER:
        raise BadUsage(f"所选文件合计超过 {LARGEST_TOGETHER // 1_000_000} MB。请分几次添加。")
    if not has_text and all(_is_picture(file) for file in material.files):
        raise BadUsage("只有照片，没有文字。请把照片和它的稿件（文字或文件）一起添加。")


def _is_picture(file: AddedFile) -> bool:
    kind = picture_kind(file.data).content_type
    return kind.startswith("image/") or kind_of(file.data, file.name).extension in (".heic", ".heif")


def _owner(office: Office, bulletin: BulletinSettings, name: str) -> Department:
    """The department of this name, as the register has it or as the name makes it. Raises BadUsage."""
    name = " ".join(clean(name).split())
    if not name:
        raise BadUsage("请选择或写明是哪个单位的稿件。")
    with office.ledger.reading() as ledger:
        departments = all_departments(ledger, bulletin)
    registered = department_called(name, departments)
    if registered is not None:
        return registered
    if len(name) > _LONGEST_DEPARTMENT:
        raise BadUsage(f"单位名称太长，最多 {_LONGEST_DEPARTMENT} 个字；请写简称。")
    return department_written(name, "", (), (), "")


def _keep(office: Office, bulletin: BulletinSettings, raw: bytes, added: AddedByHand) -> int:
    sha256 = office.raws.put(raw)
    office.raws.sync()
    at = office.now()
    with office.ledger.writing() as ledger:
        refuse_removed_meanwhile(office, ledger, bulletin, raw)
        is_new = letters.keep(ledger, bulletin.id, [KeptLetter(sha256, len(raw), False, at, None)], at=at)
        letter = letters.letter_with_sha256(ledger, bulletin.id, sha256)
        assert letter, "it was stored above"
        if is_new:
            record_added(ledger, letter.id, added, at=at)
            change = NewChange(
                bulletin=bulletin.id,
                who=added.who,
                subject="letter",
                subject_id=letter.id,
                summary=f"添加{added.department}的稿件",
                at=at,
            )
            record_change(ledger, change)
    return letter.id


def refuse_removed_meanwhile(office: Office, ledger: Transaction, bulletin: BulletinSettings, raw: bytes) -> None:
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
        raise StorageFailed("另一份简报正在删除同一份来稿的文件，这次没有收下。请再添加一次。")


def _letter(material: AddedMaterial, department: str, bulletin: BulletinSettings) -> bytes:
    """The letter, without a date and with fixed boundaries, so that the same material makes the same letter."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _FROM
    message["To"] = bulletin.mailbox.username
    message["Subject"] = f"{department}报送：{_subject(material)}"
    _write_text(message, material)
    for file in material.files:
        name = _name(file)
        message.add_attachment(file.data, maintype="application", subtype="octet-stream", filename=name)
    _set_boundaries([part for part in message.walk() if part.is_multipart()])
    return message.as_bytes()


def _write_text(message: EmailMessage, material: AddedMaterial) -> None:
    """In base64, so that no line of the text can be taken for a boundary."""
    text, html = material.text, material.html
    if not text.strip() and not html.strip():
        message.set_content(FILES_ALONE)
        return
    if text.strip():
        message.set_content(text, cte="base64")
    if not html.strip():
        return
    if text.strip():
        message.add_alternative(html, subtype="html", cte="base64")
    else:
        message.set_content(html, subtype="html", cte="base64")


def _set_boundaries(multiparts: Sequence[MIMEPart]) -> None:
    for number, part in enumerate(multiparts):
        part.set_boundary(f"jianbao-brought-in-{number}" if number else "jianbao-brought-in")


def _subject(material: AddedMaterial) -> str:
    """The first line of the text; the name of the first file where there is none."""
    first = next((line.strip() for line in material.text.splitlines() if line.strip()), "")
    if first:
        return clean(first)[:_LONGEST_FIRST_LINE]
    return _name(material.files[0]) if material.files else "稿件"


def _name(file: AddedFile) -> str:
    return " ".join(clean(file.name).split())[-_LONGEST_NAME:].strip() or "稿件"
