"""`make test COVERAGE=1` says one figure and the files that were gone through least."""

from __future__ import annotations

import json
from pathlib import Path

from supervisor import measured


def summary(lines: int, covered: int, branches: int = 0, taken: int = 0) -> dict[str, int]:
    return {
        "num_statements": lines,
        "covered_lines": covered,
        "num_branches": branches,
        "covered_branches": taken,
        "missing_branches": branches - taken,
    }


def written(folder: Path, files: dict[str, dict[str, int]], totals: dict[str, int]) -> Path:
    path = folder / "coverage.json"
    said = {"files": {name: {"summary": one} for name, one in files.items()}, "totals": totals}
    path.write_text(json.dumps(said), "utf-8")
    return path


def test_the_total_counts_lines_and_branches_and_the_worst_file_comes_first(tmp_path: Path) -> None:
    files = {
        "app/whole.py": summary(40, 40, 10, 10),
        "app/half.py": summary(12, 8, 8, 2),  # 10 of 20
        "app/poor.py": summary(8, 2, 2, 0),  # 2 of 10
        "app/tiny.py": summary(3, 0),  # three lines say little
    }
    report = written(tmp_path, files, summary(60, 50, 20, 12))  # 62 of 80

    assert measured.said(report) == [
        "lines and branches gone through: 77.5 % (8 branches were not)",
        "  20.0 %  app/poor.py",
        "  50.0 %  app/half.py",
        " 100.0 %  app/whole.py",
    ]


def test_ten_files_are_named_and_no_more(tmp_path: Path) -> None:
    files = {f"app/f{number:02d}.py": summary(100, number) for number in range(30)}
    said = measured.said(written(tmp_path, files, summary(3000, 435)))

    assert [line.split()[-1] for line in said[1:]] == [f"app/f{number:02d}.py" for number in range(10)]


def test_nothing_is_said_of_a_run_that_wrote_nothing(tmp_path: Path) -> None:
    assert measured.said(tmp_path / "coverage.json") == []
