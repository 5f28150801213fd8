"""`jianbao` gives systemd-run the words of the command and those settings of the unit that make it the service's."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.support.unit_walls import ROOT

PROGRAM = "/opt/jianbao/.venv/bin/python /opt/jianbao/run_service.py --config /etc/jianbao/config.toml"
DROP_IN = '[Service]\nLoadCredential=smtp-password:/etc/jianbao/smtp\nEnvironment=A=1 "B=2 3"\n'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with what stands for systemd: `systemd-run` writes its words to `words`, a line each."""
    unit = (ROOT / "deploy" / "jianbao.service").read_text(encoding="utf-8")
    (tmp_path / "unit").write_text(f"# /etc/systemd/system/jianbao.service\n{unit}\n# override.conf\n{DROP_IN}")
    for name, script in {
        "systemctl": f'[ "$1 $2" = "cat jianbao.service" ] && cat {tmp_path}/unit',
        "systemd-run": f'printf "%s\\n" "$@" > {tmp_path}/words; exit 7',
        "id": "echo ${TRIAL_USER:-0}",
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    return tmp_path


def run(machine: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "deploy" / "jianbao"), *words],
        cwd=machine,
        env={"PATH": f"{machine}:{os.environ['PATH']}", **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_command_runs_as_the_service_with_its_credentials(machine: Path) -> None:
    ended = run(machine, "import", "a letter.eml", "--why", "5$ and $HOME", "")
    assert (ended.returncode, ended.stderr) == (7, "")
    options, _, command = (machine / "words").read_text().partition("\n--\n")
    assert command.splitlines() == [*PROGRAM.split(), "import", "a letter.eml", "--why", "5$$ and $$HOME", ""]
    settings = {word.removeprefix("--property=") for word in options.splitlines() if word.startswith("--property=")}
    assert settings == {
        *("User=jianbao", "Group=jianbao", "StateDirectory=jianbao", "StateDirectoryMode=0700", "UMask=0077"),
        *("LoadCredential=imap-password:/etc/jianbao/imap-password", "LoadCredential=smtp-password:/etc/jianbao/smtp"),
        *('Environment=A=1 "B=2 3"', "NoNewPrivileges=yes", f"WorkingDirectory=-{machine}"),
    }
    assert {"--quiet", "--collect", "--wait", "--pipe"} <= set(options.splitlines())


def test_unit_that_is_not_installed_is_named(machine: Path) -> None:
    ended = run(machine, "check", JIANBAO_UNIT="other.service")
    assert ended.returncode == 2
    assert "other.service" in ended.stderr
    assert not (machine / "words").exists()


def test_a_drop_in_may_name_another_program(machine: Path) -> None:
    with (machine / "unit").open("a") as unit:
        unit.write("ExecStart=\nExecStart=/srv/python /srv/run_service.py --config /srv/c.toml run\n")
    run(machine, "check")
    assert (
        (machine / "words")
        .read_text()
        .endswith("\n--\n/srv/python\n/srv/run_service.py\n--config\n/srv/c.toml\ncheck\n")
    )


def test_user_other_than_root_runs_the_program_itself(machine: Path) -> None:
    with (machine / "unit").open("a") as unit:
        unit.write("ExecStart=/bin/echo as they are run\n")
    assert run(machine, "check", "$HOME", TRIAL_USER="1000").stdout == "as they are check $HOME\n"
    assert not (machine / "words").exists()
