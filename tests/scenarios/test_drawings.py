"""A letter with a chart, through the command line: without LibreOffice, and read again once it is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.drawings import with_chart
from tests.support.legacy import rtf
from tests.support.scenario import DATED, PRINTED, Installation, installation_of
from tests.support.submissions import File, raw_letter

SENDER = "mzj@example.org"
_CHART = "有 1 个图表，没有读入"


@pytest.fixture
def office(tmp_path: Path) -> Installation:
    return installation_of(PRINTED, tmp_path)


def bring_in(office: Installation, *files: File) -> dict[str, Any]:
    """Imports a letter while there is no LibreOffice; returns its row."""
    (office.home / "letter.eml").write_bytes(raw_letter(*files, sender=SENDER))
    path, office.environ["PATH"] = office.environ["PATH"], str(office.home)
    assert office.run("import", str(office.home / "letter.eml")).status == 0
    office.environ["PATH"] = path
    return message(office)


def message(office: Installation) -> dict[str, Any]:
    (row,) = office.run("messages").document
    message: dict[str, Any] = row
    return message


def retry(office: Installation, row: dict[str, Any]) -> dict[str, Any]:
    again = office.run("retry", row["sha256"])
    assert again.status == 0, again.complaints
    return message(office)


def rules(office: Installation) -> list[set[str]]:
    return [{finding["rule"] for finding in row["findings"]} for row in office.run("articles").document]


@pytest.mark.libreoffice
def test_chart_is_drawn_by_retry_into_the_same_article(office: Installation, soffice: Path) -> None:
    first = bring_in(office, File("投稿.docx", with_chart()))
    assert (first["verdict"], _CHART in first["reason"]) == ("flagged", True)
    draft = office.run("assemble", "--date", DATED).document
    again = retry(office, first)
    assert again["articles"] == first["articles"]
    assert (again["verdict"], _CHART in again["reason"]) == ("article", False)
    assert f"稿件 {first['articles'][0]} 已换成重读的内容" in again["reason"]
    (names,) = rules(office)
    assert ("drawn" in names, "chart" in names) == (True, False)
    remade = office.run("assemble", "--date", DATED).document
    assert (remade["articles"], remade["revision"]) == (draft["articles"], draft["revision"] + 1)
    assert "\nPicture|" in office.issue(remade["files"])


@pytest.mark.libreoffice
def test_old_document_beside_a_manuscript_is_read_by_retry_and_nothing_is_doubled(
    office: Installation, soffice: Path
) -> None:
    first = bring_in(office, File("甲.docx", with_chart(first="甲稿")), File("乙.rtf", rtf()))
    assert (first["verdict"], len(first["articles"])) == ("flagged", 1)
    again = retry(office, first)
    assert (again["verdict"], len(again["articles"])) == ("article", 2)
    assert len(office.run("articles").document) == 2


def test_retry_that_reads_nothing_new_leaves_the_article_as_it_is(office: Installation) -> None:
    first = bring_in(office, File("投稿.docx", with_chart()))
    office.environ["PATH"] = str(office.home)
    again = retry(office, first)
    assert (again["verdict"], again["reason"], again["articles"]) == ("flagged", first["reason"], first["articles"])


@pytest.mark.libreoffice
def test_article_that_was_decided_about_stays_as_it_was_decided(office: Installation, soffice: Path) -> None:
    first = bring_in(office, File("投稿.docx", with_chart()))
    (article,) = first["articles"]
    assert office.run("decide", str(article), "adopted").status == 0
    again = retry(office, first)
    assert f"稿件 {article}（采用）没有换成重读的内容" in again["reason"]
    (names,) = rules(office)
    assert ("drawn" in names, "chart" in names) == (False, True)
