"""`migrate` builds models anew only where more than a list of indexes, constraints or triggers changed."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from pgtrigger import compiler
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from core.management.commands.migrate import Command
from core.migration_states import drawn_once

COUNT = models.CheckConstraint(name="count_is_positive", condition=models.Q(count__gt=0))
TRIGGER = compiler.Trigger(
    name="kept",
    sql=compiler.UpsertTriggerSql(
        func="", hash="", operation="DELETE", when="BEFORE", pgid="p", table="sheet"
    ),
)
SHEET = migrations.CreateModel("Sheet", [("id", models.BigAutoField(primary_key=True))])
LINE = migrations.CreateModel(
    "Line",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("count", models.IntegerField(default=1)),
        ("sheet", models.ForeignKey("paper.Sheet", models.CASCADE, related_name="lines")),
    ],
)
LISTS: tuple[Operation, ...] = (
    migrations.AddConstraint("line", COUNT),
    migrations.AddIndex("line", models.Index(fields=["count"], name="by_count")),
    migrations.AddIndex("line", models.Index(fields=["sheet"], name="by_sheet")),
    migrations.RemoveIndex("line", "by_count"),
    AddTrigger("sheet", TRIGGER),
)
FIELDS: tuple[Operation, ...] = (
    migrations.AddField("sheet", "title", models.CharField(max_length=20, default="")),
    migrations.AlterField("line", "count", models.BigIntegerField(default=2)),
    migrations.AlterModelOptions("line", {"ordering": ["count"]}),
    migrations.RemoveConstraint("line", "count_is_positive"),
    RemoveTrigger("sheet", "kept"),
)


@contextmanager
def counted(seen: Counter[str]) -> Iterator[None]:
    """Which models Django builds."""
    render: Any = ModelState.render
    state: Any = ModelState

    def counting(self: ModelState, apps: Any) -> Any:
        seen[self.name] += 1
        return render(self, apps)

    state.render = counting
    try:
        yield
    finally:
        state.render = render


def played(operations: tuple[Operation, ...], *, sparing: bool, seen: Counter[str]) -> list[dict[str, Any]]:
    """How both models look after each operation, as the operation after it will find them."""
    state, looks = ProjectState(), []
    with counted(seen), drawn_once() if sparing else nullcontext():
        for made in (SHEET, LINE):
            made.state_forwards("paper", state)
        assert state.apps
        seen.clear()
        for operation in operations:
            state = state.clone()
            operation.state_forwards("paper", state)
            looks.append({name: look_of(state.apps.get_model("paper", name)) for name in ("Sheet", "Line")})
    return looks


def look_of(model: type[models.Model]) -> dict[str, Any]:
    meta: Any = model._meta
    return {
        "fields": {field.name: (type(field), field.default) for field in meta.concrete_fields},
        "related": sorted(relation.name for relation in meta.related_objects),
        "ordering": list(meta.ordering),
        "lists": {
            name: [row.name for row in getattr(meta, name, [])]
            for name in ("indexes", "constraints", "triggers")
        },
    }


def test_models_look_after_every_operation_as_django_itself_builds_them() -> None:
    operations = (*LISTS, *FIELDS, *LISTS[:1])
    assert played(operations, sparing=True, seen=Counter()) == played(
        operations, sparing=False, seen=Counter()
    )


def test_lists_build_nothing_anew_and_fields_do() -> None:
    spared, plain, fields = Counter[str](), Counter[str](), Counter[str]()
    played(LISTS, sparing=True, seen=spared)
    played(LISTS, sparing=False, seen=plain)
    played(FIELDS[:1], sparing=True, seen=fields)
    assert spared == {}
    assert plain["Sheet"] >= len(LISTS)
    assert fields == {"Sheet": 1, "Line": 1}


def test_django_is_left_as_it_was_also_when_a_migration_fails() -> None:
    before = ModelState.render, ProjectState.reload_model, migrations.Migration.apply
    with pytest.raises(ZeroDivisionError), drawn_once():
        raise ZeroDivisionError
    assert (ModelState.render, ProjectState.reload_model, migrations.Migration.apply) == before


def test_manage_py_migrate_is_the_sparing_one() -> None:

    app: Any = get_commands()["migrate"]
    assert isinstance(load_command_class(app, "migrate"), Command)


class MakeTables(migrations.Migration):
    """Nothing but tables."""

    operations = [SHEET, LINE, *LISTS[:2]]


class More(migrations.Migration):
    operations = [*LISTS[2:], *FIELDS]


class NoDatabase:
    """All that a migration asks of an editor when its operations do nothing."""

    atomic_migration = True
    connection = None


def migrated(*, sparing: bool, monkeypatch: pytest.MonkeyPatch) -> tuple[list[dict[str, Any]], Counter[str]]:
    """How both look to each operation of two migrations, the second of which does more than make tables."""
    looks: list[dict[str, Any]] = []
    for operation in (*MakeTables.operations, *More.operations):
        monkeypatch.setattr(
            operation, "database_forwards", lambda app, editor, before, after: looks.append(seen_in(after))
        )
    built, state, editor = Counter[str](), ProjectState(), NoDatabase()
    assert state.apps is not None
    with counted(built), drawn_once() if sparing else nullcontext():
        for made in (MakeTables("0001_initial", "paper"), More("0002_more", "paper")):
            state = made.apply(state, editor)  # type: ignore[arg-type]
    return looks, built


def seen_in(state: ProjectState) -> dict[str, Any]:
    return {model.__name__: look_of(model) for model in state.apps.all_models["paper"].values()}


def test_a_migration_that_makes_tables_builds_each_model_once_and_what_follows_finds_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spared, built = migrated(sparing=True, monkeypatch=monkeypatch)
    plain, built_by_django = migrated(sparing=False, monkeypatch=monkeypatch)
    tables = len(MakeTables.operations)
    fields = [[look["Sheet"]["fields"] for look in looks] for looks in (spared, plain)]
    assert fields[0] == fields[1]
    assert spared[tables:] == plain[tables:], "relations too, in the migration that does more"
    assert built["Sheet"] < built_by_django["Sheet"]


def test_each_table_of_such_a_migration_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(More, "operations", [])
    _, built = migrated(sparing=True, monkeypatch=monkeypatch)
    assert built == {"Sheet": 1, "Line": 1}
