"""An event is told because somebody listens; one that nobody hears is a promise in the code that nothing keeps."""

from __future__ import annotations

import ast
from importlib import import_module

from django.dispatch import Signal

from tests.architecture.sources import PACKAGES, ROOT, name_of, python_files


def signals() -> dict[str, Signal]:
    """Every signal our modules define, by its dotted name; each also stands in the code as `name = Signal()`."""
    found = {}
    for path in python_files():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                called = node.value.func
                if getattr(called, "id", getattr(called, "attr", "")) == "Signal":
                    module = name_of(path).removesuffix(".py").replace("/", ".")
                    name = ast.unparse(node.targets[0])
                    found[f"{module}.{name}"] = getattr(import_module(module), name)
    return found


def code_beside(name: str) -> str:
    """The code of the product without the module in which the signal is made."""
    own = name.rpartition(".")[0].replace(".", "/") + ".py"
    paths = [path for path in python_files() if path.relative_to(ROOT).parts[0] in PACKAGES]
    return "\n".join(path.read_text("utf-8") for path in paths if name_of(path) != own)


def test_every_event_has_a_listener() -> None:
    found = signals()
    assert len(found) >= 10
    assert [name for name, signal in found.items() if not signal.receivers] == []


def test_every_event_is_sent() -> None:
    assert [name for name in signals() if f"{name.rpartition('.')[2]}.send" not in code_beside(name)] == []
