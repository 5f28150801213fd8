"""An office whose drafts two steps approve."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.office import Office
from tests.support.approvals import approving_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with approving_office(tmp_path / "office") as opened:
        yield opened
