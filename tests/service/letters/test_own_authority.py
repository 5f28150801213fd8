"""Mail servers whose certificate comes from the office's own authority: `ca_file` for receiving and for sending."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from courier.faults import MailServerUnavailable
from service.letters.mailing import smtp_session
from service.letters.receive import mailbox_of, opened
from tests.support.correspondence import manuscript, submission
from tests.support.dovecot import PASSWORD, Dovecot, dovecot_server
from tests.support.ledger_rows import AT
from tests.support.offices import bulletin, office_at, write_config
from tests.support.smtp_servers import smtp_sink
from values.errors import TryLater


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with dovecot_server(tmp_path_factory.mktemp("imap"), tls=True) as server:
        yield server


def config_with(home: Path, dovecot: Dovecot, ca_file: Path | str, username: str, smtp: str = "") -> Path:
    text = bulletin(port=dovecot.tls_port).replace('"127.0.0.1"', '"localhost"')
    text = text.replace('security = "none"', f'security = "tls"\nca_file = "{ca_file}"')
    return write_config(home, smtp + text.replace("wuxing@example.org", username))


def test_letters_are_received_where_the_authority_is_named(tmp_path: Path, dovecot: Dovecot) -> None:
    account = dovecot.account()
    account.deliver(submission(manuscript()), datetime.now(UTC))
    for ca_file, trusted in ((dovecot.certificate, True), ("", False)):
        config = config_with(tmp_path, dovecot, ca_file, account.username)
        with (
            office_at(config, AT, JIANBAO_IMAP_PASSWORD=PASSWORD) as office,
            opened(mailbox_of(office, office.settings.bulletins[0])) as mailbox,
        ):
            if trusted:
                mailbox.open()
                assert len(mailbox.after(0)) == 1
            else:
                with pytest.raises(TryLater, match="写进 ca_file"):
                    mailbox.open()


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_letters_are_sent_where_the_authority_is_named(tmp_path: Path, dovecot: Dovecot, security: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(dovecot.certificate, dovecot.certificate.with_name("key.pem"))
    with smtp_sink(**{security: context}) as sink:
        smtp = f'[smtp]\nhost = "localhost"\nport = {sink.port}\nsecurity = "{security}"\nsender = "a@example.org"\n'
        trusting = config_with(tmp_path, dovecot, "", "u", f'{smtp}ca_file = "{dovecot.certificate}"\n')
        with office_at(trusting, AT) as office:
            smtp_session(office).close()
        with (
            office_at(config_with(tmp_path, dovecot, "", "u", smtp), AT) as office,
            pytest.raises(MailServerUnavailable, match="写进 ca_file"),
        ):
            smtp_session(office)
