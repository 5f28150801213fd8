"""A real Dovecot on loopback, with its own directory, ports and process. It runs as root and as an ordinary user.

with dovecot_server(tmp_path) as server:
    server.deliver(raw, when)
    ImapMailbox(ImapAccount(server.host, server.port, "none", server.username, ...))
"""

from __future__ import annotations

import contextlib
import grp
import imaplib
import os
import pwd
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from tests.support.needed_program import not_installed

PASSWORD = "duan-wu-jie-2022"
HOST = "127.0.0.1"

_CONFIG = """\
base_dir = {sockets}
state_dir = {root}/state
log_path = {root}/log
protocols = imap
listen = {host}
{tls}
disable_plaintext_auth = no
first_valid_uid = 0
mail_location = maildir:{root}/mail/%n
auth_failure_delay = 0
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/mail/%n
}}
service imap-login {{
  {login_chroot}
  inet_listener imap {{
    address = {host}
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
namespace inbox {{
  inbox = yes
}}
"""

_AS_ORDINARY_USER = """\
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service auth {{
  user = {user}
}}
service auth-worker {{
  user = {user}
}}
"""


class Account:
    """One account, its Maildir written into directly."""

    def __init__(self, server: Dovecot, username: str) -> None:
        self.server = server
        self.host = server.host
        self.port = server.port
        self.username = username
        self.password = PASSWORD
        self._maildir = server.mail / username
        self._delivered = 0
        self._make_maildir(self._maildir)

    def deliver(self, raw: bytes, when: datetime, folder: str = "") -> None:
        """Puts a letter into the Maildir as an MTA does. `when` becomes its INTERNALDATE. folder: in modified UTF-7."""
        maildir = self._maildir
        if folder:
            maildir = self._maildir / f".{folder}"
            self._make_maildir(maildir)
        self._delivered += 1
        path = maildir / "cur" / f"{self._delivered:010d}.M1P1.host,S={len(raw)}:2,"
        path.write_bytes(raw)
        os.utime(path, (when.timestamp(), when.timestamp()))
        self.server.hand_over(path)

    def files(self) -> set[str]:
        """Names of all letters, whose endings are the flags: ":2," none, ":2,S" seen."""
        return {path.name for part in ("cur", "new") for path in (self._maildir / part).iterdir()}

    def expunge(self, uids: Sequence[int]) -> None:
        """Another client deletes these letters for good."""
        with self._client() as client:
            client.select("INBOX")
            client.uid("STORE", ",".join(map(str, uids)), "+FLAGS", "(\\Deleted)")
            client.expunge()

    def move(self, uids: Sequence[int], target: str, *, source: str = "INBOX") -> None:
        """Another client moves these letters; the target is made when it is not there."""
        with self._client() as client:
            client.create(target)
            client.select(source)
            assert client.uid("MOVE", ",".join(map(str, uids)), target)[0] == "OK"

    def _client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4(self.host, self.port, timeout=10)
        client.login(self.username, self.password)
        return client

    def renumber(self) -> None:
        """Stops the server, replaces the index and starts: the same letters under the next UIDVALIDITY."""
        self.server.stop()
        uidlist = self._maildir / "dovecot-uidlist"
        now = re.search(r" V(\d+) ", uidlist.read_text())
        assert now is not None
        for path in self._maildir.glob("dovecot*"):
            path.unlink()
        uidlist.write_text(f"3 V{int(now[1]) + 1} N1 G{uuid.uuid4().hex}\n")  # without it: the second of the restart
        self.server.hand_over(uidlist)
        self.server.start()

    def give_to(self, other: Account) -> None:
        """The provider renames the account: the other login name has this mailbox, with its UIDVALIDITY and UIDs."""
        self.server.stop()
        shutil.rmtree(other._maildir)
        self._maildir.rename(other._maildir)
        self.server.start()

    def _make_maildir(self, maildir: Path) -> None:
        for directory in (maildir, *(maildir / part for part in ("cur", "new", "tmp"))):
            if not directory.exists():
                directory.mkdir()
                self.server.hand_over(directory)


class Dovecot:
    """The server process. Every user name is an account, all with PASSWORD."""

    def __init__(self, root: Path, *, tls: bool) -> None:
        self.host = HOST
        self.port = free_port()
        self.tls_port = free_port() if tls else 0
        self.mail = root / "mail"
        self.certificate = root / "certificate.pem"
        self._root = root
        self.sockets = Path(tempfile.mkdtemp(prefix="dovecot-"))
        """Short: the path of a socket has 107 octets at most (unix(7)), and a test's own directory may have more."""
        self._accounts = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._write_files(tls)

    def account(self) -> Account:
        """A new, empty account."""
        self._accounts += 1
        return Account(self, f"bianji{self._accounts}")

    def start(self) -> None:
        executable = shutil.which("dovecot") or "/usr/sbin/dovecot"
        self._process = subprocess.Popen(
            [executable, "-F", "-c", str(self._root / "dovecot.conf")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._wait_until_it_answers(deadline=time.monotonic() + 15)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends the process that `start` started, and no other."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        self._process = None

    def log(self) -> str:
        path = self._root / "log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def client_context(self) -> ssl.SSLContext:
        """Trusts the server's certificate, which names `localhost`."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def _wait_until_it_answers(self, deadline: float) -> None:
        while True:
            with contextlib.suppress(OSError), socket.create_connection((self.host, self.port), 1) as probe:
                if probe.recv(1):
                    return
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"dovecot does not answer: {self.log()}")
            time.sleep(0.01)

    def _write_files(self, tls: bool) -> None:
        tls_lines = "ssl = no"
        if tls:
            key = self._root / "key.pem"
            make_certificate(self.certificate, key)
            tls_lines = f"ssl = yes\nssl_cert = <{self.certificate}\nssl_key = <{key}"
        root = os.geteuid() == 0
        user = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
        group = grp.getgrgid(user.pw_gid)
        config = _CONFIG.format(
            root=self._root,
            sockets=self.sockets,
            password=PASSWORD,
            host=HOST,
            port=self.port,
            tls=tls_lines,
            tls_port=self.tls_port,
            uid="nobody" if root else user.pw_uid,
            gid=group.gr_name if root else user.pw_gid,
            login_chroot="" if root else "chroot =",
        )
        if not root:
            config += _AS_ORDINARY_USER.format(user=user.pw_name, group=group.gr_name)
        (self._root / "dovecot.conf").write_text(config)
        self._owner = (user.pw_uid, user.pw_gid) if root else None
        if root:
            _open_to_others(self._root)
            _open_to_others(self.sockets)
        self.mail.mkdir()
        self.hand_over(self.mail)

    def hand_over(self, path: Path) -> None:
        """Gives a file to the user the server reads mail as."""
        if self._owner is not None:
            os.chown(path, *self._owner)


def _open_to_others(directory: Path) -> None:
    """Lets the mail user through: pytest's directories are for their owner alone."""
    for parent in (directory, *directory.parents):
        mode = parent.stat().st_mode
        if parent.owner() == "root" and not mode & 0o001:
            parent.chmod(mode | 0o011)


@contextlib.contextmanager
def dovecot_server(directory: Path, *, tls: bool = False) -> Iterator[Dovecot]:
    """A running Dovecot; with `tls` also STARTTLS and a TLS port. Skips loudly where it is not installed, not in CI."""
    if shutil.which("dovecot") is None and not Path("/usr/sbin/dovecot").exists():
        not_installed("Dovecot (Debian: dovecot-imapd)")
    root = directory / "dovecot"
    root.mkdir()
    server = Dovecot(root, tls=tls)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.sockets)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def make_certificate(certificate: Path, key: Path) -> None:
    """A self-signed certificate for `localhost`, good for a day."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*command.split(), *names, "-keyout", key, "-out", certificate], check=True, capture_output=True)
