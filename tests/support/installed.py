"""The wheel of this tree, and a virtual environment that holds it as `pip install` puts it there."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_NOBODY: Final = 65534


@dataclass(frozen=True, slots=True)
class InstalledProgram:
    """A virtual environment with the wheel in it. Nobody but its owner may write to it."""

    environment: Path

    @property
    def command(self) -> Path:
        return self.environment / "bin" / "jianbao"

    @property
    def site_packages(self) -> Path:
        [folder] = (self.environment / "lib").glob("python*/site-packages")
        return folder

    def run(self, *words: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
        """`jianbao` with these words in the folder `cwd`, by a user who may write to that folder alone.

        Root becomes `nobody`, who keeps the right to read: the interpreter may be in the home of root.
        """
        prefix: list[str] = []
        if os.getuid() == 0:
            os.chown(cwd, _NOBODY, _NOBODY)
            reading = [f"--{kind}-caps=+dac_read_search" for kind in ("inh", "ambient")]
            prefix = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", *reading]
        return subprocess.run(
            [*prefix, str(self.command), *words],
            cwd=cwd,
            env={"PATH": os.environ["PATH"], **environ},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )


def build_wheel(folder: Path) -> Path:
    """The wheel of this tree, built in `folder` without the network."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    return wheel


def install_wheel(wheel: Path, environment: Path) -> InstalledProgram:
    """Installs the wheel alone by pip; the libraries are those of this test's own environment."""
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--no-index", "--no-deps", str(wheel)], check=True)
    program = InstalledProgram(environment)
    libraries = f"{sysconfig.get_path('purelib')}\n"
    (program.site_packages / "libraries.pth").write_text(libraries, encoding="utf-8")
    for path in (environment, *environment.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)
    return program
