"""What the groups of a person are worth. The way through a real provider is in tests/desk/test_sign_on.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.sign_on.complete import role_of
from settings.oidc import OidcSettings
from values.account import Role

ROLES = {"全体": "viewer", "简报编辑": "editor", "审计": "auditor"}


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (set(), None),
        ({"别的"}, None),
        ({"全体"}, Role.VIEWER),
        ({"审计", "简报编辑", "全体"}, Role.EDITOR),
        ({"简报编辑 "}, None),
        ({"审计"}, Role.AUDITOR),
    ],
)
def test_the_highest_role_counts(groups: set[str], role: Role | None) -> None:
    document = {"issuer": "https://sso.example", "client_id": "jianbao", "roles": ROLES}
    settings = OidcSettings.model_validate(document, context={"home": Path("/")})
    assert role_of(settings, frozenset(groups)) is role
