"""Raw bytes → the leaf parts of a message, within limits. Never raises.

Why not the standard library's parser: docs/decisions/0027. This one slices without copying and stops at limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from intake.parse.charsets import decode
from intake.parse.encoded_files import files_in_text
from intake.parse.flowed import Flow, flow_of
from intake.parse.headers import Header, clean, parse_header
from intake.parse.parameters import Parameterised, file_name, parse_parameters
from intake.parse.signed_content import SMIME_NOTE, smime_content
from intake.parse.transfer import decode_transfer, is_encoded

_SMIME_TYPES: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_EMPTY_LINE: Final = re.compile(rb"\n\r?\n")
_TYPE: Final = re.compile(r"[a-z0-9!#$&^_.+-]{1,127}/[a-z0-9!#$&^_.+-]{1,127}")
_BEFORE_THE_HEADER: Final = re.compile(rb"(?:\xef\xbb\xbf)?+[\r\n]*+(?:>?From [^\n]*+\n)?")
_GUESSED_BOUNDARY: Final = re.compile(rb"(?m)^--([!-~][!-~ ]{0,69}?)[ \t]*+\r?$")
_BEGINNING_OF_A_LETTER: Final = re.compile(rb"(?i)(?:from|received|subject|message-id|mime-version|date|return-path):")
_LONGEST_BOUNDARY: Final = 2_048  # bytes; RFC 2046 5.1.1 allows 70


@dataclass(frozen=True, slots=True)
class MessageLimits:
    """What parsing one letter may cost (security.md section 1). What exceeds a limit is omitted and noted."""

    nesting: int = 20
    """Parts within parts."""
    parts: int = 1_000
    """All parts together."""
    header: int = 100_000
    """Bytes of one header block."""
    files: int = 100
    """Parts that are no text of the letter."""


USUAL_LIMITS: Final = MessageLimits()
_NO_HEADER: Final = Header(())


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that holds no parts."""

    content_type: str
    charset: str
    """As labelled, "" for none."""
    disposition: str
    """Lower case, "" for none."""
    name: str
    """The file name, "" for none."""
    data: bytes
    letters: tuple[Header, ...]
    """The headers of the forwarded letters in which it lies, outermost first."""
    problem: str
    """What is wrong with the data, Chinese; "" when it is whole."""
    flow: Flow = Flow.FIXED
    """How the lines of a text were broken."""
    content_id: str = ""
    """Without angle brackets; "" for none."""


@dataclass(slots=True)
class Dissection:
    """A message taken apart; filled while its parts are visited."""

    limits: MessageLimits
    header: Header = _NO_HEADER
    leaves: list[Leaf] = field(default_factory=list)
    """In order, those of forwarded letters among them."""
    defects: list[str] = field(default_factory=list)
    """Chinese, each once."""
    parts: int = 0
    """Parts visited so far."""

    def note(self, defect: str) -> None:
        if defect not in self.defects:
            self.defects.append(defect)


@dataclass(frozen=True, slots=True)
class _EntityContext:
    """What an entity inherits from those around it."""

    default_type: str = "text/plain"
    """Its type when it names none (RFC 2046 5.1.5: message/rfc822 in a digest)."""
    depth: int = 0
    letters: tuple[Header, ...] = ()
    """The headers of the forwarded letters around it, outermost first."""

    def inside(self, default_type: str = "text/plain", letter: Header | None = None) -> _EntityContext:
        letters = self.letters if letter is None else (*self.letters, letter)
        return _EntityContext(default_type, self.depth + 1, letters)


def dissect(raw: bytes, limits: MessageLimits) -> Dissection:
    """The header of a message and its leaf parts."""
    raw = _with_line_feeds(raw)
    dissection = Dissection(limits)
    dissection.header, body = _split_header(_from_header(memoryview(raw)), dissection)
    _visit_entity(dissection.header, body, _EntityContext(), dissection)
    return dissection


def header_alone(raw: bytes, limits: MessageLimits = USUAL_LIMITS) -> Header:
    """The header of a message whose parts are not wanted."""
    return _split_header(_from_header(memoryview(_with_line_feeds(raw))), Dissection(limits))[0]


def _with_line_feeds(raw: bytes) -> bytes:
    """The message; one whose lines end with CR alone, as some old programs write them, with LF instead."""
    first = raw.find(b"\n")
    return raw.replace(b"\r", b"\n") if first < 0 or first >= len(raw) - 2 else raw


def _from_header(raw: memoryview) -> memoryview:
    """The message without byte order mark, leading empty lines and mbox line."""
    match = _BEFORE_THE_HEADER.match(raw)
    return raw if match is None else raw[match.end() :]


def _split_header(raw: memoryview, dissection: Dissection) -> tuple[Header, memoryview]:
    """Header and body. Of a header beyond the limit, only the fields up to the limit are read."""
    beginning = bytes(raw[:2])
    if beginning[:1] == b"\n" or beginning == b"\r\n":
        return _NO_HEADER, raw[1 if beginning[:1] == b"\n" else 2 :]
    match = _EMPTY_LINE.search(raw)
    end, start = (len(raw), len(raw)) if match is None else (match.start() + 1, match.end())
    limit = dissection.limits.header
    if end > limit:
        dissection.note(f"信头超过 {limit // 1000} kB，超出的部分没有读")
        block = bytes(raw[:limit])
        return parse_header(block[: block.rfind(b"\n") + 1])[0], raw[start:]
    header, read = parse_header(bytes(raw[:end]))
    return header, raw[start if read >= end else read :]


def _visit_entity(header: Header, body: memoryview, context: _EntityContext, dissection: Dissection) -> None:
    if context.depth > dissection.limits.nesting:
        dissection.note(f"信的嵌套超过 {dissection.limits.nesting} 层，更深的没有读")
        return
    content = parse_parameters(header.first("content-type"))
    content_type = content.value if _TYPE.fullmatch(content.value) else context.default_type
    if content_type.startswith("multipart/"):
        if _visit_children(content, content_type, body, context, dissection):
            return
        dissection.note("信的分段标记残缺，按正文读取")
        content_type = "text/plain"
    _visit_leaf_or_letter(header, content, content_type, body, context, dissection)


def _visit_children(
    content: Parameterised, content_type: str, body: memoryview, context: _EntityContext, dissection: Dissection
) -> bool:
    """Whether the body had parts. When the announced boundary does not occur, the first that does is used."""
    inside = context.inside("message/rfc822" if content_type == "multipart/digest" else "text/plain")
    boundary = content.parameters.get("boundary", "").encode("utf-8", "replace")[:_LONGEST_BOUNDARY].rstrip()
    had_parts = bool(boundary) and _visit_pieces(body, boundary, inside, dissection)
    if not had_parts:
        guess = _GUESSED_BOUNDARY.search(body)
        had_parts = guess is not None and _visit_pieces(body, guess[1], inside, dissection)
    return had_parts


def _visit_pieces(body: memoryview, boundary: bytes, inside: _EntityContext, dissection: Dissection) -> bool:
    any_piece = False
    for piece in _pieces(body, boundary):
        any_piece = True
        dissection.parts += 1
        if dissection.parts > dissection.limits.parts:
            dissection.note(f"信的分段超过 {dissection.limits.parts} 个，其余的没有读")
            break
        header, inner = _split_header(piece, dissection)
        _visit_entity(header, inner, inside, dissection)
    return any_piece


def _pieces(body: memoryview, boundary: bytes) -> Iterator[memoryview]:
    """The pieces between the boundary lines (RFC 2046 5.1.1); the last may lack its closing line."""
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


def _visit_leaf_or_letter(
    header: Header,
    content: Parameterised,
    content_type: str,
    body: memoryview,
    context: _EntityContext,
    dissection: Dissection,
) -> None:
    encoding = header.first("content-transfer-encoding")
    disposition = parse_parameters(header.first("content-disposition"))
    name = file_name(disposition, content)
    is_letter = content_type in ("message/rfc822", "message/global")
    if is_letter and not is_encoded(encoding):
        _visit_letter(body, context, dissection)
        return
    decoded = decode_transfer(bytes(body), encoding)
    if is_letter or (name.lower().endswith(".eml") and _BEGINNING_OF_A_LETTER.match(decoded.data)):
        _visit_letter(memoryview(decoded.data), context, dissection)
        return
    if content_type in _SMIME_TYPES or name.lower().endswith(".p7m"):
        signed = smime_content(decoded.data)
        if signed is not None:
            dissection.note(SMIME_NOTE)
            inner_header, inner = _split_header(memoryview(signed), dissection)
            _visit_entity(inner_header, inner, context.inside(), dissection)
            return
    if content_type == "message/partial":
        name = _piece_name(content)
    if decoded.problem:
        dissection.note(f"{name or '信的一部分'}：{decoded.problem}")
    leaf = Leaf(
        content_type=content_type,
        charset=content.parameters.get("charset", ""),
        disposition=disposition.value,
        name=name,
        data=decoded.data,
        letters=context.letters,
        problem=decoded.problem,
        flow=flow_of(content.parameters),
        content_id=header.first("content-id").strip().strip("<> "),
    )
    is_text = content_type == "text/plain" and not name and disposition.value != "attachment"
    dissection.leaves += _with_encoded_files(leaf) if is_text else [leaf]


def _with_encoded_files(leaf: Leaf) -> list[Leaf]:
    """The text without the files that were encoded into it, and these files."""
    text, files = files_in_text(leaf.data)
    if not files:
        return [leaf]
    encoded = (
        Leaf(
            content_type="application/octet-stream",
            charset="",
            disposition="attachment",
            name=clean(decode(file.name, leaf.charset)).strip(),
            data=file.data,
            letters=leaf.letters,
            problem=file.problem,
        )
        for file in files
    )
    return [replace(leaf, data=text), *encoded]


def _piece_name(content: Parameterised) -> str:
    """What a piece of a divided letter is called (RFC 2046 5.2.2): it has no name that anybody gave it."""
    number, total = (content.parameters.get(key, "")[:6] for key in ("number", "total"))
    return f"拆分邮件的第 {number or '？'} 部分" + (f"（共 {total} 部分）" if total else "")


def _visit_letter(raw: memoryview, context: _EntityContext, dissection: Dissection) -> None:
    """Visits a letter within the letter."""
    header, body = _split_header(_from_header(raw), dissection)
    _visit_entity(header, body, context.inside(letter=header), dissection)
