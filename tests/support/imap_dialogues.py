"""Dialogues that go wrong, for the scripted server: each is a handler that answers one command.

server.on["UID SEARCH"] = hangs
server.on["UID FETCH"] = only(bodies, cut_inside(13))
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Final

from tests.support.imap_server import Handler, Talk


def drops(talk: Talk) -> None:
    talk.hang_up()


def hangs(talk: Talk) -> None:
    talk.hang()


def drips(talk: Talk) -> None:
    """An octet now and then for ever, so that no socket timeout fires."""
    talk.connection.settimeout(0.02)
    talk.send(b"* ")
    while True:
        talk.send(b"x")
        with contextlib.suppress(TimeoutError):
            if not talk.connection.recv(1):
                talk.hang_up()


def says_bye(talk: Talk) -> None:
    talk.send(b"* BYE Autologout; please come back later\r\n").hang_up()


def throttles(talk: Talk) -> None:
    talk.no("[LIMIT] Too many requests, slow down")


def is_busy(talk: Talk) -> None:
    talk.no("[UNAVAILABLE] System busy, try again later")


def refuses(talk: Talk) -> None:
    talk.bad("command unknown")


def says_ok_and_nothing(talk: Talk) -> None:
    talk.ok()


def talks_garbage(talk: Talk) -> None:
    talk.send(b"\x00\xff\xfe garbage } {7}\r\n)) \xb3\xc2\r\n").ok()


def sends_a_line_without_end(talk: Talk) -> None:
    while True:
        talk.send(b"x" * 65_536)


def chatters_without_end(talk: Talk) -> None:
    while True:
        talk.send(b"* 1 FETCH (FLAGS (\\Seen))\r\n" * 2_000)


def boasts_a_literal(talk: Talk) -> None:
    """Four gigabytes are announced, and a trickle of them comes."""
    talk.send(b"* 1 FETCH (UID 11 BODY[] {4294967000}\r\nabc").hang()


def nests_deep(talk: Talk) -> None:
    talk.send(b"* 1 FETCH " + b"(" * 50_000 + b"\r\n").ok()


def answers_another(talk: Talk) -> None:
    talk.send(b"Z9999 OK done\r\n").hang()


FAULTS: Final[tuple[Handler, ...]] = (
    drops,
    hangs,
    drips,
    says_bye,
    throttles,
    is_busy,
    refuses,
    says_ok_and_nothing,
    talks_garbage,
    sends_a_line_without_end,
    chatters_without_end,
    boasts_a_literal,
    nests_deep,
    answers_another,
)


When = Callable[[Talk], bool]


def cuts_inside(uid: int, *, announced: int = 2_000) -> Handler:
    """The letters before `uid`, a part of its body, and no more."""

    def cut(talk: Talk) -> None:
        for asked in talk.uids:
            if asked == uid:
                talk.send(b"* 1 FETCH (UID %d BODY[] {%d}\r\nhalf a lett" % (uid, announced)).hang_up()
            talk.send(talk.server.fetched(asked, talk.line))
        talk.ok()

    return cut


def lies_about_the_length(uid: int, by: int) -> Handler:
    """The body of `uid` under a literal that is `by` octets longer (or shorter) than it is."""

    def lie(talk: Talk) -> None:
        for asked in talk.uids:
            answer = talk.server.fetched(asked, talk.line)
            if asked == uid:
                length = len(talk.server.letters[uid])
                answer = answer.replace(b"{%d}" % length, b"{%d}" % (length + by))
            talk.send(answer)
        talk.ok()

    return lie


def is_silent_about(*uids: int) -> Handler:
    """Everything but these."""

    def silent(talk: Talk) -> None:
        for uid in talk.uids:
            if uid not in uids:
                talk.send(talk.server.fetched(uid, talk.line))
        talk.ok()

    return silent


def first(times: int, wrong: Handler) -> Handler:
    """Goes wrong the first few times, and is honest from then on."""
    left = [times]

    def answer(talk: Talk) -> None:
        left[0] -= 1
        (wrong if left[0] >= 0 else Talk.proceed)(talk)

    return answer


def only(when: When, wrong: Handler) -> Handler:
    """Goes wrong for some commands, and is honest for the others."""
    return lambda talk: wrong(talk) if when(talk) else talk.proceed()


def bodies(talk: Talk) -> bool:
    return "BODY.PEEK[]" in talk.line


def sizes(talk: Talk) -> bool:
    return "RFC822.SIZE" in talk.line


def sends_instead(uid: int, content: bytes) -> Handler:
    """These octets as the body of `uid`, whole or in parts; its announced size stays as it is."""

    def send(talk: Talk) -> None:
        for asked in talk.uids:
            letters = {**talk.letters, uid: content} if asked == uid else talk.letters
            talk.send(talk.server.fetched(asked, talk.line, letters))
        talk.ok()

    return send
