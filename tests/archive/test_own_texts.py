"""The file with what an office has trained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.own_texts import (
    NO_OWN_TEXTS,
    OWN_TEXTS_FILE,
    OwnTexts,
    forget_own_texts,
    own_texts,
    own_texts_are_damaged,
    write_own_texts,
)

TEXTS = OwnTexts(files=3, characters=1000, sequences=2, trained_at="2022-11-08T16:00:00+08:00", octets=b"\n\x00ab\n")


def test_what_was_written_is_read_and_replaced_and_forgotten(tmp_path: Path) -> None:
    assert own_texts(tmp_path) == NO_OWN_TEXTS
    write_own_texts(tmp_path, TEXTS)
    assert own_texts(tmp_path) == TEXTS
    later = replace(TEXTS, files=4, octets=b"")
    write_own_texts(tmp_path, later)
    assert own_texts(tmp_path) == later
    forget_own_texts(tmp_path)
    forget_own_texts(tmp_path)
    assert own_texts(tmp_path) == NO_OWN_TEXTS
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data.replace(b'"version": 1', b'"version": 2'),
        lambda data: b"",
        lambda data: b"[1]\n",
        lambda data: data.replace(b'"files": 3, ', b""),
    ],
)
def test_damaged_file_and_one_of_another_version_count_as_none(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    write_own_texts(tmp_path, TEXTS)
    assert not own_texts_are_damaged(tmp_path)
    path = tmp_path / OWN_TEXTS_FILE
    path.write_bytes(damage(path.read_bytes()))
    assert own_texts(tmp_path) == NO_OWN_TEXTS
    assert own_texts_are_damaged(tmp_path)


def test_no_file_is_not_damaged(tmp_path: Path) -> None:
    assert not own_texts_are_damaged(tmp_path)
