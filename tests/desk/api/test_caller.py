"""What a token allows: the operations of its scopes, in its bulletin, as far as its owner may."""

from __future__ import annotations

from typing import Final

import pytest

from desk.api.application import make_api
from service.people.accounts import set_role
from tests.support.api import BASE, ApiDriver
from tests.support.desk_routes import rows_of
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin, config
from values.account import Role
from values.api_token import TokenScope

OPERATIONS: Final = [(method.upper(), path) for path, item in make_api().openapi()["paths"].items() for method in item]
"""Method and path of every operation that the API describes."""


def scope_of(method: str, path: str) -> TokenScope:
    """Reading is for `read`; signing off and handing in have a scope each; every other change is `edit`."""
    if method == "GET":
        return TokenScope.READ
    return {"sign-off": TokenScope.SIGN_OFF, "submissions": TokenScope.SUBMIT}.get(
        path.rsplit("/", 1)[-1], TokenScope.EDIT
    )


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=[" ".join(operation) for operation in OPERATIONS])
def test_every_operation_is_open_to_its_scope_alone(api: ApiDriver, method: str, path: str) -> None:
    sample = BASE + path.format(bulletin="wuxing", article=1, issue=1, sha256="0" * 64, kind="pdf")
    before = rows_of(api.office)
    for scope in TokenScope:
        if scope is not scope_of(method, path):
            refused = api.send(method, sample, token=api.new_token([scope]), headers={"if-match": '"1"'}, json={})
            assert (refused.status_code, refused.json()["title"]) == (403, "Not allowed"), scope
            assert scope_of(method, path).value in refused.json()["detail"]
    after = rows_of(api.office)
    assert {name for name in after if after[name] != before[name]} <= {"api_token", "change"}  # the tokens themselves
    own = api.send(method, sample, token=api.new_token([scope_of(method, path)]), headers={"if-match": '"1"'}, json={})
    assert own.status_code != 403


def test_a_token_has_no_more_rights_than_its_owner_has_now(api: ApiDriver) -> None:
    [article] = api.desk.hand_in("甲")
    set_role(api.office, api.editor.name, Role.VIEWER, who="赵管理")
    refused = api.change("POST", f"/articles/{article}/decision", {"status": "adopted"}, version=1)
    assert (refused.status_code, "现在的角色没有" in refused.json()["detail"]) == (403, True)
    assert api.get(f"/articles/{article}").json()["status"] == "draft"


class TestTwoBulletins:
    @pytest.fixture
    def office_setup(self) -> OfficeSetup:
        return OfficeSetup(config(bulletin("wuxing"), bulletin("dangjian", username="dangjian@example.org")))

    def test_a_token_for_one_opens_no_other_and_one_for_all_opens_both(self, api: ApiDriver) -> None:
        [theirs] = api.desk.hand_in("甲", bulletin="dangjian")
        token = api.new_token(bulletin="wuxing")
        listed = api.get(f"{BASE}/bulletins", token=token).json()["items"]
        assert [item["id"] for item in listed] == ["wuxing"]
        path = f"{BASE}/bulletins/dangjian/articles"
        assert (api.get(path, token=token).status_code, api.get(path).status_code) == (404, 200)
        assert api.get(f"/articles/{theirs}").status_code == 404  # under the other bulletin's path
        assert api.get(f"{path}/{theirs}").status_code == 200
