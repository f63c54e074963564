"""What a monitoring system reads: requests and screens counted in this process, jobs and messages counted in the database.

Labels come from closed sets (routes, screens, jobs, kinds of channels), never from people or addresses.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from sqlalchemy.orm import Session

from data.queries import telemetry as queries
from data.queries.telemetry import Figures
from services.audit import Action

Samples: TypeAlias = Mapping[Any, float]
"""Values by the tuple of their labels."""
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Around what people feel: a tenth is at once, a second is the promise, ten are a failure."""
_LOGINS: Final = {Action.SIGN_IN: "ok", Action.SIGN_IN_FAILED: "failed"}

prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY: Final = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
REQUESTS: Final = Counter("app_http_requests", "HTTP requests answered.", ("route", "method", "status"), registry=REGISTRY)
REQUEST_SECONDS: Final = Histogram(
    "app_http_request_duration_seconds", "Time to the end of an answer.", ("route", "method"), buckets=SECONDS, registry=REGISTRY
)
SOCKETS: Final = Gauge("app_open_websockets", "Screens that are open now.", registry=REGISTRY)
PAGE_SECONDS: Final = Histogram(
    "app_page_run_duration_seconds", "Time a screen's script ran.", ("page",), buckets=SECONDS, registry=REGISTRY
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """What the process that answers knows about itself."""

    version: str
    connections_in_use: Mapping[str, int]
    """By pool."""


def note_request(*, route: str, method: str, status: int, seconds: float) -> None:
    """Count an answer; `route` is a template, not an address."""
    REQUESTS.labels(route, method, str(status)).inc()
    REQUEST_SECONDS.labels(route, method).observe(seconds)


def note_page(page: str, seconds: float) -> None:
    """Count a run of a screen."""
    PAGE_SECONDS.labels(page).observe(seconds)


def figures(session: Session, now: datetime) -> Figures:
    """The figures of the database at this moment."""
    return queries.figures(session, now, sign_in_actions=tuple(_LOGINS))


def exposition(process: Process, found: Figures | None, now: datetime) -> bytes:
    """All series in Prometheus' text format; without those of the database when it does not answer."""
    told = [*_of_process(process, found), *(_of_database(found, now) if found else ())]
    return generate_latest(REGISTRY) + generate_latest(_Once(told))


class _Once:
    """Metrics made for one answer, as `generate_latest` wants them."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self.metrics = metrics

    def collect(self) -> Iterable[Metric]:
        """The metrics."""
        return self.metrics


def _of_process(process: Process, found: Figures | None) -> Iterator[Metric]:
    yield _gauge("app_info", "The version that answers.", {(process.version,): 1}, "version")
    yield _gauge("app_database_up", "1 when the database answers.", {(): int(found is not None)})
    yield _gauge("db_pool_in_use", "Connections in use.", {(pool,): used for pool, used in process.connections_in_use.items()}, "pool")


def _of_database(found: Figures, now: datetime) -> Iterator[Metric]:
    yield _counter("job_runs", "Slots in the ledger.", found.runs, "job", "status")
    durations: Samples = {(job,): took.total_seconds() for job, took in found.last_duration.items()}
    yield _gauge("job_duration_seconds", "How long the last run that succeeded took.", durations, "job")
    successes: Samples = {(job,): at.timestamp() for job, at in found.last_success.items()}
    yield _gauge("job_last_success_timestamp_seconds", "When a job last succeeded.", successes, "job")
    lags: Samples = {(job,): found.lag[job].total_seconds() if job in found.lag else 0.0 for job, _ in found.runs}
    yield _gauge("job_lag_seconds", "How long the oldest unfinished slot has been due.", lags, "job")
    if found.beat_at is not None:
        yield _gauge("jobs_heartbeat_timestamp_seconds", "The last beat of a jobs process.", {(): found.beat_at.timestamp()})
    yield _gauge("outbox_pending", "Messages on their way.", {(): found.pending})
    age = (now - found.waiting_since).total_seconds() if found.waiting_since else 0.0
    yield _gauge("outbox_oldest_age_seconds", "How long the oldest message could have been sent.", {(): age})
    yield _counter("outbox_sent", "Tries to deliver.", found.deliveries, "channel", "result")
    yield _counter("import_rows", "Rows of imported files.", found.import_rows, "source", "result")
    logins: Samples = {(word,): found.sign_ins.get(action, 0) for action, word in _LOGINS.items()}
    yield _counter("auth_login", "Sign-ins.", logins, "result")


def _gauge(name: str, about: str, values: Samples, *labels: str) -> Metric:
    return _filled(GaugeMetricFamily(name, about, labels=labels), values)


def _counter(name: str, about: str, values: Samples, *labels: str) -> Metric:
    return _filled(CounterMetricFamily(name, about, labels=labels), values)


def _filled(family: GaugeMetricFamily | CounterMetricFamily, values: Samples) -> Metric:
    for labels, value in values.items():
        family.add_metric(labels, value)
    return family
