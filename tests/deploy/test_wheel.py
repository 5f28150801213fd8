"""The wheel holds all that the program needs, and runs for a user who may not write to it, from any folder."""

from __future__ import annotations

import json
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path

import pytest

from tests.support.installed import ROOT, InstalledProgram, build_wheel, install_wheel
from values.version import VERSION

SHIPPED = ("archive", "assembler", "cli", "courier", "desk", "intake", "programs", "service", "settings", "values")
WITHOUT_CODE = (
    "templates",
    "demo/letters",
    "deploy",
    "docs/maintainer",
    "run_service.py",
    "config.toml",
    "wordlist.txt",
)
OF_THE_BUNDLE = "deploy/install.sh"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def program(wheel: Path) -> Iterator[InstalledProgram]:
    """In a folder of its own, since nobody else may enter those of pytest."""
    with tempfile.TemporaryDirectory(prefix="jianbao-") as folder:
        Path(folder).chmod(0o755)
        yield install_wheel(wheel, Path(folder) / "venv")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with the sample configuration."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "config.toml").write_bytes((ROOT / "config.toml").read_bytes())
    return folder


def test_wheel_has_every_file_of_the_program_below_one_name(wheel: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", *SHIPPED, *WITHOUT_CODE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {name for name in tracked.stdout.split("\0") if name and name != OF_THE_BUNDLE}
    assert {f"jianbao/{name}" for name in wanted} <= names
    assert {name.split("/")[0] for name in names} == {"jianbao", f"jianbao-{VERSION}.dist-info"}
    assert not {name for name in names if name.startswith(("jianbao/tests/", "jianbao/tools/", "jianbao/benchmarks/"))}


def test_wheel_names_the_libraries_and_carries_the_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
        text = opened.read(f"jianbao-{VERSION}.dist-info/METADATA").decode()
    metadata = Parser().parsestr(text)
    assert (metadata["Name"], metadata["Version"], metadata["License-Expression"]) == ("jianbao", VERSION, "MIT")
    assert any(requirement.startswith("sqlalchemy") for requirement in metadata.get_all("Requires-Dist", []))
    vendored = {path.name for path in (ROOT / "templates/desk/static/vendor").iterdir() if path.is_dir()}
    licences = [name for name in names if ".dist-info/licenses/" in name]
    assert vendored == {name.split("/")[-2] for name in licences if "/vendor/" in name}
    assert {name.split("/")[-1] for name in licences if "/vendor/" not in name} == {"LICENSE", "LICENSES.txt"}


def test_program_names_itself_and_its_version(program: InstalledProgram, tmp_path: Path) -> None:
    assert program.run("--version", cwd=tmp_path).stdout == f"jianbao {VERSION}\n"
    assert "jianbao issues" in program.run("issues", "--help", cwd=tmp_path).stdout


def test_site_packages_gets_no_other_name(program: InstalledProgram) -> None:
    names = {path.name for path in program.site_packages.iterdir() if not path.name.startswith(("pip", "setuptools"))}
    assert names - {"_distutils_hack", "distutils-precedence.pth", "pkg_resources"} == {
        *("jianbao", f"jianbao-{VERSION}.dist-info", "libraries.pth")
    }


def test_letters_become_an_issue_without_writing_to_the_installation(program: InstalledProgram, office: Path) -> None:
    """The configuration is that of the current folder; the template and the reading children's code are the wheel's."""
    taken = program.run("import", str(ROOT / "demo" / "letters"), "--json", cwd=office)
    assert taken.returncode == 0, taken.stderr
    assert json.loads(taken.stdout)["verdicts"]["article"] == 5
    made = program.run("assemble", "--date", "2022-11-08", "--json", cwd=office)
    assert made.returncode == 0, made.stderr
    [issue] = [path for path in json.loads(made.stdout)["files"] if path.endswith(".docx")]
    assert zipfile.is_zipfile(office / "data" / issue)
    checked = program.run("check", "--json", cwd=office, JIANBAO_IMAP_PASSWORD="unused")
    states = {row["name"]: row["state"] for row in json.loads(checked.stdout)}
    assert {states[name] for name in ("读信", "数据文件夹", "台账")} == {"fine"}, checked.stdout


def test_configuration_may_be_named_by_the_environment(program: InstalledProgram, office: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert program.run("issues", cwd=office).returncode == 0  # makes the data folder, as the user who has to open it
    named = program.run("issues", "--json", cwd=elsewhere, JIANBAO_CONFIG=str(office / "config.toml"))
    assert named.returncode == 0, named.stderr
    assert json.loads(named.stdout) == []
    missing = program.run("issues", cwd=elsewhere)
    assert missing.returncode == 2
    assert str(elsewhere / "config.toml") in missing.stderr


def test_demo_needs_no_configuration(program: InstalledProgram, tmp_path: Path) -> None:
    shown = program.run("demo", "--once", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert (tmp_path / "demo-data" / "issues" / "wuxing" / "70" / "70-r1.docx").is_file()
