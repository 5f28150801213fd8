"""Who approves, and until when a one-time link is valid."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import approval_links
from service.approval.reviewers import LINK_LIFETIME, open_link, reviewer_at_desk, reviewer_by_command
from service.office import Office
from service.people.passwords import fingerprint
from tests.support.approvals import (
    FIRST,
    approving_office,
    by_link,
    forward,
    token_for,
)
from values.account import Person, Role
from values.errors import BadUsage, NotThere


def test_who_may_be_a_reviewer(office: Office) -> None:
    approver = Person(1, "zhang", "张立", Role.APPROVER, FIRST)
    assert reviewer_at_desk(office, approver).who == "张立"
    for person in (replace(approver, address=""), replace(approver, role=Role.VIEWER)):
        with pytest.raises(NotThere):
            reviewer_at_desk(office, person)
    assert reviewer_by_command(office.bulletin(None), f" {FIRST.upper()} ", "root").who == "张主任"
    with pytest.raises(BadUsage, match="审核的步骤里没有"):
        reviewer_by_command(office.bulletin(None), "x@y.z", "root")


def test_a_link_is_for_its_person_step_and_revision_until_it_ends(office: Office) -> None:
    forward(office)
    token = token_for(office, FIRST)
    with office.ledger.reading() as ledger:
        link = approval_links.link_of(ledger, fingerprint(token))
        assert open_link(office, ledger, token).link == link
    assert link is not None
    assert (link.person, link.step, link.revision) == (FIRST, "审核", 1)
    assert link.expires_at == office.now() + LINK_LIFETIME
    by_link(office, token)
    later = replace(office, now=lambda: link.expires_at - timedelta(seconds=1))
    with office.ledger.reading() as ledger, pytest.raises(NotThere, match="已经用过"):
        open_link(later, ledger, token)
    with office.ledger.reading() as ledger, pytest.raises(NotThere, match="没有这个链接"):
        open_link(office, ledger, "x")


def test_a_link_ends_where_the_configuration_names_its_person_no_more(tmp_path: Path) -> None:
    with approving_office(tmp_path / "office") as office:
        forward(office)
        token = token_for(office, FIRST)
        without = office.settings.model_copy(
            update={"bulletins": (office.bulletin(None).model_copy(update={"approval": ()}),)}
        )
        changed = replace(office, settings=without)
        with office.ledger.reading() as ledger, pytest.raises(NotThere, match="审核的步骤或人员改过"):
            open_link(changed, ledger, token)
