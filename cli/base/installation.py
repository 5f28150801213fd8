"""Where this copy of the program is, under what name it is called, and which configuration it uses by default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CONFIG_VARIABLE: Final = "JIANBAO_CONFIG"
"""The environment variable that names the configuration of an installed program."""
SYSTEM_CONFIG: Final = Path("/etc/jianbao/config.toml")
"""Where `install.sh` and the unit keep the configuration."""
SYSTEM_DATA: Final = "/var/lib/jianbao"
"""The data folder of that configuration: the StateDirectory of the unit."""
_CONFIG_NAME: Final = "config.toml"


@dataclass(frozen=True, slots=True)
class Installation:
    """A copy of the program."""

    command: str
    """The word that starts it, as usage lines show it."""
    home: Path
    """The program's own folder: with templates, demo/letters and the sample config.toml. Perhaps not writable."""
    default_config: Path
    """The configuration of commands without `--config`. It may not exist."""
    workplace: Path
    """The folder in which `demo` makes its data."""


def checkout(home: Path) -> Installation:
    """The program started by run_service.py in that folder: configuration and demo's data are in the folder as well."""
    return Installation("run_service.py", home, home / _CONFIG_NAME, home)


def installed(home: Path, environ: Mapping[str, str], current: Path) -> Installation:
    """The program as `pip install` puts it into `home`, called from the folder `current`.

    Its configuration is the one that JIANBAO_CONFIG names; without it config.toml in the current folder, else the
    system's; where there is neither, the first.
    """
    named = environ.get(CONFIG_VARIABLE, "")
    if named:
        config = current / named
    else:
        local = current / _CONFIG_NAME
        config = SYSTEM_CONFIG if not local.exists() and SYSTEM_CONFIG.exists() else local
    return Installation("jianbao", home, config, current)
