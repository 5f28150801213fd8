"""Whose a letter's manuscripts are, by the register alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.classify.ownership import Ownership, first_writer, ownership_of
from intake.parse.message import Message, Part, parse_message
from intake.register import Register
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, raw_letter

REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)


def letter(sender: str, subject: str = "投稿") -> Message:
    return parse_message(raw_letter(sender=sender, subject=subject))


def manuscript(origin: str = "") -> Part:
    return Part("稿.docx", "", "attachment", b"x", forwarded=bool(origin), origin=origin)


def owner(sender: str, *origins: str, subject: str = "投稿", ours: bool = False) -> Ownership:
    return ownership_of(letter(sender, subject), [manuscript(origin) for origin in origins], REGISTER, ours=ours)


def test_address_of_one_department_makes_it_the_owner() -> None:
    assert owner("jtj@example.org", "") == Ownership("区教体局")


def test_shared_address_gives_candidates() -> None:
    shared = owner("shared@example.org", "")
    assert (shared.department, shared.candidates) == (None, ("区人社局", "区金融中心"))
    assert shared.unknown_sender == "区人社局、区金融中心共用这个发件地址，稿件没有署其中哪个单位"


def test_unknown_sender_is_guessed_from_the_subject() -> None:
    unknown = owner("someone@qq.com", "", subject="区教体局报送")
    assert (unknown.department, unknown.guess, unknown.is_from_nobody) == (None, "区教体局", True)
    assert unknown.unknown_sender == "发件地址不在单位名录中"


def test_writer_of_a_forwarded_letter_is_an_original_when_registered() -> None:
    forwarded = owner("jtj@example.org", "rsj@example.org", "someone@qq.com")
    assert forwarded.originals == {"rsj@example.org": ("区人社局",)}
    assert forwarded.doubts == ()


def test_stranger_does_not_vouch_for_what_he_forwards() -> None:
    forwarded = owner("someone@qq.com", "rsj@example.org")
    assert not forwarded.is_from_nobody
    assert "原信自称来自区人社局（rsj@example.org），无从证实" in forwarded.doubts[0]


def test_office_forwards_for_registered_writers_without_a_doubt() -> None:
    assert owner(OFFICE, "rsj@example.org", ours=True).doubts == ()
    assert "不在单位名录中" in owner(OFFICE, "someone@qq.com", ours=True).doubts[0]


def test_answers_go_to_the_department_that_wrote_what_is_forwarded() -> None:
    message = replace(letter("jtj@example.org"), parts=(manuscript("rsj@example.org"),))
    assert first_writer(message, DEPARTMENTS) == "rsj@example.org"


@pytest.mark.parametrize("origins", [[""], ["someone@qq.com"], ["jtj@example.org"], ["rsj@example.org", "x@qq.com"]])
def test_answers_go_to_the_sender_where_no_other_department_wrote_all_of_it(origins: list[str]) -> None:
    message = replace(letter("jtj@example.org"), parts=tuple(map(manuscript, origins)))
    assert first_writer(message, DEPARTMENTS) == ""
