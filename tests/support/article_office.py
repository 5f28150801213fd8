"""Fixtures for the tests of the article's page: an office whose 区民政局 is known by its address, with letters read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from intake.pool import ReadingPool
from service.office import Office
from tests.support.articles import manuscript_file, send_in
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin() + 'senders = ["mzj@example.org"]\n', environ={"PATH": os.environ["PATH"]})


@pytest.fixture
def article(office: Office, pool: ReadingPool, tmp_path: Path) -> int:
    """An article with a number with blanks, a half-width comma and a wrong word; its id."""
    [made] = send_in(office, tmp_path / "inbox", pool, manuscript_file())
    return made
