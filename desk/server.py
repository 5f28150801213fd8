"""The desk on its port: uvicorn in a thread of its own, next to whatever else the process does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from desk.app import make_app, use_office
from desk.connections import ConnectionLimits, ConnectionRegister, limits_of
from desk.head_timeout import HeadTimeoutProtocol, bound_protocol
from service.health.activity import Activity
from service.office import Office
from settings.kinds import Listen
from values.errors import BadUsage

_LONGEST_HEAD: Final = 64_000
"""Bytes of a request's head: all cookies that a browser keeps for a host fit in."""
_KEEP_ALIVE_SECONDS: Final = 15
"""An idle connection is kept that long: longer than the page of 本期 waits between its questions."""
_SHUTDOWN_SECONDS: Final = 1
"""Answers under way get that long at the end, of the 3 s that the whole service has (service/running/deadline.py)."""
_BACKLOG: Final = 1_024
"""Connections that wait to be accepted: an office's browsers after a restart, or a stranger's silent connections. Above
it the kernel drops the first packet of a connection, which the client sends again after a second."""


@contextmanager
def serving_desk(office: Office, activity: Activity) -> Iterator[Callable[[Office], None]]:
    """Serves the desk on the address of [desk] listen until the block ends. Yields a function that gives it an office
    with other settings. Raises BadUsage at once when the address cannot be used."""
    listen = office.settings.desk.listen
    assert listen is not None, "without an address there is no desk"
    app = make_app(office, activity)
    with (
        listening(listen) as listener,
        answering(app, listener, limits_of(office.settings.desk)),
        closing(app.state.page_renderer),
        closing(app.state.original_viewer),
    ):
        yield partial(use_office, app)


@contextmanager
def listening(at: Listen) -> Iterator[socket.socket]:
    """A listening socket on that address. Raises BadUsage when it cannot be used."""
    family = socket.AF_INET6 if ":" in at.host else socket.AF_INET
    # asyncio sets TCP_NODELAY only on sockets whose protocol is given as TCP. Without it head and body of an answer are
    # two packets, and the second waits 40 ms for the acknowledgement of the first.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((at.host, at.port))
            listener.listen(_BACKLOG)
        except OSError as error:
            raise BadUsage(
                f"审稿台打不开 {at.host} 端口 {at.port}（{error.strerror}）：可能已被别的程序占用。"
                "请停掉那个程序，或在配置文件 [desk] 的 listen 换一个端口，再启动。"
            ) from error
        yield listener


@contextmanager
def answering(
    app: ASGIApp,
    listener: socket.socket,
    limits: ConnectionLimits,
    protocol: type[HeadTimeoutProtocol] = HeadTimeoutProtocol,
) -> Iterator[None]:
    """Answers the requests at `listener` until the block ends; then waits a few seconds for answers under way."""
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=bound_protocol(ConnectionRegister(limits), protocol),
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            backlog=_BACKLOG,
            h11_max_incomplete_event_size=_LONGEST_HEAD,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        )
    )
    # uvicorn installs no signal handlers outside the main thread
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="desk", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(2 * _SHUTDOWN_SECONDS)
