"""What was taken in, as JSON and in a sentence."""

from __future__ import annotations

import io
import json

from cli.base.output import Output
from cli.views.intake_result import give_intake_result
from service.letters.receive import IntakeResult
from values.letter import Verdict

RESULT = IntakeResult(3, 2, {Verdict.QUARANTINED: 1, Verdict.ARTICLE: 1}, ("丙.eml：不是邮件",))


def given(result: IntakeResult, *, as_json: bool) -> str:
    file = io.StringIO()
    give_intake_result(Output(file, {}, as_json=as_json), result)
    return file.getvalue()


def test_json_has_the_keys_of_the_contract() -> None:
    assert json.loads(given(RESULT, as_json=True)) == {
        "stored": 3,
        "new": 2,
        "verdicts": {"article": 1, "quarantined": 1},
        "errors": ["丙.eml：不是邮件"],
    }


def test_a_person_reads_the_counts_and_then_the_errors() -> None:
    assert given(RESULT, as_json=False).splitlines() == [
        "收下 3 封，其中新来信 2 封。读稿结果：已成稿 1，待处理 1",
        "丙.eml：不是邮件",
    ]


def test_without_new_letters_there_are_no_verdicts() -> None:
    assert given(IntakeResult(), as_json=False) == "收下 0 封，其中新来信 0 封。\n"
