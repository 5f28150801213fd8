"""Letters with files, as they lie in the mailbox, and what `classify` makes of them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from intake.classify.submission import Ignored, Submission, classify
from intake.parse.manuscript_format import ManuscriptFormat
from intake.parse.message import Message, parse_message
from intake.register import Register
from values.department import Department
from values.errors import NoManuscript

OFFICE = "zgqwxzfb@163.com"
SECTIONS = ("", "情况通报")
EDUCATION = Department(name="区教体局", senders=("jtj@example.org",))
LABOUR = Department(name="区人社局", senders=("rsj@example.org", "shared@example.org"))
FINANCE = Department(name="区金融中心", senders=("shared@example.org", "@jr.example.org"))
DEPARTMENTS = (EDUCATION, LABOUR, FINANCE)

DOCX = b"PK\x03\x04 a manuscript"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
DOC = OLE + "WordDocument".encode("utf-16-le")
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)


@dataclass(frozen=True, slots=True)
class File:
    name: str
    data: bytes
    content_type: str = "application/octet-stream"
    disposition: str = "attachment"


MANUSCRIPT = File("投稿.docx", DOCX)


def raw_letter(
    *files: File, sender: str = "jtj@example.org", subject: str = "投稿", text: str = "请查收。", header: str = ""
) -> bytes:
    """A letter as it lies in the mailbox. `header`: further lines, each ended."""
    lines = f"From: {sender}\r\nTo: {OFFICE}\r\nSubject: {subject}\r\n{header}"
    if "content-type" not in header.lower():
        lines += "Content-Type: multipart/mixed; boundary=b\r\n"
    body = f"\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    for file in files:
        body += f"--b\r\nContent-Type: {file.content_type}\r\nContent-Transfer-Encoding: base64\r\n"
        body += f'Content-Disposition: {file.disposition}; filename="{file.name}"\r\n'
        body += "\r\n" + base64.encodebytes(file.data).decode() + "\r\n"
    return (lines + body + "--b--\r\n").encode()


def classified(message: Message, departments: Sequence[Department] = DEPARTMENTS) -> Submission | Ignored:
    """The classified letter; a part that begins like `DOCX` counts as a Word document."""
    formats = {True: ManuscriptFormat.WORD, False: ManuscriptFormat.NONE}
    parts = tuple(replace(part, manuscript_format=formats[part.data.startswith(DOCX)]) for part in message.parts)
    register = Register(tuple(departments), frozenset({OFFICE}), SECTIONS, hold_unknown=True)
    return classify(replace(message, parts=parts), register)


def outcome(
    *files: File, sender: str = "jtj@example.org", subject: str = "投稿", text: str = "请查收。", header: str = ""
) -> Submission | Ignored:
    return classified(parse_message(raw_letter(*files, sender=sender, subject=subject, text=text, header=header)))


def submission(
    *files: File, sender: str = "jtj@example.org", subject: str = "投稿", text: str = "请查收。", header: str = ""
) -> Submission:
    submission = outcome(*files, sender=sender, subject=subject, text=text, header=header)
    assert isinstance(submission, Submission), submission
    return submission


def reason(*files: File, text: str = "请查收。", header: str = "") -> str:
    with pytest.raises(NoManuscript) as caught:
        outcome(*files, text=text, header=header)
    return str(caught.value)


def names(submission: Submission) -> list[str]:
    return [part.name for part in submission.manuscripts]
