"""docs/walls.md lists each attempt of a hostile file, and which wall stops it: each wall is tried alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from programs.child import CONNECTION, readable_files
from programs.confine import confine
from programs.landlock import landlock_version, restrict_files
from tests.programs.test_child import ATTEMPTS, CALLS, MARK, attempt_call
from tests.programs.test_office_wall import HOSTILE

PAGE = Path(__file__).resolve().parents[2] / "docs" / "walls.md"
SCOPED = 6
"""The version of Landlock from which signals are kept within; by earlier ones the table would differ."""
LEFT = Path("/tmp/jianbao-was-here")


def landlock_alone() -> None:
    assert restrict_files(readable_files())


def seccomp_alone() -> None:
    assert confine(opening=False)


def no_wall() -> None:
    """What an attempt does where nothing stops it."""


def stops(wall: Callable[[], None], act: Callable[[], object]) -> bool:
    """Whether the act fails in a process with that wall alone, which has no environment and nothing inherited."""
    pid = os.fork()
    if not pid:
        status = 2
        with suppress(BaseException):
            os.environ.clear()
            null = os.open("/dev/null", os.O_RDWR)
            for descriptor in range(CONNECTION + 1):
                os.dup2(null, descriptor)
            os.closerange(CONNECTION + 1, 4096)
            wall()
            status = 1
            act()
            status = 0
        os._exit(status)
    _, waited = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(waited)
    assert code in (0, 1), "the wall was not built"
    return code == 1


@pytest.fixture
def service() -> Iterator[int]:
    """Another process of the same user, in the place of the service."""
    with subprocess.Popen(["sleep", "60"], env={"SECRET": MARK}) as process:
        yield process.pid
        process.kill()


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    for name in ("jianbao.sqlite3", "config.toml", "raw/ab/letter.eml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MARK, encoding="utf-8")
    yield tmp_path
    LEFT.unlink(missing_ok=True)


def rows(heading: str) -> Mapping[str, tuple[str, ...]]:
    """The rows of the table below that heading: its first cell, and the others."""
    section = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return {first: tuple(rest) for first, *rest in cells[2:]}


def words(name: str) -> str:
    return name.replace("_", " ")


@pytest.mark.parametrize("act", ATTEMPTS, ids=lambda act: words(act.__name__))
def test_each_wall_alone_stops_what_the_page_says(act: Callable[[Path, int], None], data: Path, service: int) -> None:
    if landlock_version() < SCOPED or os.geteuid() != 0:
        pytest.skip(f"the page was made as root, with Landlock {SCOPED} or later")
    by_landlock = stops(landlock_alone, lambda: act(data, service))
    by_seccomp = stops(seccomp_alone, lambda: act(data, service))
    (data / "jianbao.sqlite3").write_text(MARK, encoding="utf-8")
    without = stops(no_wall, lambda: act(data, service))
    marks = tuple("stops" if stopped else "-" for stopped in (without, by_landlock, by_seccomp))
    assert rows("Reading children")[words(act.__name__)] == marks


@pytest.mark.parametrize("name", CALLS)
def test_seccomp_alone_refuses_each_call(name: str, service: int) -> None:
    def refused() -> None:
        if attempt_call(name, service) != "succeeded":
            raise OSError

    assert stops(seccomp_alone, refused)
    assert words(name) in rows("Calls of the kernel")


def test_the_page_lists_every_attempt_and_no_other() -> None:
    assert set(rows("Reading children")) == {words(act.__name__) for act in ATTEMPTS}
    assert set(rows("Calls of the kernel")) == {words(name) for name in CALLS}
    tried = {line.partition("=")[0].strip() for line in HOSTILE.splitlines() if line.startswith("    ") and "=" in line}
    names = {name for name in tried if f"    {name}=lambda:" in HOSTILE or f"    {name}={name}," in HOSTILE}
    named = {"other_processes", "replacing_the_ledger", "environment"} | names
    assert set(rows("LibreOffice")) == {words(name) for name in named}


def test_at_least_twenty_attempts_are_made_on_each() -> None:
    assert min(len(rows("Reading children")), len(rows("LibreOffice"))) >= 20
