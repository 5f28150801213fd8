"""A file that was altered is not handed out: not at the desk, not by mail, and `issues` names it."""

from __future__ import annotations

import pytest

from archive import issues, outbox
from service.issue.altered_files import altered_files
from service.issue.issue_files import final_file
from service.issue.past_issues import file_of
from service.office import Office
from tests.support import trusted_office
from tests.support.command_line import command_line_of
from tests.support.trusted_office import PICTURE, digest, execute, fill
from values.errors import FileAltered


@pytest.fixture
def office(office: Office) -> Office:
    fill(office)
    return office


def alter(office: Office, kind: str) -> str:
    path = trusted_office.file_of(office, kind)
    path.write_bytes(path.read_bytes() + b" ")
    return str(path.relative_to(office.data_dir))


@pytest.mark.parametrize(("kind", "named"), [("issue", "docx"), ("manifest", "manifest"), ("draft", "draft")])
def test_an_altered_file_of_an_issue_is_not_handed_out(kind: str, named: str, office: Office) -> None:
    assert file_of(office, office.bulletin(None), 1, named)
    alter(office, kind)
    with pytest.raises(FileAltered, match="与入库时不同"):
        file_of(office, office.bulletin(None), 1, named)


def test_an_altered_final_file_is_not_downloaded(office: Office) -> None:
    assert final_file(office, office.bulletin(None), 1, "docx").data
    alter(office, "issue")
    with pytest.raises(FileAltered):
        final_file(office, office.bulletin(None), 1, "docx")


def test_an_altered_letter_or_picture_is_not_handed_out(office: Office) -> None:
    letter = trusted_office.file_of(office, "letter").stem
    assert office.raws.read(letter)
    alter(office, "letter")
    alter(office, "picture")
    with pytest.raises(FileAltered):
        office.raws.read(letter)
    with pytest.raises(FileAltered):
        office.media.read(digest(PICTURE))


def test_an_altered_letter_out_is_not_mailed(office: Office) -> None:
    execute(office, "UPDATE outbox SET raw = x'00' WHERE raw IS NOT NULL")
    alter(office, "outbox")
    for outbox_id in (1, 2):
        with office.ledger.reading() as ledger, pytest.raises(FileAltered):
            outbox.raw_letter(ledger, outbox_id, office.data_dir)


def test_issues_names_altered_and_missing_files(office: Office) -> None:
    line = command_line_of(office)
    before = line.run_json("issues")
    assert (before.status, "altered" in before.document[0]) == (0, False)
    path = alter(office, "issue")
    trusted_office.file_of(office, "draft").unlink()
    with office.ledger.reading() as ledger:
        [record] = issues.issues(ledger)
    assert altered_files(office, record) == [path, record.draft]
    after = line.run_json("issues")
    assert (after.status, after.document[0]["altered"]) == (1, [path, record.draft])
    assert f"✗ {path}" in line.run("issues").output
