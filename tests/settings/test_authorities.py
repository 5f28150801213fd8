"""`ca_file`: what may be named, and what each mistake is answered with."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from settings.authorities import checked_ca_file, tls_context
from settings.load import parse_settings
from tests.support.dovecot import make_certificate
from tests.support.offices import bulletin
from values.errors import BadConfig


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    make_certificate(folder / "ca.pem", folder / "key.pem")
    return folder / "ca.pem"


def test_file_is_taken_relative_to_the_configuration(certificate: Path) -> None:
    text = bulletin().replace("poll_seconds", 'ca_file = "ca.pem"\npoll_seconds')
    settings = parse_settings(text.encode(), name="config.toml", home=certificate.parent)
    assert settings.bulletins[0].mailbox.ca_file == certificate
    assert settings.smtp.ca_file is None


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "读不了"), (b"", "不是 PEM 格式"), (b"\x30\x82\x01\x0a", "openssl x509 -inform der")]
)
@pytest.mark.parametrize("table", ["bulletin[0].mailbox", "smtp"])
def test_mistakes_are_named_with_their_remedy(tmp_path: Path, content: bytes | None, reason: str, table: str) -> None:
    if content is not None:
        (tmp_path / "ca.pem").write_bytes(content)
    line = 'ca_file = "ca.pem"\n'
    text = bulletin()
    text = f"[smtp]\n{line}{text}" if table == "smtp" else text.replace("poll_seconds", f"{line}poll_seconds")
    with pytest.raises(BadConfig) as refused:
        parse_settings(text.encode(), name="config.toml", home=tmp_path)
    [problem] = refused.value.problems
    assert f"{table}.ca_file" in problem
    assert reason in problem


def test_context_has_the_offices_authority_and_checks_names(certificate: Path) -> None:
    context = tls_context(checked_ca_file(certificate))
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert b"localhost" in b"".join(context.get_ca_certs(binary_form=True))
    assert b"localhost" not in b"".join(tls_context(None).get_ca_certs(binary_form=True))
