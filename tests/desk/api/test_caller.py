"""What a token allows: the operations of its scopes, in its bulletin, as far as its owner may."""

from __future__ import annotations

from typing import Any, Final

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


_DOCUMENTS: Final = {
    "decision": {"status": "adopted"},
    "placement": {"place": "first"},
    "sign-off": {"revision": 1},
    "note": {"note": "一"},
    "date": {"date": "2022-11-11"},
}
"""A body that each change would accept, by the last part of its path."""


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


@pytest.mark.parametrize(
    ("role", "scopes"),
    [
        (Role.AUDITOR, ()),
        (Role.VIEWER, (TokenScope.READ,)),
        (Role.EDITOR, tuple(TokenScope)),
        (Role.ADMIN, tuple(TokenScope)),
    ],
)
def test_a_token_for_everything_does_what_its_owners_role_may_and_nothing_else(
    api: ApiDriver, role: Role, scopes: tuple[TokenScope, ...]
) -> None:
    """Roles by routes: an account whose role was lowered leaves its systems with what the new role may."""
    set_role(api.office, api.editor.name, role, who="赵管理")
    for method, path in OPERATIONS:
        sample = BASE + path.format(bulletin="wuxing", article=1, issue=1, sha256="0" * 64, kind="pdf")
        status = api.send(method, sample, headers={"if-match": '"1"'}, json={}).status_code
        assert (status != 403) == (scope_of(method, path) in scopes), (method, path, status)


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

    def test_a_token_for_one_reads_and_changes_nothing_of_another(self, api: ApiDriver) -> None:
        """Every operation, under the other's path, and with the other's ids under its own."""
        [article] = api.desk.hand_in("甲", bulletin="dangjian")
        theirs, ours = f"{BASE}/bulletins/dangjian", f"{BASE}/bulletins/wuxing"
        api.send("POST", f"{theirs}/drafts", json={})
        [issue] = api.get(f"{theirs}/issues").json()["items"]
        [letter] = api.get(f"{theirs}/letters").json()["items"]
        ids = {"article": article, "issue": issue["id"], "sha256": letter["sha256"], "kind": "docx"}
        token = api.new_token(bulletin="wuxing")
        before = rows_of(api.office)
        for method, path in OPERATIONS:
            if "{bulletin}" not in path:
                continue
            document = _DOCUMENTS.get(path.rsplit("/", 1)[-1], {})
            sent: dict[str, Any] = {"token": token, "headers": {"if-match": '"1"'}, "json": document}
            answer = api.send(method, BASE + path.format(bulletin="dangjian", **ids), **sent)
            assert (answer.status_code, answer.json()["title"]) == (404, "Not found"), (method, path)
            if path.count("{") > 1:
                mixed = api.send(method, BASE + path.format(bulletin="wuxing", **ids), **sent)
                assert mixed.status_code == 404, (method, path)
        for listed in (f"articles?issue={issue['id']}", f"articles?before={article}", "articles", "letters", "issues"):
            assert api.get(f"{ours}/{listed}", token=token).json()["items"] == [], listed
        after = rows_of(api.office)
        assert {name for name in after if after[name] != before[name]} <= {"api_token"}  # its last use
