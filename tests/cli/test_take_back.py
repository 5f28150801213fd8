"""`take-back`: shown first, written when it is confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.office import Office
from tests.support.command_line import command_line_of
from tests.support.draft_edits import OpenedDraft, edited, put_words, remove
from tests.support.draft_office import CONFIG, draft_bytes, make_draft
from tests.support.office_fixtures import OfficeSetup


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(CONFIG)


def test_edited_draft_is_shown_and_taken_when_confirmed(office: Office, tmp_path: Path) -> None:
    make_draft(office)

    def edit(draft: OpenedDraft) -> None:
        put_words(draft.paragraphs(1)[0], 4, "大力")
        remove(draft.article(3))

    file = tmp_path / "改好的.docx"
    file.write_bytes(edited(draft_bytes(office), edit))
    command_line = command_line_of(office)
    shown = command_line.run("take-back", str(file))
    assert shown.status == 1
    assert "[1] 《多元社区居家养老服务体系建设成效明显》改了文字" in shown.output
    assert "＋ 今年以来大力，区民政局" in shown.output
    assert "[3] 《推行包容审慎监管优化营商环境》删去，留用" in shown.output
    assert "还没有改" in shown.output
    row = command_line.run_json("take-back", str(file), "--take", "1")
    assert (row.status, row.document["taken"]) == (1, "改了《多元社区居家养老服务体系建设成效明显》")
    taken = command_line.run("take-back", str(file), "--apply")
    assert (taken.status, "留用《推行包容审慎监管优化营商环境》" in taken.output) == (0, True)
    assert command_line.run("take-back", str(file)).output == "第70期第 1 稿：文件里没有要改的。\n"


def test_file_that_is_not_there_or_no_draft_is_refused(office: Office, tmp_path: Path) -> None:
    make_draft(office)
    command_line = command_line_of(office)
    missing = command_line.run("take-back", str(tmp_path / "没有.docx"))
    assert (missing.status, "读不到" in missing.errors) == (2, True)
    other = tmp_path / "a.docx"
    other.write_bytes(b"%PDF-1.7")
    assert "PDF" in command_line.run("take-back", str(other)).errors
