"""The fields and files of a form: read once, within limits, and given out as clean text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from values.errors import BadUsage
from values.whole_number import whole_number

LONGEST_BODY: Final = 20_000_000
"""Bytes of a form: the largest attachment that mail systems commonly let through, for a manuscript that is uploaded."""
LONGEST_BODY_OF_A_STRANGER: Final = 64_000
"""Bytes of a form from somebody who is not logged in: name, password and where to go on."""
_LONGEST_FIELD: Final = 8_000_000
"""Bytes of a field: a text that is handed in has at most 2,000,000 characters, of up to four bytes."""
MOST_FIELDS: Final = 5_000
"""Fields of a form: an article with the most blocks and cells that can be edited."""
MOST_FILES: Final = 20
"""Files of a form: a manuscript with the photographs of a day."""
_FORM_TYPES: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file of a form."""

    name: str
    """As the sender has named it; only shown, never used as a path."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it was sent."""

    fields: Mapping[str, Sequence[str]]
    """Values by name of the field, in the order of the form."""
    files: Mapping[str, Sequence[UploadedFile]]
    """By name of the field, in the order of the form; without those in which no file was chosen."""

    def raw(self, name: str) -> str:
        """The first value exactly as it was sent, "" for a field that was not sent."""
        return next(iter(self.fields.get(name, ())), "")

    def text(self, name: str, default: str = "") -> str:
        """The first value in clean text (`clean`); the default where that is empty."""
        return clean(self.raw(name)) or default

    def number(self, name: str) -> int | None:
        """A whole number from 0 in ASCII digits; None for anything else."""
        return whole_number(self.text(name))

    def seen(self, name: str = "version") -> int:
        """The version that the page showed of what the form changes. Raises BadUsage for a form without it: it could
        overwrite a change that its sender has not seen."""
        number = self.number(name)
        if number is None:
            raise BadUsage("没有说明您看到的是哪一稿，没有执行。请刷新页面，看过现在的样子再改。")
        return number

    def flag(self, name: str) -> bool:
        """Whether a checkbox was ticked."""
        return self.raw(name) not in ("", "0", "false")

    def texts(self, name: str) -> tuple[str, ...]:
        """All values of the field, in clean text."""
        return tuple(clean(value) for value in self.fields.get(name, ()))

    def file(self, name: str) -> UploadedFile | None:
        """None when no file was chosen."""
        return next(iter(self.files.get(name, ())), None)

    def all_files(self, name: str) -> Sequence[UploadedFile]:
        """Every file that was chosen in the field."""
        return self.files.get(name, ())


def clean(text: str) -> str:
    """In NFC, without control characters except line feeds and tabs, and without surrounding white space."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    return unicodedata.normalize("NFC", kept).strip()


async def read_form(request: Request) -> Form:
    """Raises BadUsage for a body that is no form, and for too many fields. The length of the body is limited earlier
    (`routes.post`)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and kind not in _FORM_TYPES:
        raise BadUsage("这不是网页表单发来的内容。")
    try:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=_LONGEST_FIELD) as sent:
            return await _form_of(sent)
    except (MultiPartException, UnicodeError) as error:
        raise BadUsage("表单不完整或太大，没有保存；请重试。") from error


async def _form_of(sent: FormData) -> Form:
    """Raises UnicodeError for half a surrogate pair, which nothing can store: the sender names the encoding, and some
    that Python has make one, such as unicode_escape."""
    fields: dict[str, list[str]] = {}
    files: dict[str, list[UploadedFile]] = {}
    for name, value in sent.multi_items():
        name.encode()
        if isinstance(value, str):
            value.encode()
            fields.setdefault(name, []).append(value)
        elif isinstance(value, UploadFile) and value.filename:
            files.setdefault(name, []).append(UploadedFile(clean(value.filename), await value.read()))
    return Form(fields, files)
