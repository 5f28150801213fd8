"""The shipped unit lets the service do its work behind its walls, on the systemd of Debian 12 and of Debian 13."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive import letters
from tests.support.correspondence import manuscript, submission
from tests.support.dovecot import Dovecot, dovecot_server
from tests.support.ledger_rows import AT
from tests.support.legacy import rtf
from tests.support.offices import bulletin, office_at, write_config
from tests.support.submissions import File
from tests.support.unit_walls import ROOT, allowed_calls, directives, groups_of, values
from values.letter import Verdict

UNIT = ROOT / "deploy" / "jianbao.service"
VERSIONS = ("252", "257")
NEEDED = frozenset(
    (
        *("seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "prctl", "setrlimit"),
        *("clone", "clone3", "unshare", "mount", "umount2", "pivot_root", "setsid", "socketpair", "flock", "execve"),
    )
)
"""What the walls need: those of reading children (programs/child.py) and bubblewrap."""


def behind(unit: Path, version: str, *words: str, password: str = "") -> subprocess.CompletedProcess[str]:
    """The command line behind the unit's walls."""
    command = [sys.executable, "-m", "tests.support.unit_walls", str(unit), version, "--"]
    return subprocess.run(
        [*command, sys.executable, "run_service.py", *words],
        cwd=ROOT,
        env={**os.environ, "JIANBAO_IMAP_PASSWORD": password},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def states(checked: subprocess.CompletedProcess[str]) -> dict[str, str]:
    rows: list[dict[str, Any]] = json.loads(checked.stdout)
    return {row["name"]: row["state"] for row in rows}


@pytest.fixture
def dovecot(tmp_path: Path) -> Iterator[Dovecot]:
    with dovecot_server(tmp_path) as server:
        yield server


@pytest.mark.parametrize("version", VERSIONS)
def test_unit_allows_what_the_walls_need(version: str) -> None:
    assert allowed_calls(UNIT.read_text(encoding="utf-8"), groups_of(version)) >= NEEDED


def test_service_group_of_debian_12_alone_would_not_do() -> None:
    """The fault that this file is about."""
    unit = "SystemCallFilter=@system-service"
    assert NEEDED - allowed_calls(unit, groups_of("252")) > {"seccomp", "landlock_restrict_self", "mount"}
    assert "seccomp" in allowed_calls(unit, groups_of("257"))
    assert "mount" not in allowed_calls(f"{unit}\nSystemCallFilter=@mount\nSystemCallFilter=~mount", groups_of("257"))


def test_unlisted_call_fails_and_kills_nobody() -> None:
    assert values(UNIT.read_text(encoding="utf-8"), "SystemCallErrorNumber") == ["EPERM"]


def test_unit_has_nothing_that_bubblewrap_cannot_work_behind() -> None:
    """The first two forbid openat2. The others make /proc unlike the kernel's, and then no user namespace may mount one
    of its own (mount_namespaces(7)). See docs/decisions/0076."""
    names = {name for name, _ in directives(UNIT.read_text(encoding="utf-8"))}
    assert not names & {"DynamicUser", "RestrictSUIDSGID", "ProtectKernelTunables", "ProtectKernelLogs", "ProcSubset"}


@pytest.mark.parametrize("version", VERSIONS)
def test_check_is_content_behind_the_units_walls(tmp_path: Path, version: str, soffice: Path) -> None:
    config = write_config(tmp_path, bulletin(port=9))
    checked = behind(UNIT, version, "--config", str(config), "check", "--json", password="unused")
    by_name = states(checked)
    assert (by_name["读信"], by_name["LibreOffice"], by_name["数据文件夹"]) == ("fine", "fine", "fine"), checked.stdout


def test_check_reports_the_walls_that_a_unit_forbids(tmp_path: Path, soffice: Path) -> None:
    """The unit as it was, on Debian 12."""
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    unit = tmp_path / "jianbao.service"
    unit.write_text("\n".join(line for line in lines if "=seccomp " not in line and "=@mount" not in line))
    config = write_config(tmp_path / "office", bulletin(port=9))
    by_name = states(behind(unit, "252", "--config", str(config), "check", "--json"))
    assert (by_name["读信"], by_name["LibreOffice"]) == ("broken", "broken")


@pytest.mark.libreoffice
@pytest.mark.parametrize("version", VERSIONS)
def test_poll_reads_and_converts_letters_behind_the_units_walls(
    tmp_path: Path, version: str, dovecot: Dovecot, soffice: Path
) -> None:
    files = [manuscript(), File("志愿服务.rtf", rtf())]
    account = dovecot.account()
    for number, file in enumerate(files):
        account.deliver(submission(file, number=number), datetime.now(UTC))
    text = bulletin(port=dovecot.port).replace("wuxing@example.org", account.username)
    config = write_config(tmp_path / "office", text)
    polled = behind(UNIT, version, "--config", str(config), "poll", "--json", password=account.password)
    assert polled.returncode == 0, polled.stderr
    assert json.loads(polled.stdout)["verdicts"] == {"unconfirmed": len(files)}


def test_letters_stay_pending_where_no_child_can_be_started(tmp_path: Path) -> None:
    """Not quarantined: no letter is to blame, and once the unit is mended they are read."""
    unit = tmp_path / "jianbao.service"
    unit.write_text(f"{UNIT.read_text(encoding='utf-8')}\nSystemCallFilter=~socketpair\n", encoding="utf-8")
    letter = tmp_path / "letter.eml"
    letter.write_bytes(submission(manuscript()))
    config = write_config(tmp_path / "office", bulletin(port=9))
    refused = behind(unit, "252", "--config", str(config), "import", str(letter))
    assert refused.returncode == 3
    assert "读信的子进程起不来" in refused.stderr
    with office_at(config, AT) as office, office.ledger.reading() as ledger:
        [waiting] = letters.letters(ledger)
        assert (waiting.verdict, waiting.attempts) == (Verdict.PENDING, 0)
    checked = behind(unit, "252", "--config", str(config), "check", "--json")
    assert "起不来" in next(row["said"] for row in json.loads(checked.stdout) if row["name"] == "读信")
    mended = behind(UNIT, "252", "--config", str(config), "import", str(letter), "--json")
    assert json.loads(mended.stdout)["verdicts"] == {"unconfirmed": 1}, mended.stderr
