"""The commands of the scripted server that change a mailbox, answered honestly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.imap_server import Talk


class ChangingMailbox:
    """Honest answers to the commands that change a mailbox."""

    def __init__(self, talk: Talk) -> None:
        self._server = talk.server
        self._talk = talk

    def answer(self) -> None:
        talk, server = self._talk, self._server
        words = [word.strip('"') for word in talk.line.split()]
        target = words[3] if words[1] in ("COPY", "MOVE") else words[1] if words[0] == "STATUS" else ""
        if target and target not in server.folders:
            return talk.no("[TRYCREATE] no such folder")
        match words[0] if words[0] != "UID" else words[1]:
            case "CREATE":
                server.folders[words[1]] = ("", {})
            case "STATUS":
                talk.send(f'* STATUS "{words[1]}" (MESSAGES {len(server.folders[words[1]][1])})\r\n'.encode())
            case "STORE":
                self._store({flag.strip("()") for flag in words[4:]})
            case "COPY":
                self._copy(words[3])
            case "MOVE":
                self._copy(words[3])
                self._remove(talk.uids)
            case "EXPUNGE":
                self._remove([uid for uid in talk.uids if "\\Deleted" in server.flags[uid]])
        return talk.ok()

    def _store(self, flags: set[str]) -> None:
        permanent = self._server.permanent.split()
        for uid in self._talk.uids:
            self._server.flags[uid] |= {flag for flag in flags if flag in permanent or r"\*" in permanent}

    def _copy(self, target: str) -> None:
        there = self._server.folders[target][1]
        for uid in self._talk.uids:
            if uid in self._talk.letters:
                there[max(there, default=0) + 1] = self._talk.letters[uid]

    def _remove(self, uids: list[int]) -> None:
        for uid in uids:
            self._talk.letters.pop(uid, None)
