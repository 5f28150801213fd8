"""单个文件网页: a web page within a MIME message."""

from __future__ import annotations

import pytest

from intake.outcome import Reading
from intake.read.legacy.web_archive import is_web_archive, web_page_of
from intake.reading import read_letter
from intake.register import Register
from programs.conversion import Conversions, key_of
from tests.support.legacy import manuscript, web_archive
from tests.support.submissions import EDUCATION, OFFICE, SECTIONS, File, raw_letter
from values.letter import Verdict

REGISTER = Register((EDUCATION,), frozenset({OFFICE}), SECTIONS, hold_unknown=True)


PAGE = "<html><body><p>文</p></body></html>".encode()


def read(*files: File, converted: Conversions | None = None) -> Reading:
    return read_letter(raw_letter(*files), REGISTER, converted or {})


def test_pictures_of_a_web_archive_are_reported() -> None:
    data = web_archive()
    found = read(File("投稿.doc", data), converted={key_of(data): manuscript()})
    assert found.verdict is Verdict.FLAGGED
    assert "单个文件网页里的 1 张图片没有读入。" in found.reason.for_clerk


def test_web_page_is_a_manuscript_only_when_called_a_document() -> None:
    found = read(File("网页.html", PAGE, "text/html"))
    assert found.unconverted == ()
    assert found.verdict is Verdict.QUARANTINED


def test_the_page_of_an_archive_is_given_in_utf_8_and_reports_it() -> None:
    page = web_page_of(web_archive()).decode("utf-8-sig")
    assert "charset=utf-8" in page
    assert "活动持续一周。" in page


@pytest.mark.parametrize("data", [b"", b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx", PAGE])
def test_other_messages_and_plain_pages_are_no_archives(data: bytes) -> None:
    assert not is_web_archive(data)


def test_an_archive_without_a_page_has_none() -> None:
    assert web_page_of(web_archive().replace(b"text/html", b"text/x-other")) == b""
