"""The metrics of /metrics, read from the ledger at each request. deploy/alert-rules.yml has rules for them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from typing import Final

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, SummaryMetricFamily
from prometheus_client.registry import Collector

from archive import counts, folders
from archive.counts import Counts
from service.backup.hold import held
from service.backup.last_backup import last_backup
from service.health.activity import Activity
from service.health.alarms import AlarmCause
from service.health.check import check_disk
from service.health.readiness import readiness_of
from service.health.state import lasting_alarms
from service.office import Office
from values.errors import StorageFailed
from values.issue import ArticleStatus, IssueStatus
from values.letter import Verdict
from values.outgoing import OutboxState
from values.version import VERSION

_BULLETIN: Final = ("bulletin",)


class MetricsCollector(Collector):
    """Every bulletin and every state has a line, also with the value 0: an alarm needs a series to watch. The age of
    what has never happened, or is not there, has no line."""

    def __init__(self, office: Office, activity: Activity) -> None:
        self._office = office
        self._activity = activity
        self._now = office.now()

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("jianbao", "The program.", value={"version": VERSION})
        yield from self._counted()
        yield from self._readiness()
        yield from self._alarms()
        yield from self._stores()
        yield from self._durations()

    def _counted(self) -> Iterator[Metric]:
        with self._office.ledger.reading() as ledger:
            letters, articles = counts.letters_by_verdict(ledger), counts.articles_by_status(ledger)
            queue, issues = counts.outbox_by_state(ledger), counts.issues_by_status(ledger)
            unfetched = len(folders.all_unfetched(ledger))
            ages = {
                "jianbao_oldest_pending_age_seconds": (
                    "Since the oldest letter that waits to be read was stored.",
                    counts.oldest_pending(ledger),
                ),
                "jianbao_oldest_queued_age_seconds": (
                    "Since the oldest letter out that waits to be sent was written.",
                    counts.oldest_queued(ledger),
                ),
                "jianbao_last_draft_age_seconds": (
                    "Since a draft of an issue was last made.",
                    counts.last_drafts(ledger),
                ),
                "jianbao_last_issue_age_seconds": (
                    "Since an issue was last signed off.",
                    counts.last_sign_offs(ledger),
                ),
            }
        yield self._states("jianbao_letters", "Letters received.", "verdict", Verdict, letters)
        yield self._states("jianbao_articles", "Articles.", "status", ArticleStatus, articles)
        yield self._states("jianbao_outbox_letters", "Letters out.", "state", OutboxState, queue)
        yield self._states("jianbao_issues", "Issues.", "status", IssueStatus, issues)
        yield GaugeMetricFamily(
            "jianbao_unfetched_letters", "Letters that a mailbox lists and does not give.", value=unfetched
        )
        for name, (about, moments) in ages.items():
            yield self._ages(name, about, moments)

    def _states(self, name: str, about: str, label: str, states: Iterable[StrEnum], counted: Counts) -> Metric:
        family = GaugeMetricFamily(name, about, labels=("bulletin", label))
        for bulletin in self._office.settings.bulletins:
            for state in states:
                family.add_metric((bulletin.id, state.value), counted.get((bulletin.id, state.value), 0))
        return family

    def _ages(self, name: str, about: str, moments: Mapping[str, datetime]) -> Metric:
        family = GaugeMetricFamily(name, about, labels=_BULLETIN)
        for bulletin in self._office.settings.bulletins:
            if bulletin.id in moments:
                family.add_metric((bulletin.id,), (self._now - moments[bulletin.id]).total_seconds())
        return family

    def _readiness(self) -> Iterator[Metric]:
        now = readiness_of(self._office, self._activity)
        yield GaugeMetricFamily(
            "jianbao_ready", "1 when /readyz reports that the service is ready.", value=float(not now.reasons)
        )
        if now.tick_age is not None:
            yield GaugeMetricFamily("jianbao_last_tick_age_seconds", "Since the clock last rang.", value=now.tick_age)
        polls = GaugeMetricFamily(
            "jianbao_last_poll_age_seconds", "Since a poll of the mailbox last succeeded.", labels=_BULLETIN
        )
        for bulletin, age in now.poll_ages.items():
            if age is not None:
                polls.add_metric((bulletin,), age)
        yield polls

    def _alarms(self) -> Iterator[Metric]:
        """A line for each cause, also with 0; of all bulletins together: no name of a bulletin needs watching."""
        alarms = lasting_alarms(self._office, self._activity, check_disk(self._office), self._now)
        raised = [alarm.cause for alarm in alarms]
        family = GaugeMetricFamily("jianbao_alarms", "Alarms that last, by cause.", labels=("cause",))
        for cause in AlarmCause:
            family.add_metric((cause.value,), raised.count(cause))
        yield family

    def _stores(self) -> Iterator[Metric]:
        data_dir = self._office.data_dir
        yield GaugeMetricFamily(
            "jianbao_outbox_held",
            "1 while letters out and sign-offs wait after a restore.",
            value=float(held(data_dir) is not None),
        )
        if backup := last_backup(data_dir):
            age = (self._now - backup.made_at).total_seconds()
            yield GaugeMetricFamily("jianbao_last_backup_age_seconds", "Since the last backup was made.", value=age)
        with suppress(OSError, StorageFailed):  # /readyz says that the data folder or the database is gone
            free, ledger = shutil.disk_usage(data_dir).free, self._office.ledger.server.octets()
            yield GaugeMetricFamily("jianbao_disk_free_bytes", "Free space for the data folder.", value=free)
            yield GaugeMetricFamily("jianbao_ledger_bytes", "Size of the ledger.", value=ledger)

    def _durations(self) -> Iterator[Metric]:
        taken = self._activity.durations.taken()
        summary = SummaryMetricFamily("jianbao_work_seconds", "How long periodic work took.", labels=("work",))
        last = GaugeMetricFamily("jianbao_last_work_seconds", "How long it took the last time.", labels=("work",))
        for work, seconds in taken.items():
            summary.add_metric((work.value,), seconds.times, seconds.total)
            if seconds.times:
                last.add_metric((work.value,), seconds.last)
        yield summary
        yield last
