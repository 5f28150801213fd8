"""The line of each key of a TOML document, which tomllib does not report."""

from __future__ import annotations

import bisect
import re
import tomllib
from collections.abc import Mapping
from typing import Final

Loc = tuple[str | int, ...]

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_INLINE_BLANK: Final = re.compile(r"[ \t]*")
_KEY: Final = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_STRING: Final = re.compile(
    r'''"""(?:[^\\]|\\.)*?"{3,5}(?!")|\'{3}.*?\'{3,5}(?!\')|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'''', re.DOTALL
)
_BARE: Final = re.compile(r"[^,\]}#\r\n]+")


def key_lines(text: str) -> Mapping[Loc, int]:
    """Path → line, counted from 1, of every key, table, array element and entry of an array of tables.

    `text` must be valid TOML, accepted by tomllib: nothing else is checked.
    """
    return _Scan(text).document()


class _Scan:
    """One pass over the text, from `at` on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.newlines = [place.start() for place in re.finditer("\n", text)]
        self.lines: dict[Loc, int] = {}
        self.entries: dict[Loc, int] = {}  # array of tables → entries so far

    def document(self) -> Mapping[Loc, int]:
        """Scans the whole document; returns the lines of its keys."""
        table: Loc = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(_BLANK)
        return self.lines

    def header(self) -> Loc:
        """[a.b] or [[a.b]]: the path that the following pairs belong to."""
        start = self.at
        brackets = 2 if self.text.startswith("[[", start) else 1
        self.at += brackets
        *parents, last = self.dotted_key()
        self.at += brackets
        loc: Loc = ()
        for key in parents:
            loc = (*loc, key)
            if loc in self.entries:
                loc = (*loc, self.entries[loc] - 1)
        loc = (*loc, last)
        if brackets == 2:
            self.record(loc, start)
            self.entries[loc] = self.entries.get(loc, 0) + 1
            loc = (*loc, self.entries[loc] - 1)
        self.record(loc, start)
        return loc

    def pair(self, table: Loc) -> None:
        """key = value"""
        start = self.at
        loc = table
        for key in self.dotted_key():
            loc = (*loc, key)
            self.record(loc, start)
        self.at += 1  # the equals sign
        self.skip(_INLINE_BLANK)
        self.value(loc)

    def dotted_key(self) -> tuple[str, ...]:
        """a."b.c".d → its parts, without quotation marks."""
        keys: list[str] = []
        while True:
            self.skip(_INLINE_BLANK)
            keys.append(_plain(self.take(_KEY)))
            self.skip(_INLINE_BLANK)
            if self.text[self.at] != ".":
                return tuple(keys)
            self.at += 1

    def value(self, loc: Loc) -> None:
        """A value of any type; arrays and inline tables record the lines of what they contain."""
        opening = self.text[self.at]
        if opening == "[":
            self.array(loc)
        elif opening == "{":
            self.inline_table(loc)
        else:
            self.take(_STRING if opening in "\"'" else _BARE)

    def array(self, loc: Loc) -> None:
        self.step_into()
        index = 0
        while self.text[self.at] != "]":
            self.record((*loc, index), self.at)
            self.value((*loc, index))
            self.step_past_comma()
            index += 1
        self.at += 1

    def inline_table(self, loc: Loc) -> None:
        self.step_into()
        while self.text[self.at] != "}":
            self.pair(loc)
            self.step_past_comma()
        self.at += 1

    def step_into(self) -> None:
        """Past an opening bracket or a comma, and the white space and comments after it."""
        self.at += 1
        self.skip(_BLANK)

    def step_past_comma(self) -> None:
        self.skip(_BLANK)
        if self.text[self.at] == ",":
            self.step_into()

    def record(self, loc: Loc, start: int) -> None:
        """Records the line of a place in the text; a second one for the same path changes nothing."""
        self.lines.setdefault(loc, bisect.bisect_left(self.newlines, start) + 1)

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Moves past what the pattern matches here."""
        self.take(pattern)

    def take(self, pattern: re.Pattern[str]) -> str:
        """Moves past what the pattern matches here, and returns it."""
        token = pattern.match(self.text, self.at)
        assert token is not None, "tomllib has accepted the document"
        self.at = token.end()
        return token.group()


def _plain(key: str) -> str:
    return next(iter(tomllib.loads(f"{key} = 0"))) if key[0] in "\"'" else key
