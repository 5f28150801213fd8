"""What would be printed now: the ledger as it stands, as a key, as a sheet of paper, and as pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assembler.contents import pages_shown
from service.article.decide import DecisionRequest, decide
from service.article.edit import edit_title
from service.health.fonts import replaced_fonts
from service.issue.arrange import move_article
from service.issue.assemble import assemble
from service.issue.issue_files import make_draft
from service.issue.page_renderer import PageRenderer, RenderedPages, page_renderer_for
from service.issue.prepare import set_date, write_editors_note
from service.issue.preview import IssueNow, is_written, issue_now, preview
from service.office import Office
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import AT
from tests.support.libreoffice import page_lines
from tests.support.offices import bulletin, hand_in, office_at, write_config
from values.issue import ArticleStatus


def now_of(office: Office) -> IssueNow:
    with office.ledger.reading() as ledger:
        return issue_now(office, ledger, office.bulletin(None))


def titles(now: IssueNow) -> list[str]:
    return [record.manuscript.title for record in now.records]


def test_preview_shows_the_ledger_as_it_is_not_the_last_draft(office: Office) -> None:
    first, second = hand_in(office, "甲文", "乙文")
    assemble(office, office.bulletin(None), AT.date())
    written = now_of(office)
    renderer = page_renderer_for(office)
    assert (titles(written), is_written(office, renderer, written)) == (["甲文", "乙文"], True)

    move_article(office, second, "王编辑", place="first")
    assert (titles(now_of(office)), is_written(office, renderer, now_of(office))) == (["乙文", "甲文"], False)
    decide(office, DecisionRequest(first, ArticleStatus.HELD, who="王编辑"))
    assert titles(now_of(office)) == ["乙文"]


def test_the_key_changes_with_all_that_is_printed_and_with_nothing_else(office: Office) -> None:
    first, second = hand_in(office, "甲文", "乙文")
    keys = [now_of(office).key]
    decide(office, DecisionRequest(first, ArticleStatus.ADOPTED, who="王编辑"))
    assert now_of(office).key == keys[0]
    for change in (
        lambda: move_article(office, second, "王编辑", place="first"),
        lambda: edit_title(office, first, "另一个标题", "王编辑", seen=None),
        lambda: decide(office, DecisionRequest(second, ArticleStatus.REJECTED, who="王编辑", note="重复")),
    ):
        change()
        keys.append(now_of(office).key)
    assert len(set(keys)) == 4


def test_without_articles_there_is_an_issue_without_sections(office: Office) -> None:
    now = now_of(office)
    assert (now.issue.sections, now.issue.masthead.number.label, now.draft) == ((), "第70期", None)


def test_a_template_that_cannot_be_used_is_reported_and_stops_nothing(tmp_path: Path) -> None:
    text = bulletin().replace("bulletin.docx", "no-such.docx")
    with office_at(write_config(tmp_path / "office", text), AT) as office:
        hand_in(office, "甲文")
        made = preview(office, page_renderer_for(office), office.bulletin(None), now_of(office))
    assert "读不到" in made.now.problem
    assert (made.rendering, made.state) == (None, "")
    assert [one.title for one in made.paper.contents] == [("甲文",)]


def test_without_libreoffice_there_is_the_sheet_of_paper(office: Office) -> None:
    hand_in(office, "甲文", "乙文")
    made = preview(office, page_renderer_for(office), office.bulletin(None), now_of(office))
    assert made.rendering is None
    assert [(one.unit, one.title, one.page) for one in made.paper.contents] == [
        ("区民政局", ("甲文",), None),
        ("区民政局", ("乙文",), None),
    ]


@pytest.mark.libreoffice
def test_the_pages_are_those_of_the_issue_with_its_page_numbers_and_leave_nothing_on_disk(
    tmp_path: Path, soffice: Path
) -> None:
    with office_at(write_config(tmp_path / "office"), AT) as opened:
        office = replace(opened, soffice=soffice)
        _, second = hand_in(office, "甲文", "乙文")
        move_article(office, second, "王编辑", place="first")
        renderer = page_renderer_for(office)
        now = now_of(office)
        assert preview(office, renderer, office.bulletin(None), now).state == "waiting"
        made = renderer.wait_for(now.key, 100)
        assert isinstance(made, RenderedPages)
        assert made.replaced == replaced_fonts(now.template, office.environ)
        lines = page_lines(made.pdf)
        assert [line[:2] for line in lines[0] if line[:2] in ("甲文", "乙文")] == ["乙文", "甲文"]
        again = preview(office, renderer, office.bulletin(None), now)
        assert [one.page for one in again.paper.contents] == [made.destinations[f"article{id}"] for id in (2, 1)]
        assert broken_promises(office.data_dir) == []
        files = {path.name for path in office.data_dir.rglob("*") if path.is_file()}
        assert not {name for name in files if name.endswith((".pdf", ".webp", ".docx"))}


def test_renderer_of_an_office_without_libreoffice_reports_it(office: Office) -> None:
    renderer: PageRenderer = page_renderer_for(office)
    renderer.request("wuxing", "甲", lambda: b"")
    made = renderer.wait_for("甲", 20)
    assert "没有安装 LibreOffice" in getattr(made, "why", "")


def test_a_draft_is_no_longer_what_would_be_printed_once_note_date_or_template_are_others(office: Office) -> None:
    hand_in(office, "甲文")
    own = office.bulletin(None)
    assemble(office, own, AT.date())
    renderer = page_renderer_for(office)
    assert is_written(office, renderer, now_of(office))
    write_editors_note(office, own, "编者按语", "王编辑")
    assert not is_written(office, renderer, now_of(office))
    assert preview(office, renderer, own, now_of(office)).paper.note == ("【编者按】编者按语",)
    write_editors_note(office, own, "", "王编辑")
    assert is_written(office, renderer, now_of(office))
    set_date(office, own, date(2022, 11, 11), "王编辑")
    assert (now_of(office).issue.masthead.dated, is_written(office, renderer, now_of(office))) == (
        date(2022, 11, 11),
        False,
    )


@pytest.mark.libreoffice
def test_a_draft_takes_its_page_numbers_from_the_pages_that_the_desk_shows(tmp_path: Path, soffice: Path) -> None:
    with office_at(write_config(tmp_path / "office"), AT) as opened:
        hand_in(opened, "甲文")
        # The renderer has LibreOffice, the assembler a program that is none: it must not be asked.
        renderer = page_renderer_for(replace(opened, soffice=soffice))
        office = replace(opened, soffice=tmp_path / "no-such-program")
        preview(replace(opened, soffice=soffice), renderer, office.bulletin(None), now_of(office))
        made = renderer.wait_for(now_of(office).key, 100)
        assert isinstance(made, RenderedPages)
        draft = make_draft(office, renderer, office.bulletin(None))
        assert pages_shown((office.data_dir / draft.draft).read_bytes()) == {"article1": 2, "imprint": 2}
