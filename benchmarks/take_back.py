"""How many edited drafts say the same after they were taken back and assembled (issue 18).

    python -m benchmarks.take_back [COUNT] [--libreoffice docx|odt]

The edits are those of tests/support/draft_trials.py. With --libreoffice, each edited file is saved by LibreOffice
before it is taken back: as .docx, or as .odt and from that as .docx.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from intake.pool import ReadingPool
from service.office import Office
from tests.support.draft_edits import opened
from tests.support.draft_office import CONFIG, draft_bytes, make_draft
from tests.support.draft_round_trip import taken_back
from tests.support.draft_trials import EDITS, Edit, make
from tests.support.ledger_rows import AT
from tests.support.offices import office_at, write_config

_WORD = "docx:MS Word 2007 XML"
_AT_ONCE = 25
"""Files that one process of LibreOffice converts."""
_SECONDS = 900


def main() -> int:
    """0 when every edited draft says the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument("--libreoffice", choices=("docx", "odt"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with office_at(write_config(folder / "office", CONFIG), AT) as office:
            make_draft(office)
            sent = draft_bytes(office)
        trials = _drawn(arguments.count)
        files = [_edited(sent, edits) for edits in trials]
        if arguments.libreoffice:
            files = _resaved(files, folder, through=arguments.libreoffice)
        return _report(trials, files, folder)


def _drawn(count: int) -> list[list[Edit]]:
    """Lists of edits, the same at each run."""
    drawn: list[list[Edit]] = []

    @seed(20221108)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(EDITS)
    def draw(edits: list[Edit]) -> None:
        drawn.append(edits)

    draw()
    return drawn[:count]


def _edited(sent: bytes, edits: Sequence[Edit]) -> bytes:
    draft = opened(sent)
    for edit in edits:
        make(draft, edit)
    return draft.saved()


def _resaved(files: Sequence[bytes], folder: Path, *, through: str) -> list[bytes]:
    """The files as LibreOffice saves them."""
    source = folder / "edited"
    source.mkdir()
    names = [f"{number:04}" for number in range(len(files))]
    for name, data in zip(names, files, strict=True):
        (source / f"{name}.docx").write_bytes(data)
    if through == "odt":
        _convert([source / f"{name}.docx" for name in names], "odt", folder / "odt", folder)
        source = folder / "odt"
    made = folder / "resaved"
    extension = "odt" if through == "odt" else "docx"
    _convert([source / f"{name}.{extension}" for name in names], _WORD, made, folder)
    return [(made / f"{name}.docx").read_bytes() for name in names]


def _convert(paths: Sequence[Path], to: str, out: Path, folder: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        sys.exit("LibreOffice is not installed.")
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
    for start in range(0, len(paths), _AT_ONCE):
        some = [str(path) for path in paths[start : start + _AT_ONCE]]
        subprocess.run(
            [*command, "--convert-to", to, "--outdir", str(out), *some],
            check=True,
            capture_output=True,
            timeout=_SECONDS,
        )


def _report(trials: Sequence[Sequence[Edit]], files: Sequence[bytes], folder: Path) -> int:
    original, began = folder / "office" / "data", time.monotonic()
    equal = 0
    with ReadingPool(workers=1) as pool:
        for edits, data in zip(trials, files, strict=True):
            home = folder / "trial"
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            shutil.copytree(original, home / "data")
            with office_at(write_config(home, CONFIG), AT) as office:
                equal += _is_equal(office, pool, data, edits)
    kinds = Counter(edit.kind for edits in trials for edit in edits)
    print(f"equal: {equal} of {len(files)}, {time.monotonic() - began:.0f} s; edits: {dict(kinds.most_common())}")
    return 0 if equal == len(files) else 1


def _is_equal(office: Office, pool: ReadingPool, data: bytes, edits: Sequence[Edit]) -> bool:
    trip = taken_back(office, pool, data)
    if trip.wanted == trip.printed:
        return True
    print("DIFFERENT", edits)
    print("  file: ", trip.wanted)
    print("  issue:", trip.printed)
    return False


if __name__ == "__main__":
    sys.exit(main())
