"""Who uses which name: what the product's Python and templates say, without docstrings and comments."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.architecture.sources import PACKAGES, ROOT, name_of, python_files, templates

REFERENCE = re.compile(
    r"[A-Za-z_][\w.:/-]*"
)  # a string that names something: "app.tasks.run", "unit__short_name"
WORD = re.compile(r"[A-Za-z_]\w*")
IN_TEMPLATE = re.compile(r"{[{%](.*?)[%}]}", re.DOTALL)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Defined:
    """A name at the top of a module (`of` is empty) or a method of a class."""

    path: Path
    of: str
    node: ast.AST
    name: str

    @property
    def module(self) -> str:
        return name_of(self.path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def __str__(self) -> str:
        return f"{self.module}.{self.of}.{self.name}" if self.of else f"{self.module}.{self.name}"


def product_files(*, migrations: bool = False) -> list[Path]:
    found = python_files(migrations=migrations)
    return [path for path in found if path.relative_to(ROOT).parts[0] in PACKAGES]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def defined() -> Iterator[Defined]:
    for path in product_files():
        for node in tree(path).body:
            for name in _names(node):
                yield Defined(path, "", node, name)
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, Function):
                        yield Defined(path, node.name, inner, inner.name)


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, Function | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


@cache
def used() -> Counter[str]:
    """How often each word is said where it is used; an `import` alone, or a package's list of its names, is no use."""
    found = Counter[str]()
    for path in (*product_files(migrations=True), ROOT / "manage.py"):
        # a migration names every model as a string, which is no use
        found.update(uses(tree(path), strings="migrations" not in path.parts))
    for path in templates():
        said = IN_TEMPLATE.findall(path.read_text("utf-8"))
        found.update(word for one in said for word in WORD.findall(one))
    for path in (ROOT / "Procfile", ROOT / "Makefile"):
        found.update(WORD.findall(path.read_text("utf-8")))
    return found


def uses(top: ast.AST, *, strings: bool = True) -> Counter[str]:
    found = Counter[str]()
    silent = _docstrings(top) | _lists_of_names(top)
    for node in ast.walk(top):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found[node.id] += 1
        elif isinstance(node, ast.Attribute):
            found[node.attr] += 1
        elif isinstance(node, ast.alias) and node.asname not in (None, node.name):
            found[node.name] += 1
        elif (
            strings and isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent
        ):
            named = WORD.findall(node.value) if REFERENCE.fullmatch(node.value.lstrip("-")) else []
            found.update(part for word in named for part in {word, *word.split("__")})
    return found


def _docstrings(top: ast.AST) -> set[ast.AST]:
    return {
        node.body[0].value
        for node in ast.walk(top)
        if isinstance(node, ast.Module | ast.ClassDef | Function)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }


def _lists_of_names(top: ast.AST) -> set[ast.AST]:
    return {
        inner
        for node in ast.walk(top)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
        for inner in ast.walk(node)
    }


def is_used(name: Defined) -> bool:
    """Somewhere else than inside itself."""
    return used()[name.name] > uses(name.node)[name.name]
