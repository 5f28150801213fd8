"""What cannot be done is answered with a problem that other systems read and people understand."""

from __future__ import annotations

import pytest

from tests.support.api import ApiDriver


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("DELETE", "/articles", 405),
        ("GET", "/articles/x", 422),
        ("GET", "/articles?limit=0", 422),
    ],
)
def test_what_the_api_does_not_have_is_a_problem_too(api: ApiDriver, method: str, path: str, status: int) -> None:
    answer = api.send(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_a_malformed_request_names_all_its_mistakes(api: ApiDriver) -> None:
    answer = api.send("POST", "/articles/1/decision", headers={"if-match": '"1"'}, json={"status": "lost", "why": "x"})
    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.json()["errors"]} == {"body/status", "body/why"}


def test_a_refusal_has_its_title_in_both_languages_and_the_sentence_of_the_desk(api: ApiDriver) -> None:
    problem = api.get("/articles/9").json()
    assert (problem["title"], problem["title_zh"], problem["detail"]) == ("Not found", "没有这个内容", "没有稿件 9。")
    assert problem["type"] == "urn:jianbao:problem:not-found"
