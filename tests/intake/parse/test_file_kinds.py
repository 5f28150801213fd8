"""The kind of a file by its bytes, and names as they are compared."""

from __future__ import annotations

import pytest

from intake.parse.file_kinds import extension_of, is_named_word, is_owner_file, kind_of, plain_name, stem_of
from tests.support.submissions import DOC, LOCKED, PNG
from tools.docx_builder import zipped


@pytest.mark.parametrize(
    ("data", "name", "extension"),
    [
        (PNG, "a.docx", ".png"),
        (b"%PDF-1.7", "", ".pdf"),
        (DOC, "", ".doc"),
        (DOC, "稿.wps", ".wps"),
        (LOCKED, "稿.xls", ".docx"),
        (zipped({"word/document.xml": b"<x/>"}), "", ".docx"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "", ".xlsx"),
        (zipped({"a.txt": b"x"}), "", ".zip"),
        (b"  <HTML>", "a.doc", ".html"),
        (bytes(257) + b"ustar", "", ".tar"),
        (b"?", "a.docx", ""),
        (b"", "a.docx", ""),
    ],
)
def test_kind_is_told_by_content_and_by_name_only_where_contents_are_alike(
    data: bytes, name: str, extension: str
) -> None:
    assert kind_of(data, name).extension == extension


def test_unknown_bytes_get_a_neutral_extension() -> None:
    assert (extension_of(b"?"), extension_of(PNG)) == (".bin", ".png")


@pytest.mark.parametrize(("name", "stem"), [("材料.zip/图 2.png", "图 2"), ("稿", "稿"), ("a.长扩展名", "a.长扩展名")])
def test_stem_has_neither_archive_nor_extension(name: str, stem: str) -> None:
    assert stem_of(name) == stem


def test_names_are_compared_in_one_width_and_without_trailing_dots() -> None:
    assert plain_name(" ＡＢ.DOCX. ") == "ab.docx"


def test_lock_files_and_word_names_are_recognised() -> None:
    assert (is_owner_file("~$稿.docx"), is_owner_file("稿.docx")) == (True, False)
    assert (is_named_word("稿.DOCX", b"x"), is_named_word("稿.doc", b"x")) == (True, False)
    assert not is_named_word("稿.docx", b"\x00\x05\x16\x07 resource fork")
