"""`run`: the service with everything that belongs to it, from the signal handlers to the desk."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

import structlog

from cli.answers import DONE
from intake.pool import ReadingPool
from service.health.pulse import Pulse
from service.letters.letters_out import hear_alarm
from service.office import Office
from service.people.accounts import first_invitation
from service.running.lock import sole_service
from service.running.run import run

_log = structlog.get_logger(__name__)

ServeDesk = Callable[[Office, Pulse], AbstractContextManager[None]]
"""Answers at the desk's address until the block is left. Raises BadUsage when the address cannot be had."""


def run_command(office: Office, serve_desk: ServeDesk) -> int:
    """The desk opens its door before the first poll: whoever starts the service with its port taken is told so at
    once, and not by an editor a day later. Raises BadUsage, StorageFailed."""
    pulse = Pulse()
    with sole_service(office.data_dir), _desk(office, pulse, serve_desk), ReadingPool() as pool:
        run(office, pool, stopped_by_signal(), partial(hear_alarm, office), pulse)
    return DONE


def stopped_by_signal() -> threading.Event:
    """Set by SIGTERM and SIGINT from now on."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _signal, _frame: stop.set())
    return stop


@contextmanager
def _desk(office: Office, pulse: Pulse, serve_desk: ServeDesk) -> Iterator[None]:
    if office.settings.desk.listen is None:
        yield
        return
    with serve_desk(office, pulse):
        desk = office.settings.desk
        _log.info("desk open", url=desk.public_url)
        invitation = None if desk.user_header else first_invitation(office)
        if invitation:
            _log.warning(
                "还没有人能登录审稿台：请打开这个一次性链接设置管理员密码",
                url=invitation.url,
                user=invitation.name,
                until=office.local(invitation.expires_at).isoformat(timespec="minutes"),
            )
        yield
