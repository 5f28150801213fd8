"""The demo's IMAP server: pymap's, which keeps letters in memory, on a loopback socket in a thread of this process."""

from __future__ import annotations

import asyncio
import imaplib
import secrets
import socket
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from contextlib import AsyncExitStack
from datetime import datetime
from types import TracebackType
from typing import Self

from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer


class DemoMailbox:
    """Serves an INBOX, at first empty, until the context is left."""

    def __init__(self, username: str) -> None:
        self.username = username
        self.password = secrets.token_urlsafe()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._serve, name="demo-mailbox", daemon=True)

    @property
    def port(self) -> int:
        """On 127.0.0.1, chosen by the system."""
        return int(self._socket.getsockname()[1])

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def fill(self, letters: Iterable[tuple[bytes, datetime]]) -> None:
        """Puts letters into the INBOX as if they had arrived at those (aware) times."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=30)
        try:
            client.login(self.username, self.password)
            for raw, arrived in letters:
                client.append("INBOX", "", imaplib.Time2Internaldate(arrived), raw)
        finally:
            client.logout()

    def _serve(self) -> None:
        try:
            self._loop.run_until_complete(self._until_stopped())
        finally:
            self._loop.close()
            self._ready.set()

    async def _until_stopped(self) -> None:
        backend, config = await DictBackend.init(self._arguments())
        config.apply_context()
        async with AsyncExitStack() as stack:
            await backend.start(stack)
            reader = ProxyProtocolReader(config.proxy_protocol)
            serve = reader.get_callback(IMAPServer(backend.login, config))
            server = await asyncio.start_server(serve, sock=self._socket)
            await stack.enter_async_context(server)
            self._ready.set()
            await self._stop.wait()

    def _arguments(self) -> Namespace:
        parser = ArgumentParser()
        DictBackend.add_subparser("dict", parser.add_subparsers(dest="backend"))
        parser.set_defaults(host=["127.0.0.1"], port=str(self.port), cert=None, key=None, tls=False, debug=False)
        parser.set_defaults(proxy_protocol=None, inherited_sockets=None, passlib_cfg=None)
        return parser.parse_args(["dict", f"--demo-user={self.username}", f"--demo-password={self.password}"])
