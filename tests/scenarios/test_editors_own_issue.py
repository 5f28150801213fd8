"""What the editor decides about an issue is in every draft made after it, whatever comes in meanwhile, and in print."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from archive import articles
from archive.articles import ArticleRecord
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, decide
from service.article.edit import edit_title
from service.issue.arrange import arrange, move_article
from service.issue.assemble import Assembled, assemble
from service.issue.prepare import write_editors_note
from service.issue.sign_off import sign_off
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.invariants import broken_promises
from tests.support.manuscripts import STYLES, large, plain
from tests.support.offices import SHANGHAI, office_at
from tests.support.projection import projection
from tests.support.scenario import PRINTED, installation_of
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx
from values.issue import ArticleStatus

TUESDAY = datetime(2022, 11, 8, 16, tzinfo=SHANGHAI)
EDITOR = "王编辑"
NOTE = "现将各单位深化改革的做法刊发如下，请结合实际学习借鉴。"
RETITLED = "就业政策落地见效"
LATECOMER = "区民政局开展冬季养老机构安全检查"
TEXT = (
    "近日，区民政局组织工作组对全区养老机构开展冬季安全检查，重点检查消防设施、用电用气和食品留样等情况。",
    "工作组共检查养老机构 32 家，发现问题 18 处，当场整改 11 处，其余均已建立台账，明确了责任人和完成时限。",
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The letters of the printed issue have been read: four ordinary articles and a notice."""
    with office_at(installation_of(PRINTED, tmp_path).config, TUESDAY) as opened:
        take_in(opened, PRINTED / "inbox")
        yield opened


def take_in(office: Office, path: Path) -> None:
    with ReadingPool(workers=1) as pool:
        assert LetterReceiver(office, pool).import_letters(office.bulletin(None), [path]).errors == ()


def later_letter(office: Office) -> None:
    """An article that comes in after the first draft."""
    manuscript = File("稿件.docx", docx(large(LATECOMER) + plain(*TEXT), styles=STYLES))
    path = office.data_dir.parent / "later.eml"
    path.write_bytes(
        raw_letter(manuscript, sender="mzj@example.org", header="Date: Tue, 08 Nov 2022 15:00:00 +0800\r\n")
    )
    take_in(office, path)


def make(office: Office) -> Assembled:
    made = assemble(office, office.bulletin(None))
    assert made is not None
    return made


def ids(made: Assembled) -> list[int]:
    return [article for article, _ in made.issue.articles]


def records(office: Office) -> dict[int, ArticleRecord]:
    with office.ledger.reading() as ledger:
        return {record.id: record for record in articles.articles(ledger)}


def read(office: Office, path: str) -> str:
    return projection((office.data_dir / path).read_bytes())


def lay_out(office: Office) -> list[int]:
    """The editor's hour: order, a section, a title, one held back, a note. Returns the order that must stand."""
    first, second, third, fourth, notice = ids(make(office))
    arrange(office, office.bulletin(None), [("", [fourth, second, first]), ("情况通报", [notice, third])], EDITOR)
    edit_title(office, second, RETITLED, EDITOR, seen=None)
    decide(office, DecisionRequest(first, ArticleStatus.HELD, who=EDITOR, note="下期再用"))
    write_editors_note(office, office.bulletin(None), NOTE, EDITOR)
    return [fourth, second, notice, third]


def test_a_remake_after_a_new_letter_keeps_all_that_the_editor_decided(office: Office) -> None:
    wanted = lay_out(office)
    arranged = make(office)
    assert (ids(arranged), arranged.issue.revision) == (wanted, 2)
    assert arranged.issue.news.changed == (RETITLED,)
    assert arranged.issue.news.moved != ()
    assert make(office).changed is False
    later_letter(office)
    again = make(office)
    [latest] = set(ids(again)) - set(wanted)
    assert ids(again) == [*wanted[:2], latest, *wanted[2:]]
    assert (again.issue.news.added, again.issue.news.moved) == ((LATECOMER,), ())
    text = read(office, again.issue.files[0])
    assert f"TableText|新增《{LATECOMER}》" in text
    assert f"EditorsNote|【编者按】{NOTE}" in text
    assert f"ArticleTitle|{RETITLED}" in text


def test_the_same_decisions_make_the_same_bytes(office: Office) -> None:
    lay_out(office)
    first = (office.data_dir / make(office).issue.files[0]).read_bytes()
    moved = next(id for id, _ in make(office).issue.articles)
    move_article(office, moved, EDITOR, place="last")
    make(office)
    move_article(office, moved, EDITOR, place="first")
    again = make(office)
    assert again.issue.revision == 4
    assert without_what_is_told(first) == without_what_is_told((office.data_dir / again.issue.files[0]).read_bytes())


def without_what_is_told(docx_bytes: bytes) -> str:
    """The issue behind the cover note."""
    return projection(docx_bytes).partition("\nMasthead|")[2]


def test_signed_off_issue_has_the_order_and_note_of_the_editor(office: Office) -> None:
    wanted = lay_out(office)
    later_letter(office)
    draft = make(office)
    signed = sign_off(office, office.bulletin(None), 70, EDITOR)
    printed, drafted = read(office, signed.files[0]), read(office, draft.issue.files[0])
    body = drafted.partition("\nMasthead|")[2].partition("\nComment|")[0]
    assert printed == f"Masthead|{body}"
    manifest = json.loads((office.data_dir / "issues/wuxing/70/manifest.json").read_text(encoding="utf-8"))
    listed = [(record["id"], record["section"]) for record in manifest["articles"]]
    assert listed == [(id, "" if place < 3 else "情况通报") for place, id in enumerate(ids(draft))]
    assert (manifest["editors_note"], manifest["supplement"]) == ([NOTE], False)
    kept = records(office)
    held = [record.id for record in kept.values() if record.status is ArticleStatus.HELD]
    assert len(held) == 1
    assert set(wanted) < {record.id for record in kept.values() if record.issue_label == "第70期"}
    assert broken_promises(office.data_dir) == []
