"""Parameters of Content-Type and Content-Disposition, and the name of a file in all the ways it is sent (RFC 2231,
RFC 2047 where it is not allowed, raw bytes, percent signs). Never raises."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from intake.parse.charsets import decode
from intake.parse.headers import shown

_MOST: Final = 200  # parameters of one field
_NAME: Final = re.compile(r"([^\s=;*\"]{1,60})(?:\*(\d{1,4}))?(\*)?\s*=\s*")
_MARK: Final = re.compile(r'"(?=(\s{0,20}+(?:;|$))?)')
_PERCENT: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_LONGEST_NAME: Final = 255


@dataclass(frozen=True, slots=True)
class Parameterised:
    """A field with parameters."""

    value: str
    """The text before the first semicolon, lower case."""
    parameters: Mapping[str, str]
    """By lower-case name."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of a parameter value that was sent in several (RFC 2231 section 3)."""

    number: int
    extended: bool
    value: str


def parse_parameters(text: str) -> Parameterised:
    """A field such as `attachment; filename*0*=UTF-8''…`. `name*` wins over `name`; encoded words stay encoded."""
    first, *rest = _split(text)
    plain: dict[str, str] = {}
    sections: dict[str, list[_Section]] = {}
    for item in rest[:_MOST]:
        match = _NAME.match(item.strip())
        if match is None:
            continue
        name, number, star = match[1].lower(), match[2], match[3]
        value = _unquote(item.strip()[match.end() :])
        if number is None and star is None:
            plain.setdefault(name, value)
        else:
            sections.setdefault(name, []).append(_Section(int(number or 0), star is not None, value))
    joined = {name: _join(parts) for name, parts in sections.items()}
    return Parameterised(first.strip().lower(), plain | {name: value for name, value in joined.items() if value})


def file_name(disposition: Parameterised, content_type: Parameterised) -> str:
    """The file's name as its sender saw it, without folders; "" when none was given. For display, never as a path."""
    for source, name in ((disposition, "filename"), (content_type, "name"), (disposition, "name")):
        value = source.parameters.get(name, "")
        if value.strip():
            path = shown(_from_percent(value))
            base = re.split(r"[/\\]", path.rstrip("/\\ "))[-1].strip()
            if base:
                return base[-_LONGEST_NAME:]
    return ""


def _split(text: str) -> list[str]:
    """The field split at semicolons outside of quotation marks. A mark that is never closed is plain text."""
    items: list[str] = []
    start = at = 0
    closed = True
    while at < len(text):
        if text[at] == ";":
            items.append(text[start:at])
            start = at + 1
        elif text[at] == '"' and closed:
            end = _end_of_quotation(text, at)
            closed = end > at  # when this one is not closed, no later one is
            at = end
        at += 1
    return [*items, text[start:]]


def _end_of_quotation(text: str, at: int) -> int:
    """The index of the closing mark, `at` when there is none. An escaped mark does not close, unless a path ends so."""
    for match in _MARK.finditer(text, at + 1):
        if text[match.start() - 1] != "\\" or match[1]:
            return match.start()
    return at


def _unquote(value: str) -> str:
    """The value without quotation marks. Only `\\"` and `\\\\` are escapes: senders write C:\\path\\name as it is."""
    value = value.strip()
    if value.startswith('"'):
        value = value[1:]
        end = value.rfind('"')
        value = value if end < 0 else value[:end]
        return value.replace("\\\\", "\\").replace('\\"', '"')
    return value.strip("'") if value.startswith("'") and value.endswith("'") and "''" not in value else value


def _join(sections: list[_Section]) -> str:
    """RFC 2231 sections → text. The first extended one names the character set. Bytes are joined, then decoded."""
    ordered = sorted(sections, key=lambda section: section.number)
    data = b""
    label: str | None = None
    for section in ordered:
        value = section.value
        if section.extended and label is None:
            charset, mark, rest = value.partition("'")
            language, second, encoded = rest.partition("'")
            label, value = (charset, encoded) if mark and second and len(language) < 40 else ("", value)
        raw = value.encode("utf-8", "surrogatepass")
        data += unquote_to_bytes(raw) if section.extended else raw
    return decode(data, label or "")


def _from_percent(value: str) -> str:
    """%E5%8C%BA… → 区…: only when all of it is ASCII and the bytes are UTF-8."""
    if not value.isascii() or not _PERCENT.search(value) or "=?" in value:
        return value
    try:
        return unquote_to_bytes(value).decode("utf-8")
    except UnicodeDecodeError:
        return value
