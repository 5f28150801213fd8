"""A year is exported from real letters: all that is listed is there, and opens without the program."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import letters, outbox
from archive.articles import article_named
from intake.pool import ReadingPool
from service.article.endorse import ScanUpload
from service.article.joint_adoption import MergeRequest, merge_articles
from service.exporting.export_year import _extension, export_year
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from service.removal.remove import erase
from tests.support.correspondence import manuscript, receive, submission
from tests.support.endorsed import note
from tests.support.offices import bulletin, config, office_at, write_config
from tests.support.pdf import lines, pdf
from tests.support.printed_office import DEPARTMENT, TITLES, TUESDAY, print_issue
from values.errors import BadUsage


@pytest.fixture
def printed(tmp_path: Path, pool: ReadingPool) -> Iterator[Office]:
    """An office that has printed two articles in 第70期."""
    config_file = write_config(tmp_path / "office", config(bulletin() + DEPARTMENT))
    with office_at(config_file, TUESDAY) as office:
        print_issue(office, pool)
        yield office


def test_everything_listed_is_there_with_its_checksum(printed: Office, tmp_path: Path) -> None:
    done = export_year(printed, printed.bulletin(None), 2022, tmp_path / "out")
    assert (done.issues, done.articles, done.problems) == (1, 2, ())
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    linked = set(re.findall(r'href="([^"]+)"', page))
    sums = dict(line.split("  ")[::-1] for line in (tmp_path / "out" / "SHA256SUMS").read_text().splitlines())
    written = {
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()
    }
    assert linked | {"index.html"} == sums.keys() == written - {"SHA256SUMS"}
    for path, sha256 in sums.items():
        assert path.isascii()
        assert hashlib.sha256((tmp_path / "out" / path).read_bytes()).hexdigest() == sha256
    articles = tmp_path / "out" / "2022-070" / "articles"
    assert {(articles / f"{number:02}.txt").read_text(encoding="utf-8-sig").split("\n")[0] for number in (1, 2)} == {
        *TITLES[:2]
    }
    assert zipfile.is_zipfile(io.BytesIO((articles / "01-source.docx").read_bytes()))
    assert b"jtj@example.org" in (articles / "02-letter.eml").read_bytes()
    assert all(title in page for title in TITLES[:2])


def test_letter_that_was_erased_is_named_and_the_print_is_there(printed: Office, tmp_path: Path) -> None:
    with printed.ledger.writing() as ledger:
        outbox.give_up_older(ledger, TUESDAY.replace(year=2023))
        first = letters.letters(ledger)[0]
    erase(printed, printed.bulletin(None), first.id, "本人要求", who="赵管理")
    done = export_year(printed, printed.bulletin(None), 2022, tmp_path / "out")
    assert len(done.problems) == 1
    assert "原件没有了" in done.problems[0]
    assert "原件没有了" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert len(list((tmp_path / "out").rglob("*-letter.eml"))) == 1
    assert len(list((tmp_path / "out").rglob("0?.txt"))) == 2


def test_endorsements_are_in_the_index_and_their_scans_beside_the_articles(printed: Office, tmp_path: Path) -> None:
    scan = pdf(lines("请推广"))
    note(printed, 1, text="请推广", scan=ScanUpload("批示.pdf", scan))
    done = export_year(printed, printed.bulletin(None), 2022, tmp_path / "out")
    assert done.problems == ()
    assert "市级批示 张副市长：请推广" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    [written] = (tmp_path / "out").rglob("*-endorsement-1.pdf")
    assert written.read_bytes() == scan


def test_other_year_and_filled_folder_are_refused(printed: Office, tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="2021 年没有签发过"):
        export_year(printed, printed.bulletin(None), 2021, tmp_path / "out")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "precious").write_bytes(b"1")
    with pytest.raises(BadUsage, match="已有东西"):
        export_year(printed, printed.bulletin(None), 2022, tmp_path / "full")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("稿件.DOCX", "docx"), ("", "txt"), ("no extension", "bin"), ("../../x.sh/", "bin"), ("a.tar.gz", "gz")],
)
def test_only_the_extension_of_a_senders_name_is_used(name: str, expected: str) -> None:
    assert _extension(name) == expected


def test_an_article_of_several_departments_has_the_files_and_letters_of_all(tmp_path: Path, pool: ReadingPool) -> None:
    config_file = write_config(tmp_path / "office", config(bulletin() + DEPARTMENT))
    with office_at(config_file, TUESDAY) as office:
        for number, title in enumerate(TITLES[:2]):
            receive(office, pool, submission(manuscript(title), number=number))
        merge_articles(office, MergeRequest([1, 2], 1, "王编辑"))
        assemble(office, office.bulletin(None), TUESDAY.date())
        sign_off(office, office.bulletin(None), 70, "王编辑")
        done = export_year(office, office.bulletin(None), 2022, tmp_path / "out")
        with office.ledger.writing() as ledger:
            outbox.give_up_older(ledger, TUESDAY.replace(year=2023))
        erase(office, office.bulletin(None), 2, "到期", who="王编辑")
        with office.ledger.reading() as ledger:
            text = article_named(ledger, 1).manuscript.text
    assert (done.articles, done.problems) == (1, ())
    names = {path.name for path in (tmp_path / "out" / "2022-070" / "articles").iterdir()}
    assert names == {"01.txt", "01-source.docx", "01-letter.eml", "01-source-2.docx", "01-letter-2.eml"}
    assert text.count("一是严格保教管理") == 2
