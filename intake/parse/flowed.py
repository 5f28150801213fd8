"""format=flowed (RFC 3676): lines that their program broke → the paragraphs that were written. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum
from itertools import pairwise
from typing import Final

_QUOTED: Final = re.compile(r">*")
_SIGNATURE_MARK: Final = "-- "


class Flow(Enum):
    """Whether the lines of a text may have been broken by its program, and how."""

    FIXED = "fixed"
    """They are as they were written."""
    FLOWED = "flowed"
    """A line that ends with a space goes on in the next one; the space was written."""
    FLOWED_DELSP = "flowed, delsp"
    """As FLOWED, but the program added the space (RFC 3676 4): in Chinese there is none to break a line at."""


def flow_of(parameters: Mapping[str, str]) -> Flow:
    """The flow that the parameters of a Content-Type announce."""
    if parameters.get("format", "").strip().lower() != "flowed":
        return Flow.FIXED
    return Flow.FLOWED_DELSP if parameters.get("delsp", "").strip().lower() == "yes" else Flow.FLOWED


def unflowed(text: str, flow: Flow) -> str:
    """The text with its broken lines joined. Line ends are "\\n". Quoted lines keep their ">", each paragraph once.

    Many programs break Chinese lines and do not announce delsp. A space after which a line is broken between two
    Chinese characters shows such a program: nobody writes one there, so none of the spaces was written. Neither is one
    between two digits of a Chinese line.
    """
    if flow is Flow.FIXED:
        return text
    lines = [_split(line) for line in text.split("\n")]
    deletes = flow is Flow.FLOWED_DELSP or _breaks_chinese(lines)
    paragraphs: list[tuple[int, list[str]]] = []
    goes_on = chinese = False  # chinese: of the paragraph so far
    for depth, line in lines:
        if goes_on and paragraphs[-1][0] == depth and line != _SIGNATURE_MARK:
            pieces = paragraphs[-1][1]
            if deletes or (chinese and _breaks_number(pieces[-1], line)):
                pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        else:
            paragraphs.append((depth, [line]))
            chinese = False
        chinese = chinese or any(map(_is_wide, line))
        goes_on = line.endswith(" ") and line != _SIGNATURE_MARK
    return "\n".join((f"{'>' * depth} " if depth else "") + "".join(pieces) for depth, pieces in paragraphs)


def _split(line: str) -> tuple[int, str]:
    """The depth of quotation and the line without it, and without the space that was put before it (4.4, 4.5)."""
    match = _QUOTED.match(line)
    depth = match.end() if match else 0
    rest = line[depth:]
    return depth, rest[1:] if rest.startswith(" ") else rest


def _breaks_chinese(lines: list[tuple[int, str]]) -> bool:
    pairs = pairwise(lines)
    return any(
        depth == following_depth and line.endswith(" ") and _is_wide(line[-2:-1]) and _is_wide(following[:1])
        for (depth, line), (following_depth, following) in pairs
    )


def _breaks_number(line: str, following: str) -> bool:
    return line[-2:-1].isdigit() and following[:1].isdigit()


def _is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"
