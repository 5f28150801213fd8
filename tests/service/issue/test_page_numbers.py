"""The page numbers of the contents page: counted by LibreOffice, outside the transaction that makes the issue."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from assembler.contents import pages_shown
from service.issue.assemble import Assembled, assemble
from service.office import Office
from tests.support.editing import members
from tests.support.offices import SHANGHAI, hand_in, office_at, write_config

pytestmark = pytest.mark.libreoffice

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return write_config(tmp_path / "office")


def make(office: Office) -> Assembled:
    made = assemble(office, office.bulletin(None), TUESDAY.date())
    assert made is not None
    return made


def with_libreoffice(config_file: Path, soffice: Path) -> AbstractContextManager[Office]:
    return office_at(config_file, TUESDAY, PATH=str(soffice.parent))


def program(folder: Path, script: str) -> Path:
    """A folder in which LibreOffice is this shell script."""
    (folder / "bin").mkdir()
    path = folder / "bin" / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path.parent


def draft(office: Office, made: Assembled) -> bytes:
    [file] = made.issue.files
    return (office.data_dir / file).read_bytes()


def asks_for_update(docx: bytes) -> bool:
    return b"updateFields" in members(docx)["word/settings.xml"]


def test_the_draft_shows_the_page_of_each_article(config_file: Path, soffice: Path) -> None:
    with with_libreoffice(config_file, soffice) as office:
        hand_in(office, "A", "B")
        made = make(office)
        assert made.paged
        assert dict(pages_shown(draft(office, made))) == {"article1": 2, "article2": 2, "imprint": 2}
        assert not asks_for_update(draft(office, made))


def test_an_unchanged_draft_is_not_laid_out_again(config_file: Path, soffice: Path, tmp_path: Path) -> None:
    with with_libreoffice(config_file, soffice) as office:
        hand_in(office, "A")
        before = make(office)
    broken = program(tmp_path, "exit 1")
    with office_at(config_file, TUESDAY, PATH=str(broken)) as office, capture_logs() as logs:
        again = make(office)
        assert (again.changed, again.paged, again.issue.sha256) == (False, True, before.issue.sha256)
    assert not [line for line in logs if "not" in line["event"]]


def test_a_draft_without_page_numbers_gets_them_when_libreoffice_works_again(
    config_file: Path, soffice: Path, tmp_path: Path
) -> None:
    with office_at(config_file, TUESDAY, PATH=str(program(tmp_path, "exit 1"))) as office:
        hand_in(office, "A")
        made = make(office)
        assert not made.paged
        assert asks_for_update(draft(office, made))
    with with_libreoffice(config_file, soffice) as office:
        made = make(office)
        assert (made.changed, made.paged) == (True, True)


def test_article_received_while_pages_are_counted_is_in_the_issue_with_its_page(
    config_file: Path, soffice: Path, tmp_path: Path
) -> None:
    began, go = tmp_path / "bin" / "began", tmp_path / "bin" / "go"  # beside the program, which sees nothing else
    waiting = program(tmp_path, f'if [ -p {began} ]; then echo > {began}; cat {go}; fi; exec {soffice} "$@"')
    os.mkfifo(began)
    os.mkfifo(go)
    with office_at(config_file, TUESDAY, PATH=str(waiting)) as office, ThreadPoolExecutor(1) as pool:
        hand_in(office, "A")
        making = pool.submit(make, office)
        began.read_text()
        began.unlink()
        hand_in(office, "B")  # would wait ten seconds and fail, were the ledger still held
        go.write_text("")
        assert pages_shown(draft(office, making.result())).keys() == {"article1", "article2", "imprint"}


def test_without_libreoffice_the_draft_asks_word_for_the_page_numbers(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        hand_in(office, "A")
        made = make(office)
        assert not made.paged
        assert asks_for_update(draft(office, made))
        assert pages_shown(draft(office, made)) == {}
