"""tools/env.sh makes .venv with a Python of this machine; uv, where it is, must not fetch another."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder that is the whole PATH, with what the script itself needs, and an uv that notes what it is asked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "sha256sum", "cut", "cat", "mkdir", "id"):
        [program] = [path for path in (Path("/bin", name), Path("/usr/bin", name)) if path.exists()][:1]
        (folder / name).symlink_to(program)
    make(folder / "uv", f'echo "$@" >> {tmp_path}/asked; mkdir -p .venv/bin')
    return folder


def make(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def make_python(path: Path, version: str) -> None:
    """Stands for an interpreter of that version, as far as env.sh looks at one."""
    fits = version in ("3.11", "3.12", "3.13")
    make(path, f'case "$2" in *print*) echo {path};; *exit*) exit {int(not fits)};; *) echo Python {version};; esac')


def make_venv(programs: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    (tmp_path / "empty.lock").touch()
    return subprocess.run(
        ["sh", "-c", f". {ROOT}/tools/env.sh; make_venv empty.lock"],
        cwd=tmp_path,
        env={**os.environ, "PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("installed", "expected"),
    [
        ({"python3": "3.13"}, "python3"),
        ({"python3": "3.12", "python3.11": "3.11"}, "python3"),
        ({"python3": "3.9", "python3.12": "3.12"}, "python3.12"),
        ({"python3": "3.14", "python3.11": "3.11"}, "python3.11"),
    ],
)
def test_uv_gets_the_path_of_a_suitable_python(
    programs: Path, tmp_path: Path, installed: dict[str, str], expected: str
) -> None:
    for name, version in installed.items():
        make_python(programs / name, version)
    done = make_venv(programs, tmp_path)
    assert done.returncode == 0, done.stderr
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[0] == f"venv --quiet --clear --python {programs / expected} .venv"


@pytest.mark.parametrize("installed", [{}, {"python3": "3.9"}])
def test_without_a_suitable_python_nothing_is_downloaded(
    programs: Path, tmp_path: Path, installed: dict[str, str]
) -> None:
    for name, version in installed.items():
        make_python(programs / name, version)
    refused = make_venv(programs, tmp_path)
    assert refused.returncode == 1
    assert "Python 3.11 to 3.13 is needed" in refused.stderr
    assert not (tmp_path / "asked").exists()


def test_an_environment_behind_a_link_is_left_alone(programs: Path, tmp_path: Path) -> None:
    """Another checkout may use it: `--clear` would empty it."""
    make_python(programs / "python3", "3.12")
    (programs / "readlink").symlink_to("/usr/bin/readlink")
    (tmp_path / "shared").mkdir()
    (tmp_path / ".venv").symlink_to("shared")
    refused = make_venv(programs, tmp_path)
    assert refused.returncode == 1
    assert str(tmp_path / "shared") in refused.stderr
    assert not (tmp_path / "asked").exists()
