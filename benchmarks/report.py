"""The tables that `bench` prints and docs/performance.md keeps."""

from collections.abc import Mapping, Sequence

from benchmarks.floor import BARS
from benchmarks.measuring import Figure
from benchmarks.mixed import CLIENTS, SHARES, Load

Results = Mapping[int, Sequence[Figure]]
Peers = Mapping[int, Mapping[str, Mapping[str, float]]]
Loads = Mapping[int, Load]
Floors = Mapping[int, Mapping[str, float]]
NOT_OVER_THE_PEER = ("register (API)", "register (form)")


def table(results: Results, peers: Peers) -> list[str]:
    """Markdown rows: one for each work and size, with growth from the smallest size and the peer's ratio."""
    smallest = min(results)
    lines = [
        "| Work | disputes | p50 | p95 | budget | machine | web cpu | queries | growth | peer p50 | peer ÷ ours |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for position, first in enumerate(results[smallest]):
        for size in (size for size in sorted(results) if position < len(results[size])):
            figure = results[size][position]
            theirs = peers.get(size, {}).get(figure.peer, {}).get("p50_ms", 0.0)
            lines.append(_line(figure, size, figure.p95 / first.p95 if first.p95 else 0, theirs))
    return lines


def _line(figure: Figure, size: int, growth: float, theirs: float) -> str:
    mark = " ✗" if figure.is_over else ""
    queries = str(figure.queries or "")
    if figure.most_queries and figure.queries > figure.most_queries:
        queries += " ✗"
    peer = f"{theirs:.0f} ms | {theirs / figure.p50:.1f}×" if theirs else " | "
    unit = figure.unit
    cells = [figure.name, f"{size:,}", f"{figure.p50:.1f} {unit}", f"{figure.p95:.1f} {unit}{mark}"]
    cpu = f"{figure.cpu:.0f} ms" if figure.cpu else ""
    cells += [f"{figure.budget:.0f} {unit}", f"{figure.slowness:.1f}×", cpu, queries, f"{growth:.2f}×"]
    return f"| {' | '.join(cells)} | {peer} |"


def misses(results: Results) -> list[str]:
    """Budgets that were not kept, in words; those that only a slow machine broke say so."""
    found = []
    for size, figures in results.items():
        for figure in figures:
            if figure.p95 > figure.budget:
                found.append(_miss(figure, size))
            if figure.most_queries and figure.queries > figure.most_queries:
                found.append(
                    f"over budget: {figure.name} at {size:,}: {figure.queries} queries over {figure.most_queries}"
                )
    return found


def _miss(figure: Figure, size: int) -> str:
    taken = f"{figure.name} at {size:,}: {figure.p95:.1f} over {figure.budget:.0f} {figure.unit}"
    if figure.is_over:
        return f"over budget: {taken}, machine {figure.slowness:.1f} times slower than the one of the budgets"
    there = figure.p95 / figure.slowness
    return f"slow machine: {taken}; {there:.1f} {figure.unit} on the one of the budgets"


def load_table(ours: Loads, theirs: Loads) -> list[str]:
    """One row for each kind of request and size; beside them the peer's, empty where it was not measured."""
    lines = [
        f"| Mixed load, {CLIENTS} clients | disputes | requests | a second | p50 | p95 | errors | machine "
        "| peer a second | peer p50 | peer p95 | peer errors |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, kind in (("all", ""), *((kind, kind) for kind in SHARES)):
        for size in sorted(ours):
            mine, other = ours[size], theirs.get(size)
            rate, p50, p95, errors = _load_cells(mine, kind)
            cells = [name, f"{size:,}", f"{mine.count(kind):,}", rate, p50, p95, errors]
            cells += [f"{mine.slowness:.1f}×", *(_load_cells(other, kind) if other else [""] * 4)]
            lines.append(f"| {' | '.join(cells)} |")
    return lines


def _load_cells(load: Load, kind: str) -> list[str]:
    errors = len(load.errors(kind))
    return [
        f"{load.rate(kind):.1f}",
        f"{load.at(50, kind):.1f} ms",
        f"{load.at(95, kind):.1f} ms",
        f"{errors} ✗" if errors else "0",
    ]


def load_errors(loads: Loads, whose: str) -> list[str]:
    """How many answers were not good, with the first of them; none is allowed."""
    return [
        f"{whose} at {size:,}: {len(failed)} of {load.count():,} requests failed, first {failed[0]}"
        for size, load in sorted(loads.items())
        if (failed := load.errors())
    ]


def bars_table(results: Results, peers: Peers, floors: Floors) -> list[str]:
    """Our p50 beside what it may not be over: so many times the floor's, or the peer's own; kept or not."""
    lines = [
        "| Page | disputes | p50 | floor p50 | ours / floor | bar | kept |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for size in sorted(results):
        figures = {figure.name: figure for figure in results[size]}
        for bar in BARS:
            figure, least = figures.get(bar.page), floors.get(size, {}).get(bar.floor)
            if figure and least:
                ratio = figure.p50 / least
                told = [f"{least:.1f} ms", f"{ratio:.1f}×", f"{bar.most:g}× floor", _kept(ratio, bar.most)]
                lines.append(_bar(figure, size, told))
        for figure in (figures[name] for name in NOT_OVER_THE_PEER if name in figures):
            if theirs := peers.get(size, {}).get(figure.peer, {}).get("p50_ms"):
                told = ["", "", f"peer {theirs:.1f} ms", _kept(figure.p50, theirs)]
                lines.append(_bar(figure, size, told))
    return lines


def _bar(figure: Figure, size: int, cells: list[str]) -> str:
    return f"| {' | '.join([figure.name, f'{size:,}', f'{figure.p50:.1f} ms', *cells])} |"


def _kept(is_now: float, most: float) -> str:
    return "yes" if is_now <= most else "no ✗"
