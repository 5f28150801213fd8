"""A letter in bytes: the fields of an automatic one, its thread, and the same bytes for the same values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from courier.attachment import Enclosure
from courier.render import Addressing, Letterhead, render
from courier.wording import Words
from values.outgoing import LetterKind

AT = datetime(2022, 11, 8, 8, 0, tzinfo=UTC)
OFFICE = Letterhead("office@example.org", "编印单位", "inbox@example.org")
TO = Addressing(LetterKind.RECEIPT, "jtj@example.org", ("wuxing", "ab"), AT)
WORDS = Words("【收稿】《甲文》", "您好！\n")


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


def test_answer_is_marked_as_automatic_and_an_issue_as_generated() -> None:
    receipt = parsed(render(WORDS, TO, OFFICE).raw)
    assert (receipt["Auto-Submitted"], receipt["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert (receipt["Reply-To"], receipt["X-Loop"]) == ("inbox@example.org", "office@example.org")
    draft = parsed(render(WORDS, replace(TO, kind=LetterKind.DRAFT), OFFICE).raw)
    assert draft["Auto-Submitted"] == "auto-generated"


def test_equal_values_give_equal_bytes_and_another_matter_another_message_id() -> None:
    enclosure = Enclosure("甲.docx", "a.docx", b"PK")
    assert render(WORDS, TO, OFFICE, enclosure) == render(WORDS, TO, OFFICE, enclosure)
    other = render(WORDS, replace(TO, about=("wuxing", "cd")), OFFICE, enclosure)
    assert other.message_id != render(WORDS, TO, OFFICE, enclosure).message_id


def test_letter_with_a_file_has_the_text_first_and_every_octet_of_the_file() -> None:
    data = bytes(range(256)) * 40
    message = parsed(render(WORDS, TO, OFFICE, Enclosure("甲.docx", "a.docx", data)).raw)
    text, file = message.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(file, EmailMessage)
    assert (text.get_content().split(), file.get_content()) == (["您好！"], data)
    assert not message.defects
    assert not file.defects


def test_thread_keeps_the_first_and_the_last_references() -> None:
    references = tuple(f"<{number}@x>" for number in range(40))
    raw = render(WORDS, replace(TO, in_reply_to="<last@x>", references=references), OFFICE).raw
    listed = parsed(raw)["References"].split()
    assert (listed[0], listed[-1], len(listed)) == ("<0@x>", "<last@x>", 22)


def test_message_id_in_no_plain_form_makes_no_thread() -> None:
    message = parsed(render(WORDS, replace(TO, in_reply_to="<a b@x>", references=("<1@x>",)), OFFICE).raw)
    assert (message["In-Reply-To"], message["References"]) == (None, None)


def test_display_name_has_no_characters_with_a_meaning() -> None:
    message = parsed(render(WORDS, TO, replace(OFFICE, name='办公室 <x@y>, "组"')).raw)
    assert message["From"].addresses[0].addr_spec == "office@example.org"
    assert message["From"].addresses[0].display_name == "办公室 xy 组"
