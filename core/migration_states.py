"""Spares Django drawing its models anew for every index, constraint and trigger of a migration.

After each operation Django builds the changed model and everything related to it again, some twenty classes at a
time: nine tenths of the time it takes to make our tables. An index, a constraint or a trigger changes none of them
but the list it stands in, so that list alone is renewed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Model

LISTS = ("indexes", "constraints", "triggers")
Drawn = tuple[dict[str, Any], tuple[Any, ...], list[Any], dict[str, Any]]


@contextmanager
def drawn_once() -> Iterator[None]:
    """While it lasts, only what is really different is built again. For PostgreSQL: other databases copy whole tables
    from these classes."""
    drawn: WeakKeyDictionary[type[Model], Drawn] = WeakKeyDictionary()
    render, reload_model = ModelState.render, ProjectState.reload_model

    def remembering(state: ModelState, apps: Any) -> type[Model]:
        model: type[Model] = render(state, apps)
        drawn[model] = _looks_of(state)
        return model

    def sparing(project: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
        model, state = (
            _rendered(project, app_label, model_name),
            project.models[app_label, model_name.lower()],
        )
        if model is None or drawn.get(model) != _looks_of(state):
            reload_model(project, app_label, model_name, delay)
        else:
            _renew_lists(model, state)

    _put(remembering, sparing)
    try:
        yield
    finally:
        _put(render, reload_model)


def _put(render: Callable[..., Any], reload_model: Callable[..., Any]) -> None:
    classes: tuple[Any, Any] = ModelState, ProjectState
    classes[0].render, classes[1].reload_model = render, reload_model


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
