"""A process that forks the children: it has loaded what they need, has no thread, no secret and no descriptor of ours.

Forking the service itself would copy its locks, its memory and its open files. The server is started with an empty
environment and one socket; by it the service asks for a child, and for its end. It ends with the service. Children have
no access to it: they answer on sockets of their own.
"""

from __future__ import annotations

import atexit
import encodings
import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Final

from programs.child import serve
from programs.landlock import forbid_inspection

_REQUEST: Final = struct.Struct("!ci")
_REPLY: Final = struct.Struct("!i")
_START: Final = b"s"
_END: Final = b"e"
_NOT_STARTED: Final = -1
"""In place of a process id, when the system gives no further process."""
_PROGRAM: Final = (
    "import json, sys; sys.path[:], control, preload, landlock = json.loads(sys.argv[1]); "
    "from programs.child_server import run; run(control, preload, landlock)"
)


class ChildServer:
    """The service's side of a server of children. Safe for several threads."""

    def __init__(self, preload: Sequence[str], *, landlock: bool) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            settings = json.dumps([sys.path, theirs.fileno(), list(preload), landlock])
            command = [sys.executable, "-I", "-X", "utf8", "-c", _PROGRAM, settings]
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and fixed words
                    command, env={}, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
                )
            except OSError:
                ours.close()
                raise
        self._control = ours
        self._lock = Lock()

    def start(self) -> tuple[int, socket.socket]:
        """A new child: its process id, and the socket on which it answers.

        Raises BlockingIOError when the system gives no further process, another OSError when the server is gone.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                pid = self._request(_START, 0, theirs.fileno())
                if pid == _NOT_STARTED:
                    raise BlockingIOError("no process for a child")
                return pid, ours
            except OSError:
                ours.close()
                raise

    def end(self, pid: int) -> int:
        """Kills a child of this server, unless it has ended. Returns its exit code, negative for a signal; raises
        OSError when the server is gone, and the child with it."""
        return self._request(_END, pid)

    def close(self) -> None:
        """Ends the server, and all children that it has."""
        self._control.close()
        self._process.wait()

    def _request(self, kind: bytes, pid: int, *descriptors: int) -> int:
        with self._lock:
            socket.send_fds(self._control, [_REQUEST.pack(kind, pid)], descriptors)
            reply = self._control.recv(_REPLY.size)
        if not reply:
            raise BrokenPipeError
        (number,) = _REPLY.unpack(reply)
        return int(number)


_servers: Final[dict[tuple[object, ...], ChildServer]] = {}
"""Those of this process. Several pools share one: it takes half a second to load what letters are read with."""
_servers_lock: Final = Lock()


def server_for(preload: Sequence[str], *, landlock: bool, instead_of: ChildServer | None = None) -> ChildServer:
    """The server of this process that has these modules loaded, started at its first use.

    instead_of: a server that is gone.
    """
    key = (os.getpid(), landlock, *preload)  # a fork of this process must not talk on its sockets
    with _servers_lock:
        if key not in _servers or _servers[key] is instead_of:
            if instead_of is not None:
                atexit.unregister(instead_of.close)
                instead_of.close()
            _servers[key] = ChildServer(preload, landlock=landlock)
            atexit.register(_servers[key].close)
        return _servers[key]


def end_server(preload: Sequence[str], *, landlock: bool) -> None:
    """Ends the server of this process that has these modules loaded, and its children; does nothing without one."""
    with _servers_lock:
        server = _servers.pop((os.getpid(), landlock, *preload), None)
    if server is not None:
        atexit.unregister(server.close)
        server.close()


def run(control: int, preload: Sequence[str], landlock: bool) -> None:
    """Runs in the server's process, until the service closes its end of the socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # from the terminal: the service ends its children in order
    os.environ.clear()  # the interpreter sets a locale
    forbid_inspection()
    for name in (*preload, *(() if landlock else _codecs())):
        module, _, function = name.partition(":")
        imported = importlib.import_module(module)
        if function:
            getattr(imported, function)()
    gc.collect()
    gc.freeze()  # memory that the collector does not write to stays shared with the children
    children: set[int] = set()
    with socket.socket(fileno=control) as service:
        try:
            while True:
                message, descriptors, _, _ = socket.recv_fds(service, _REQUEST.size, 1)
                if not message:
                    return
                kind, pid = _REQUEST.unpack(message)
                if kind == _START:
                    pid = _fork(descriptors[0], landlock=landlock)
                    if pid != _NOT_STARTED:
                        children.add(pid)
                    service.send(_REPLY.pack(pid))
                else:
                    children.discard(pid)
                    service.send(_REPLY.pack(_ended(pid)))
        finally:
            for pid in children:
                os.kill(pid, signal.SIGKILL)  # none is waited for yet, so its number is still its own


def _codecs() -> Iterator[str]:
    """The interpreter's modules of character sets, which a child loads at need if it can."""
    for info in pkgutil.iter_modules(encodings.__path__):
        if info.name not in ("mbcs", "oem"):  # those two are of Windows
            yield f"encodings.{info.name}"


def _fork(connection: int, *, landlock: bool) -> int:
    """The process id of a new child, or `_NOT_STARTED`."""
    try:
        pid = os.fork()
    except OSError:  # too many processes, no memory: the children that there are go on
        os.close(connection)
        return _NOT_STARTED
    if pid:
        os.close(connection)
        return pid
    status = 1
    try:
        serve(connection, landlock=landlock)
        status = 0
    finally:
        os._exit(status)


def _ended(pid: int) -> int:
    os.kill(pid, signal.SIGKILL)  # of a child that has ended already, this changes nothing
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)
