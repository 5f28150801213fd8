"""Damages letters and manuscripts for a given time and checks that each is read or refused.

    python -m tests.fuzz [--minutes 60] [--seed 70] [--seeds FOLDER] [--failures FOLDER]

The seeds are the sample letters, those of the scenarios, the .docx attached to them, and the .docx and .eml of --seeds.
Each case is a letter, or a .docx in a letter, damaged in one to four steps (tests/support/damage.py) and read as the
service reads: in the child processes of intake/pool.py. A failure is any outcome but a reading: an exception, a child
that dies, more than 5 s, more than 300 MB. It is tried again alone, since a busy machine is slow too; then steps are
left out while it still fails, and the letter is saved with the command that makes it again:

    python -m tests.fuzz --seed 70 [--seeds FOLDER] --case 1234

It is no benchmark, since it measures nothing, and not part of the suite, since it takes an hour.
Exit status 1 when there was a failure.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Final

from rich.console import Console

from intake.parse.message import parse_message
from intake.pool import PendingReading, ReadingPool, crash_reason
from intake.read.docx.package import is_docx
from intake.register import Register
from programs.children import ChildLimits
from programs.crash import Crash
from tests.support.damage import DOCX_DAMAGES, LETTER_DAMAGES, damaged
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter

_ROOT: Final = Path(__file__).parent.parent
_LIMITS: Final = ChildLimits(seconds=5.0, memory=300 << 20, memory_per_byte=0)
_WAITING: Final = 6  # cases handed to the children and not yet answered
_REGISTER: Final = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, False)


@dataclass(frozen=True, slots=True)
class Case:
    """steps: the damages, each by its place in the list of its kind and with dice of its own."""

    number: int
    seed: bytes
    other: bytes
    is_letter: bool
    steps: tuple[tuple[int, int], ...]

    def letter(self) -> bytes:
        data = self.seed
        damages = LETTER_DAMAGES if self.is_letter else DOCX_DAMAGES
        for damage, dice in self.steps:
            data = damaged(data, self.other, damages[damage], Random(dice))
        return data if self.is_letter else raw_letter(File("稿件.docx", data))


@dataclass(frozen=True, slots=True)
class Seeds:
    letters: Sequence[bytes]
    manuscripts: Sequence[bytes]

    def case(self, seed: int, number: int) -> Case:
        """The same for the same seeds and numbers."""
        dice = Random(f"{seed}/{number}")
        is_letter = dice.random() < 0.4
        seeds, damages = (self.letters, LETTER_DAMAGES) if is_letter else (self.manuscripts, DOCX_DAMAGES)
        steps = tuple((dice.randrange(len(damages)), dice.getrandbits(32)) for _ in range(dice.choice((1, 1, 2, 4))))
        return Case(number, dice.choice(seeds), dice.choice(seeds), is_letter, steps)


class Reader:
    """Reads letters with the service's pool. Use it as a context manager."""

    def __init__(self, folder: Path, limits: ChildLimits = _LIMITS) -> None:
        self._folder = folder
        self._pool = ReadingPool(limits=limits)

    def __enter__(self) -> Reader:
        self._pool.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.__exit__(None, None, None)

    def begin(self, case: Case) -> PendingReading:
        path = self._folder / f"{case.number}.eml"
        raw = case.letter()
        path.write_bytes(raw)
        return self._pool.start_reading(path, len(raw), _REGISTER)

    def end(self, case: Case, future: PendingReading) -> str:
        """What went wrong, "" for nothing."""
        answer = future.wait()
        (self._folder / f"{case.number}.eml").unlink()
        return crash_reason(answer) if isinstance(answer, Crash) else ""

    def problem(self, case: Case) -> str:
        return self.end(case, self.begin(case))


def main() -> int:
    arguments = _arguments()
    seeds = all_seeds(arguments.seeds)
    failures = Path(arguments.failures)
    console = Console(soft_wrap=True, markup=False, highlight=False)
    with tempfile.TemporaryDirectory(prefix="jianbao-") as folder, Reader(Path(folder)) as reader:
        if arguments.case is not None:
            case = seeds.case(arguments.seed, arguments.case)
            console.print(_report(case, reader.problem(case), failures) or "read")
            return 0
        done = failed = 0
        started = reported = time.monotonic()
        for case, problem in _problems(reader, _cases(seeds, arguments.seed, started + 60 * arguments.minutes)):
            done += 1
            if problem and (problem := reader.problem(case)):
                failed += 1
                smallest = _smallest(reader, case)
                console.print(_report(smallest, reader.problem(smallest) or problem, failures))
            if time.monotonic() - reported > 60:
                reported = time.monotonic()
                console.print(f"{(reported - started) / 60:.0f} min: {done} cases, {failed} failures")
    console.print(f"seed {arguments.seed}: {done} cases, {failed} failures")
    return 1 if failed else 0


def _cases(seeds: Seeds, seed: int, until: float) -> Iterator[Case]:
    for number in itertools.count():
        if time.monotonic() > until:
            return
        yield seeds.case(seed, number)


def _problems(reader: Reader, cases: Iterator[Case]) -> Iterator[tuple[Case, str]]:
    """Each case with what went wrong, a few of them on their way at a time."""
    waiting: deque[tuple[Case, PendingReading]] = deque()
    for case in cases:
        waiting.append((case, reader.begin(case)))
        if len(waiting) >= _WAITING:
            yield _ended(reader, waiting)
    while waiting:
        yield _ended(reader, waiting)


def _ended(reader: Reader, waiting: deque[tuple[Case, PendingReading]]) -> tuple[Case, str]:
    case, future = waiting.popleft()
    return case, reader.end(case, future)


def _smallest(reader: Reader, case: Case) -> Case:
    """The case with as few steps as still fail."""
    for left_out in range(len(case.steps) - 1, -1, -1):
        fewer = replace(case, steps=case.steps[:left_out] + case.steps[left_out + 1 :])
        if reader.problem(fewer):
            case = fewer
    return case


def _report(case: Case, problem: str, failures: Path) -> str:
    if not problem:
        return ""
    failures.mkdir(parents=True, exist_ok=True)
    path = failures / f"{case.number}.eml"
    path.write_bytes(case.letter())
    damages = LETTER_DAMAGES if case.is_letter else DOCX_DAMAGES
    steps = ", ".join(damages[damage].__name__ for damage, _ in case.steps)
    return f"case {case.number}: {problem} ({steps or 'undamaged'}) {path}"


def all_seeds(folder: str | None) -> Seeds:
    own = {path.resolve() for path in _ROOT.glob("tests/scenarios/*/inbox/*.eml")}  # one inbox is demo/letters
    given = sorted(Path(folder).rglob("*")) if folder else []
    letters = [path.read_bytes() for path in sorted(own) + [path for path in given if path.suffix == ".eml"]]
    manuscripts = [part.data for letter in letters for part in parse_message(letter).parts if is_docx(part.data)]
    manuscripts += [path.read_bytes() for path in given if path.suffix in (".docx", ".docm", ".dotx")]
    return Seeds(letters, list(dict.fromkeys(manuscripts)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=70)
    parser.add_argument("--seeds", help="a folder with more .docx and .eml to begin from")
    parser.add_argument("--failures", default="fuzz-failures", help="where letters that fail are saved")
    parser.add_argument("--case", type=int, help="only this case")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
