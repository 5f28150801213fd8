"""The original: to keep, as pictures, or in a frame that can do nothing."""

from __future__ import annotations

import base64
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from archive.schema.letters import letter
from intake.pool import ReadingPool
from service.article.original import OriginalViewer
from service.article.previews import PREVIEWS
from service.office import Office
from tests.support.article_office import article as article
from tests.support.article_office import office_setup as office_setup
from tests.support.articles import LINES, TITLE, manuscript_file, records, send_in
from tests.support.desk import DeskDriver
from tests.support.legacy import Legacy
from tests.support.pdf import lines, pdf
from tests.support.submissions import File
from values.errors import NeedsEditor
from values.letter import Verdict


def at(article: int, more: str = "") -> str:
    return f"/b/wuxing/articles/{article}{more}"


def sent(office: Office, pool: ReadingPool, tmp_path: Path, *files: File, text: str = "请查收。") -> int:
    [made] = send_in(office, tmp_path / "inbox", pool, *files, text=text)
    return made


def policy(response: Any) -> dict[str, str]:
    return dict(one.strip().partition(" ")[::2] for one in response.headers["content-security-policy"].split(";"))


def test_the_file_comes_back_byte_for_byte_as_a_download(
    desk: DeskDriver, office: Office, pool: ReadingPool, tmp_path: Path
) -> None:
    file = manuscript_file(name="养老<b>“服务”.docx")
    article = sent(office, pool, tmp_path, file)
    desk.login("viewer")
    response = desk.get(at(article, "/original"))
    assert response.content == file.data
    assert response.headers["content-disposition"].startswith("attachment; filename=")
    assert "%E5%85%BB%E8%80%81_b_" in response.headers["content-disposition"]
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("verdict", [Verdict.SEALED, Verdict.PENDING])
def test_file_of_a_letter_that_was_sealed_or_waits_for_its_gate_is_shown_nowhere(
    desk: DeskDriver, office: Office, pool: ReadingPool, tmp_path: Path, verdict: Verdict
) -> None:
    file = manuscript_file()
    article = sent(office, pool, tmp_path, file)
    with office.ledger.writing() as ledger:
        ledger.sql.execute(update(letter).values(verdict=verdict.value))
    desk.login("viewer")
    for path in ("/original", "/original/frame", "/original/pages", "/original/pages/1"):
        response = desk.client.get(at(article, path), follow_redirects=False)
        shown = response.content
        assert file.data not in shown
        assert base64.b64encode(file.data) not in shown
        assert b"PNG" not in shown
        assert "不能查看" in response.text


def test_the_frame_has_no_origin_and_may_ask_nobody(desk: DeskDriver, article: int) -> None:
    desk.login("viewer")
    response = desk.get(at(article, "/original/frame"))
    rules = policy(response)
    assert rules["default-src"] == "'none'"
    assert rules["sandbox"] == "allow-scripts"
    assert rules["img-src"] == "data: blob:"
    assert rules["frame-ancestors"] == "'self'"
    assert rules["form-action"] == "'none'"
    assert "connect-src" not in rules
    assert all(one.startswith("'sha256-") for one in rules["script-src"].split())
    assert "https" not in response.headers["content-security-policy"]
    data = response.text.partition('<template id="file">')[2].partition("<")[0]
    assert base64.b64decode(data).startswith(b"PK")


def test_text_from_the_letter_itself_is_shown_as_text(
    desk: DeskDriver, office: Office, pool: ReadingPool, tmp_path: Path
) -> None:
    body = "\n".join((TITLE, "区民政局", *LINES, "<img src=x onerror=alert(1)>" + LINES[0]))
    article = sent(office, pool, tmp_path, text=body)
    desk.login("viewer")
    shown = desk.get(at(article, "/original/frame"))
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown.text
    assert "<img" not in shown.text
    kept = desk.get(at(article, "/original"))
    assert kept.headers["content-type"].startswith("text/plain")
    assert LINES[0] in kept.text


def test_one_of_several_articles_of_a_file_has_the_whole_file(
    office: Office, pool: ReadingPool, tmp_path: Path
) -> None:
    article = sent(office, pool, tmp_path, manuscript_file())
    record = records(office)[article - 1]
    with closing(OriginalViewer(office)) as viewing:
        original = viewing.original(record)
    assert (original.kind, original.name) == ("docx", "养老服务.docx")


def test_an_original_that_the_letter_does_not_give_says_what_to_do(
    desk: DeskDriver, office: Office, article: int
) -> None:
    record = records(office)[0]
    office.raws.path(record.letter_sha256).write_bytes(b"From: a@example.org\r\n\r\nnothing\r\n")
    desk.login("viewer")
    assert "没能从来信里取出这份原件" in desk.get(at(article, "/original/frame")).text
    assert desk.get(at(article, "/original")).status_code == 400


@pytest.mark.libreoffice
def test_pages_are_drawn_once_and_kept(desk: DeskDriver, office: Office, article: int, soffice: Path) -> None:
    desk.login("viewer")
    page = desk.html(at(article, "/original/pages"))
    [source] = page.xpath("//div[@class='sheets']/img/@src")
    assert len(list((office.data_dir / PREVIEWS).glob("*/*.pdf"))) == 1
    picture = desk.get(source)
    assert (picture.headers["content-type"], picture.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    assert desk.get(at(article, "/original/pages/2")).status_code == 404
    assert desk.get(at(article, "/original/pages/0")).status_code == 404


def test_without_libreoffice_the_page_reports_it(
    office: Office, pool: ReadingPool, tmp_path: Path, article: int
) -> None:
    with closing(DeskDriver(replace(office, soffice=None))) as desk:
        with pytest.raises(NeedsEditor, match="LibreOffice"):
            desk.app.state.original_viewer.pages(records(office)[0], 1)
        desk.login("viewer")
        assert "没有安装 LibreOffice" in desk.words(at(article, "/original/pages"))


def test_after_the_child_process_has_ended_a_look_starts_another(
    desk: DeskDriver, office: Office, article: int
) -> None:
    viewing = desk.app.state.original_viewer
    before = viewing.original(records(office)[0])
    viewing.close()
    assert viewing.original(records(office)[0]) == before


@pytest.mark.libreoffice
def test_an_older_format_and_a_pdf_are_shown_as_pictures_of_their_pages(
    desk: DeskDriver, office: Office, pool: ReadingPool, tmp_path: Path, legacy_files: Legacy
) -> None:
    printed = pdf(lines(TITLE, "区民政局", *(LINES[0][at : at + 20] for at in range(0, 40, 20)), *LINES[1:]))
    files = File("活动.doc", legacy_files["doc"]), File("养老.pdf", printed)
    desk.login("viewer")
    for file in files:
        article = sent(office, pool, tmp_path, file)
        shown = desk.get(at(article, "/original/frame"))
        assert '<img src="data:image/png;base64,' in shown.text
        assert policy(shown)["sandbox"] == "allow-scripts"
        assert desk.get(at(article, "/original")).content == file.data
