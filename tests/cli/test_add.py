"""`add`: a text and files are added by hand, and read at once."""

from __future__ import annotations

from pathlib import Path

from archive import articles
from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.correspondence import manuscript
from tests.support.pasted_articles import ARTICLE, TITLE


def test_texts_and_files_are_added_and_read(office: Office, command_line: CommandLine, tmp_path: Path) -> None:
    text, file = tmp_path / "文字.txt", tmp_path / manuscript().name
    text.write_text(ARTICLE, encoding="utf-8")
    file.write_bytes(manuscript().data)
    read = command_line.run_json("add", "--department", "区教体局", "--text", str(text), str(file)).document
    assert read["verdict"] == "article"
    assert len(read["articles"]) == 2
    with office.ledger.reading() as ledger:
        titles = [(article.department, article.manuscript.title) for article in articles.articles(ledger)]
    assert titles == [("区教体局", TITLE), ("区教体局", "内外兼修提升学前教育")]
    again = command_line.run("add", "--department", "区民政局", str(file))
    assert again.output.startswith("重复：")


def test_what_cannot_be_added_is_named(office: Office, command_line: CommandLine, tmp_path: Path) -> None:
    missing = command_line.run("add", "--department", "区教体局", str(tmp_path / "没有.docx"))
    assert missing.status == 2
    assert "没有.docx" in missing.output + missing.errors
    latin = tmp_path / "a.txt"
    latin.write_bytes(b"\xff\xfe\x00")
    assert command_line.run("add", "--department", "区教体局", "--text", str(latin)).status == 2
    assert command_line.run("add", "--department", "区教体局").status == 2
