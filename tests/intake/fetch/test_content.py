"""Content in memory and in a file of the store is treated alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.files import HashStore, IncomingFile
from intake.fetch.content import Content, are_same, drop, head_of, is_blank, is_whole, size_of

DATA = b"From: a\r\n\r\ntext"


@pytest.fixture(params=["memory", "file"])
def content(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Content]:
    if request.param == "memory":
        yield DATA
        return
    incoming = HashStore(tmp_path / "raw", ".eml").incoming()
    incoming.write(DATA)
    yield incoming
    incoming.discard()


def test_size_and_head_are_those_of_the_bytes(content: Content) -> None:
    assert (size_of(content), head_of(content, 4)) == (len(DATA), b"From")


def test_content_is_whole_with_at_least_the_announced_octets(content: Content) -> None:
    assert (is_whole(content, len(DATA)), is_whole(content, len(DATA) + 1)) == (True, False)


def test_bare_line_ends_in_memory_count_as_two_octets() -> None:
    assert is_whole(DATA.replace(b"\r\n", b"\n"), len(DATA))


def test_content_is_blank_without_any_letter_in_it(content: Content) -> None:
    assert not is_blank(content)
    assert [is_blank(blank) for blank in (b"", b"\r\n", b" \t\r\n\r\n")] == [True] * 3


def test_same_bytes_are_the_same_wherever_they_are_held(tmp_path: Path) -> None:
    store = HashStore(tmp_path / "raw", ".eml")
    files: list[IncomingFile] = [store.incoming() for _ in range(3)]
    for file, data in zip(files, (b"a", b"a", b"b"), strict=True):
        file.write(data)
    assert (are_same(files[0], files[1]), are_same(files[0], files[2])) == (True, False)
    assert (are_same(b"a", b"a"), are_same(b"a", b"b")) == (True, False)
    assert (are_same(b"a", files[0]), are_same(files[0], b"a")) == (True, True)
    assert (are_same(b"b", files[0]), are_same(files[2], b"a")) == (False, False)
    for file in files:
        file.discard()


def test_dropped_file_leaves_nothing_on_the_disk(tmp_path: Path) -> None:
    incoming = HashStore(tmp_path / "raw", ".eml").incoming()
    incoming.write(DATA)
    drop(incoming)
    drop(None)
    drop(DATA)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
