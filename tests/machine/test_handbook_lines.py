"""The scenario runs blocks that the handbook has, all of them; a trial of the whole takes a machine (run.sh)."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.machine.handbook_lines import handbook_lines
from tests.machine.letters import main as write_letters

HERE = Path(__file__).parent
SCENARIO = (HERE / "scenario.sh").read_text(encoding="utf-8")
ROOT, BUNDLE = os.environ.get("JIANBAO_MACHINE", ""), os.environ.get("JIANBAO_BUNDLE", "")


def test_every_block_of_the_handbook_is_run_and_no_other() -> None:
    assert set(re.findall(r"^lines ([a-z-]+)$", SCENARIO, re.MULTILINE)) == set(handbook_lines())


@pytest.mark.parametrize("name", handbook_lines())
def test_block_is_shell(name: str) -> None:
    subprocess.run(["bash", "-n", "-c", handbook_lines()[name]], check=True)


@pytest.mark.parametrize("script", ["run.sh", "scenario.sh"])
def test_script_is_shell(script: str) -> None:
    subprocess.run(["bash", "-n", HERE / script], check=True)


def test_two_blocks_of_a_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("<!-- lines: x -->\n```sh\ntrue\n```\n" * 2, encoding="utf-8")
    with pytest.raises(ValueError, match="name x"):
        handbook_lines(tmp_path)


def test_letters_are_of_registered_departments_and_all_different(tmp_path: Path) -> None:
    write_letters(tmp_path / "letters", 6)
    raws = {path.read_bytes() for path in (tmp_path / "letters").iterdir()}
    assert len(raws) == 6
    assert "区教体局,d0@example.org" in (tmp_path / "departments.csv").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.skipif(not (ROOT and BUNDLE), reason="JIANBAO_MACHINE and JIANBAO_BUNDLE name a root and a bundle")
def test_life_of_an_installation_by_the_handbooks_lines() -> None:
    subprocess.run(["sh", HERE / "run.sh", ROOT, BUNDLE], check=True)
