"""Letters with .doc and its like, through the command line: with LibreOffice, without it, and once it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.legacy import LINES, Legacy
from tests.support.scenario import ROOT, Installation, installation_of
from tests.support.submissions import File, raw_letter

pytestmark = pytest.mark.libreoffice
SCENARIO = ROOT / "tests" / "scenarios" / "01-printed-issue"
SENDER = "mzj@example.org"


@pytest.fixture
def office(tmp_path: Path) -> Installation:
    return installation_of(SCENARIO, tmp_path)


def bring_in(office: Installation, *letters: bytes) -> dict[str, int]:
    inbox = office.home / "inbox"
    inbox.mkdir()
    for index, letter in enumerate(letters):
        (inbox / f"{index}.eml").write_bytes(letter)
    taken = office.run("import", str(inbox))
    assert taken.status == 0, taken.complaints
    verdicts: dict[str, int] = taken.document["verdicts"]
    return verdicts


def test_letter_with_an_old_document_becomes_an_article(office: Installation, legacy_files: Legacy) -> None:
    letter = raw_letter(File("old.doc", legacy_files["doc"]), sender=SENDER)
    assert bring_in(office, letter) == {"article": 1}
    (article,) = office.run("articles").document
    assert article["source"]["attachment"] == "old.doc"
    assert (article["title"], article["department"]) == (LINES[0], "区民政局")
    messages = [finding["message"] for finding in article["findings"] if finding["rule"] == "converted"]
    assert messages == ["由 .doc 转换，请核对版式。"]
    assert article["text"].splitlines() == [*LINES[2:4], "单位\t人数", *LINES[4:]]


def test_same_text_in_two_formats_is_one_article(office: Installation, legacy_files: Legacy) -> None:
    letters = [raw_letter(File(f"a.{name}", legacy_files[name]), sender=SENDER) for name in ("doc", "odt")]
    assert bring_in(office, *letters) == {"article": 1, "duplicate": 1}


def test_letter_waits_for_libreoffice_and_is_read_by_retry(office: Installation, legacy_files: Legacy) -> None:
    path = office.environ["PATH"]
    office.environ["PATH"] = str(office.home)
    broken = raw_letter(File("cut.doc", legacy_files["doc"][:3_000]), sender=SENDER)
    letters = [raw_letter(File("old.wps", legacy_files["doc"]), sender=SENDER), broken]
    assert bring_in(office, *letters) == {"quarantined": 2}
    first, *_ = office.run("messages").document
    assert first["reason"] == (
        "old.wps：本机没有 LibreOffice，不能读 .wps 文件。请管理员安装后用 retry 重读，或请对方另存为 .docx 重发。"
    )
    office.environ["PATH"] = path
    again = office.run("retry", first["sha256"])
    assert [(row["verdict"], len(row["articles"])) for row in again.document] == [("article", 1)]


def test_check_tells_what_libreoffice_is_needed_for(office: Installation, soffice: Path) -> None:
    assert str(soffice) in _checked(office)["said"]
    office.environ["PATH"] = str(office.home)
    absent = _checked(office)
    assert (absent["state"], ".doc、.wps、.rtf、.odt 来稿会放在待处理" in absent["said"]) == ("advice", True)


def _checked(office: Installation) -> dict[str, str]:
    (line,) = [line for line in office.run("check").document if line["name"] == "LibreOffice"]
    checked_line: dict[str, str] = line
    return checked_line
