"""An office on the afternoon of the printed issue, and somebody at its desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.office import Office
from tests.support.desk import DeskDriver


@pytest.fixture
def desk(office: Office) -> Iterator[DeskDriver]:
    driver = DeskDriver(office)
    yield driver
    driver.close()
