"""How much one archive, or all archives of one letter, may unpack to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from intake.parse.archive_fault import ArchiveFault


class ArchiveRefused(Exception):
    """An archive, or a member of one, is not unpacked. Callers turn the fault into words of their own."""

    def __init__(self, fault: ArchiveFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What unpacking may cost (security.md section 1). Sizes in bytes."""

    entries: int = 1_000
    """Members, counted in the directory before anything is unpacked."""
    ratio: int = 100
    """Unpacked to packed size, of members larger than `ratio_from`. XML of Word reaches 10 to 30; a bomb 1,000."""
    ratio_from: int = 1 << 20
    """Smaller members may shrink as they like: they cannot hurt."""
    picture_ratio_from: int = 16 << 20
    """The same for members in a folder media/: screenshots in BMP and diagrams in EMF honestly shrink 800 times."""
    unpacked: int = 200_000_000
    """All members together, also those of all archives of one letter."""
    part: int = 64 << 20
    """One member."""


USUAL_LIMITS: Final = ArchiveLimits()
