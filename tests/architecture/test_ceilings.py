"""Functions one can read at a glance, files with one reason to change."""

from __future__ import annotations

import ast

from tests.architecture.sources import name_of, python_files

LONGEST_FUNCTION, LONGEST_FILE = 50, 350
Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_no_function_is_longer_than_fifty_lines() -> None:
    too_long = [
        f"{name_of(path)}:{node.lineno} {node.name} ({node.end_lineno - node.lineno + 1})"
        for path in python_files(tests=True)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, Function)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_no_file_is_longer_than_three_hundred_and_fifty_lines() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in python_files(tests=True)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_nothing_is_left_to_be_done_later() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X:")
    left = [
        name_of(path) for path in python_files(tests=True) if any(m in path.read_text("utf-8") for m in marks)
    ]
    assert left == []


def test_imports_stand_at_the_top_and_are_absolute() -> None:
    """ruff says so too; this holds for files it was told to leave alone."""
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert wrong == []
