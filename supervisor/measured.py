"""`make test COVERAGE=1`: which lines and branches the ordinary tests went through, said in eleven lines."""

import json
from pathlib import Path

WORST = 10
FEWEST = 10  # statements and branches; what a file of three lines lacks says little


def options(report: Path) -> tuple[str, ...]:
    """For pytest: measure what pyproject.toml names and write it there, without a table of a thousand files."""
    return ("--cov", "--cov-report", f"json:{report}")


def said(report: Path) -> list[str]:
    """The total, then the files of which the least was gone through; nothing when nothing was measured."""
    if not report.is_file():
        return []
    measured = json.loads(report.read_text("utf-8"))
    files = [(_share(one["summary"]), name, one["summary"]) for name, one in measured["files"].items()]
    worst = sorted(row for row in files if _size(row[2]) >= FEWEST)[:WORST]
    missed = measured["totals"]["missing_branches"]
    return [
        f"lines and branches gone through: {_share(measured['totals']):.1f} % ({missed} branches were not)",
        *(f"{share:6.1f} %  {name}" for share, name, _summary in worst),
    ]


def _share(summary: dict[str, float]) -> float:
    size = _size(summary)
    return 100 * (summary["covered_lines"] + summary["covered_branches"]) / size if size else 100.0


def _size(summary: dict[str, float]) -> float:
    return summary["num_statements"] + summary["num_branches"]
