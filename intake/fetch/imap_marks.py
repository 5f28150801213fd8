"""The courtesy mark: shows people in the mailbox itself which letters were read. Only this module writes to a mailbox.

Nothing is tried that the server does not offer, and every change is read back: a keyword STORE without `\\*` in
PERMANENTFLAGS answers OK and stores nothing. Never a plain EXPUNGE, which would delete what others marked \\Deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.fetch.imap_client import SMALL_ANSWER, CommandRefused, ConnectionBroken
from intake.fetch.imap_search import existing
from intake.fetch.imap_session import ImapSession, Selected
from intake.fetch.mailbox import Folder
from values.letter import ReadMark


@dataclass(frozen=True, slots=True)
class Marked:
    """The result of marking letters, by UID."""

    done: frozenset[int] = frozenset()
    failed: frozenset[int] = frozenset()
    problem: str = ""
    """Why some are not marked, Chinese; "" when all are."""


def mark_read(session: ImapSession, folder: Folder, uids: Sequence[int], mark: ReadMark) -> Marked:
    """Marks these letters of the folder, at most 200. Raises TryLater when the time is over."""
    try:
        opened = session.select(folder.name)
    except (CommandRefused, ConnectionBroken) as fault:
        return Marked(failed=frozenset(uids), problem=f"文件夹“{folder.name}”不能写（{fault.text}）")
    if opened.uidvalidity != folder.uidvalidity:
        problem = f"文件夹“{folder.name}”被服务器重新编号，下一轮核对以后再标记"
        return Marked(failed=frozenset(uids), problem=problem)
    try:
        lacking = _missing_capability(session, opened, mark)
        if lacking:
            return Marked(failed=frozenset(uids), problem=lacking)
        if mark.kind == "move":
            _move(session, uids, mark.word)
            done = frozenset(uids) - existing(session, uids)
        else:
            done = _set_flag(session, uids, mark.word)
    except (CommandRefused, ConnectionBroken) as fault:
        return Marked(failed=frozenset(uids), problem=f"服务器拒绝了（{fault.text}）")
    failed = frozenset(uids) - done
    return Marked(done, failed, f"服务器说做了，其实有 {len(failed)} 封没有做" if failed else "")


def _missing_capability(session: ImapSession, opened: Selected, mark: ReadMark) -> str:
    """Why the server cannot set this mark; "" when it can. Chinese."""
    permanent = {flag.lower() for flag in opened.permanent}
    match mark.kind:
        case "flag":
            return "" if mark.word.lower() in permanent else "服务器不让加星标（PERMANENTFLAGS）"
        case "keyword":
            can_be_set = bool({"\\*", mark.word.lower()} & permanent)
            return "" if can_be_set else "服务器不支持自定标签（PERMANENTFLAGS），163 邮箱就不支持；请改用 flag 或 move"
        case "move":
            can_move = session.offers("MOVE") or session.offers("UIDPLUS")
            return "" if can_move else "服务器既不支持 MOVE，也不支持 UIDPLUS，不能安全地移动；请改用 flag"


def _set_flag(session: ImapSession, uids: Sequence[int], flag: str) -> frozenset[int]:
    """Sets the flag; returns those that have it afterwards, and those that exist no more."""
    with session.command(SMALL_ANSWER) as client:
        client.add_flags(list(uids), [flag], silent=True)
    answers = session.fetch(uids, ("FLAGS",), SMALL_ANSWER + 500 * len(uids))
    flagged = {uid for uid, answer in answers.items() if flag.encode().lower() in _lower(answer.get(b"FLAGS", ()))}
    unanswered = [uid for uid in uids if uid not in answers]
    gone = set(unanswered) - existing(session, unanswered) if unanswered else set()
    return frozenset(flagged | gone)


def _move(session: ImapSession, uids: Sequence[int], target: str) -> None:
    """Moves the letters into a folder, which is created when it does not exist."""
    if target not in {listed.name for listed in session.folders()}:
        with session.command(SMALL_ANSWER) as client:
            client.create_folder(target)
    if session.offers("MOVE"):
        with session.command(SMALL_ANSWER) as client:
            client.move(list(uids), target)
        return
    before = _count(session, target)
    with session.command(SMALL_ANSWER) as client:
        client.copy(list(uids), target)
    if _count(session, target) < before + len(existing(session, uids)):
        raise CommandRefused("复制以后目标文件夹里没有增加")  # a letter without a copy must not be deleted
    with session.command(SMALL_ANSWER) as client:
        client.add_flags(list(uids), ["\\Deleted"], silent=True)
    with session.command(SMALL_ANSWER) as client:
        client.uid_expunge(list(uids))


def _count(session: ImapSession, folder: str) -> int:
    with session.command(SMALL_ANSWER) as client:
        return int(client.folder_status(folder, ["MESSAGES"])[b"MESSAGES"])


def _lower(flags: Sequence[bytes]) -> set[bytes]:
    return {flag.lower() for flag in flags}
