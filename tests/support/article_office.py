"""Fixtures for the tests of the article's page: an office whose 区民政局 is known by its address, with letters read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.pool import ReadingPool
from service.office import Office
from tests.support.articles import manuscript_file, send_in
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import AT
from tests.support.offices import bulletin, config, office_at, write_config


@pytest.fixture(scope="session")
def pool() -> Iterator[ReadingPool]:
    with ReadingPool(workers=1) as pool:
        yield pool


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    home = tmp_path / "office"
    text = config(bulletin() + 'senders = ["mzj@example.org"]\n')
    with office_at(write_config(home, text), AT, PATH=os.environ["PATH"]) as opened:
        yield opened


@pytest.fixture
def desk(office: Office) -> DeskDriver:
    return DeskDriver(office)


@pytest.fixture
def article(office: Office, pool: ReadingPool, tmp_path: Path) -> int:
    """An article with a number with blanks, a half-width comma and a wrong word; its id."""
    [made] = send_in(office, tmp_path / "inbox", pool, manuscript_file())
    return made
