"""The 按语 and the date laid down for the next issue stand in its draft and in print, and are used up by it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from archive.changes import changes
from archive.preparations import Preparation, preparation_of
from service.article.decide import DecisionRequest, decide
from service.issue.arrange import arrange
from service.issue.assemble import assemble, discard
from service.issue.prepare import set_date, write_editors_note
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.invariants import broken_promises
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, bulletin, config, hand_in
from tests.support.projection import projection
from values.errors import BadUsage, Changed
from values.issue import ArticleStatus

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
THURSDAY = date(2022, 11, 10)
NOTE = "现将各单位的做法刊发如下。\n请结合实际学习借鉴。"
EDITOR = "王编辑"
ANOTHER_DEPARTMENT = '\n[[bulletin.department]]\nname = "区水利局"\n'


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(bulletin() + ANOTHER_DEPARTMENT), TUESDAY)


@pytest.fixture
def office(office: Office) -> Iterator[Office]:
    """Articles 1 and 2 in the draft of issue 70."""
    hand_in(office, "甲", "乙")
    draft(office)
    yield office
    assert broken_promises(office.data_dir) == []


def draft(office: Office) -> tuple[bool, int, str]:
    """Made again: whether it changed, which revision it is, what it shows."""
    made = assemble(office, office.bulletin(None))
    assert made is not None
    return made.changed, made.issue.revision, projection((office.data_dir / made.issue.files[0]).read_bytes())


def prepared(office: Office) -> Preparation:
    with office.ledger.reading() as ledger:
        return preparation_of(ledger, "wuxing")


def test_the_note_is_in_the_next_revision_and_in_print_and_then_used_up(office: Office) -> None:
    home = office.bulletin(None)
    write_editors_note(office, home, f"\n  {NOTE} \n\n", EDITOR, seen=0)
    changed, revision, text = draft(office)
    assert (changed, revision) == (True, 2)
    assert "EditorsNote|【编者按】现将各单位的做法刊发如下。\nEditorsNote|请结合实际学习借鉴。" in text
    assert draft(office)[:2] == (False, 2)
    signed = sign_off(office, home, 70, EDITOR)
    assert signed.editors_note == NOTE
    assert "EditorsNote|请结合实际学习借鉴。" in projection((office.data_dir / signed.files[0]).read_bytes())
    manifest = json.loads((office.data_dir / "issues/wuxing/70/manifest.json").read_text(encoding="utf-8"))
    assert manifest["editors_note"] == NOTE.splitlines()
    assert prepared(office).editors_note == ""
    hand_in(office, "丙")
    assert "编者按" not in draft(office)[2]


def test_a_discarded_draft_leaves_what_was_laid_down(office: Office) -> None:
    home = office.bulletin(None)
    write_editors_note(office, home, NOTE, EDITOR)
    set_date(office, home, THURSDAY, EDITOR)
    draft(office)
    discard(office, home, 70, EDITOR)
    text = draft(office)[2]
    assert "EditorsNote|请结合实际学习借鉴。" in text
    assert "2022年11月10日" in text


def test_prepared_date_stands_until_the_sign_off_and_can_be_overridden_once(office: Office) -> None:
    home = office.bulletin(None)
    set_date(office, home, THURSDAY, EDITOR)
    assert "2022年11月10日" in draft(office)[2]
    fired = assemble(office, home, None, datetime(2022, 11, 11, 16, 0, tzinfo=SHANGHAI))
    assert fired is not None
    assert fired.issue.dated == THURSDAY
    once = assemble(office, home, date(2022, 11, 9))
    assert once is not None
    assert once.issue.dated == date(2022, 11, 9)
    with pytest.raises(BadUsage, match="编排之后"):
        sign_off(office, home, 70, EDITOR)
    draft(office)
    assert sign_off(office, home, 70, EDITOR).dated == THURSDAY
    assert prepared(office).dated is None


def test_a_draft_that_does_not_show_what_would_be_printed_is_not_signed_off(office: Office) -> None:
    home = office.bulletin(None)
    for change in (
        lambda: write_editors_note(office, home, NOTE, EDITOR),
        lambda: arrange(office, home, [("情况通报", [2])], EDITOR),
        lambda: decide(office, DecisionRequest(1, ArticleStatus.ADOPTED, who=EDITOR, department="区水利局")),
        lambda: set_date(office, home, THURSDAY, EDITOR),
    ):
        change()
        with pytest.raises(BadUsage, match="第70期编排之后，稿件的先后、栏目、单位，按语、日期"):
            sign_off(office, home, 70, EDITOR)
        draft(office)
    sign_off(office, home, 70, EDITOR)


def test_the_note_that_somebody_else_changed_is_not_written_over(office: Office) -> None:
    home = office.bulletin(None)
    seen = write_editors_note(office, home, NOTE, "李编辑", seen=0).version
    write_editors_note(office, home, "另一段。", EDITOR, seen=seen)
    with pytest.raises(Changed, match="刚被别人改过"):
        write_editors_note(office, home, "", "李编辑", seen=seen)
    with pytest.raises(Changed, match="刚被别人改过"):
        set_date(office, home, THURSDAY, "李编辑", seen=seen)
    assert prepared(office).editors_note == "另一段。"


def test_every_change_is_recorded_and_none_where_nothing_changes(office: Office) -> None:
    home = office.bulletin(None)
    write_editors_note(office, home, NOTE, EDITOR)
    write_editors_note(office, home, NOTE + "\n\n", EDITOR)
    write_editors_note(office, home, "另一段。", EDITOR)
    write_editors_note(office, home, "", EDITOR)
    set_date(office, home, THURSDAY, EDITOR)
    set_date(office, home, THURSDAY, EDITOR)
    set_date(office, home, None, EDITOR)
    write_editors_note(office, home, NOTE, EDITOR, supplement=True)
    with office.ledger.reading() as ledger:
        said = [change.summary for change in reversed(changes(ledger))]
    assert said == [
        "本期：写了按语",
        "本期：改写按语",
        "本期：删去按语",
        "本期：印发日期定为 2022-11-10",
        "本期：印发日期随编排的日子",
        "下一期增刊：写了按语",
    ]


def test_the_note_of_a_supplement_is_no_note_of_the_ordinary_issue(office: Office) -> None:
    write_editors_note(office, office.bulletin(None), NOTE, EDITOR, supplement=True)
    assert draft(office)[:2] == (False, 1)


def test_a_note_as_long_as_an_article_is_refused(office: Office) -> None:
    with pytest.raises(BadUsage, match="按语最多 5000 个字，现有 5001 个"):
        write_editors_note(office, office.bulletin(None), "长" * 5001, EDITOR)
