"""What a form brought: read once, within limits, and handed out as clean text."""

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
LONGEST_BODY_OF_A_STRANGER: Final = 64_000
_LONGEST_FIELD: Final = 8_000_000
_FIELDS: Final = 5_000
_FILES: Final = 20
_FORM_TYPES: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class Upload:
    """name: as the sender called it; only ever shown, never a path."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one form, by name, in the order they were sent."""

    fields: Mapping[str, Sequence[str]]
    files: Mapping[str, Upload]

    def raw(self, name: str) -> str:
        """As it was sent, "" when it was not."""
        return next(iter(self.fields.get(name, ())), "")

    def text(self, name: str, default: str = "") -> str:
        """NFC, no control characters but line feeds and tabs, no blanks around it."""
        return clean(self.raw(name)) or default

    def number(self, name: str) -> int | None:
        """A whole number from 0 in ASCII digits; None for anything else."""
        return whole_number(self.text(name))

    def flag(self, name: str) -> bool:
        """Whether a checkbox was ticked."""
        return self.raw(name) not in ("", "0", "false")

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(clean(value) for value in self.fields.get(name, ()))

    def file(self, name: str) -> Upload | None:
        """None when no file was chosen."""
        return self.files.get(name)


def clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))
    return unicodedata.normalize("NFC", kept).strip()


async def read_form(request: Request) -> Form:
    """Raises BadUsage for what is no form. The length of the body is limited before (`routes.post`)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and kind not in _FORM_TYPES:
        raise BadUsage("这不是网页表单发来的内容。")
    try:
        async with request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=_LONGEST_FIELD) as sent:
            return await _taken_from(sent)
    except MultiPartException as error:
        raise BadUsage("表单不完整或太大，没有保存；请重试。") from error


async def _taken_from(sent: FormData) -> Form:
    fields: dict[str, list[str]] = {}
    files: dict[str, Upload] = {}
    for name, value in sent.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(value)
        elif isinstance(value, UploadFile) and value.filename:
            files[name] = Upload(clean(value.filename), await value.read())
    return Form(fields, files)
