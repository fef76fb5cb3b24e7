"""`make mutants`: are the rules held by their tests? Each rule is changed in one place, and some test must notice.

    make mutants ARGS=disputes/rules/not_resolved.py     one file
    make mutants ARGS=calendars/rules                    a folder

No file is written: a process of its own for each change compiles the changed source in place of the file's, then
runs the tests beside the rules (`tests/<app>/rules`) and those that import the module. What survives is
printed; the answer is the number of survivors.
"""

from __future__ import annotations

import ast
import os
import resource
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[1]
MUTANT = "HEJIE_MUTANT"  # path:number, in the child
LIBRARIES = (
    "apprise",
    "celery",
    "django.test",
    "django.urls",
    "drf_spectacular.utils",
    "faker.factory",
    "hypothesis",
    "openpyxl",
    "PIL.Image",
    "playwright.sync_api",
    "psycopg",
    "schemathesis",
    "xlrd",
)
# what was read before pytest came is not rewritten, and need not be
OPTIONS = (
    "-x",
    "-q",
    "-p",
    "no:cacheprovider",
    "--reuse-db",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
)
OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


def places(tree: ast.AST) -> Iterator[tuple[ast.AST, str, object]]:
    """(node, attribute, another value) for each change, in the order of the source."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield node, "ops", [OTHER[type(node.ops[0])](), *node.ops[1:]]
        elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in OTHER:
            yield node, "op", OTHER[type(node.op)]()
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield node, "value", not node.value
        elif isinstance(node, ast.Constant) and isinstance(node.value, int):
            yield node, "value", node.value + 1
        elif isinstance(node, ast.If | ast.IfExp):
            yield node, "test", ast.UnaryOp(ast.Not(), node.test)


def mutated(path: Path, number: int) -> tuple[ast.Module, str]:
    """The changed tree and what was changed, in words."""
    tree = ast.parse(path.read_text("utf-8"))
    node, name, value = list(places(tree))[number]
    before = ast.unparse(node)
    setattr(node, name, value)
    line = getattr(node, "lineno", 0)
    said = f"{path.relative_to(ROOT)}:{line}: {before} → {ast.unparse(ast.fix_missing_locations(node))}"
    return ast.fix_missing_locations(tree), said


class _Mutating(SourceFileLoader):
    def exec_module(self, module: ModuleType) -> None:
        tree, _said = mutated(Path(self.path), int(os.environ[MUTANT].rpartition(":")[2]))
        exec(compile(tree, self.path, "exec"), module.__dict__)


class _Finder:
    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        wanted = os.environ[MUTANT].rpartition(":")[0]
        if not wanted or name != module_of(Path(wanted)):
            return None
        spec = PathFinder.find_spec(name, path)  # type: ignore[arg-type]  # as Python hands it on
        if spec is not None:
            loader: Loader = _Mutating(name, str(ROOT / wanted))
            spec.loader = loader
        return spec


def module_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def tests_of(path: Path) -> list[str]:
    """The folder of the rules' tests, and every other test that imports the module."""
    beside = ROOT / "tests" / path.parts[0] / "rules"
    package, _dot, last = module_of(path).rpartition(".")
    named = (module_of(path), f"from {package} import {last}")
    others = [
        str(found.relative_to(ROOT))
        for found in sorted((ROOT / "tests" / path.parts[0]).rglob("test_*.py"))
        if beside not in found.parents and any(one in found.read_text("utf-8") for one in named)
    ]
    return [*([str(beside.relative_to(ROOT))] if beside.is_dir() else []), *others]


def run(tests: list[str], mutant: str = "", most: int = -1) -> tuple[bool, float]:
    """Whether they pass, and the processor seconds they took; over `most` the child is ended, for a change can make a
    loop endless. The child is forked from this process, which has read the libraries and no module of the project."""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        _run(mutant, tests)
    _pid, status, used = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status) == 0, used.ru_utime + used.ru_stime


def survivors_of(path: Path) -> Iterator[str]:
    found = len(list(places(ast.parse((ROOT / path).read_text("utf-8")))))
    tests = tests_of(path)
    if not found:
        return
    fine, took = run(tests) if tests else (False, 0.0)
    if not fine:
        yield f"{path}: no tests, or they fail of themselves; {found} changes not tried"
        return
    for number in range(found):
        if run(tests, f"{path}:{number}", most=round(3 * took) + 10)[0]:
            yield mutated(ROOT / path, number)[1]
    print(f"{path}: {found} changes", flush=True)


def _run(mutant: str, tests: list[str]) -> NoReturn:
    code = 1
    try:
        quiet = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(quiet, stream)
        os.environ[MUTANT] = mutant
        os.chdir(ROOT)
        sys.path.insert(0, str(ROOT))
        sys.meta_path.insert(0, _Finder)  # a class with find_spec is a finder
        code = pytest.main([*OPTIONS, *tests])
    finally:
        os._exit(code)


def read_libraries() -> None:
    for name in LIBRARIES:
        import_module(name)


def main(asked: list[str]) -> int:
    read_libraries()
    survivors = 0
    for start in map(Path, asked):
        files = [start] if start.suffix else sorted(start.rglob("*.py"))
        for path in files:
            for said in survivors_of(path):
                survivors += 1
                print(said, flush=True)
    print(f"{survivors} changes noticed by no test")
    return survivors


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 100))
