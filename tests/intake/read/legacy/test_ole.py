"""The names at the top of a compound file, whatever is damaged in it."""

from __future__ import annotations

import random
import struct

import pytest

from intake.parse.file_kinds import COMPOUND_FILE
from intake.read.legacy.ole import root_streams
from tests.support.legacy import compound_file

WORD = compound_file("WordDocument", "1Table")


def damaged(offset: int, *numbers: int) -> bytes:
    data = bytearray(WORD)
    struct.pack_into(f"<{len(numbers)}I", data, offset, *numbers)
    return bytes(data)


def test_streams_are_read_by_name_with_their_first_bytes() -> None:
    streams = root_streams(compound_file("WordDocument", "1Table", flags=0x0100))
    assert set(streams) == {"WordDocument", "1Table"}
    assert len(streams["WordDocument"]) == 64


def test_stream_within_a_storage_is_not_at_the_top() -> None:
    assert root_streams(compound_file("Workbook", inside="WordDocument"))["MBD1"] == b""
    assert set(root_streams(compound_file("Workbook", inside="WordDocument"))) == {"Workbook", "MBD1"}


@pytest.mark.parametrize("length", [0, 7, 8, 31, 100, 511, 512, 513, 1_100])
def test_a_cut_file_has_no_streams(length: int) -> None:
    assert root_streams(WORD[:length]) == {}


@pytest.mark.parametrize("shift", [0, 1, 2, 8, 10, 13, 16, 0xFFFF])
def test_a_sector_size_that_the_format_does_not_allow_gives_no_streams(shift: int) -> None:
    data = bytearray(WORD)
    struct.pack_into("<H", data, 30, shift)
    assert root_streams(bytes(data)) == {}


def test_a_damaged_link_to_further_table_sectors_does_not_matter_where_there_are_none() -> None:
    assert set(root_streams(damaged(68, 0x0BADF00D, 0))) == {"WordDocument", "1Table"}


def test_chains_and_siblings_that_run_in_circles_come_to_an_end() -> None:
    assert set(root_streams(damaged(512 + 4, 1))) == {"WordDocument", "1Table"}  # the directory follows itself
    assert set(root_streams(damaged(1_024 + 128 + 68, 1, 1, 1))) == {"WordDocument"}  # an entry is its own sibling
    assert root_streams(damaged(68, 0, 200_000)) is not None  # so does the table of table sectors


def test_any_damage_gives_names_or_none_and_never_an_error() -> None:
    chance = random.Random(31)
    for _ in range(3_000):
        data = bytearray(WORD)
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.choice((chance.randrange(8, 512), chance.randrange(8, len(data))))] = chance.choice((0, 1, 255))
        assert isinstance(root_streams(bytes(data[: chance.randrange(8, len(data) + 1)])), dict)


def test_a_directory_of_any_length_is_read_up_to_a_limit() -> None:
    assert root_streams(COMPOUND_FILE + bytes(25_000_000)) == {}
    assert len(root_streams(_long_directory(entries=80_000))) == 4_096 * 4 - 1


def _long_directory(entries: int) -> bytes:
    """A file with so many entries at its top, each the right sibling of the one before."""
    nothing, end = 0xFFFFFFFF, 0xFFFFFFFE
    sectors = entries // 4
    tables = -(-(sectors + 200) // 127)  # a few too many
    lists = -(-(tables - 109) // 127)
    first = tables + lists
    fat = [0xFFFFFFFD] * tables + [0xFFFFFFFC] * lists + [*range(first + 1, first + sectors), end]
    fat += [nothing] * (tables * 128 - len(fat))
    header = COMPOUND_FILE + bytes(16) + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<2I", tables, first) + struct.pack("<2I", 0, 4_096)
    header += struct.pack("<4I", end, 0, tables, lists) + struct.pack("<109I", *range(109))
    difat = b""
    for number in range(lists):
        part = [*range(109 + number * 127, min(tables, 109 + (number + 1) * 127))]
        following = tables + number + 1 if number + 1 < lists else end
        difat += struct.pack("<128I", *part, *[nothing] * (127 - len(part)), following)
    directory = b"".join(_entry(number, entries) for number in range(entries))
    return header + struct.pack(f"<{len(fat)}I", *fat) + difat + directory


def _entry(number: int, entries: int) -> bytes:
    nothing = 0xFFFFFFFF
    name = ("Root Entry" if number == 0 else f"S{number}").encode("utf-16-le")
    right = number + 1 if 0 < number < entries - 1 else nothing
    kind, child = (5, 1) if number == 0 else (2, nothing)
    return struct.pack("<64sHBB3I36sIQ", name, len(name) + 2, kind, 1, nothing, right, child, b"", 0, 10)
