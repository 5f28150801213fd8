"""install.sh below a folder of its own, from a bundle without libraries; a whole bundle, if there is any, offline."""

from __future__ import annotations

import ensurepip
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.installed import ROOT, build_wheel
from values.version import VERSION

FOLDERS = ("licences", "docs", "share/man/man1")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture
def bundle(tmp_path: Path, wheel: Path) -> Path:
    """As tools/bundle.sh lays it out, but with no library in it: `jianbao --version` needs none."""
    folder = tmp_path / "bundle"
    for name in ("wheels", *FOLDERS):
        (folder / name).mkdir(parents=True)
        (folder / name / "README").write_text(name)
    [pip] = (Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl")
    for path in (pip, wheel):
        shutil.copy(path, folder / "wheels")
    shutil.copytree(ROOT / "deploy", folder / "deploy")
    shutil.copy(ROOT / "deploy" / "install.sh", folder)
    for name in ("requirements.lock", "sbom.cdx.json", "LICENSE"):
        (folder / name).touch()
    add_checksums(folder)
    return folder


def add_checksums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  ./{path.relative_to(folder)}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines))


def install(bundle: Path, target: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(bundle / "install.sh"), "--destdir", str(target)],
        env={**os.environ, "PYTHON": sys.executable, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def releases(target: Path) -> set[str]:
    return {path.name for path in (target / "opt" / "jianbao" / "releases").iterdir()}


def test_update_puts_everything_in_its_place_and_keeps_configuration_and_last_version(
    bundle: Path, tmp_path: Path
) -> None:
    target = tmp_path / "root"
    program, config = target / "opt" / "jianbao", target / "etc" / "jianbao" / "config.toml"
    for old in ("20200101000000", "20210101000000"):
        (program / "releases" / old).mkdir(parents=True)
    (program / ".venv").symlink_to("releases/20200101000000")  # somebody has gone back to it
    config.parent.mkdir(parents=True)
    config.write_text("kept")
    done = install(bundle, target)
    assert done.returncode == 0, done.stderr
    assert f"已装好 jianbao {VERSION}" in done.stdout
    assert "jianbao migrate" in done.stdout
    assert config.read_text() == "kept"
    current = (program / ".venv").readlink()
    assert releases(target) == {"20200101000000", current.name}

    shown = subprocess.run(
        [str(program / ".venv/bin/jianbao"), "--version"], capture_output=True, text=True, check=True
    )
    assert shown.stdout == f"jianbao {VERSION}\n"
    unit = (target / "etc/systemd/system/jianbao.service").read_text(encoding="utf-8")
    shipped = (ROOT / "deploy/jianbao.service").read_text(encoding="utf-8")
    starts = "ExecStart=/opt/jianbao/.venv/bin/jianbao --config /etc/jianbao/config.toml run"
    assert [new for old, new in zip(shipped.splitlines(), unit.splitlines(), strict=True) if old != new] == [starts]
    assert os.access(target / "usr/local/bin/jianbao", os.X_OK)
    assert (target / "usr/local/share/man/man1/README").is_file()
    assert {path.name for path in program.iterdir()} == {
        *("releases", ".venv", "deploy", "docs", "licences", "sbom.cdx.json", "LICENSE")
    }

    # An installation that fails leaves all of it as it is.
    pin = f"alembic==1.20.1 --hash=sha256:{'0' * 64}\n"
    (bundle / "requirements.lock").write_text(pin)
    add_checksums(bundle)
    refused = install(bundle, target)
    assert refused.returncode == 2
    assert "没有适合这台机器" in refused.stderr
    assert ((program / ".venv").readlink(), releases(target)) == (current, {"20200101000000", current.name})


@pytest.mark.parametrize("change", ["damaged", "missing", "added to the sums"])
def test_bundle_that_is_not_whole_is_refused_before_anything_is_written(
    bundle: Path, tmp_path: Path, change: str
) -> None:
    unit = bundle / "deploy" / "jianbao.service"
    if change == "damaged":
        unit.write_text(unit.read_text(encoding="utf-8") + "#", encoding="utf-8")
    elif change == "missing":
        unit.unlink()
    else:
        with (bundle / "SHA256SUMS").open("a") as sums:
            sums.write("no checksum\n")
    refused = install(bundle, tmp_path / "root")
    assert refused.returncode == 2
    assert "什么也没有装" in refused.stderr
    assert list((tmp_path / "root").iterdir()) == []


def test_machine_without_a_suitable_python_gets_the_remedy(bundle: Path, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "sha256sum", "dirname", "mkdir", "id"):
        (programs / name).symlink_to(shutil.which(name) or name)
    (programs / "python3").write_text("#!/bin/sh\nexit 1\n")
    (programs / "python3").chmod(0o755)
    refused = install(bundle, tmp_path / "root", PYTHON="python3", PATH=str(programs))
    assert refused.returncode == 2
    assert "没有找到 Python 3.11 至 3.13" in refused.stderr


def test_whole_bundle_is_installed_and_used_without_network() -> None:
    """JIANBAO_BUNDLE names a tar that tools/bundle.sh has made; needs root and mount namespaces."""
    bundle = os.environ.get("JIANBAO_BUNDLE")
    if not bundle or os.getuid() != 0:
        pytest.skip("needs root, and JIANBAO_BUNDLE=dist/jianbao-….tar (sh tools/bundle.sh)")
    script = ROOT / "tests" / "deploy" / "install_offline.sh"
    done = subprocess.run(
        ["sh", str(script), bundle, str(ROOT / "demo" / "letters")], capture_output=True, text=True, check=False
    )
    assert done.stdout.endswith("OFFLINE-INSTALLATION-WORKS\n"), done.stdout + done.stderr
