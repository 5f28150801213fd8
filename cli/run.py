"""`run`: the service with everything that belongs to it, from the signal handlers to the desk."""

from __future__ import annotations

import logging
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.log_library import structlog  # before what imports it too
from cli.base.office import logged_office_of
from cli.base.stop_signal import ENDING, interrupting_signals
from desk.server import serving_desk
from intake.pool import ReadingPool
from service.health.activity import Activity
from service.letters.letters_out import report_alarm
from service.office import Office
from service.people.first_link import write_first_link
from service.running.deadline import ended_in_time
from service.running.interruption import Interruption
from service.running.lock import sole_service
from service.running.reload import reloaded
from service.running.serve import serve
from service.running.starting import refuse_to_start

_log = structlog.get_logger(__name__)


def add_arguments(_parser: ArgumentParser) -> None:
    """None of its own."""


def run(invocation: Invocation) -> ExitStatus:
    """Serves until SIGTERM or SIGINT comes; SIGHUP has it read the configuration again.

    The desk opens before the first poll: a port that is taken ends the command at once, not a day later in front of an
    editor. What has not stopped a few seconds after SIGTERM is left as a kill would leave it. Raises BadUsage for a
    port or a data directory in use, and for what `refuse_to_start` names; StorageFailed.
    """
    interruption = interrupting_signals()  # before anything reports that the service is there
    activity = Activity()
    with (
        ended_in_time(interruption, ENDING, _leave),
        _startable_office(invocation, interruption) as office,
        sole_service(office.data_dir),
        _desk(office, activity) as use_in_desk,
        ReadingPool() as pool,
    ):
        serve(office, pool, interruption, partial(report_alarm, office), activity)
        while not interruption.ends:
            interruption.resume()
            office = reloaded(office, invocation.arguments.config)
            use_in_desk(office)
            serve(office, pool, interruption, partial(report_alarm, office), activity)
    return ExitStatus.DONE


def _leave() -> None:
    """Ends the process without waiting for any thread; the processes that it has started end with it."""
    sys.stderr.flush()
    os._exit(ExitStatus.DONE)


@contextmanager
def _startable_office(invocation: Invocation, interruption: Interruption) -> Iterator[Office]:
    with logged_office_of(invocation, logging.INFO) as office:
        refuse_to_start(office)
        yield replace(office, stopping=lambda: interruption.ends)


@contextmanager
def _desk(office: Office, activity: Activity) -> Iterator[Callable[[Office], None]]:
    """Serves the desk until the block ends, where the configuration has one. Yields a function that gives it an office
    with other settings."""
    if office.settings.desk.listen is None:
        yield lambda _office: None
        return
    with serving_desk(office, activity) as use_in_desk:
        desk = office.settings.desk
        link = None if desk.user_header else write_first_link(office)
        if link:
            _log.warning(
                "还没有人能登录审稿台：请打开文件里的一次性链接设置管理员密码，用过后文件自动删除",
                file=str(link.file),
                user=link.invitation.name,
                until=office.local(link.invitation.expires_at).isoformat(timespec="minutes"),
            )
        _log.info("desk open", url=desk.public_url)
        yield use_in_desk
