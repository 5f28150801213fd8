"""The courtesy mark: showing people in the mailbox itself which letters were read. The only place that writes to it.

Nothing is tried that the server does not offer, and what it says it did is read back: a keyword STORE without `\\*` in
PERMANENTFLAGS answers OK and stores nothing. Never a plain EXPUNGE, which would take away what others marked \\Deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.fetch.imap_client import SMALL_ANSWER, Broken, Refused
from intake.fetch.imap_search import existing
from intake.fetch.imap_session import Selected, Session
from intake.fetch.mailbox import Folder
from values.letter import ReadMark


@dataclass(frozen=True, slots=True)
class Marked:
    """What came of it, UIDs. `said`: why some are not marked, Chinese; "" when all are."""

    done: frozenset[int] = frozenset()
    failed: frozenset[int] = frozenset()
    said: str = ""


def mark_read(session: Session, folder: Folder, uids: Sequence[int], mark: ReadMark) -> Marked:
    """Marks these letters of the folder, at most 200. Raises TryLater when the time is over."""
    try:
        opened = session.select(folder.name)
    except (Refused, Broken) as fault:
        return Marked(failed=frozenset(uids), said=f"文件夹“{folder.name}”不能写（{fault.said}）")
    if opened.uidvalidity != folder.uidvalidity:
        said = f"文件夹“{folder.name}”被服务器重新编号，下一轮核对以后再标记"
        return Marked(failed=frozenset(uids), said=said)
    try:
        lacking = _lacking(session, opened, mark)
        if lacking:
            return Marked(failed=frozenset(uids), said=lacking)
        if mark.kind == "move":
            _move(session, uids, mark.word)
            done = frozenset(uids) - existing(session, uids)
        else:
            done = _flagged(session, uids, mark.word)
    except (Refused, Broken) as fault:
        return Marked(failed=frozenset(uids), said=f"服务器拒绝了（{fault.said}）")
    failed = frozenset(uids) - done
    return Marked(done, failed, f"服务器说做了，其实有 {len(failed)} 封没有做" if failed else "")


def _lacking(session: Session, opened: Selected, mark: ReadMark) -> str:
    """What the server would have to offer and does not, "" for nothing."""
    permanent = {flag.lower() for flag in opened.permanent}
    match mark.kind:
        case "flag":
            return "" if mark.word.lower() in permanent else "服务器不让加星标（PERMANENTFLAGS）"
        case "keyword":
            known = bool({"\\*", mark.word.lower()} & permanent)
            return "" if known else "服务器不支持自定标签（PERMANENTFLAGS），163 邮箱就不支持；请改用 flag 或 move"
        case "move":
            able = session.offers("MOVE") or session.offers("UIDPLUS")
            return "" if able else "服务器既不支持 MOVE，也不支持 UIDPLUS，不能安全地移动；请改用 flag"


def _flagged(session: Session, uids: Sequence[int], flag: str) -> frozenset[int]:
    """Sets the flag; returns those that have it afterwards, and those that exist no more."""
    with session.command(SMALL_ANSWER) as client:
        client.add_flags(list(uids), [flag], silent=True)
    answers = session.fetch(uids, ("FLAGS",), SMALL_ANSWER + 500 * len(uids))
    has = {uid for uid, answer in answers.items() if flag.encode().lower() in _lower(answer.get(b"FLAGS", ()))}
    silent = [uid for uid in uids if uid not in answers]
    gone = set(silent) - existing(session, silent) if silent else set()
    return frozenset(has | gone)


def _move(session: Session, uids: Sequence[int], target: str) -> None:
    """Moves the letters, the target being made when it is not there."""
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
        raise Refused("复制以后目标文件夹里没有增加")  # nothing is deleted that has no copy
    with session.command(SMALL_ANSWER) as client:
        client.add_flags(list(uids), ["\\Deleted"], silent=True)
    with session.command(SMALL_ANSWER) as client:
        client.uid_expunge(list(uids))


def _count(session: Session, folder: str) -> int:
    with session.command(SMALL_ANSWER) as client:
        return int(client.folder_status(folder, ["MESSAGES"])[b"MESSAGES"])


def _lower(flags: Sequence[bytes]) -> set[bytes]:
    return {flag.lower() for flag in flags}
