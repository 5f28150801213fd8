"""Which configuration a copy of the program uses when none is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.base import installation
from cli.base.installation import checkout, installed

HOME = Path("/opt/lib/jianbao")


@pytest.fixture
def system_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands for /etc/jianbao/config.toml; it does not exist yet."""
    path = tmp_path / "system.toml"
    monkeypatch.setattr(installation, "SYSTEM_CONFIG", path)
    return path


@pytest.fixture
def current(tmp_path: Path) -> Path:
    folder = tmp_path / "current"
    folder.mkdir()
    return folder


def test_checkout_keeps_all_in_its_own_folder() -> None:
    of_checkout = checkout(HOME)
    assert (of_checkout.command, of_checkout.default_config) == ("run_service.py", HOME / "config.toml")
    assert of_checkout.workplace == HOME


@pytest.mark.usefixtures("system_config")
def test_installed_program_looks_in_the_current_folder(current: Path) -> None:
    of_package = installed(HOME, {}, current)
    assert (of_package.command, of_package.home, of_package.workplace) == ("jianbao", HOME, current)
    assert of_package.default_config == current / "config.toml"


def test_systems_configuration_is_taken_where_the_folder_has_none(current: Path, system_config: Path) -> None:
    system_config.touch()
    assert installed(HOME, {}, current).default_config == system_config
    (current / "config.toml").touch()
    assert installed(HOME, {}, current).default_config == current / "config.toml"


def test_environment_names_the_configuration_before_all_others(current: Path, system_config: Path) -> None:
    system_config.touch()
    (current / "config.toml").touch()
    assert installed(HOME, {"JIANBAO_CONFIG": "/srv/a.toml"}, current).default_config == Path("/srv/a.toml")
    assert installed(HOME, {"JIANBAO_CONFIG": "a.toml"}, current).default_config == current / "a.toml"
    assert installed(HOME, {"JIANBAO_CONFIG": ""}, current).default_config == current / "config.toml"
