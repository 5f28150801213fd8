"""Why an archive, or a file in one, could not be unpacked."""

from __future__ import annotations

from enum import Enum


class ArchiveFault(Enum):
    """The kinds that callers tell apart; how a clerk is told of each is said where reasons are written."""

    NOT_A_ZIP = "not a zip"
    """The bytes are no zip that can be opened at all."""
    DAMAGED = "damaged"
    """A member is cut off or corrupt, or its checksum does not fit."""
    LOCKED = "locked"
    """Behind a password."""
    SUSPICIOUS = "suspicious"
    """Beyond the limits, or with members that share their bytes: likely a decompression bomb."""
    VOLUME = "volume"
    """One file of an archive that was split into several."""
    GREEDY = "greedy"
    """Its decoder needs more memory than a reading process may have."""
    RARE_METHOD = "rare method"
    """Packed with a method that the decoder does not support."""
    NO_DECODER = "no decoder"
    """This machine has no libarchive."""
