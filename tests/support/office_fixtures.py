"""Fixtures that tests of several rooms share: an office with an empty ledger, and a pool that reads letters.

A module that needs another configuration or time defines `office_setup` itself:

    @pytest.fixture
    def office_setup() -> OfficeSetup:
        return OfficeSetup(sending(None), TUESDAY)

One that needs rows in the ledger, or a check at the end, extends `office`:

    @pytest.fixture
    def office(office: Office) -> Iterator[Office]:
        hand_in(office, "甲", "乙")
        yield office
        assert broken_promises(office.data_dir) == []
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from intake.pool import ReadingPool
from service.office import Office
from tests.support.ledger_rows import AT
from tests.support.offices import bulletin, office_at, write_config


@dataclass(frozen=True, slots=True)
class OfficeSetup:
    """What an office is made of."""

    config: str = field(default_factory=bulletin)
    """The text of its config.toml."""
    time: datetime = AT
    """Where its clock stands; a test may move it (`office.now.now`)."""
    environ: dict[str, str] = field(default_factory=dict)
    """Secrets by name, and PATH where LibreOffice is to be found."""


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup()


@pytest.fixture
def office(tmp_path: Path, office_setup: OfficeSetup) -> Iterator[Office]:
    """An office in `tmp_path`/office, its ledger empty."""
    config_file = write_config(tmp_path / "office", office_setup.config)
    with office_at(config_file, office_setup.time, **office_setup.environ) as office:
        yield office


@pytest.fixture
def captured_logs() -> Iterator[list[MutableMapping[str, Any]]]:
    """The log entries of the test, which are not printed."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture(scope="session")
def pool() -> Iterator[ReadingPool]:
    """One child process that reads letters, for all tests of this process."""
    with ReadingPool(workers=1) as pool:
        yield pool
