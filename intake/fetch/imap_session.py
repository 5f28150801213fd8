"""A session with an IMAP server: logged in, identified, a folder opened. Nothing is written to the mailbox here.

EXAMINE and BODY.PEEK leave \\Seen and \\Recent as they are.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from imapclient.exceptions import CapabilityError

from intake.fetch import imap_faults as faults
from intake.fetch.imap_client import SMALL_ANSWER, CommandRefused, ConnectionBroken, ImapConnection, ImapTimeouts
from intake.fetch.imap_faults import Identification, ImapServer
from intake.fetch.imap_login import LoginMethod, login_methods, sasl_answers, wants_oauth
from values.version import VERSION

_log = structlog.get_logger(__name__)

_NAME = "jianbao"

_LONG_ANSWER = 8_000_000
"""Octets of an answer to SEARCH or LIST: 50,000 UIDs of ten digits are 550,000."""


@dataclass(frozen=True, slots=True)
class Selected:
    """What EXAMINE or SELECT reports of a folder."""

    uidvalidity: int
    """0 when the server names none."""
    exists: int
    """Letters in the folder."""
    uidnext: int | None
    """None when the server names none."""
    permanent: tuple[str, ...] = ()
    """The flags that can be set permanently, `\\*` among them when new keywords can be; () after EXAMINE."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A folder of the account."""

    name: str
    flags: tuple[str, ...]
    """Its attributes, such as \\Junk (RFC 6154) and \\Noselect."""


class ImapSession(ImapConnection):
    """A connection to one account.

    `__init__` and `examine` raise kinds of TryLater, all else raises CommandRefused or ConnectionBroken.
    """

    def __init__(
        self, server: ImapServer, password: str, *, context: ssl.SSLContext | None, timeouts: ImapTimeouts, ends: float
    ) -> None:
        if not (_sendable(server.username) and _sendable(password)):
            raise faults.unusable_password(server)
        super().__init__(server, password, timeouts=timeouts, ends=ends)
        self._folder = ""
        self._uidvalidity = 0
        try:
            self._connect(context)
            if server.security == "starttls":
                self._start_tls(context)
            self._log_in()
            self._identification = self._identify()
        except ConnectionBroken as broken:
            raise faults.connection_lost("登录", server, broken.text) from None
        except BaseException:
            self.close()
            raise

    def examine(self, folder: str) -> Selected:
        """Opens the folder for reading only."""
        try:
            return self.select(folder, read_only=True)
        except CommandRefused as refused:
            if "unsafe login" in refused.text.lower():
                raise faults.unsafe_login(self._server, refused.text, self._identification) from None
            if faults.is_temporary_refusal(refused.text):
                raise faults.command_refused("打开文件夹", self._server, refused.text) from None
            existing = [listed.name for listed in self.folders()]
            raise faults.folder_refused(folder, existing, self._server, refused.text) from None
        except ConnectionBroken as broken:
            raise faults.connection_lost("打开文件夹", self._server, broken.text) from None

    def select(self, folder: str, *, read_only: bool = False) -> Selected:
        """Opens a folder."""
        with self.command(SMALL_ANSWER) as client:
            answer = client.select_folder(folder, readonly=read_only)
            flags = () if read_only else answer.get(b"PERMANENTFLAGS", ())
            permanent = tuple(flag.decode("ascii", "replace") for flag in flags)
            selected = Selected(
                answer.get(b"UIDVALIDITY", 0), answer.get(b"EXISTS", 0), answer.get(b"UIDNEXT"), permanent
            )
        self._folder, self._uidvalidity = folder, selected.uidvalidity
        return selected

    def search(self, *criteria: str) -> list[int]:
        """UIDs as the server lists them: possibly unsorted and repeated."""
        with self.command(_LONG_ANSWER) as client:
            uids = [int(uid) for uid in client.search(list(criteria))]
        self._refuse_renumbering()
        return uids

    def fetch(self, uids: Sequence[int], items: Sequence[str], octets: int) -> Mapping[int, Mapping[bytes, Any]]:
        """The server's answers by UID; a UID without an answer is missing, which is no error.

        octets: the longest answer that an honest server gives. UIDs are integers only: IMAPClient 4 raises
        on "1:*" after receiving the data.
        """
        with self.command(octets) as client:
            answers: Mapping[int, Mapping[bytes, Any]] = client.fetch(list(uids), list(items))
        self._refuse_renumbering()
        return answers

    def folders(self) -> list[Listed]:
        """Every folder of the account; [] when the server does not list them."""
        try:
            with self.command(_LONG_ANSWER) as client:
                return [
                    Listed(str(name), tuple(flag.decode("ascii", "replace") for flag in flags))
                    for flags, _delimiter, name in client.list_folders()
                ]
        except (CommandRefused, ConnectionBroken) as fault:
            _log.info("imap_list_failed", server=str(self._server), text=fault.text)
            return []

    def offers(self, capability: str) -> bool:
        """Whether the server announces this capability after login."""
        with self.command(SMALL_ANSWER) as client:
            return bool(client.has_capability(capability))

    def _refuse_renumbering(self) -> None:
        """Raises TryLater when the open folder got another UIDVALIDITY: its UIDs now mean other letters."""
        if self._client is None:
            return
        announced = self._client.wire.untagged_responses.get("UIDVALIDITY", [])
        if self._uidvalidity and any(number != b"%d" % self._uidvalidity for number in announced):
            self._drop()
            raise faults.folder_replaced(self._folder, self._server)

    def _start_tls(self, context: ssl.SSLContext | None) -> None:
        try:
            with self.command(SMALL_ANSWER, expected=(CapabilityError, ssl.SSLError)) as client:
                client.starttls(context)
        except CapabilityError:
            raise faults.no_starttls(self._server) from None
        except ssl.SSLError as error:
            raise faults.connection_failed(error, self._server) from error
        except CommandRefused:
            raise faults.no_starttls(self._server) from None

    def _log_in(self) -> None:
        with self.command(SMALL_ANSWER) as client:
            capabilities = frozenset(client.wire.capabilities)
        methods = login_methods(capabilities)
        if not methods:
            raise faults.no_usable_login(self._server, sorted(capabilities), wants_oauth=wants_oauth(capabilities))
        *alternatives, last = methods
        # Nothing is chained to these errors: a server may echo the command, password and all.
        try:
            if not any(self._logged_in_with(method) for method in alternatives):
                self._log_in_with(last)
        except CommandRefused as refused:
            raise faults.login_failed(refused.text, self._server, hung_up=False) from None
        except ConnectionBroken as broken:
            raise faults.login_failed(broken.text, self._server, hung_up=True) from None

    def _logged_in_with(self, method: LoginMethod) -> bool:
        """Whether the method led to a login; False when the server does not know it, which is no refused password."""
        try:
            self._log_in_with(method)
        except CommandRefused as refused:
            if not (refused.is_bad or faults.is_unknown_method(refused.text)):
                raise
            _log.info("imap_login_method_refused", server=str(self._server), method=method.value, text=refused.text)
            return False
        return True

    def _log_in_with(self, method: LoginMethod) -> None:
        with self.command(SMALL_ANSWER) as client:
            if method is LoginMethod.COMMAND:
                client.login(_astring(self._server.username), self._password)
            else:
                answers = sasl_answers(method, self._server.username, self._password)
                client.sasl_login(method.name, answers)

    def _identify(self) -> Identification:
        """RFC 2971 ID, which 163 wants on each connection before the first folder; QQ hangs up on unknown commands."""
        try:
            with self.command(SMALL_ANSWER) as client:
                if not client.has_capability("ID"):
                    return Identification.NOT_OFFERED
                client.id_({"name": _NAME, "version": VERSION, "vendor": _NAME, "support-email": self._server.username})
        except CommandRefused as refused:
            _log.info("imap_id_refused", server=str(self._server), text=refused.text)
            return Identification.REFUSED
        return Identification.ACCEPTED


def _sendable(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _astring(text: str) -> str:
    """imaplib quotes the password but not the user name."""
    if re.fullmatch(r"[A-Za-z0-9@._+-]+", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
