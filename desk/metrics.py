"""The metrics of /metrics, read from the ledger at each request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from archive import counts
from archive.counts import Counts
from service.health.activity import Activity
from service.health.readiness import readiness_of
from service.office import Office
from values.issue import ArticleStatus, IssueStatus
from values.letter import Verdict
from values.outgoing import OutboxState


class MetricsCollector(Collector):
    """Every bulletin and every state has a line, also with the value 0: an alarm needs a series to watch."""

    def __init__(self, office: Office, activity: Activity) -> None:
        self._office = office
        self._activity = activity

    def collect(self) -> Iterator[Metric]:
        with self._office.ledger.reading() as ledger:
            letters, articles = counts.letters_by_verdict(ledger), counts.articles_by_status(ledger)
            queue, issues = counts.outbox_by_state(ledger), counts.issues_by_status(ledger)
        yield self._gauge("jianbao_letters", "Letters received.", "verdict", Verdict, letters)
        yield self._gauge("jianbao_articles", "Articles.", "status", ArticleStatus, articles)
        yield self._gauge("jianbao_outbox_letters", "Letters out.", "state", OutboxState, queue)
        yield self._gauge("jianbao_issues", "Issues.", "status", IssueStatus, issues)
        yield from self._ages()

    def _gauge(self, name: str, about: str, label: str, states: Iterable[StrEnum], counted: Counts) -> Metric:
        family = GaugeMetricFamily(name, about, labels=("bulletin", label))
        for bulletin in self._office.settings.bulletins:
            for state in states:
                family.add_metric((bulletin.id, state.value), counted.get((bulletin.id, state.value), 0))
        return family

    def _ages(self) -> Iterator[Metric]:
        """What has never happened has no line."""
        now = readiness_of(self._office, self._activity)
        yield GaugeMetricFamily(
            "jianbao_ready", "1 when /readyz reports that the service is ready.", value=float(not now.reasons)
        )
        if now.tick_age is not None:
            yield GaugeMetricFamily("jianbao_last_tick_age_seconds", "Since the clock last rang.", value=now.tick_age)
        polls = GaugeMetricFamily(
            "jianbao_last_poll_age_seconds", "Since a poll of the mailbox last succeeded.", labels=("bulletin",)
        )
        for bulletin, age in now.poll_ages.items():
            if age is not None:
                polls.add_metric((bulletin,), age)
        yield polls
