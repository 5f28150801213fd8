"""What a reading process answers is stored only if its parts fit together."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from intake.answers import check_answer
from intake.outcome import Original, ReadArticle, Reading
from intake.reading import read_letter
from intake.register import Register
from programs.conversion import ConversionRequest
from programs.page_pictures import PagePictures
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS
from values.finding import Audience, Severity
from values.letter import AttachedFile, LetterContent
from values.manuscript import Cell, Manuscript, Picture, Table
from values.rules import NO_TITLE

REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
LETTER = Path("tests/scenarios/02-other-ways/inbox/20-photographs.eml").read_bytes()
PNG = b"\x89PNG\r\n\x1a\n"
DIGEST = "0" * 64


@pytest.fixture(scope="module")
def reading() -> Reading:
    reading = read_letter(LETTER, REGISTER)
    assert any(article.media for article in reading.articles)
    return reading


def changed(reading: Reading, **values: Any) -> Reading:
    """With other values in its article that has pictures."""
    [article, *_] = [article for article in reading.articles if article.media]
    return replace(reading, articles=(replace(article, **values),))


def is_accepted(answer: object) -> bool:
    try:
        check_answer(answer)
    except ValueError:
        return False
    return True


def with_blocks(article: ReadArticle, *blocks: Any) -> Manuscript:
    return replace(article.manuscript, blocks=blocks)


def test_reading_of_ours_is_accepted(reading: Reading) -> None:
    check_answer(reading)
    check_answer(changed(reading))


def test_reading_that_no_reader_gives_is_refused(reading: Reading) -> None:
    [article, *_] = [article for article in reading.articles if article.media]
    [media, *_] = article.media
    finding = NO_TITLE.finding("没有标题。")
    page = b"<html>"
    forged: dict[str, dict[str, object]] = {
        "bytes of another picture": {"media": (replace(media, data=media.data + b"x"),)},
        "a web page as a picture": {"media": (replace(media, data=page, sha256=hashlib.sha256(page).hexdigest()),)},
        "a picture of another article": {"media": ()},
        "another type in the text": {
            "manuscript": with_blocks(article, Picture(media.sha256, "text/html", 1, 1)),
        },
        "a picture of no size": {"manuscript": with_blocks(article, Picture(media.sha256, media.content_type, -1, 1))},
        "a cell without end": {"manuscript": with_blocks(article, Table(((Cell("甲", colspan=1 << 40),),)))},
        "a cell of no width": {"manuscript": with_blocks(article, Table(((Cell("甲", rowspan=0),),)))},
        "a digest that is a path": {"content_sha256": "../../jianbao.sqlite3"},
        "no digest": {"text_sha256": ""},
        "a place before the text": {"findings": (replace(finding, paragraph=-1),)},
        "a rule of its own": {"findings": (replace(finding, rule=replace(NO_TITLE, audience=Audience.EDITOR)),)},
    }
    assert [name for name, values in forged.items() if is_accepted(changed(reading, **values))] == []
    check_answer(changed(reading, findings=(replace(finding, severity=Severity.INFO),)))


@pytest.mark.parametrize(
    "request_",
    [ConversionRequest("../x", b"", ".doc", "docx"), ConversionRequest(DIGEST, b"", "/../../x.sh", "docx")],
)
def test_file_to_convert_has_a_name_of_ours(reading: Reading, request_: ConversionRequest) -> None:
    with pytest.raises(ValueError):
        check_answer(replace(reading, unconverted=(request_,)))
    check_answer(replace(reading, unconverted=(ConversionRequest(DIGEST, b"", ".doc", "docx"),)))


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        (LetterContent(files=(AttachedFile("甲.docx", "Word 文档", 9),)), True),
        (LetterContent(files=(AttachedFile("甲.docx", "Word 文档", -9),)), False),
        (PagePictures(2, (PNG,)), True),
        (PagePictures(0, (PNG,)), False),
        (PagePictures(1, (b"<svg>",)), False),
        (Original("甲.docx", "docx", b"PK"), True),
        (Original("甲.docx", "docx", b""), False),
        (None, True),
        (True, True),
    ],
)
def test_other_answers(answer: object, accepted: bool) -> None:
    assert is_accepted(answer) is accepted
