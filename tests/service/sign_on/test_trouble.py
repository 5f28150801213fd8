"""What `check` says about the provider."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.sign_on.trouble import trouble_with_provider
from tests.support.canned_http import CannedServer
from tests.support.ledger_rows import AT
from tests.support.offices import bulletin, office_at, write_config


@pytest.mark.parametrize(
    ("desk", "roles", "environ", "expected"),
    [
        ("", '{ "编辑" = "editor" }', {"JIANBAO_OIDC_SECRET": "s"}, None),
        ("", '{ "编辑" = "editor" }', {}, ("broken", "JIANBAO_OIDC_SECRET 没有内容")),
        ("", "{}", {"JIANBAO_OIDC_SECRET": "s"}, ("advice", "user link")),
        (
            'public_url = "http://jianbao.example.org"\n',
            '{ "编辑" = "editor" }',
            {"JIANBAO_OIDC_SECRET": "s"},
            ("broken", "不是 https"),
        ),
    ],
)
def test_trouble_is_named_with_its_remedy(
    canned: CannedServer,
    tmp_path: Path,
    desk: str,
    roles: str,
    environ: dict[str, str],
    expected: tuple[str, str] | None,
) -> None:
    table = f'[desk]\n{desk}[desk.oidc]\nissuer = "{canned.url}"\nclient_id = "jianbao"\nroles = {roles}\n'
    with office_at(write_config(tmp_path / "office", table + bulletin()), AT, **environ) as office:
        oidc = office.settings.desk.oidc
        assert oidc
        trouble = trouble_with_provider(office, oidc)
        if expected is None:
            assert trouble is None
            del canned.answers["/jwks"]
            broken = trouble_with_provider(office, oidc)
            assert broken
            assert broken[0] == "unavailable"
            assert "/jwks answers 404" in broken[1]
        else:
            assert trouble
            assert trouble[0] == expected[0]
            assert expected[1] in trouble[1]
