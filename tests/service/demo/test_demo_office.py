"""The demo's office: everything of the configuration but what a demo must not touch."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from service.demo.office import demo_settings, set_demo_password
from service.office import Office
from service.people.attempts import LogInFailed
from service.people.log_in import log_in
from settings.load import load_settings
from settings.secrets import Secret
from tests.support.offices import write_config
from tests.support.people import CLIENT


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_demo_settings_replace_mailbox_data_and_address(tmp_path: Path) -> None:
    port = free_port()
    path = write_config(tmp_path)
    path.write_text(f'{path.read_text(encoding="utf-8")}\n[desk]\nlisten = "127.0.0.1:{port}"\n', encoding="utf-8")
    settings = load_settings(path)
    demo = demo_settings(settings, tmp_path / "demo-data", 1143)
    mailbox = demo.bulletins[0].mailbox
    assert (mailbox.host, mailbox.port, mailbox.security) == ("127.0.0.1", 1143, "none")
    assert mailbox.password == Secret("env", "JIANBAO_DEMO_PASSWORD")
    assert demo.service.data_dir == tmp_path / "demo-data"
    assert demo.desk.public_url == f"http://127.0.0.1:{port}"
    assert demo.bulletins[0].departments == settings.bulletins[0].departments


def test_demo_settings_take_another_port_where_the_configured_one_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        path = write_config(tmp_path)
        path.write_text(f'{path.read_text(encoding="utf-8")}\n[desk]\nlisten = "127.0.0.1:{port}"\n', encoding="utf-8")
        demo = demo_settings(load_settings(path), tmp_path / "demo-data", 1143)
    assert demo.desk.listen is not None
    assert demo.desk.listen.port not in {0, port}


def test_the_password_of_the_last_demo_is_the_one_that_counts(office: Office) -> None:
    for password in ("first-password", "second-password"):
        set_demo_password(office, "demo", "演示编辑", password)
    with pytest.raises(LogInFailed):
        log_in(office, "demo", "first-password", CLIENT)
    assert log_in(office, "demo", "second-password", CLIENT)
