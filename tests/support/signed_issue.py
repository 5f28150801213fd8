"""第70期 signed off, with a list to be mailed to and departments that it prints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from archive.article_changes import write_article
from archive.outbox import OutboxRecord, letters_out
from service.dispatch.dispatch import dispatch
from service.dispatch.planned_letters import DispatchKind, PlannedLetter, issue_signed
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.ledger_rows import AT
from tests.support.offices import hand_in, office_at, write_config
from tests.support.outboxes import sending

EDITOR = "王编辑"
LIST = ("leader@office.example", "archive@office.example")
COPIES: Final[tuple[DispatchKind, ...]] = ("issue",)
SOON = timedelta(minutes=10)


def config(*, circulate: tuple[str, ...] = LIST, host: str = "127.0.0.1") -> str:
    listed = ", ".join(f'"{address}"' for address in circulate)
    text = sending(None).replace("first_number = 70", f"first_number = 70\ncirculate = [{listed}]")
    more = '\n[[bulletin.department]]\nname = "区水利局"\nsenders = ["@slj.example.org", "noreply@slj.example.org"]\n'
    return text.replace('host = "127.0.0.1"', f'host = "{host}"', 1) + more


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """第70期 is signed off: two articles of 区民政局, one of it with 区教体局, one of 区水利局."""
    with office_at(write_config(tmp_path / "office", config()), AT, JIANBAO_IMAP_PASSWORD="pw") as opened:
        hand_in(opened, *"甲乙丙丁")
        with opened.ledger.writing() as ledger:
            write_article(ledger, 3, departments="区民政局\n区教体局")
            write_article(ledger, 4, department="区水利局")
        assemble(opened, opened.bulletin(None), AT.date())
        sign_off(opened, opened.bulletin(None), 70, EDITOR)
        yield opened


def planned(office: Office) -> tuple[PlannedLetter, ...]:
    return issue_signed(office, office.bulletin(None), 70)[1]


def out(office: Office) -> list[OutboxRecord]:
    with office.ledger.reading() as ledger:
        return list(letters_out(ledger))


def send_all(office: Office) -> int:
    return dispatch(office, office.bulletin(None), 1, ("issue", "notices"), EDITOR)
