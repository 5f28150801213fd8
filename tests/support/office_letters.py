"""Letters to the office of tests/cases/mail, written as mail programs write them, and their readings."""

from __future__ import annotations

import base64
import hashlib
import tomllib
from email.header import Header
from pathlib import Path
from typing import Final

from intake.outcome import Reading
from intake.reading import read_letter
from intake.register import Register
from tools.docx_builder import docx, paragraph
from values.department import Department

_CONFIG: Final = Path(__file__).parents[1] / "cases" / "mail" / "config.toml"
OFFICE: Final = "zgqwxzfb@163.com"
CIVIL: Final = "mzj@civil.example"
TOWN: Final = "zhen@town.example"
LABOUR: Final = "rsj@work.example"
TITLE: Final = "社区食堂送温暖"
MANUSCRIPT: Final = docx(
    paragraph(TITLE) + paragraph("区民政局") + paragraph("今年以来，区民政局建成社区食堂15处，服务老人1576人次。")
)
UNSIGNED: Final = docx(paragraph(TITLE) + paragraph("今年以来，区里建成社区食堂15处，服务老人1576人次。"))


def _register() -> Register:
    [bulletin] = tomllib.loads(_CONFIG.read_text(encoding="utf-8"))["bulletin"]
    departments = tuple(
        Department(
            name=each["name"],
            full_name=each.get("full_name", ""),
            aliases=tuple(each.get("aliases", ())),
            senders=tuple(each["senders"]),
        )
        for each in bulletin["department"]
    )
    return Register(departments, frozenset({OFFICE}), tuple(bulletin["sections"]), hold_unknown=True)


REGISTER: Final = _register()


def read(raw: bytes) -> Reading:
    return read_letter(raw, REGISTER)


def letter(body: bytes | str, *, subject: str = "投稿", sender: str = CIVIL, fields: str = "") -> bytes:
    """A letter whose body begins with the lines of its content's header. fields: further ones, each ended."""
    header = (
        f"From: {sender}\r\nTo: {OFFICE}\r\nSubject: {Header(subject, 'utf-8').encode()}\r\n"
        f"Date: Mon, 30 Nov 2026 09:00:00 +0800\r\nMIME-Version: 1.0\r\n{fields}"
    )
    return header.encode() + (body.encode() if isinstance(body, str) else body)


def text_part(text: str, kind: str = "plain", charset: str = "utf-8") -> str:
    return _part(f"Content-Type: text/{kind}; charset={charset}", text.encode(charset))


def file_part(
    name: str,
    data: bytes,
    content_type: str = "application/octet-stream",
    *,
    disposition: str = "attachment",
    fields: str = "",
) -> str:
    """An attached file. fields: further ones, each ended."""
    encoded = Header(name, "utf-8").encode()
    return _part(
        f'Content-Type: {content_type}; name="{encoded}"\r\n{fields}'
        f'Content-Disposition: {disposition}; filename="{encoded}"',
        data,
    )


def mixed(*parts: str, kind: str = "mixed") -> str:
    """The body of a letter of several parts."""
    boundary = "b" + hashlib.sha256("".join(parts).encode()).hexdigest()[:16]
    inner = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{inner}--{boundary}--\r\n'


def _part(header: str, data: bytes) -> str:
    encoded = base64.encodebytes(data).decode().replace("\n", "\r\n")
    return f"{header}\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}"
