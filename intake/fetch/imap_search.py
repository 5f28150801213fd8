"""The UIDs of a folder, from a server that may list them unsorted, repeated, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import structlog

from intake.fetch import imap_faults as faults
from intake.fetch.imap_client import CommandRefused
from intake.fetch.imap_session import ImapSession, Selected

_log = structlog.get_logger(__name__)

_WINDOW = 50_000
"""Letters searched at once: imaplib breaks on lines above 1,000,000 octets, some 90,000 of 163's ten-digit UIDs."""


def uids_after(session: ImapSession, folder: Selected, uid: int) -> tuple[int, ...]:
    """The UIDs above `uid` in the open folder, ascending, each once. Raises what the session raises."""
    listed = _all(session, folder) if uid <= 0 else _from(session, folder, uid + 1)
    return tuple(sorted({n for n in listed if n > uid}))  # n:* names the last letter even when it is older


def existing(session: ImapSession, uids: Sequence[int]) -> set[int]:
    """Which of these the server still lists; all of them when it refuses to search."""
    try:
        return set(session.search("UID", ",".join(map(str, uids)))) & set(uids)
    except CommandRefused:
        return set(uids)


def _all(session: ImapSession, folder: Selected) -> Iterator[int]:
    for window in _windows(folder):
        yield from session.search(*(window or ("ALL",)))


def _from(session: ImapSession, folder: Selected, uid: int) -> list[int]:
    try:
        listed = [n for window in _windows(folder) for n in session.search(*window, "UID", f"{uid}:*")]
    except CommandRefused as refused:
        if faults.is_temporary_refusal(refused.text):
            raise
        _log.info("imap_search_by_uid_refused", text=refused.text)
        return list(_all(session, folder))
    if not listed and folder.exists and (folder.uidnext is None or folder.uidnext > uid):
        # n:* names at least the last letter (RFC 3501 9, seq-range): the server ignores it
        return list(_all(session, folder))
    return listed


def _windows(folder: Selected) -> list[tuple[str, ...]]:
    """Search keys that cut a large folder into answers imaplib can hold: by sequence number, () for no cut."""
    if folder.exists <= _WINDOW:
        return [()]
    return [(f"{first}:{first + _WINDOW - 1}",) for first in range(1, folder.exists + 1, _WINDOW)]
