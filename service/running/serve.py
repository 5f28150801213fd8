"""The running service: polls, assembles when due, sends letters, and stops cleanly.

A scheduler runs the jobs at fixed intervals and records nothing: the ledger says what there is to do. So whatever a
killed process left undone is done by the next tick of any process (stack.md section 3).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, timedelta
from functools import partial
from typing import Final

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from archive.files import remove_leftovers
from intake.pool import ReadingPool
from service.health.activity import Activity
from service.health.alarms import Alarm, AlarmCause, AllClear, DailyAlarms, Report, log_alarm
from service.issue.catch_up import begin_to_watch
from service.issue.sign_off import complete_issues
from service.letters.receive import LetterReceiver
from service.letters.searching import make_searchable
from service.office import Office
from service.running.backup_job import BACKUP_TICK, BackupJob
from service.running.bulletin_jobs import READING_TICK, SCHEDULE_TICK, BulletinJobs
from service.running.faults import unexpected_faults
from service.running.interruption import Interruption
from service.running.removing_job import REMOVING_TICK, RemovingJob
from service.running.sending_job import SENDING_TICK, SendingJob
from service.running.systemd import notify_systemd
from service.running.verifying_job import VERIFYING_TICK, VerifyingJob
from settings.model import BulletinSettings
from values.errors import JianbaoError

_log = structlog.get_logger(__name__)

_LEFTOVER_AGE: Final = timedelta(hours=1)
"""Unfinished files older than that belong to no living process: the longest write is a letter of 50 MB."""
_WAKE_SECONDS: Final = 1.0
"""The kernel may deliver SIGTERM to another thread; nothing wakes the main one then, which has to run the handler."""
_JOBS_EACH_BULLETIN: Final = 4
"""Polling, reading, assembling, digests: see `_add_bulletin_jobs`."""
_OTHER_JOBS: Final = 8
"""Completing issues, the index for searching, sending, verifying, removing, backing up, the tick, the watchdog."""


def serve(
    office: Office,
    pool: ReadingPool,
    interruption: Interruption,
    report_alarm: Report = log_alarm,
    activity: Activity | None = None,
) -> None:
    """Serves until it is interrupted; a poll in progress ends after its current batch, letter or conversion.

    Every tick, poll and alarm is recorded in `activity`. Raises StorageFailed when it cannot even begin; in the rounds
    after the first it raises nothing (`catch_up` begins to watch a schedule that is new).
    """
    activity, stop = activity or Activity(), interruption.event
    if activity.started_at is None:  # else this is the round after a reload, which must not end the service
        remove_leftovers(office.data_dir, office.now() - _LEFTOVER_AGE)
        for bulletin in office.settings.bulletins:
            if bulletin.schedule is not None:
                begin_to_watch(office, bulletin)
        activity.record_start(office.now())

    def record_and_report(alarm: Alarm | AllClear) -> None:
        if isinstance(alarm, Alarm):
            activity.record_alarm(alarm)
        report_alarm(alarm)

    removing = RemovingJob(office, stop, record_and_report, activity)
    removing.start()
    alarms = DailyAlarms(record_and_report)
    receiver = LetterReceiver(office, pool, stopping=stop.is_set, alarms=alarms)
    bulletins = office.settings.bulletins
    scheduler = _scheduler(len(bulletins))
    for bulletin in bulletins:
        jobs = BulletinJobs(office, bulletin, receiver, alarms, random.random, activity)
        _add_bulletin_jobs(scheduler, office, bulletin, jobs)
    once = partial(_once, office, alarms)
    scheduler.add_job(once, "date", run_date=office.now(), args=["补做各期的文件", complete_issues, office])
    scheduler.add_job(once, "date", run_date=office.now(), args=["整理搜索", make_searchable, office, pool, stop])
    if office.settings.smtp.host:
        sending = SendingJob(office, stop, random.random, activity)
        seconds = SENDING_TICK.total_seconds()
        scheduler.add_job(sending.send, "interval", seconds=seconds, next_run_time=office.now())
    verifying = VerifyingJob(office, stop, record_and_report, activity)
    seconds = VERIFYING_TICK.total_seconds()
    scheduler.add_job(verifying.verify, "interval", seconds=seconds, next_run_time=office.now())
    seconds = REMOVING_TICK.total_seconds()
    scheduler.add_job(removing.tick, "interval", seconds=seconds, next_run_time=office.now())
    if office.settings.service.backup is not None:
        backing_up = BackupJob(office, record_and_report, activity)
        seconds = BACKUP_TICK.total_seconds()
        scheduler.add_job(backing_up.tick, "interval", seconds=seconds, next_run_time=office.now())
    _add_tick(scheduler, office, activity)
    _add_watchdog(scheduler, office)
    scheduler.start()
    notify_systemd(office.environ, "READY=1", f"STATUS=收稿中：{len(bulletins)} 个刊物")
    _log.info("running", bulletins=[bulletin.id for bulletin in bulletins])
    while not stop.wait(_WAKE_SECONDS):
        pass
    notify_systemd(office.environ, "STOPPING=1" if interruption.ends else "RELOADING=1")
    _shut_down(scheduler)
    if interruption.ends:
        _log.info("stopped")


def _once(office: Office, alarms: DailyAlarms, what: str, work: Callable[..., None], *arguments: object) -> None:
    """Does work that is due once after each start; a failure is alarmed, and tried again after the next start."""
    try:
        with unexpected_faults(what):
            office.require_data()
            work(*arguments)
    except JianbaoError as error:
        _log.error("work after the start failed", work=what, reason=str(error))
        alarms.raise_alarm(Alarm("", AlarmCause.DEFECT, str(error), office.now(), urgent=False))


def _scheduler(bulletins: int) -> BackgroundScheduler:
    """With a thread for each job there is: mailboxes that hang must not keep the watchdog waiting."""
    threads = _JOBS_EACH_BULLETIN * bulletins + _OTHER_JOBS
    return BackgroundScheduler(
        timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        executors={"default": ThreadPoolExecutor(threads)},
    )


def _shut_down(scheduler: BackgroundScheduler) -> None:
    """Waits for the jobs under way. APScheduler loses its thread to an error when it is shut down while that thread
    hands out jobs; asking for the jobs waits for it, and paused it hands out no further ones."""
    scheduler.pause()
    scheduler.get_jobs()
    scheduler.shutdown(wait=True)


def _add_bulletin_jobs(
    scheduler: BackgroundScheduler, office: Office, bulletin: BulletinSettings, jobs: BulletinJobs
) -> None:
    at_once = {"next_run_time": office.now()}
    scheduler.add_job(jobs.poll, "interval", seconds=bulletin.mailbox.poll_seconds, **at_once)
    scheduler.add_job(jobs.read_waiting, "interval", seconds=READING_TICK.total_seconds())
    scheduler.add_job(jobs.assemble_when_due, "interval", seconds=SCHEDULE_TICK.total_seconds(), **at_once)
    scheduler.add_job(jobs.send_digest, "interval", seconds=SCHEDULE_TICK.total_seconds())


def _add_tick(scheduler: BackgroundScheduler, office: Office, activity: Activity) -> None:
    def tick() -> None:
        activity.record_tick(office.now())

    scheduler.add_job(tick, "interval", seconds=SCHEDULE_TICK.total_seconds(), next_run_time=office.now())


def _add_watchdog(scheduler: BackgroundScheduler, office: Office) -> None:
    """Sends systemd's watchdog a sign at half its limit, as long as the scheduler runs (sd_watchdog_enabled(3))."""
    limit = int(office.environ.get("WATCHDOG_USEC", "0")) / 1e6
    if limit:
        scheduler.add_job(notify_systemd, "interval", args=[office.environ, "WATCHDOG=1"], seconds=limit / 2)
