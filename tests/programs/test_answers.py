"""An answer is a value of the type that was asked for, whatever bytes it comes from."""

from __future__ import annotations

import pickle
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.answers import InvalidAnswer, answer_type, decode, encode
from programs.crash import Crash, CrashKind


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    kind: Literal["line"] = "line"


@dataclass(frozen=True, slots=True)
class Square:
    width: int
    kind: Literal["square"] = "square"


@dataclass(frozen=True, slots=True)
class Sheet:
    blocks: tuple[Line | Square, ...]
    data: bytes = b""
    crash: Crash | None = None


def sheet_of(text: str) -> Sheet | None:
    return Sheet((Line(text),)) if text else None


SHEET = Sheet((Line("甲"), Square(3), Line("")), b"\0\xff", Crash(CrashKind.DEFECT, "乙"))


@pytest.mark.parametrize("value", [SHEET, None])
def test_value_comes_back_as_it_was(value: Sheet | None) -> None:
    assert decode(encode(value), answer_type(sheet_of)) == value


def packed(value: object) -> bytes:
    return msgspec.msgpack.encode([value])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        pickle.dumps(SHEET),
        packed(7),
        packed({"blocks": [{"text": "甲"}], "data": b"", "crash": None, "more": 1}),
        packed({"blocks": [{"text": 7, "kind": "line"}]}),
        packed({"blocks": [{"text": "甲", "kind": "picture"}]}),
        packed({"blocks": [{"width": 3, "kind": "line"}]}),
        packed({"blocks": [], "crash": {"kind": "no such kind", "detail": ""}}),
        msgspec.msgpack.encode([None, None]),
        b"\x91" * 10_000,
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidAnswer):
        decode(data, answer_type(sheet_of))


@given(st.binary(max_size=60))
def test_any_bytes_are_a_value_or_refused(data: bytes) -> None:
    with suppress(InvalidAnswer):
        assert isinstance(decode(data, Sheet), Sheet)


def test_text_that_no_database_stores_is_not_sent() -> None:
    with pytest.raises(UnicodeEncodeError):
        encode(Line("\udc80"))
