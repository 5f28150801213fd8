"""A small IMAP server on loopback that keeps the protocol, except where a test scripts it to go wrong.

    server = ScriptedImap(letters={1: b"...", 2: b"..."})
    server.on["UID SEARCH"] = lambda talk: talk.send(b"* SEARCH 2 2 1\\r\\n").ok()
    with server.running(): ...

A handler is called with the command's `Talk`; the key is the command's first word, or the first two for UID commands.
"GREETING" scripts the greeting. A handler that returns without `ok` or `no` has answered all it wanted to.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from base64 import b64decode, b64encode
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from tests.support.imap_changes import ChangingMailbox

HOST = "127.0.0.1"


class HangUp(Exception):
    """The script ends the connection here."""


@dataclass
class Talk:
    """One command of one connection, and the means to answer it.

    session: notes about this connection, kept between its commands. lines: what the client sends further.
    """

    server: ScriptedImap
    connection: socket.socket
    tag: str
    line: str
    session: dict[str, str] = field(default_factory=dict)
    lines: BinaryIO = field(default_factory=BytesIO)

    def ask(self, challenge: bytes = b"") -> str:
        """One step of a SASL exchange: sends the challenge, returns the client's answer, decoded."""
        self.send(b"+ " + b64encode(challenge) + b"\r\n")
        return b64decode(self.lines.readline().strip()).decode()

    def send(self, octets: bytes) -> Talk:
        self.connection.sendall(octets)
        return self

    def ok(self, text: str = "done") -> None:
        self.send(f"{self.tag} OK {text}\r\n".encode())

    def no(self, text: str) -> None:
        self.send(f"{self.tag} NO {text}\r\n".encode())

    def bad(self, text: str) -> None:
        self.send(f"{self.tag} BAD {text}\r\n".encode())

    def hang_up(self) -> None:
        raise HangUp

    def hang(self) -> None:
        """Says nothing more until the client gives up."""
        self.connection.settimeout(30)
        while self.connection.recv(65_536):
            pass
        raise HangUp

    def proceed(self) -> None:
        """Answers as an honest server does."""
        self.server.answer(self)

    @property
    def letters(self) -> dict[int, bytes]:
        """Those of the open folder."""
        name = self.session.get("folder", "")
        return self.server.folders[name][1] if name else self.server.letters

    @property
    def uids(self) -> list[int]:
        """The UIDs a UID FETCH asks for."""
        return [int(uid) for uid in self.line.split()[2].split(",")]


Handler = Callable[[Talk], None]


class ScriptedImap:
    """letters: raw bytes by UID. capability, uidvalidity, sizes (announced by UID), permanent flags and `on` may be
    changed. folders: the other folders, each with its attributes and letters. flags: what was set, by UID.

    sent: octets of each letter's body that went over the wire. logins: user name and password of each login.
    """

    def __init__(self, letters: dict[int, bytes] | None = None) -> None:
        self.letters = dict(letters or {})
        self.on: dict[str, Handler] = {}
        self.capability = "IMAP4rev1 ID UIDPLUS"
        self.uidvalidity: int | None = 7
        self.sizes: dict[int, int] = {}
        self.internal_date = "10-Jun-2022 09:30:00 +0800"
        self.permanent = r"\Answered \Flagged \Deleted \Seen \*"
        self.folders: dict[str, tuple[str, dict[int, bytes]]] = {"&V4NXPpCuTvY-": ("", {})}
        self.flags: defaultdict[int, set[str]] = defaultdict(set)
        self.sent: Counter[int] = Counter()
        self.commands: list[str] = []
        self.logins: list[tuple[str, str]] = []
        self.connections = 0
        self.port = 0
        self._counted: tuple[int, int, dict[int, int]] = (0, 0, {})
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []

    host = HOST

    @contextlib.contextmanager
    def running(self) -> Iterator[ScriptedImap]:
        with socket.create_server((HOST, 0)) as listener:
            self.port = listener.getsockname()[1]
            acceptor = threading.Thread(target=self._accept, args=(listener,))
            acceptor.start()
            try:
                yield self
            finally:
                listener.shutdown(socket.SHUT_RDWR)
                acceptor.join()
                for connection in self._open:
                    with contextlib.suppress(OSError):
                        connection.shutdown(socket.SHUT_RDWR)
                for thread in self._threads:
                    thread.join()

    def count(self, command: str) -> int:
        """How many commands began with these words."""
        return sum(line.upper().startswith(command) for line in self.commands)

    def answer(self, talk: Talk) -> None:
        """The honest answer to a command."""
        words = talk.line.split()
        match _key(talk.line):
            case "CAPABILITY":
                talk.send(f"* CAPABILITY {self.capability}\r\n".encode()).ok()
            case "LOGIN" if "LOGINDISABLED" in self.capability.split():
                talk.no("[PRIVACYREQUIRED] plaintext LOGIN is disabled")
            case "LOGIN":
                self._welcome(talk, *(word.strip('"') for word in words[1:]))
            case "AUTHENTICATE" if f"AUTH={words[1]}" not in self.capability.split():
                talk.no("[CANNOT] unsupported mechanism")
            case "AUTHENTICATE" if words[1] == "PLAIN":
                self._welcome(talk, *talk.ask().split("\0")[1:])
            case "AUTHENTICATE":
                self._welcome(talk, talk.ask(b"Username:"), talk.ask(b"Password:"))
            case "ID":
                talk.session["identified"] = "yes"
                talk.send(b'* ID ("name" "scripted")\r\n').ok()
            case "LIST":
                names = {"INBOX": "", **{name: flags for name, (flags, _) in self.folders.items()}}
                talk.send("".join(f'* LIST ({flags}) "/" "{name}"\r\n' for name, flags in names.items()).encode()).ok()
            case "EXAMINE" | "SELECT":
                self._open_folder(talk, words[1].strip('"'))
            case "CREATE" | "STATUS" | "UID STORE" | "UID COPY" | "UID MOVE" | "UID EXPUNGE":
                ChangingMailbox(talk).answer()
            case "UID SEARCH":
                uids = " ".join(str(uid) for uid in self._search(talk.letters, words[2:]))
                talk.send(f"* SEARCH {uids}".rstrip().encode() + b"\r\n").ok()
            case "UID FETCH":
                for uid in talk.uids:
                    talk.send(self.fetched(uid, talk.line, talk.letters))
                talk.ok()
            case "LOGOUT":
                talk.send(b"* BYE good-bye\r\n").ok()
                raise HangUp
            case _:
                talk.bad("unknown command")

    def fetched(self, uid: int, line: str, letters: Mapping[int, bytes] | None = None) -> bytes:
        """The untagged FETCH answer for one UID, nothing when there is no such letter."""
        letters = self.letters if letters is None else letters
        if uid not in letters:
            return b""
        raw = letters[uid]
        items = [f"UID {uid}".encode()]
        if "RFC822.SIZE" in line:
            items.append(f"RFC822.SIZE {self.sizes.get(uid, len(raw))}".encode())
            items.append(f'INTERNALDATE "{self.internal_date}"'.encode())
        if "FLAGS" in line:
            items.append(f"FLAGS ({' '.join(sorted(self.flags[uid]))})".encode())
        body = re.search(r"BODY\.PEEK\[(HEADER(?:\.FIELDS \([A-Z ]+\))?)?\](?:<(\d+)\.(\d+)>)?", line)
        if body:
            whole = _section(raw, body[1] or "")
            origin = f"<{body[2]}>" if body[2] else ""
            part = whole[int(body[2]) : int(body[2]) + int(body[3])] if body[2] else whole
            self.sent[uid] += len(part) if not body[1] else 0
            items.append(f"BODY[{body[1] or ''}]{origin} {{{len(part)}}}\r\n".encode() + part)
        return b"* %d FETCH (%s)\r\n" % (self._number(letters, uid), b" ".join(items))

    def _welcome(self, talk: Talk, username: str, password: str) -> None:
        """Lets everybody in, and notes with what words."""
        self.logins.append((username, password))
        talk.ok(f"[CAPABILITY {self.capability}] logged in")

    def _number(self, letters: Mapping[int, bytes], uid: int) -> int:
        """The sequence number of a UID; recounted only when the set of letters has changed."""
        if self._counted[:2] != (id(letters), len(letters)) or uid not in self._counted[2]:
            self._counted = (id(letters), len(letters), {uid: n for n, uid in enumerate(sorted(letters), 1)})
        return self._counted[2][uid]

    def _open_folder(self, talk: Talk, name: str) -> None:
        if name != "INBOX" and name not in self.folders:
            return talk.no("no such folder")
        talk.session["folder"] = "" if name == "INBOX" else name
        writable = talk.line.upper().startswith("SELECT")
        lines = ["* FLAGS (\\Seen)", f"* {len(talk.letters)} EXISTS", "* 0 RECENT"]
        lines.append(f"* OK [UIDNEXT {max(talk.letters, default=0) + 1}] next")
        if self.uidvalidity is not None:
            lines.append(f"* OK [UIDVALIDITY {self.uidvalidity}] valid")
        if writable:
            lines.append(f"* OK [PERMANENTFLAGS ({self.permanent})] these")
        talk.send("".join(f"{line}\r\n" for line in lines).encode())
        return talk.ok("[READ-WRITE] opened" if writable else "[READ-ONLY] opened")

    def _search(self, letters: Mapping[int, bytes], criteria: list[str]) -> list[int]:
        uids = sorted(letters)
        if criteria[0].upper() not in ("UID", "ALL"):  # a window of sequence numbers
            first, _, last = criteria.pop(0).partition(":")
            uids = uids[int(first) - 1 : int(last)]
        if criteria[:1] != ["UID"] or not uids:
            return uids
        first, _, last = criteria[1].partition(":")
        if last == "*":
            return [uid for uid in uids if uid >= min(int(first), uids[-1])]
        wanted = {int(uid) for uid in criteria[1].split(",")}
        return [uid for uid in uids if uid in wanted]

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        session: dict[str, str] = {}
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # many small answers
        with contextlib.suppress(OSError, HangUp), connection, connection.makefile("rb") as lines:
            greet = self.on.get("GREETING")
            if greet:
                greet(Talk(self, connection, "*", "GREETING", session))
            else:
                connection.sendall(b"* OK ready\r\n")
            for received in lines:
                tag, _, line = received.decode("utf-8", "replace").strip().partition(" ")
                key = _key(line)
                self.commands.append(line)
                self.on.get(key, Talk.proceed)(Talk(self, connection, tag, line, session, lines))


def _section(raw: bytes, section: str) -> bytes:
    """What BODY[section] is: the whole, the header, or some fields of it."""
    header = raw[: raw.index(b"\r\n\r\n") + 4] if section else raw
    if not section.startswith("HEADER.FIELDS"):
        return header
    names = {name.lower() for name in section.partition("(")[2].rstrip(")").split()}
    lines = [line for line in header.decode("latin-1").split("\r\n") if line.partition(":")[0].lower() in names]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1")


def _key(line: str) -> str:
    words = line.upper().split()
    return " ".join(words[:2]) if words[:1] == ["UID"] else "".join(words[:1])
