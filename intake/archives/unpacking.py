"""What archives of every kind have in common: the files in them, and how much may still be unpacked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from intake.archives.limits import ArchiveLimits
from intake.parse.archive_fault import ArchiveFault


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file in an archive."""

    path: str
    """As its writer saw it, with either slash; shown, and never used as a path."""
    data: bytes
    """b"" when `fault` is set."""
    fault: ArchiveFault | None = None
    """Why it could not be unpacked."""


@dataclass(frozen=True, slots=True)
class ArchiveContents:
    """The files of an archive, in its order."""

    files: tuple[ArchivedFile, ...]
    fault: ArchiveFault | None = None
    """Why what follows these files could not be unpacked; None when they are all."""


@dataclass(slots=True)
class UnpackingBudget:
    """What the archives of one letter may still unpack to, all together; unpacking reduces it."""

    limits: ArchiveLimits
    entries: int
    """Members left."""
    unpacked: int
    """Bytes left."""

    @classmethod
    def of(cls, limits: ArchiveLimits) -> UnpackingBudget:
        return cls(limits, limits.entries, limits.unpacked)

    def remaining(self) -> ArchiveLimits:
        """The limits for the next archive."""
        return replace(self.limits, entries=self.entries, unpacked=self.unpacked)
