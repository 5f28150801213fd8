"""Which letters answer a draft, and that no code goes further than to its fingerprint."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.classify.editor_answer import codes_in, editor_answer, without_answer_codes
from intake.parse.message import parse_message
from intake.register import Register
from values.answer_code import answer_code, code_fingerprint
from values.department import Department
from values.mailed_answer import MailedAnswer

CODE = answer_code(bytes(32), 1, (1, "a" * 64), "wang@x.example", 0)
REGISTER = Register((), frozenset({"box@x.example"}), ("",), hold_unknown=True, deciders=frozenset({"wang@x.example"}))
REFERS = f"In-Reply-To: <draft.{'a' * 24}.{'b' * 32}@x.example>\r\n"
OTHER = f"References: <receipt.{'a' * 24}.{'b' * 32}@x.example>\r\n"


def answered(
    text: str = "采用 1", *, sender: str = "wang@x.example", header: str = "", more: str = ""
) -> MailedAnswer | None:
    raw = f"From: {sender}\r\n{header}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}{more}".encode()
    message = parse_message(raw)
    return editor_answer(without_answer_codes(message), REGISTER, codes_in(message))


def test_an_editors_letter_that_refers_to_a_draft_is_an_answer() -> None:
    answer = answered(header=REFERS + OTHER)
    assert answer is not None
    assert (answer.text, answer.about, answer.codes, answer.authenticated) == (
        "采用 1",
        (f"<draft.{'a' * 24}.{'b' * 32}@x.example>",),
        (),
        False,
    )


@pytest.mark.parametrize("header", ["Subject: Re: {}\r\n", "To: box+{}@x.example\r\n", "Cc: box+{}@x.example\r\n"])
def test_a_letter_with_a_code_is_an_answer_wherever_the_code_is(header: str) -> None:
    for sender in ("wang@x.example", "stranger@evil.example"):
        answer = answered(header=header.format(CODE.lower()), sender=sender)
        assert answer is not None
        assert answer.codes == (code_fingerprint(CODE),)
        assert CODE not in repr(answer).upper()


def test_other_letters_are_none() -> None:
    assert answered() is None
    assert answered(header=OTHER) is None
    assert answered(header=REFERS, sender="stranger@evil.example") is None
    assert answered(header=REFERS + "Auto-Submitted: auto-replied\r\n") is None


def test_a_department_that_got_our_letter_from_an_editor_sends_a_letter_of_its_own() -> None:
    raw = f"From: jtj@example.org\r\nSubject: Re\r\n\r\n{CODE}".encode()
    message = parse_message(raw)
    register = replace(REGISTER, departments=(Department("区教体局", senders=("jtj@example.org",)),))
    assert editor_answer(without_answer_codes(message), register, codes_in(message)) is None
    assert CODE not in without_answer_codes(message).text


def test_a_code_is_taken_out_of_the_writers_words() -> None:
    answer = answered(f"采用 1\n{CODE} 是什么")
    assert answer is not None
    assert answer.text == "采用 1\n（答复码） 是什么"
