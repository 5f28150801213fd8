"""How many connections are open: the register by itself, and silent and slow clients on real sockets."""

from __future__ import annotations

import configparser
import http.client
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from ipaddress import ip_network
from pathlib import Path

import pytest

from desk.connections import REFUSAL, ConnectionLimits, ConnectionRegister, Stage, limits_of
from service.office import Office
from settings.model import DeskSettings
from tests.support.desk import at_desk, serving

UNIT = Path(__file__).resolve().parents[2] / "deploy" / "jianbao.service"
PATIENCE = 30
SILENT = 400
PER_ADDRESS = 30
IN_ALL = 50


class Client:
    """A connection in a stage that the test sets."""

    def __init__(self, stage: Stage = Stage.SILENT) -> None:
        self.stage = stage
        self.is_open = True

    def abandon(self) -> None:
        self.is_open = False


def register(in_all: int = 10, per_address: int = 3, *trusted: str) -> ConnectionRegister:
    return ConnectionRegister(ConnectionLimits(in_all, per_address, tuple(map(ip_network, trusted))))


def admitted(to: ConnectionRegister, address: str, *stages: Stage) -> list[Client]:
    clients = [Client(stage) for stage in stages]
    assert all(to.admit(address, client) for client in clients)
    return clients


def open_ones(clients: list[Client]) -> list[bool]:
    return [client.is_open for client in clients]


@pytest.mark.parametrize(
    ("stages", "left"),
    [
        ((Stage.SILENT, Stage.SILENT, Stage.SILENT), [False, True, True]),
        ((Stage.ANSWERING, Stage.IDLE, Stage.SILENT), [True, True, False]),
        ((Stage.ANSWERING, Stage.IDLE, Stage.IDLE), [True, False, True]),
    ],
)
def test_what_waits_longest_without_a_request_makes_room(stages: tuple[Stage, ...], left: list[bool]) -> None:
    desk = register()
    clients = admitted(desk, "10.0.0.1", *stages)
    assert desk.admit("10.0.0.1", Client())
    assert open_ones(clients) == left


def test_a_client_with_requests_under_way_everywhere_is_refused_and_no_other() -> None:
    desk = register()
    clients = admitted(desk, "10.0.0.1", Stage.ANSWERING, Stage.RECEIVING, Stage.RECEIVING)
    assert not desk.admit("10.0.0.1", Client())
    assert desk.admit("10.0.0.2", Client())
    desk.remove("10.0.0.1", clients[0])
    assert desk.admit("10.0.0.1", Client())
    assert open_ones(clients) == [True, True, True]


def test_of_a_full_desk_the_address_with_the_most_makes_room() -> None:
    desk = register(6, 4)
    few = admitted(desk, "10.0.0.1", Stage.SILENT, Stage.SILENT)
    many = admitted(desk, "10.0.0.2", Stage.IDLE, Stage.SILENT, Stage.IDLE, Stage.IDLE)
    assert desk.admit("10.0.0.3", Client())
    assert (open_ones(few), open_ones(many)) == ([True, True], [True, False, True, True])


def test_clients_that_send_slowly_from_a_few_addresses_keep_nobody_out() -> None:
    desk = register(4, 2)
    first = admitted(desk, "10.0.0.1", Stage.RECEIVING, Stage.RECEIVING)
    second = admitted(desk, "10.0.0.2", Stage.ANSWERING, Stage.ANSWERING)
    assert desk.admit("10.0.0.3", Client(Stage.ANSWERING))
    assert (open_ones(first), open_ones(second)) == ([False, True], [True, True])
    assert not desk.admit("10.0.0.4", Client(Stage.ANSWERING)), "it would take the only one of another client"


def test_a_trusted_proxy_is_not_limited_as_one_client() -> None:
    desk = register(10, 2, "10.0.0.1/32")
    clients = admitted(desk, "10.0.0.1", *[Stage.ANSWERING] * 9)
    assert desk.admit("10.0.0.2", Client())
    assert all(open_ones(clients))


def test_limits_leave_half_of_the_files_to_the_rest_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (1024, 4096))
    limits = limits_of(DeskSettings())
    assert (limits.in_all, limits.per_address) == (512, 200)


def test_the_unit_of_systemd_allows_the_connections_of_the_defaults() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.read_string(UNIT.read_text(encoding="utf-8"))
    assert unit.getint("Service", "LimitNOFILE") >= 2 * DeskSettings().connections


@pytest.mark.parametrize(("trusted", "proxy"), [("2001:db8::9/128", "2001:db8::9"), ("10.0.0.9/32", "::ffff:10.0.0.9")])
def test_a_proxy_is_trusted_in_every_form_of_its_address(trusted: str, proxy: str) -> None:
    desk = register(10, 2, trusted)
    clients = admitted(desk, proxy, *[Stage.ANSWERING] * 6)
    for client in clients:
        desk.remove(proxy, client)
    assert admitted(desk, proxy, *[Stage.ANSWERING] * 10)


def test_the_neighbours_of_a_proxy_in_its_network_are_limited() -> None:
    desk = register(10, 2, "2001:db8::9/128")
    admitted(desk, "2001:db8::1", Stage.ANSWERING, Stage.ANSWERING)
    assert not desk.admit("2001:db8::2", Client())


@pytest.fixture
def port(office: Office) -> Iterator[int]:
    more = {
        "connections": IN_ALL,
        "connections_per_address": PER_ADDRESS,
        "trusted_proxies": (ip_network("127.0.0.9"),),
    }
    with serving(at_desk(office, office.settings.desk.model_copy(update=more))) as url:
        yield int(url.rpartition(":")[2])


def connected(port: int, stack: ExitStack, source: str = "127.0.0.1") -> socket.socket:
    return stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE, (source, 0)))


def half_a_form(port: int) -> bytes:
    host = f"127.0.0.1:{port}"
    return (
        f"POST /login HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 5000\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\nname=w"
    ).encode()


def page(port: int, source: str = "127.0.0.1") -> tuple[int, float]:
    """The status of a page, and the seconds until it was there."""
    started = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, PATIENCE, (source, 0))
    connection.request("GET", "/login")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, time.monotonic() - started


def test_silent_connections_from_everywhere_keep_nobody_waiting(port: int) -> None:
    """More than eight times as many as the desk keeps open (issue 12, section 4)."""
    page(port)  # templates are compiled
    with ExitStack() as stack:
        for number in range(SILENT):
            connected(port, stack, f"127.0.0.{1 + number % 4}")
        for source in ("127.0.0.1", "127.0.0.5"):
            status, seconds = page(port, source)
            assert (status, seconds < 1) == (200, True)


def test_an_address_whose_connections_are_all_in_use_is_refused_alone(port: int) -> None:
    with ExitStack() as stack:
        for _ in range(PER_ADDRESS):
            connected(port, stack, "127.0.0.2").sendall(half_a_form(port))
        assert page(port, "127.0.0.3")[0] == 200
        refused = connected(port, stack, "127.0.0.2")
        assert refused.recv(1000) == REFUSAL
        assert refused.recv(1000) == b""


def test_slow_senders_that_fill_the_desk_keep_nobody_out(port: int) -> None:
    with ExitStack() as stack:
        for number in range(IN_ALL):
            connected(port, stack, f"127.0.0.{2 + number % 2}").sendall(half_a_form(port))
        assert page(port, "127.0.0.4")[0] == 200


def test_more_people_come_through_a_trusted_proxy_than_from_one_address(port: int) -> None:
    with ExitStack() as stack:
        for _ in range(PER_ADDRESS + 10):
            connected(port, stack, "127.0.0.9").sendall(half_a_form(port))
        assert page(port, "127.0.0.9")[0] == 200
