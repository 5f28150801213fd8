"""Another system at the API of an office."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.office import Office
from tests.support.api import ApiDriver


@pytest.fixture
def api(office: Office) -> Iterator[ApiDriver]:
    driver = ApiDriver(office)
    yield driver
    driver.desk.close()
