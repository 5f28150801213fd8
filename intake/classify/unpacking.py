"""What archives of every kind have in common: the files in them, and how much may be unpacked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intake.read.docx.gate import Limits


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive. path: as its writer saw it, with either slash. refused: Chinese, "" when data is whole."""

    path: str
    data: bytes
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """problem: Chinese, why what follows the entries could not be unpacked; "" when they are all."""

    entries: tuple[Entry, ...]
    problem: str = ""


@dataclass(slots=True)
class Room:
    """What the archives of one letter may still hold, all together. unpacked: bytes."""

    limits: Limits
    entries: int
    unpacked: int

    def left(self) -> Limits:
        return replace(self.limits, entries=self.entries, unpacked=self.unpacked)


def room_for(limits: Limits) -> Room:
    return Room(limits, limits.entries, limits.unpacked)
