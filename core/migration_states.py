"""Spares Django drawing its models anew for every index, constraint, trigger and new table of a migration.

After each operation Django builds the changed model and everything related to it again, some twenty classes at a
time: nine tenths of the time it takes to make our tables. An index, a constraint or a trigger changes none of them
but the list it stands in, so that list alone is renewed. A new model changes of the others only how they are asked
for it: in a migration that does nothing but make tables it is built alone, and all are built again before a migration
that does more.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from django.contrib.postgres.operations import CreateExtension
from django.db.migrations import AddConstraint, AddIndex, CreateModel, Migration, RunSQL
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Model
from pgtrigger.migrations import AddTrigger

LISTS = ("indexes", "constraints", "triggers")
MAKE_TABLES = (CreateModel, AddIndex, AddConstraint, AddTrigger, RunSQL, CreateExtension)
Drawn = tuple[dict[str, Any], tuple[Any, ...], list[Any], dict[str, Any]]


@contextmanager
def drawn_once() -> Iterator[None]:
    """While it lasts, only what is really different is built again. For PostgreSQL: other databases copy whole tables
    from these classes."""
    before = ModelState.render, ProjectState.reload_model, Migration.apply
    sparing = _Sparing(*before)
    _put(
        lambda state, apps: sparing.render(state, apps),
        lambda project, *model, **how: sparing.reload_model(project, *model, **how),
        lambda migration, state, *how, **more: sparing.apply(migration, state, *how, **more),
    )
    try:
        yield
    finally:
        _put(*before)


def _put(render: Callable[..., Any], reload_model: Callable[..., Any], apply: Callable[..., Any]) -> None:
    classes: tuple[Any, Any, Any] = ModelState, ProjectState, Migration
    classes[0].render, classes[1].reload_model, classes[2].apply = render, reload_model, apply


class _Sparing:
    """Stands before Django's own three."""

    def __init__(
        self, render: Callable[..., Any], reload_model: Callable[..., Any], apply: Callable[..., Any]
    ) -> None:
        self._render, self._reload, self._apply = render, reload_model, apply
        self._drawn: WeakKeyDictionary[type[Model], Drawn] = WeakKeyDictionary()
        self._makes_tables = self._some_stand_alone = False

    def render(self, state: ModelState, apps: Any) -> type[Model]:
        model: type[Model] = self._render(state, apps)
        self._drawn[model] = _looks_of(state)
        return model

    def apply(self, migration: Migration, state: ProjectState, *how: Any, **more: Any) -> ProjectState:
        self._makes_tables = all(_makes_tables(operation) for operation in migration.operations)
        if self._some_stand_alone and not self._makes_tables:
            vars(state).pop("apps", None)  # built by who asks for it, all of them
            self._some_stand_alone = False
        try:
            done: ProjectState = self._apply(migration, state, *how, **more)
            return done
        finally:
            self._makes_tables = False

    def reload_model(
        self, project: ProjectState, app_label: str, model_name: str, delay: bool = False
    ) -> None:
        model, state = (
            _rendered(project, app_label, model_name),
            project.models[app_label, model_name.lower()],
        )
        if model is None and self._makes_tables and "apps" in vars(project):
            self._some_stand_alone = True
            project.is_delayed = True  # Django's own word for it: who asks for rows builds all of them first
            project.apps.render_multiple([state])
        elif model is None or self._drawn.get(model) != _looks_of(state):
            self._reload(project, app_label, model_name, delay)
        else:
            _renew_lists(model, state)


def _makes_tables(operation: Any) -> bool:
    return isinstance(operation, MAKE_TABLES) and not getattr(operation, "state_operations", None)


def _rendered(project: ProjectState, app_label: str, model_name: str) -> type[Model] | None:
    """The class as it stands; None when no classes were asked for yet."""
    if "apps" not in vars(project):  # asking for the attribute would build all of them
        return None
    return vars(project)["apps"].all_models.get(app_label, {}).get(model_name.lower())


def _looks_of(state: ModelState) -> Drawn:
    """All that a class is built from, but the lists: copies, because operations change the state in place."""
    options = {name: value for name, value in state.options.items() if name not in LISTS}
    return dict(state.fields), tuple(state.bases), list(state.managers), options


def _renew_lists(model: type[Model], state: ModelState) -> None:
    for name in LISTS:
        setattr(model._meta, name, list(state.options.get(name, [])))
    vars(model._meta).pop("total_unique_constraints", None)  # Django's own memory of them
