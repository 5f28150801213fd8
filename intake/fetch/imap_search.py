"""Which UIDs a folder has, from a server that may list them unsorted, repeated, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import structlog

from intake.fetch import imap_faults as faults
from intake.fetch.imap_client import Refused
from intake.fetch.imap_session import Selected, Session

_log = structlog.get_logger(__name__)

_WINDOW = 50_000
"""Letters searched at once: imaplib breaks on lines above 1,000,000 octets, some 90,000 of 163's ten-digit UIDs."""


def uids_after(session: Session, folder: Selected, uid: int) -> tuple[int, ...]:
    """The UIDs above `uid` in the open folder, ascending, each once. Raises what the session raises."""
    found = _all(session, folder) if uid <= 0 else _from(session, folder, uid + 1)
    return tuple(sorted({n for n in found if n > uid}))  # n:* names the last letter even when it is older


def existing(session: Session, uids: Sequence[int]) -> set[int]:
    """Which of these the server still lists; all of them when it does not say."""
    try:
        return set(session.search("UID", ",".join(map(str, uids)))) & set(uids)
    except Refused:
        return set(uids)


def _all(session: Session, folder: Selected) -> Iterator[int]:
    for window in _windows(folder):
        yield from session.search(*(window or ("ALL",)))


def _from(session: Session, folder: Selected, uid: int) -> list[int]:
    try:
        found = [n for window in _windows(folder) for n in session.search(*window, "UID", f"{uid}:*")]
    except Refused as refused:
        if faults.asks_for_patience(refused.said):
            raise
        _log.info("imap_search_by_uid_refused", said=refused.said)
        return list(_all(session, folder))
    if not found and folder.exists and (folder.uidnext is None or folder.uidnext > uid):
        # n:* names the last letter at least (RFC 3501 9, seq-range): it was not heeded
        return list(_all(session, folder))
    return found


def _windows(folder: Selected) -> list[tuple[str, ...]]:
    """Search keys that cut a large folder into answers imaplib can hold: by sequence number, () for no cut."""
    if folder.exists <= _WINDOW:
        return [()]
    return [(f"{first}:{first + _WINDOW - 1}",) for first in range(1, folder.exists + 1, _WINDOW)]
