"""Who gets into the API: whoever has a valid token, and nobody else."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from archive.changes import ChangeFilter, changes
from desk.forms import LONGEST_BODY
from service.people.accounts import set_disabled
from service.people.api_tokens import revoke_token
from service.people.attempts import FROM_ORIGIN
from tests.support.api import OURS, ApiDriver

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer ", "Bearer x", "Basic eDp5", "bearer jianbao_" + "x" * 43, "Bearer é中"]
)
def test_without_a_token_there_is_one_clear_problem(api: ApiDriver, sent: str) -> None:
    answer = api.desk.client.get(f"{OURS}/articles", headers={b"authorization": sent.encode()})
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert (answer.json()["title"], answer.json()["title_zh"]) == ("No valid token", "没有有效的令牌")


def test_a_session_of_the_desk_does_not_count(api: ApiDriver) -> None:
    """Otherwise a page of another site could act with the browser's cookie."""
    api.desk.login()
    assert api.desk.client.get(f"{OURS}/articles").status_code == 401


def test_a_token_ends_with_its_time_its_revocation_and_its_account(api: ApiDriver) -> None:
    assert api.get("/articles").status_code == 200
    editor = api.editor.name
    set_disabled(api.office, editor, True, who="赵管理")
    assert api.get("/articles").status_code == 401
    set_disabled(api.office, editor, False, who="赵管理")
    assert api.get("/articles").status_code == 401, "whoever disables an account ends what has its rights for good"
    again = api.new_token()
    assert api.get("/articles", token=again).status_code == 200
    revoke_token(api.office, 2, who="赵管理")
    assert api.get("/articles", token=again).status_code == 401
    other = api.new_token(days=1)
    api.desk.clock.now += timedelta(hours=23, minutes=59)
    assert api.get("/articles", token=other).status_code == 200
    api.desk.clock.now += timedelta(minutes=1)
    assert api.get("/articles", token=other).status_code == 401


def test_many_refused_tokens_are_slowed_down_and_a_valid_one_never(api: ApiDriver) -> None:
    statuses = [api.get("/articles", token=f"jianbao_{number}").status_code for number in range(FROM_ORIGIN + 2)]
    assert statuses == [401] * FROM_ORIGIN + [429] * 2
    refused = api.get("/articles", token="jianbao_x")
    assert int(refused.headers["retry-after"]) > 0
    assert api.get("/articles").status_code == 200
    with api.office.ledger.reading() as ledger:
        assert any("登录失败" in change.summary for change in changes(ledger, ChangeFilter(subject="login")))


def test_the_libraries_of_the_api_are_loaded_for_its_first_request(tmp_path: Path) -> None:
    """An office without other systems does not pay for them."""
    program = "import sys, desk.app; sys.exit('fastapi' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_a_body_that_is_too_large_is_refused(api: ApiDriver) -> None:
    answer = api.send("PUT", "/next-issue/note", headers={"if-match": '"0"'}, content=b"x" * (LONGEST_BODY + 1))
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
