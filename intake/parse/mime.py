"""Raw bytes → the leaf parts of a message, within limits. Never raises.

The standard library's parser is not used: it needs 8.4 times the size of a mail in memory, has no limits, and raises
on what really arrives (mail.md section 6). This one looks at slices without copying and stops where a limit says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from intake.parse.headers import Header, parse_header
from intake.parse.parameters import Parameterised, file_name, parse_parameters
from intake.parse.transfer import decode_transfer, is_encoded

_EMPTY_LINE: Final = re.compile(rb"\n\r?\n")
_TYPE: Final = re.compile(r"[a-z0-9!#$&^_.+-]{1,127}/[a-z0-9!#$&^_.+-]{1,127}")
_BEFORE_THE_HEADER: Final = re.compile(rb"(?:\xef\xbb\xbf)?+[\r\n]*+(?:>?From [^\n]*+\n)?")
_GUESSED_BOUNDARY: Final = re.compile(rb"(?m)^--([!-~][!-~ ]{0,69}?)[ \t]*+\r?$")
_BEGINNING_OF_A_LETTER: Final = re.compile(rb"(?i)(?:from|received|subject|message-id|mime-version|date|return-path):")
_LONGEST_BOUNDARY: Final = 2_048


@dataclass(frozen=True, slots=True)
class MessageLimits:
    """nesting: of parts within parts. header: bytes of one block. files: parts that are no text of the letter."""

    nesting: int = 20
    parts: int = 1_000
    header: int = 100_000
    files: int = 100


USUAL_LIMITS: Final = MessageLimits()
_NO_HEADER: Final = Header(())


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that holds no parts. letters: the headers of the forwarded letters it lies in, outermost first.

    charset: as labelled, "" for none. problem: Chinese, "" when the data is whole.
    """

    content_type: str
    charset: str
    disposition: str
    name: str
    data: bytes
    letters: tuple[Header, ...]
    problem: str


@dataclass(slots=True)
class Dissection:
    """A message taken apart. leaves: in order, those of forwarded letters among them. defects: Chinese, each once."""

    limits: MessageLimits
    header: Header = _NO_HEADER
    leaves: list[Leaf] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    parts: int = 0

    def note(self, defect: str) -> None:
        if defect not in self.defects:
            self.defects.append(defect)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entity stands: what its type is when it names none, how deep, in which forwarded letters."""

    default_type: str = "text/plain"
    depth: int = 0
    letters: tuple[Header, ...] = ()

    def inside(self, default_type: str = "text/plain", letter: Header | None = None) -> _Place:
        letters = self.letters if letter is None else (*self.letters, letter)
        return _Place(default_type, self.depth + 1, letters)


def dissect(raw: bytes, limits: MessageLimits) -> Dissection:
    """The header of a message and its leaf parts."""
    found = Dissection(limits)
    found.header, body = _cut(_from_header(memoryview(raw)), found)
    _entity(found.header, body, _Place(), found)
    return found


def header_alone(raw: bytes, limits: MessageLimits = USUAL_LIMITS) -> Header:
    """The header of a message whose parts are not wanted."""
    return _cut(_from_header(memoryview(raw)), Dissection(limits))[0]


def _from_header(raw: memoryview) -> memoryview:
    """Without byte order mark, empty lines and mbox line."""
    match = _BEFORE_THE_HEADER.match(raw)
    return raw if match is None else raw[match.end() :]


def _cut(raw: memoryview, found: Dissection) -> tuple[Header, memoryview]:
    """Header and body. A header beyond the limit is read as far as the limit goes."""
    beginning = bytes(raw[:2])
    if beginning[:1] == b"\n" or beginning == b"\r\n":
        return _NO_HEADER, raw[1 if beginning[:1] == b"\n" else 2 :]
    match = _EMPTY_LINE.search(raw)
    end, start = (len(raw), len(raw)) if match is None else (match.start() + 1, match.end())
    limit = found.limits.header
    if end > limit:
        found.note(f"信头超过 {limit // 1000} kB，超出的部分没有读")
        block = bytes(raw[:limit])
        return parse_header(block[: block.rfind(b"\n") + 1])[0], raw[start:]
    header, read = parse_header(bytes(raw[:end]))
    return header, raw[start if read >= end else read :]


def _entity(header: Header, body: memoryview, place: _Place, found: Dissection) -> None:
    if place.depth > found.limits.nesting:
        found.note(f"信的嵌套超过 {found.limits.nesting} 层，更深的没有读")
        return
    content = parse_parameters(header.first("content-type"))
    content_type = content.value if _TYPE.fullmatch(content.value) else place.default_type
    if content_type.startswith("multipart/"):
        if _children(content, content_type, body, place, found):
            return
        found.note("信的分段标记残缺，按正文读取")
        content_type = "text/plain"
    _leaf_or_letter(header, content, content_type, body, place, found)


def _children(content: Parameterised, content_type: str, body: memoryview, place: _Place, found: Dissection) -> bool:
    """Whether the body had parts. When the boundary that is announced never comes, one that does is taken."""
    inside = place.inside("message/rfc822" if content_type == "multipart/digest" else "text/plain")
    boundary = content.parameters.get("boundary", "").encode("utf-8", "replace")[:_LONGEST_BOUNDARY].rstrip()
    had_parts = bool(boundary) and _read_pieces(body, boundary, inside, found)
    if not had_parts:
        guess = _GUESSED_BOUNDARY.search(body)
        had_parts = guess is not None and _read_pieces(body, guess[1], inside, found)
    return had_parts


def _read_pieces(body: memoryview, boundary: bytes, inside: _Place, found: Dissection) -> bool:
    any_piece = False
    for piece in _pieces(body, boundary):
        any_piece = True
        found.parts += 1
        if found.parts > found.limits.parts:
            found.note(f"信的分段超过 {found.limits.parts} 个，其余的没有读")
            break
        header, inner = _cut(piece, found)
        _entity(header, inner, inside, found)
    return any_piece


def _pieces(body: memoryview, boundary: bytes) -> Iterator[memoryview]:
    """What lies between the boundary lines (RFC 2046 5.1.1); the last piece may lack its closing line."""
    rest_of_line = rb"--" + re.escape(boundary) + rb"(--)?+[ \t]*+(?=\r?\n|\Z)"
    at_the_top = re.match(rest_of_line, body)
    start = -1
    if at_the_top is not None:
        if at_the_top[1]:
            return
        start = _after_line_end(body, at_the_top.end())
    for match in re.finditer(rb"\n" + rest_of_line, body):
        if start >= 0:
            end = match.start()
            yield body[start : end - 1 if end > start and body[end - 1] == 0x0D else max(start, end)]
        if match[1]:
            return
        start = _after_line_end(body, match.end())
    if start >= 0:
        yield body[start:]


def _after_line_end(body: memoryview, at: int) -> int:
    return at + (2 if body[at] == 0x0D else 1) if at < len(body) else at


def _leaf_or_letter(
    header: Header, content: Parameterised, content_type: str, body: memoryview, place: _Place, found: Dissection
) -> None:
    encoding = header.first("content-transfer-encoding")
    disposition = parse_parameters(header.first("content-disposition"))
    name = file_name(disposition, content)
    is_letter = content_type in ("message/rfc822", "message/global")
    if is_letter and not is_encoded(encoding):
        _letter(body, place, found)
        return
    decoded = decode_transfer(bytes(body), encoding)
    if is_letter or (name.lower().endswith(".eml") and _BEGINNING_OF_A_LETTER.match(decoded.data)):
        _letter(memoryview(decoded.data), place, found)
        return
    if decoded.problem:
        found.note(f"{name or '信的一部分'}：{decoded.problem}")
    charset = content.parameters.get("charset", "")
    found.leaves.append(
        Leaf(content_type, charset, disposition.value, name, decoded.data, place.letters, decoded.problem)
    )


def _letter(raw: memoryview, place: _Place, found: Dissection) -> None:
    """A letter within the letter."""
    header, body = _cut(_from_header(raw), found)
    _entity(header, body, place.inside(letter=header), found)
