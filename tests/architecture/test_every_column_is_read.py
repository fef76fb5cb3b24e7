"""A column that is written and never read is a promise to nobody: shown, counted, exported, or kept here with a reason.

Read: its name stands where a value is taken (an attribute, a query's condition, a name handed on as a string, a
template). Writing, naming it in a constraint, in a trigger or among the fields to save is not reading. Two models that
share a name of a column share its readers.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field

from tests.architecture.names_used import IN_TEMPLATE, WORD, product_files, tree, uses
from tests.architecture.sources import PACKAGES, ROOT, templates

EVIDENCE = "who did it: recorded by the trigger, proof when an official is asked"
KEPT = {
    "Installation.canary": "reading the row opens it: a wrong key is noticed",
    "DeadlineAdjustment.due_before": "proof of what a pause or an extension moved",
    "DeadlineAdjustment.due_after": "proof of what a pause or an extension moved",
    "Assignment.assigned_by": EVIDENCE,
    "Assignment.signed_at": "when the unit took it: recorded by the trigger, held against the trail",
    "StepRequest.decides_as_leader": "who had to decide when it was asked, whatever the rule says later",
    "MeetingCase.added_by": "a case on an agenda has no trail entry: the row is the only proof",
    "MeetingCase.added_at": "a case on an agenda has no trail entry: the row is the only proof",
    "DailySeal.sealed_at": "when it was signed, also where the witness file is lost",
    "ReplayRow.rule_now": "what a trial of a draft found, as a whole; the page shows the draft's side",
    "CaseLeader.took_over_from": EVIDENCE,
    "CaseLeader.assigned_by": EVIDENCE,
    "CaseLeader.end_reason": "why a leader gave it up: hashed into the record, told in the trail",
    "DisputeWarning.proposed_level": "what was proposed first, whatever a coordinator makes of it",
    "DisputeWarning.lifted_by": EVIDENCE,
}
ASKING = {"filter", "exclude", "get", "Q", "aggregate", "annotate", "get_object_or_404", "values", "alias"}
NO_ANSWER = {"defer", "bulk_update", "recorded"}  # calls that name columns and take nothing from them
ONLY_WRITE = ("benchmarks", "demo")


def _not_read(top: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(top):
        if (
            (isinstance(node, ast.ClassDef) and node.name == "Meta")
            or (isinstance(node, ast.keyword) and node.arg == "update_fields")
            or (isinstance(node, ast.Call) and _called(node) in NO_ANSWER)
        ):
            yield from ast.walk(node)


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def reads(top: ast.AST) -> set[str]:
    """The names of what is taken from somewhere."""
    passed = set(_not_read(top)) | {
        node for node in ast.walk(top) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    found = {name for node in ast.walk(top) if node not in passed for name in _said(node)}
    asked = (node for node in ast.walk(top) if isinstance(node, ast.Call) and _called(node) in ASKING)
    for call in asked:
        for keyword in call.keywords:
            found.update((keyword.arg or "").split("__"))
    return found


def _said(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Attribute):
        return {node.attr}
    if isinstance(node, ast.Constant):
        return set(uses(ast.Expression(node)))
    return set()


def _read_somewhere() -> set[str]:
    paths = [path for path in product_files() if path.relative_to(ROOT).parts[0] not in ONLY_WRITE]
    found = {name for path in paths for name in reads(tree(path))}
    for path in templates():
        found.update(
            word for one in IN_TEMPLATE.findall(path.read_text("utf-8")) for word in WORD.findall(one)
        )
    return found


def _names(field: Field[Any, Any]) -> set[str]:
    """Under which a column is read; what points here from another row is read through its own name too."""
    back = {field.remote_field.related_name} if field.remote_field else set()
    return {field.name, field.attname, f"get_{field.name}_display"} | {name for name in back if name}


def test_every_column_is_read_or_kept_for_a_reason() -> None:
    read = _read_somewhere()
    unread = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in PACKAGES
        for field in model._meta.local_concrete_fields
        if not field.primary_key and not _names(field) & read
    }
    assert sorted(unread - set(KEPT)) == []
    assert sorted(set(KEPT) - unread) == [], "read by now, or gone: the reason can go too"


def test_the_search_tells_reading_from_writing() -> None:
    writing = 'row.a = 1\nRow.objects.create(b=2)\nrow.save(update_fields=["c"])\nrows.defer("d")\nrows.update(e=5)\n'
    reading = 'print(row.a)\nrows.filter(b__gt=2)\nrows.values_list("c")\nrows.order_by("-d")\nF("e")\n'
    assert reads(ast.parse(writing)) & set("abcde") == set()
    assert reads(ast.parse(reading)) >= set("abcde")
