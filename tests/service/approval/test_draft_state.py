"""How far a draft has come, by the ledger and the present configuration."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from service.approval.draft_state import refuse_unapproved, state_of, state_of_open_draft
from service.office import Office
from tests.support.approvals import FIRST, LAST, approving_office, draft_of, drafted, forward, reviewed
from values.approval import ApprovalStage
from values.errors import BadUsage


def with_steps(office: Office, *names: str) -> Office:
    """The same office whose bulletin has only these of its steps."""
    bulletin = office.bulletin(None)
    steps = tuple(step for step in bulletin.approval if step.step in names)
    changed = bulletin.model_copy(update={"approval": steps})
    return replace(office, settings=office.settings.model_copy(update={"bulletins": (changed,)}))


def test_the_present_configuration_decides_which_steps_are_needed(tmp_path: Path) -> None:
    with approving_office(tmp_path / "office") as office:
        forward(office)
        reviewed(office, FIRST)
        draft, stages = draft_of(office), {}
        for names in ((), ("审核",), ("签发",), ("审核", "签发")):
            bulletin = with_steps(office, *names).bulletin(None)
            with office.ledger.reading() as ledger:
                stages[names] = state_of(ledger, bulletin, draft).stage
    ready, waiting = ApprovalStage.READY, ApprovalStage.WAITING
    assert stages == {(): ready, ("审核",): ready, ("签发",): waiting, ("审核", "签发"): waiting}


def test_an_unapproved_draft_is_refused_and_an_approved_one_names_its_signers(tmp_path: Path) -> None:
    with approving_office(tmp_path / "office") as office:
        bulletin, draft = office.bulletin(None), drafted(office)
        assert state_of_open_draft(office, bulletin) is ApprovalStage.DRAFTING
        with office.ledger.reading() as ledger, pytest.raises(BadUsage, match="拟稿，不能签发"):
            refuse_unapproved(ledger, bulletin, draft)
        forward(office)
        reviewed(office, FIRST)
        reviewed(office, LAST)
        with office.ledger.reading() as ledger:
            assert refuse_unapproved(ledger, bulletin, draft).signers == (LAST[:2],)
        assert state_of_open_draft(office, with_steps(office).bulletin(None)) is None
