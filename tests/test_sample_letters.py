"""The sample letters of the demo: always the same bytes, and files that other programs open."""

from __future__ import annotations

import email
import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document

from settings.load import load_settings
from tools.letter_builder import extended, words
from tools.make_letters import FOLDER, letters
from tools.sample_manuscripts import lines_of

ROOT = Path(__file__).parents[1]
LETTERS = letters()
WITH_MANUSCRIPT = {
    "01-jtj.eml": "01-jtj",
    "02-rsj.eml": "02-rsj",
    "03-jrfwzx.eml": "03-jrfwzx",
    "04-mzj.eml": "04-mzj",
    "05-notice.eml": "05-notice",
    "10-same-again.eml": "01-jtj",
    "11-private-address.eml": "11-private-address",
}


def attached(raw: bytes) -> bytes:
    """The .docx of a letter."""
    parts = [part.get_payload(decode=True) for part in email.message_from_bytes(raw).walk()]
    [data] = [part for part in parts if isinstance(part, bytes) and part.startswith(b"PK")]
    return data


def every_character(package: bytes) -> str:
    """The document's text as it stands in the XML: with insertions, without deletions, a text box once."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        xml = archive.read("word/document.xml").decode()
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", xml)))


def test_tool_writes_exactly_the_letters_of_the_demo() -> None:
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == LETTERS


def test_scenario_takes_its_letters_from_the_demo() -> None:
    inbox = ROOT / "tests/scenarios/01-printed-issue/inbox"
    assert inbox.is_symlink()
    assert sorted(path.name for path in inbox.iterdir()) == sorted(LETTERS)


def test_letters_are_small() -> None:
    assert sum(map(len, LETTERS.values())) < 300_000


@pytest.mark.parametrize("name", LETTERS)
def test_every_line_of_a_letter_ends_as_on_the_wire(name: str) -> None:
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", LETTERS[name])
    assert max(map(len, LETTERS[name].split(b"\r\n"))) <= 998, "RFC 5322 2.1.1"


def test_every_letter_has_an_id_of_its_own() -> None:
    ids = {email.message_from_bytes(raw)["Message-ID"] for raw in LETTERS.values()}
    assert None not in ids
    assert len(ids) == len(LETTERS)


@pytest.mark.parametrize(("name", "manuscript"), WITH_MANUSCRIPT.items())
def test_manuscript_holds_its_text_from_first_to_last_character(name: str, manuscript: str) -> None:
    title, byline, *body = lines_of(manuscript)
    if manuscript == "03-jrfwzx":
        body = [line.partition("、")[2] for line in body]  # 一、 is an automatic number there
    text = every_character(attached(LETTERS[name]))
    assert text.startswith("".join([title, byline, *body]).replace("\t", ""))


@pytest.mark.parametrize("name", WITH_MANUSCRIPT)
def test_manuscript_opens_in_another_reader(name: str) -> None:
    document = Document(io.BytesIO(attached(LETTERS[name])))
    assert len(document.paragraphs) >= 3


def test_same_manuscript_comes_twice_in_different_letters() -> None:
    first, again = LETTERS["01-jtj.eml"], LETTERS["10-same-again.eml"]
    assert first != again
    assert attached(first) == attached(again)


def test_broken_manuscript_opens_in_no_reader() -> None:
    assert not zipfile.is_zipfile(io.BytesIO(attached(LETTERS["12-broken.eml"])))


@pytest.mark.parametrize("config", ["config.toml", "tests/scenarios/01-printed-issue/config.toml"])
def test_departments_of_issue_70_are_registered(config: str) -> None:
    departments = load_settings(ROOT / config).bulletins[0].departments
    registered = {sender for department in departments for sender in department.senders}
    senders = {name: email.message_from_bytes(raw)["From"] for name, raw in LETTERS.items()}
    registered_letters = {
        name for name, sender in senders.items() if re.findall(r"[\w.]+@[\w.]+", str(sender))[-1] in registered
    }
    assert LETTERS.keys() - registered_letters == {"07-bounce.eml", "08-newsletter.eml", "11-private-address.eml"}


def test_words_are_cut_between_characters_or_torn_within_one() -> None:
    assert words("区民", "gbk", limit=3) == "=?gbk?B?x/g=?=\n =?gbk?B?w/E=?="
    assert words("区民", "gbk", limit=3, torn=True) == "=?gbk?B?x/jD?=\n =?gbk?B?8Q==?="


def test_extended_parameter_is_written_in_numbered_sections() -> None:
    assert extended("区a", limit=9) == ";\n\tfilename*0*=UTF-8''%E5%8C%BA;\n\tfilename*1*=%61"
