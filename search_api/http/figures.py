"""What a corpus tells Prometheus: its stages, its ledger and its queue, whichever process did the work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gongbao.corpus.failure import EntryState
from gongbao.corpus.queue import JobState
from gongbao.corpus.store import Store
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

__all__ = ["CONTENT_TYPE_LATEST", "IN_HAND", "WAITING", "figures"]

IN_HAND = Gauge("gongbao_requests_in_hand", "Requests being answered")
WAITING = Gauge("gongbao_requests_waiting", "Requests that wait for a place")
_OPEN = (JobState.RECEIVING, JobState.WAITING, JobState.RUNNING)


def figures(store: Store) -> bytes:
    """Those of this process and those of its corpus, in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Corpus(store))
    return generate_latest() + generate_latest(registry)


class _Corpus(Collector):
    def __init__(self, store: Store) -> None:
        self._store = store

    def describe(self) -> list[Metric]:
        """Nothing is asked of the database before somebody wants to know."""
        return []

    def collect(self) -> Iterator[Metric]:
        yield from _stages(self._store)
        yield _entries(self._store)
        yield _jobs(self._store)


def _stages(store: Store) -> Iterator[Metric]:
    """Items are pages read, documents extracted, documents indexed, passages embedded."""
    items = CounterMetricFamily("gongbao_stage_items", "Items that a stage has done", labels=["stage"])
    seconds = CounterMetricFamily("gongbao_stage_seconds", "Seconds that a stage has taken", labels=["stage"])
    runs = CounterMetricFamily("gongbao_stage_runs", "Runs of a stage", labels=["stage"])
    last = GaugeMetricFamily("gongbao_stage_last_seconds", "Seconds of the last run of a stage", labels=["stage"])
    for each in store.timings.all():
        items.add_metric([each.stage], each.all_items)
        seconds.add_metric([each.stage], each.all_seconds)
        runs.add_metric([each.stage], each.runs)
        last.add_metric([each.stage], each.seconds)
    yield from (items, seconds, runs, last)


def _entries(store: Store) -> Metric:
    found = GaugeMetricFamily("gongbao_ledger_entries", "Entries of the ledger", labels=["stage", "state"])
    counts = {("ingest", state.value): 0 for state in EntryState} | store.ledger.counts()
    for (stage, state), count in counts.items():
        found.add_metric([stage, state], count)
    return found


def _jobs(store: Store) -> Metric:
    found = GaugeMetricFamily("gongbao_jobs", "Uploads and other work in the queue", labels=["state"])
    counts = Counter(job.state for job in store.queue.all(*_OPEN))
    for state in _OPEN:
        found.add_metric([state.value], counts[state])
    return found
