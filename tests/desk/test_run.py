"""The desk beside the rest of the service: it opens with `run`, ends with it, and says so when it cannot open."""

from __future__ import annotations

import http.client
import json
import signal
import socket
from pathlib import Path

import pytest

from archive.accounts import accounts
from tests.support.ledger_rows import AT
from tests.support.offices import bulletin, office_at, write_config
from tests.support.running import PATIENCE, free_port, service


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def config_file(tmp_path: Path, port: int) -> Path:
    """Its mailbox is at a port where nobody answers."""
    desk = f'[desk]\nlisten = "127.0.0.1:{port}"\npublic_url = "http://127.0.0.1:{port}"\n'
    return write_config(tmp_path / "office", '[service]\nlog_format = "json"\n' + desk + bulletin(port=free_port()))


def page_at(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_service_opens_the_desk_and_closes_it_when_it_stops(config_file: Path, port: int) -> None:
    with service(config_file) as running:
        assert running.log("desk open")["url"] == f"http://127.0.0.1:{port}"
        status, login = page_at(port, "/login")
        assert (status, "登录" in login) == (200, True)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(PATIENCE) == 0
    with pytest.raises(ConnectionRefusedError):
        page_at(port, "/login")


def test_first_start_writes_a_link_for_the_admin_to_a_file_and_the_next_one_another(
    config_file: Path, port: int
) -> None:
    links = []
    for _ in range(2):
        with service(config_file) as running:
            logged = running.log("还没有人能登录审稿台：请打开文件里的一次性链接设置管理员密码，用过后文件自动删除")
            assert logged["user"] == "admin"
            file = Path(logged["file"])
            assert (file.parent, file.stat().st_mode & 0o777) == (config_file.parent / "data", 0o600)
            links.append(file.read_text(encoding="utf-8").strip())
            status, words = page_at(port, links[-1].partition(str(port))[2])
            assert (status, "管理员，您的用户名是" in words) == (200, True)
            assert page_at(port, links[0].partition(str(port))[2])[0] == (200 if len(links) == 1 else 400)
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(PATIENCE) == 0
            assert b"/invitation/" not in running.logs.read()


def test_port_that_is_taken_is_reported_before_anything_is_polled(config_file: Path, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with service(config_file) as running:
            said = running.logs.read().decode()
            assert running.process.wait(PATIENCE) == 2
    assert f"审稿台打不开 127.0.0.1 端口 {port}" in said
    assert "请停掉那个程序，或在配置文件 [desk] 的 listen 换一个端口" in said
    assert [json.loads(line)["event"] for line in said.splitlines() if line.startswith("{")] == []


def test_an_office_without_an_address_for_it_has_no_desk(tmp_path: Path) -> None:
    config = write_config(
        tmp_path / "office", '[service]\nlog_format = "json"\n[desk]\nlisten = ""\n' + bulletin(port=free_port())
    )
    with service(config) as running:
        assert running.notification().startswith("READY=1")
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(PATIENCE) == 0
        assert b"desk open" not in running.logs.read()
    with office_at(config, AT) as office, office.ledger.reading() as ledger:
        assert accounts(ledger) == []
