"""Fixtures of an office with a draft, and of its being edited and taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.pool import ReadingPool
from service.edited_draft.proposal import Proposal
from service.edited_draft.read import proposal_of, read_file
from service.office import Office
from tests.support.draft_office import CONFIG, make_draft
from tests.support.office_fixtures import OfficeSetup

Propose = Callable[[bytes], Proposal]


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(CONFIG)


@pytest.fixture
def ids(office: Office) -> list[int]:
    """The articles of the draft."""
    return make_draft(office)


@pytest.fixture
def propose(office: Office, pool: ReadingPool, ids: list[int]) -> Propose:
    """What taking over a file would change."""

    def proposed(data: bytes) -> Proposal:
        bulletin = office.bulletin(None)
        return proposal_of(office, pool, bulletin, read_file(office, pool, "送审稿.docx", data))

    return proposed
