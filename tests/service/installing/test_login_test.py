"""The log-in that `init` tries: with the server for letters out too."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from service.installing.login_test import try_receiving, try_sending
from service.installing.new_office import MailAnswers, ServerAnswer
from tests.support.dovecot import PASSWORD, Dovecot, dovecot_server
from tests.support.smtp_servers import PASSWORD as SMTP_PASSWORD
from tests.support.smtp_servers import USERNAME, smtp_sink
from values.errors import LoginRefused, TryLater


@pytest.fixture
def dovecot(tmp_path: Path) -> Iterator[Dovecot]:
    with dovecot_server(tmp_path, tls=True) as server:
        yield server


def test_both_servers_are_tried_with_the_offices_authority(dovecot: Dovecot) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(dovecot.certificate, dovecot.certificate.with_name("key.pem"))
    with smtp_sink(tls=context) as sink:
        mail = MailAnswers(
            ServerAnswer("localhost", dovecot.tls_port, "tls"),
            ServerAnswer("localhost", sink.port, "tls"),
            USERNAME,
            dovecot.certificate,
        )
        assert try_receiving(mail, PASSWORD) == 0
        try_sending(mail, SMTP_PASSWORD)
        for attempt in (try_receiving, try_sending):
            with pytest.raises(LoginRefused):
                attempt(mail, "wrong")
            with pytest.raises(TryLater, match="写进 ca_file"):
                attempt(replace(mail, ca_file=None), PASSWORD)
        assert (sink.logins, sink.taken) == (2, [])
        try_sending(replace(mail, sending=None), "wrong")
