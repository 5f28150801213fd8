"""Codes of answers: one for each person, revision and use; recognised as people's programs pass them on."""

from __future__ import annotations

import pytest

from values.answer_code import answer_code, code_fingerprint, fingerprints_in, plus_address, without_codes

KEY = bytes(range(32))
SHA256 = "a" * 64
CODE = answer_code(KEY, 1, (2, SHA256), "wang@x.example", 0)


def test_a_code_differs_by_key_issue_revision_content_person_and_use() -> None:
    codes = {
        CODE,
        answer_code(bytes(32), 1, (2, SHA256), "wang@x.example", 0),
        answer_code(KEY, 2, (2, SHA256), "wang@x.example", 0),
        answer_code(KEY, 1, (3, SHA256), "wang@x.example", 0),
        answer_code(KEY, 1, (2, "b" * 64), "wang@x.example", 0),
        answer_code(KEY, 1, (2, SHA256), "li@x.example", 0),
        answer_code(KEY, 1, (2, SHA256), "wang@x.example", 1),
    }
    assert len(codes) == 7
    assert answer_code(KEY, 1, (2, SHA256), "Wang@X.example", 0) == CODE


@pytest.mark.parametrize("text", ["> 答复码：{}", "{}", "【{}】", "box+{}@x.example", "<b>{}</b>"])
@pytest.mark.parametrize("code", [CODE, CODE.lower()])
def test_a_code_is_found_and_taken_out(text: str, code: str) -> None:
    written = text.format(code)
    assert fingerprints_in([written, written]) == (code_fingerprint(CODE),)
    assert code.upper() not in without_codes(written).upper()


@pytest.mark.parametrize("text", [f"X{CODE}", f"{CODE}9", CODE[:-1], CODE.replace("-", " "), CODE[:-1] + "U"])
def test_what_is_no_whole_code_is_none(text: str) -> None:
    assert fingerprints_in([text]) == ()
    assert without_codes(text) == text


def test_an_address_without_its_code_is_the_mailbox() -> None:
    assert without_codes(plus_address("box@x.example", CODE)) == "box@x.example"


def test_a_quoted_link_is_not_shown() -> None:
    assert "geheim" not in without_codes("> https://x.example/approve/geheim_1-2\n> 链接只给您")
