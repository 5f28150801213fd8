"""Letters of registered departments that the mail service put into its junk folders. Reported, never stored.

Only EXAMINE and a few header fields: a letter in a junk folder becomes a submission when a person moves it, not before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import structlog

from intake.fetch.imap_client import CommandRefused, ConnectionBroken
from intake.fetch.imap_session import ImapSession, Listed
from intake.fetch.mailbox import Registered
from intake.parse.addresses import parse_addresses
from intake.parse.headers import parse_header
from values.errors import TryLater

_log = structlog.get_logger(__name__)

_JUNK_NAMES: Final = frozenset({"垃圾邮件", "广告邮件", "订阅邮件", "病毒文件夹", "病毒邮件"})  # domain.md section 8
_LATEST: Final = 500
"""Letters examined in each folder, the latest ones: mail services empty junk folders after some weeks."""

_AT_ONCE: Final = 100  # UIDs of one command
_ITEM: Final = "BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]<0.2048>"
_ANSWER: Final = 1_000_000  # octets of the answer to one command: 100 times 2,048, and room for padding


@dataclass(frozen=True, slots=True)
class JunkLetter:
    """A registered department's letter in a junk folder."""

    folder: str
    sender: str
    subject: str


def junk_from(session: ImapSession, registered: Registered, *, except_folder: str) -> Iterator[JunkLetter]:
    """Letters of registered senders in every junk folder of the account.

    except_folder: the folder from which submissions are taken. A folder that cannot be opened is skipped: 163 lists
    病毒文件夹 even where it does not exist.
    """
    for listed in session.folders():
        if not _is_junk(listed) or listed.name == except_folder:
            continue
        try:
            session.select(listed.name, read_only=True)
            uids = sorted(set(session.search("ALL")))[-_LATEST:]
            for start in range(0, len(uids), _AT_ONCE):
                yield from _registered_among(session, listed.name, uids[start : start + _AT_ONCE], registered)
        except (CommandRefused, TryLater) as fault:
            _log.info("imap_junk_refused", folder=listed.name, text=str(fault))
        except ConnectionBroken as fault:
            _log.info("imap_junk_broken", folder=listed.name, text=fault.text)
            return


def _is_junk(listed: Listed) -> bool:
    flags = {flag.lower() for flag in listed.flags}
    return "\\noselect" not in flags and ("\\junk" in flags or listed.name in _JUNK_NAMES)


def _registered_among(
    session: ImapSession, folder: str, uids: Sequence[int], registered: Registered
) -> Iterator[JunkLetter]:
    for answer in session.fetch(uids, (_ITEM,), _ANSWER).values():
        header = next((v for key, v in answer.items() if key.startswith(b"BODY[HEADER") and isinstance(v, bytes)), b"")
        fields, _ = parse_header(header)
        senders = [address.address for address in parse_addresses(fields.raw("from"))]
        if senders and registered(senders[0]):
            yield JunkLetter(folder, senders[0], fields.text("subject"))
