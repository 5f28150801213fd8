"""The words of letters out: templates/letters/*.j2. The first line is the subject, the text follows a blank line."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates" / "letters"
_LONGEST_SUBJECT: Final = 100  # characters; lists of letters show some 40
_LONGEST_LINE: Final = 400  # characters; base64 bounds the lines of the message itself


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a letter."""

    subject: str
    """One line."""
    text: str
    """Lines ended by "\\n"."""


def worded(kind: str, **values: object) -> Words:
    """The words of a letter of that kind. Whatever comes from outside must have gone through `line` before."""
    rendered = _environment().get_template(f"{kind}.j2").render(values)
    subject, _, text = rendered.partition("\n")
    return Words(line(subject, _LONGEST_SUBJECT), text.strip("\n") + "\n")


def line(text: str, longest: int = _LONGEST_LINE) -> str:
    """Any text as one line: no line end, no control or direction character, no lone surrogate; cut with "…"."""
    text = " ".join(text.split())
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    return text if len(text) <= longest else text[: longest - 1] + "…"


def lines(text: str) -> list[str]:
    """The lines of a text, each as `line` leaves it, without empty ones."""
    return [clean for written in text.splitlines() if (clean := line(written))]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - text/plain
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
