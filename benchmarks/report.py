"""The table that `bench` prints and docs/performance.md keeps."""

from collections.abc import Mapping, Sequence

from benchmarks.measuring import Figure

Results = Mapping[int, Sequence[Figure]]
Peers = Mapping[int, Mapping[str, Mapping[str, float]]]


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
