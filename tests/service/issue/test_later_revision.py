"""An act on a revision that is not the last one any more is refused, with what has changed since."""

from __future__ import annotations

import pytest

from service.issue.assemble import assemble
from service.issue.later_revision import refuse_later_revision
from service.office import Office
from tests.support.ledger_rows import AT
from tests.support.offices import hand_in
from values.errors import BadUsage


def test_the_refusal_names_what_is_new_in_every_revision_since(office: Office) -> None:
    for name in ("甲", "乙", "丙"):
        hand_in(office, name)
        made = assemble(office, office.bulletin(None), AT.date())
    assert made is not None
    with office.ledger.reading() as ledger:
        refuse_later_revision(ledger, made.issue, 3)
        for seen, refusal in (
            (1, "已更新到第 3 稿，您看过的是第 1 稿：新增《乙》《丙》。请看过新的一稿再审核。"),
            (2, "您看过的是第 2 稿：新增《丙》。"),
            (4, "还没有第 4 稿，现在是第 3 稿"),
        ):
            with pytest.raises(BadUsage, match=refusal):
                refuse_later_revision(ledger, made.issue, seen, then="审核")
