"""The files that stay of a signed-off issue, whatever happens while they are made."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from archive import article_changes, articles, issues, revisions
from archive.files import remove_leftovers
from archive.issues import IssueRecord
from assembler.contents import pages_shown
from service.issue.assemble import assemble
from service.issue.sign_off import FilesIncomplete, complete_issues, sign_off
from service.office import Office
from tests.support.crash import ROOT, killed_at_step
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import BULLETIN, keep_letter, new_article
from tests.support.libreoffice import page_lines
from tests.support.offices import SHANGHAI, hand_in, office_at, write_config
from tests.support.projection import projection
from values.errors import BadUsage
from values.issue import ArticleStatus, IssueStatus

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
MADE = ["issues/wuxing/70/70.docx", "issues/wuxing/70/70.pdf", "issues/wuxing/70/manifest.json"]


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return write_config(tmp_path / "office")


def make(office: Office) -> None:
    assert assemble(office, office.bulletin(None), TUESDAY.date()) is not None


def sign(office: Office, seen: int | None = None, shown: Collection[int] = ()) -> IssueRecord:
    return sign_off(office, office.bulletin(None), 70, "王编辑", seen=seen, shown=shown)


def issue_70(office: Office) -> IssueRecord:
    with office.ledger.reading() as ledger:
        return issues.issue_numbered(ledger, BULLETIN, 70)


def statuses(office: Office) -> set[str]:
    with office.ledger.reading() as ledger:
        return {article.status.value for article in articles.articles(ledger)}


def revise(office: Office, article_id: int) -> None:
    """The article's text is replaced, as by a letter with a correction."""
    with office.ledger.writing() as ledger:
        letter_id = keep_letter(ledger, "换稿")
        office.raws.put("换稿".encode())
        record = articles.article_named(ledger, article_id)
        revisions.add_revision(ledger, record, letter_id, new_article("甲（换稿）"), at=TUESDAY)


def manifest(office: Office, issue: IssueRecord) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((office.data_dir / issue.final[-1].path).read_bytes())
    return read


def test_docx_pdf_and_manifest_stay_beside_the_draft(config_file: Path, soffice: Path) -> None:
    with office_at(config_file, TUESDAY, PATH=os.environ["PATH"]) as office:
        hand_in(office, "甲", "乙")
        make(office)
        signed = sign(office)
        assert [file.path for file in signed.final] == MADE
        assert signed.files == (*MADE, "issues/wuxing/70/70-r1.docx")
        [*_, last] = page_lines((office.data_dir / MADE[1]).read_bytes())
        assert any("共印" in line or "区“五型”政府建设" in line for line in last)
        assert "甲的正文。" in projection((office.data_dir / MADE[0]).read_bytes())
    assert broken_promises(config_file.parent / "data") == []


def test_an_issue_for_both_sides_of_the_paper_ends_on_an_even_page_in_draft_and_pdf(
    config_file: Path, soffice: Path
) -> None:
    with office_at(config_file, TUESDAY, PATH=str(soffice.parent)) as office:
        hand_in(office, *"甲乙丙丁戊己")
        make(office)
        shown = pages_shown((office.data_dir / issue_70(office).draft).read_bytes())
        assert shown["imprint"] % 2 == 1  # as it would come without
        sign(office)
        assert pages_shown((office.data_dir / MADE[0]).read_bytes()) == shown
        pages = page_lines((office.data_dir / MADE[1]).read_bytes())
        assert len(pages) == shown["imprint"] + 1
        assert any("区“五型”政府建设" in line for line in pages[-1])


def test_manifest_tells_every_file_and_letter_and_who_signed(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        first, second = hand_in(office, "甲", "乙")
        make(office)
        signed = sign(office)
        told = manifest(office, signed)
        assert (told["label"], told["revision"], told["date"]) == ("第70期", 1, "2022-11-08")
        assert (told["signed_off_by"], told["signed_off_at"]) == ("王编辑", "2022-11-08T16:00:00+08:00")
        for file in told["files"]:
            data = (office.data_dir / file["path"]).read_bytes()
            assert (file["sha256"], file["size"]) == (hashlib.sha256(data).hexdigest(), len(data))
        assert [file["path"] for file in told["files"]] == [MADE[0], "issues/wuxing/70/70-r1.docx"]
        assert [(one["id"], one["title"], one["revision"]) for one in told["articles"]] == [
            (first, "甲", 1),
            (second, "乙", 1),
        ]
        for one in told["articles"]:
            letter = office.raws.read(one["letter"]["sha256"])
            assert (one["letter"]["size"], one["department"]) == (len(letter), "区民政局")


def test_article_received_after_the_draft_is_not_in_the_signed_off_issue(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        article_id, _ = hand_in(office, "甲", "乙")
        make(office)
        revise(office, article_id)
        hand_in(office, "丙")
        signed = sign(office)
        text = projection((office.data_dir / signed.files[0]).read_bytes())
        assert ("甲的正文。" in text, "换稿" in text, "丙" in text) == (True, False, False)
        assert manifest(office, signed)["articles"][0]["revision"] == 1


def test_a_draft_that_has_moved_on_since_it_was_seen_is_refused_with_what_changed(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        first, second = hand_in(office, "甲", "乙")
        make(office)
        hand_in(office, "丙")
        make(office)
        revise(office, first)
        with office.ledger.writing() as ledger:
            article_changes.change_status(
                ledger, articles.article_named(ledger, second), ArticleStatus.HELD, who="王编辑", note="", at=TUESDAY
            )
        make(office)
        said = (
            "第70期已更新到第 3 稿，您看过的是第 1 稿：新增《丙》；换稿《甲（换稿）》；撤下《乙》。请看过新的一稿再签发"
        )
        with pytest.raises(BadUsage, match=said):
            sign(office, seen=1)
        with pytest.raises(BadUsage, match="还没有第 4 稿，现在是第 3 稿"):
            sign(office, seen=4)
        assert issue_70(office).status is IssueStatus.DRAFT
        with pytest.raises(BadUsage, match=r"还没有人看过：稿件 1《甲（换稿）》第 2 稿。.* --shown 1"):
            sign(office, seen=3)
        assert sign(office, seen=3, shown=[1]).status is IssueStatus.SIGNED_OFF


def test_when_libreoffice_fails_the_issue_is_signed_off_and_a_second_run_completes_it(config_file: Path) -> None:
    broken = config_file.parent / "bin"
    broken.mkdir()
    (broken / "soffice").write_text("#!/bin/sh\nexit 1\n")
    (broken / "soffice").chmod(0o755)
    with office_at(config_file, TUESDAY, PATH=str(broken)) as office:
        hand_in(office, "甲")
        make(office)
        with pytest.raises(FilesIncomplete, match=r"第70期已签发，但 PDF 没有做成.*再运行一次 sign-off 70"):
            sign(office)
        assert [file.kind for file in issue_70(office).final] == ["docx"]
        with capture_logs() as logs:
            complete_issues(office)
        assert [line["event"] for line in logs if line["log_level"] == "error"] == ["issue not completed"]
    with office_at(config_file, TUESDAY + timedelta(days=1)) as office:
        assert [file.kind for file in sign(office).final] == ["docx", "manifest"]
        assert manifest(office, issue_70(office))["signed_off_at"] == "2022-11-08T16:00:00+08:00"
        with pytest.raises(BadUsage, match="第70期已于 2022-11-08 16:00 由 王编辑 签发，不能再改"):
            sign(office)


def test_killed_at_any_step_it_is_signed_off_and_completed_by_the_next_run_or_not_signed_off(
    config_file: Path, tmp_path: Path
) -> None:
    """security.md A-4: number, sign-off, the articles' states and the file change together."""
    with office_at(config_file, TUESDAY) as office:
        hand_in(office, "甲", "乙")
        make(office)
    outcomes: list[bool] = []
    for step in count(1):
        copy = tmp_path / f"killed-{step}"
        shutil.copytree(config_file.parent, copy)
        program = ROOT / "tests/support/sign_off_as.py"
        killed = killed_at_step(step, program, copy / "config.toml", 70, "王编辑", TUESDAY.isoformat())
        with office_at(copy / "config.toml", TUESDAY) as office:
            signed = issue_70(office).status is IssueStatus.SIGNED_OFF
            assert statuses(office) == ({"published"} if signed else {"draft"})
            outcomes.append(signed)
            if not signed:
                sign(office)
            complete_issues(office)
            assert [file.kind for file in issue_70(office).final] == ["docx", "manifest"]
            hand_in(office, "丙")
            made = assemble(office, office.bulletin(None), TUESDAY.date())
            assert made is not None
            assert made.issue.number.number == 71
        remove_leftovers(copy / "data", datetime.now(SHANGHAI) + timedelta(hours=1))
        assert broken_promises(copy / "data") == []
        if not killed:
            break
    assert outcomes == sorted(outcomes)
    assert outcomes.count(False) >= 4  # before the file, and before the commit
    assert outcomes.count(True) >= 5  # after it, and in each step towards the manifest
