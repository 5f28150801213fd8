"""An office on the afternoon of the printed issue, and somebody at its desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.office import Office
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import AT
from tests.support.offices import office_at, write_config


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Its clock stands at `AT` until the test moves it (`desk.clock.now`)."""
    with office_at(write_config(tmp_path / "office"), AT) as opened:
        yield opened


@pytest.fixture
def desk(office: Office) -> Iterator[DeskDriver]:
    driver = DeskDriver(office)
    yield driver
    driver.close()
