"""A part of `verify` each night, so that everything is compared within a month, and what it found so far.

The state is a file next to the ledger: it survives a restart, and a ledger that was rewritten does not take it along.
"""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Final

import structlog

from archive import recorded_files
from archive.files import read_file, write_state
from archive.recorded_files import RecordedFile, RecordedKind
from service.health.difference import LETTER_OUT, Difference
from service.health.nights import is_night_due
from service.health.verify import compare_files, letters_out, path_of, unknown_files
from service.health.verify_record import record_differences
from service.office import Office

_log = structlog.get_logger(__name__)

STATE_FILE: Final = "verified.json"
"""In data_dir."""
CYCLE_NIGHTS: Final = 28
"""Nights in which everything is compared once: a month, with some to spare for a machine that was off."""
_LONGEST_SECONDS: Final = 2 * 3600
"""After which a night ends; the following nights do more."""
_BYTES_A_SECOND: Final = 20_000_000
"""A fifth of what a hard disk reads: the desk and the mailbox go on meanwhile."""
_FILE_KINDS: Final = frozenset(kind.value for kind in RecordedKind)


@dataclass(frozen=True, slots=True)
class NightlyState:
    """How far the present cycle has come, and what differs."""

    cycle_began: date
    after: str = ""
    """The path of the last file compared in this cycle, relative to data_dir; "" at its beginning."""
    night: date | None = None
    """The day of the last part; None before the first."""
    differences: tuple[Difference, ...] = ()
    """What differed when it was last compared; each was reported once."""


def load_state(office: Office) -> NightlyState | None:
    """None before the first start of the service, and for a damaged file. Raises StorageFailed."""
    path = office.data_dir / STATE_FILE
    if not path.is_file():
        return None
    try:
        stored = json.loads(read_file(path))
        return NightlyState(
            date.fromisoformat(stored["cycle_began"]),
            stored["after"],
            date.fromisoformat(stored["night"]) if stored["night"] else None,
            tuple(Difference(**fields) for fields in stored["differences"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        _log.error("state of verifying lost, a new cycle begins", file=STATE_FILE, reason=repr(error))
        return None


def save_state(office: Office, state: NightlyState) -> None:
    """Durable when it returns. Raises StorageFailed."""
    fields = asdict(state) | {
        "cycle_began": state.cycle_began.isoformat(),
        "night": state.night.isoformat() if state.night else None,
    }
    data = f"{json.dumps(fields, ensure_ascii=False, indent=1)}\n".encode()
    write_state(office.data_dir, STATE_FILE, data)


def is_due(state: NightlyState, now: datetime) -> bool:
    """Whether a part is to be compared now. now: on the office's clock."""
    return is_night_due(state.night or state.cycle_began, now)


def verify_part(
    office: Office, state: NightlyState, today: date, wait: Callable[[float], bool]
) -> tuple[NightlyState, tuple[Difference, ...]]:
    """Compares the record, the list of files, and tonight's share of their bytes.

    wait: waits so many seconds; returns True when the service stops, which ends the part early. Returns the state
    afterwards and the differences that are new in it. Raises StorageFailed.
    """
    if not state.after:
        state = replace(state, cycle_began=today)
    share, last = _compared(office, state, today, wait)
    rechecked = _recheck(office, state)
    rows = letters_out(office) if not state.after else _earlier_rows(state)
    present = (*record_differences(office), *unknown_files(office, pause=_ignoring(wait)), *rows, *share, *rechecked)
    differences = tuple(dict.fromkeys(present))
    unreported = tuple(each for each in differences if each not in state.differences)
    return replace(state, after=last, night=today, differences=differences), unreported


def _compared(
    office: Office, state: NightlyState, today: date, wait: Callable[[float], bool]
) -> tuple[list[Difference], str]:
    """What differs in tonight's share, and the path of its last file; "" when the cycle is complete."""
    rest = [(name, file) for name, file in _by_path(office) if name > state.after]
    nights_left = max(1, CYCLE_NIGHTS - (today - state.cycle_began).days)
    sizes = {name: _size(office, file) for name, file in rest}
    quota = sum(sizes.values()) / nights_left
    differences: list[Difference] = []
    began, octets, last = time.monotonic(), 0, state.after
    for name, file in rest:
        if octets >= quota or time.monotonic() - began > _LONGEST_SECONDS:
            return differences, last
        differences += compare_files(office, [file])
        octets, last = octets + sizes[name], name
        if wait(sizes[name] / _BYTES_A_SECOND):
            return differences, last
    return differences, ""


def _by_path(office: Office) -> list[tuple[str, RecordedFile]]:
    with office.ledger.reading() as ledger:
        files = list(recorded_files.recorded_files(ledger))
    return sorted(((_name(office, file), file) for file in files), key=lambda entry: entry[0])


def _name(office: Office, file: RecordedFile) -> str:
    return path_of(office, file).relative_to(office.data_dir).as_posix()


def _recheck(office: Office, state: NightlyState) -> Iterator[Difference]:
    """Of the files that differed earlier, those that still do."""
    earlier = {each.path for each in state.differences if each.what in _FILE_KINDS}
    return itertools.chain.from_iterable(
        compare_files(office, [file]) for name, file in _by_path(office) if name in earlier
    )


def _earlier_rows(state: NightlyState) -> Iterator[Difference]:
    """Letters out in rows are compared on the first night of a cycle."""
    return (each for each in state.differences if each.what == LETTER_OUT)


def _size(office: Office, file: RecordedFile) -> int:
    """At least 1, so that missing and empty files count."""
    try:
        return max(1, path_of(office, file).stat().st_size)
    except OSError:
        return 1


def _ignoring(wait: Callable[[float], bool]) -> Callable[[float], None]:
    def pause(seconds: float) -> None:
        wait(seconds)

    return pause
