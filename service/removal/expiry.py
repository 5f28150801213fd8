"""`[service] keep_letters`: letters whose time is over are erased at night, after it was announced.

The first run with a new value, or after more than thirty days without a night, erases nothing: it announces how many
letters it would erase, in the log, by an alarm, in `check` and on the state page. Erasing begins in a later night. The
state is a file next to the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Final

import structlog

from archive import letters, removals
from archive.files import read_file, write_state
from archive.letters import LetterRecord
from intake.settle import SERVICE
from service.office import Office
from service.removal.finish import finish_removals
from service.removal.remove import erase_within, why_not_erased
from values.letter import Removal, RemovalKind

_log = structlog.get_logger(__name__)

STATE_FILE: Final = "keep-letters.json"
"""In data_dir."""
_LONGEST_GAP: Final = timedelta(days=30)
"""Between two nights. After a longer one the clock may have jumped: a wrong year must not erase every letter at once,
so it is announced again."""


@dataclass(frozen=True, slots=True)
class ExpiryState:
    """What was announced, and what the last night did."""

    keep: str
    """The value of keep_letters that was announced."""
    announced: date
    """The day of that, on the office's clock."""
    night: date | None = None
    """The day of the last run that erased; None before the first."""
    erased: int = 0
    """Letters that it erased."""
    waiting: int = 0
    """Letters whose time is over and that could not be erased: an article is undecided, or an answer is not sent."""

    def holds(self, keep: str, today: date) -> bool:
        """Whether this value was announced, and the clock went on from there as a clock does."""
        last = self.night or self.announced
        return self.keep == keep and timedelta() <= today - last <= _LONGEST_GAP


def load_expiry(office: Office) -> ExpiryState | None:
    """None before the first announcement, and for a damaged file: then it is announced anew. Raises StorageFailed."""
    path = office.data_dir / STATE_FILE
    if not path.is_file():
        return None
    try:
        stored = json.loads(read_file(path))
        night = date.fromisoformat(stored["night"]) if stored["night"] else None
        announced = date.fromisoformat(stored["announced"])
        return ExpiryState(stored["keep"], announced, night, int(stored["erased"]), int(stored["waiting"]))
    except (ValueError, KeyError, TypeError) as error:
        _log.error("state of erasing lost, announced anew", file=STATE_FILE, reason=repr(error))
        return None


def count_expired(office: Office) -> int:
    """How many letters are older than keep_letters allows; 0 where it is not set."""
    return len(_expired(office))


def announce(office: Office) -> str:
    """Records that the present value of keep_letters is announced; returns the sentence. Raises StorageFailed."""
    today = office.local(office.now()).date()
    _save(office, ExpiryState(str(office.settings.service.keep_letters), today))
    return announcement(office)


def announcement(office: Office) -> str:
    """What will be erased, in Chinese without a full stop; for an office where keep_letters is set."""
    keep = office.settings.service.keep_letters
    assert keep is not None, "the caller has asked"
    before = office.local(keep.before(office.now()))
    return (
        f"来信保存 {keep.chinese}（keep_letters），{before:%Y-%m-%d} 以前收到的有 {count_expired(office)} 封，"
        "从公告后的下一夜起删除，刊发的稿件和各期文件不动；不想删就把 keep_letters 改回空着，再重启服务"
    )


def keeping_message(office: Office) -> str:
    """How long letters are kept, what the next night will erase, and what the last one did; Chinese, without a full
    stop. Raises StorageFailed."""
    keep = office.settings.service.keep_letters
    if keep is None:
        return "没有设保存期限（[service] keep_letters），来信一直保存"
    state = load_expiry(office)
    if state is None or state.keep != str(keep):
        return f"{announcement(office)}；还没有公告：服务（run）启动后先公告，不在当天删除"
    done = "还没有删除过"
    if state.night is not None:
        done = f"{state.night.isoformat()} 夜里删除了 {state.erased} 封"
        done += (
            f"，{state.waiting} 封到期而稿件没有决定、还在送审稿里或回信没有发出，等处理完再删" if state.waiting else ""
        )
    return f"{announcement(office)}；{state.announced.isoformat()} 公告，{done}"


def erase_expired(office: Office, state: ExpiryState, stopping: Callable[[], bool]) -> ExpiryState:
    """Erases the letters whose time is over, each in a transaction; those that may not be erased wait. Returns the new
    state, which is saved. stopping: ends it early. Raises StorageFailed."""
    erased = waiting = 0
    for bulletin, letter_id in _expired(office):
        if stopping():
            break
        if _erase(office, bulletin, letter_id):
            erased += 1
        else:
            waiting += 1
    finish_removals(office)
    today = office.local(office.now()).date()
    state = replace(state, night=today, erased=erased, waiting=waiting)
    _save(office, state)
    _log.info("letters erased", erased=erased, waiting=waiting, keep=state.keep)
    return state


def _erase(office: Office, bulletin: str, letter_id: int) -> bool:
    keep = office.settings.service.keep_letters
    with office.ledger.writing() as ledger:
        letter: LetterRecord | None = letters.letter_with_id(ledger, bulletin, letter_id)
        if letter is None or letter.removal is not None or why_not_erased(ledger, letter):
            return False
        removal = Removal(RemovalKind.ERASED, SERVICE, f"超过保存期限 {keep}", office.now())
        erase_within(ledger, letter, removal)
    return True


def _expired(office: Office) -> list[tuple[str, int]]:
    """(bulletin, id) of the letters whose time is over, the oldest first."""
    keep = office.settings.service.keep_letters
    if keep is None:
        return []
    with office.ledger.reading() as ledger:
        return removals.received_before(ledger, keep.before(office.local(office.now())))


def _save(office: Office, state: ExpiryState) -> None:
    fields = asdict(state) | {
        "announced": state.announced.isoformat(),
        "night": state.night.isoformat() if state.night else None,
    }
    write_state(office.data_dir, STATE_FILE, f"{json.dumps(fields, ensure_ascii=False, indent=1)}\n".encode())
