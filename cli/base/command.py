"""What a command's module has, and what its `run` gets."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from cli.base.installation import Installation
from cli.base.output import Output

LogFormat: TypeAlias = Literal["text", "json"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the process hands to the command line."""

    installation: Installation
    """Where the program is, and its default configuration."""
    now: Callable[[], datetime]
    """The clock; aware datetimes."""
    environ: MutableMapping[str, str]
    """Holds PATH, and the secrets that the configuration refers to until a command has read them."""
    configure_logs: Callable[[LogFormat, int], None]
    """Sets up the logging of the process: entries of that level and above go to standard error."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """One call of a command."""

    arguments: Namespace
    """Those of the command's `add_arguments`, and `config`: the path of the configuration file."""
    output: Output
    surroundings: Surroundings


class CommandModule(Protocol):
    """A module of `cli` that is named in the catalogue."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds the command's own arguments; `--json` is there already."""

    def run(self, invocation: Invocation) -> int:
        """Does the command; returns the exit status. Raises JianbaoError, which becomes a line and an exit status."""
