import os
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from functools import partial
from subprocess import CalledProcessError
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from benchmarks import (
    databases,
    measuring,
    mixed,
    mixed_ours,
    pages,
    peer,
    report,
    sheet_import,
    warning_measures,
)
from benchmarks.measuring import Figure
from benchmarks.mixed import Load
from benchmarks.peer import Peer
from benchmarks.server import serving
from core import clock
from disputes.models import Dispute

SIZES = [10_000, 100_000]
FULL = 1_000_000


class Command(BaseCommand):
    help = "Measures the budgets: p50, p95, queries and growth; BENCH=full adds 1,000,000, PEER=1 the peer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sizes", default="", help="comma-separated instead of 10000,100000")
        parser.add_argument(
            "--load-seconds", type=float, default=mixed.SECONDS, help="of the mixed load, 20 if not said"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        results: dict[int, list[Figure]] = {}
        loads: dict[int, Load] = {}
        peers: dict[int, Peer] = {}
        self.load_seconds = options["load_seconds"]
        sizes = self._sizes(options["sizes"])
        for size in sizes:
            results[size], loads[size] = self._measured(size, with_import=size == min(sizes))
            if os.environ.get("PEER") == "1":
                peers[size] = self._peer(size)
        for line in _told(results, loads, peers):
            self.stdout.write(line)
        if failed := [
            *report.load_errors(loads, "mixed load"),
            *(f"peer at {size:,}: {why}" for size, one in peers.items() for why in one.failed),
        ]:
            raise CommandError("\n".join(failed))

    def _sizes(self, given: str) -> list[int]:
        if given:
            return [int(size) for size in given.split(",")]
        return [*SIZES, FULL] if os.environ.get("BENCH") == "full" else SIZES

    def _measured(self, size: int, *, with_import: bool) -> tuple[list[Figure], Load]:
        """The import, the same work at every size, is measured at the smallest only."""
        name = f"hejie_bench_{size}"
        databases.create(name, now=clock.now())
        with databases.using(name):
            there = Dispute.objects.count()
        if 0 < there < size:
            self.stdout.write(f"{name} was left unfinished; it is made anew")
            databases.drop(name)
        if there < size:
            call_command("generate_disputes", count=size, database_name=name, stdout=self.stdout)
        now = clock.now()
        figures = []
        with databases.using(name), serving(name) as server:
            for one in pages.all_pages(now):
                figures.append(measuring.on_this_machine(partial(measuring.page, one, server)))
                self._say(figures[-1], size)
            load = mixed_ours.measure(server.port, self.load_seconds)
            works = [
                lambda: measuring.register(server, now),
                lambda: measuring.register_by_form(server),
                lambda: measuring.sweeping(clock.now()),
                lambda: warning_measures.classifying(now),
                lambda: warning_measures.queue(server, clock.now()),
                lambda: warning_measures.sweeping(clock.now()),
            ]
            if with_import:
                works.append(lambda: sheet_import.measure(clock.now()))
            for work in works:
                figures.append(measuring.on_this_machine(work))
                self._say(figures[-1], size)
        return figures, load

    def _peer(self, size: int) -> Peer:
        """A peer that does not start costs its own column, not the figures taken before it."""
        self.stdout.write(f"measuring the peer at {size:,}")
        try:
            return peer.measure(size, load_seconds=self.load_seconds)
        except (CalledProcessError, OSError) as error:
            return Peer(failed=(f"could not be measured: {error}",))

    def _say(self, figure: Figure, size: int) -> None:
        self.stdout.write(
            f"{size:>9,} {figure.name:36} p50 {figure.p50:7.1f} p95 {figure.p95:7.1f} {figure.unit}"
            f" cpu {figure.cpu:5.1f} q {figure.queries} machine {figure.slowness:.1f}×"
        )
        self.stdout.flush()


def _told(
    results: Mapping[int, Sequence[Figure]], loads: Mapping[int, Load], peers: Mapping[int, Peer]
) -> list[str]:
    pages_of = {size: one.pages for size, one in peers.items()}
    peer_loads = {size: one.load for size, one in peers.items() if one.load is not None}
    lines = [*report.table(results, pages_of), "", *report.load_table(loads, peer_loads)]
    if peers:
        floors = {size: one.floor for size, one in peers.items()}
        lines += ["", *report.bars_table(results, pages_of, floors)]
    return [*lines, *report.misses(results), *report.load_errors(peer_loads, "the peer's mixed load")]
