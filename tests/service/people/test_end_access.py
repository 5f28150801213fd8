"""After a restore nobody comes in by what may have been revoked since the backup was made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive import accounts, api_tokens
from archive.changes import ChangeFilter, changes
from archive.sessions import open_session, session_with
from service.backup.back_up import back_up_to_file
from service.backup.restore import restore
from service.office import Office
from service.people.accounts import add_user, invited, log_out_everywhere, set_disabled
from service.people.api_tokens import TokenRequest, holder_of, issue_token, revoke_token
from service.people.attempts import Client
from service.people.passwords import fingerprint
from settings.load import load_settings
from tests.support.offices import Clock, office_at, write_config
from tests.support.printed_office import TUESDAY
from values.account import Role
from values.api_token import TokenScope
from values.errors import BadUsage

CLIENT = Client("192.0.2.1", "")


def token_of(office: Office, name: str) -> str:
    return issue_token(office, TokenRequest(name, "OA", frozenset({TokenScope.READ}), 30), who="赵管理").text


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return write_config(tmp_path / "office")


def test_tokens_sessions_and_invitations_of_a_backup_are_ended_by_its_restore(config_file: Path) -> None:
    """Revoked, logged out or disabled after the backup: the ledger that comes back does not have it."""
    with office_at(config_file, TUESDAY) as office:
        link = add_user(office, "li", Role.EDITOR, display_name="李", who="赵管理").url.rpartition("/")[2]
        revoked, other = token_of(office, "li"), token_of(office, "li")
        with office.ledger.writing() as ledger:
            owner = accounts.account_named(ledger, "li")
            assert owner is not None
            open_session(ledger, owner.id, fingerprint("session"), at=office.now())
        data_dir = office.data_dir
        backup = back_up_to_file(office.ledger.server, data_dir, config_file.parent / "b.tar.xz", Clock(TUESDAY)).target
    with office_at(config_file, TUESDAY) as office:
        revoke_token(office, 1, who="赵管理")
        log_out_everywhere(office, "li", who="赵管理")
    shutil.rmtree(data_dir)
    done = restore(load_settings(config_file), backup, Clock(TUESDAY), {})
    assert done.ended_tokens == 2
    with office_at(config_file, TUESDAY) as office:
        assert holder_of(office, revoked, CLIENT) is None
        assert holder_of(office, other, CLIENT) is None
        with office.ledger.reading() as ledger:
            assert session_with(ledger, fingerprint("session")) is None
            assert any("2 个接口令牌" in change.summary for change in changes(ledger, ChangeFilter(subject="ledger")))
        with pytest.raises(BadUsage, match="过期"):
            invited(office, link)
        assert holder_of(office, token_of(office, "li"), CLIENT) is not None


def test_disabling_an_account_revokes_its_tokens_and_only_those(config_file: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        for name in ("li", "wang"):
            add_user(office, name, Role.EDITOR, who="赵管理")
        tokens = [token_of(office, name) for name in ("li", "wang")]
        set_disabled(office, "li", True, who="赵管理")
        set_disabled(office, "li", False, who="赵管理")
        assert [holder_of(office, token, CLIENT) is not None for token in tokens] == [False, True]
        with office.ledger.reading() as ledger:
            assert [token.revoked_at is not None for token in api_tokens.tokens(ledger)] == [True, False]
