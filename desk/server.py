"""The desk on its port: uvicorn in a thread of its own, beside whatever else the process does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from desk.app import make_app
from desk.punctual import PunctualProtocol
from service.health.activity import Activity
from service.office import Office
from settings.kinds import Listen
from values.errors import BadUsage

_LONGEST_HEAD: Final = 64_000
_KEEP_ALIVE_SECONDS: Final = 15
_LAST_ANSWERS_SECONDS: Final = 5
_BACKLOG: Final = 512


@contextmanager
def serving_desk(office: Office, activity: Activity) -> Iterator[None]:
    """Answers on [desk] listen until the block ends. Raises BadUsage when the address cannot be had, at once."""
    listen = office.settings.desk.listen
    assert listen is not None, "without an address there is no desk"
    app = make_app(office, activity)
    with listening(listen) as door, answering(app, door), closing(app.state.press), closing(app.state.original_viewer):
        yield


@contextmanager
def listening(at: Listen) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in at.host else socket.AF_INET
    # asyncio sets TCP_NODELAY only on sockets that say they are TCP. Without it head and body of an answer are two
    # packets, the second of which waits 40 ms for the acknowledgement of the first.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((at.host, at.port))
            door.listen(_BACKLOG)
        except OSError as error:
            raise BadUsage(
                f"审稿台打不开 {at.host} 端口 {at.port}（{error.strerror}）：可能已被别的程序占用。"
                "请停掉那个程序，或在配置文件 [desk] 的 listen 换一个端口，再启动。"
            ) from error
        yield door


@contextmanager
def answering(app: ASGIApp, door: socket.socket, protocol: type[PunctualProtocol] = PunctualProtocol) -> Iterator[None]:
    """Answers what comes in at `door`. Leaving the block waits a few seconds for answers under way."""
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=protocol,
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
            timeout_graceful_shutdown=_LAST_ANSWERS_SECONDS,
        )
    )
    # uvicorn leaves signals alone outside the main thread
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, name="desk", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(2 * _LAST_ANSWERS_SECONDS)
