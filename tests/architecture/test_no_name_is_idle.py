"""What nothing uses is read, translated and kept true for nobody. Every function, class, constant and method of the
product is named somewhere else in the product, or is called by a framework, or stands here with its reason."""

from __future__ import annotations

import ast
from importlib import import_module

from tests.architecture.names_used import Defined, defined, is_used, uses
from tests.architecture.sources import PACKAGES

KEPT = {
    "accounts.management.commands.officers.Command._password": "chosen by the command's first argument",
    "accounts.schema.TokenScheme": "drf-spectacular finds it among the subclasses of its extension",
    "disputes.api.schema.StrictBodies": "drf-spectacular finds it among the subclasses of its extension",
    "audit.models.FactRecord": "the table that triggers write and SQL reads; here it has its migration",
    "core.models.ReferenceMark": "the table that triggers write and SQL reads; here it has its migration",
    "disputes.models.assignment.AssignmentCoUnit": "the rows Django keeps of co-units, here with triggers",
    "calendars.presenters.HOLIDAY_NAMES": "marks the names a loaded plan brings for the catalogue",
    "disputes.extensions.step_field_names": "the test of the lifecycle's table asks who makes which field",
    "disputes.rules.lifecycle.GOES_ON": "said by a database trigger as well; a test holds the table to it",
    "safekeeping.services.erasure.erase_on_request": "a right by law (个人信息保护法 art. 47); its page is to come",
}
HOOKS = {
    "urlpatterns": "Django reads it in a module of addresses",
    "app_name": "Django reads it in a module of addresses",
    "handler400": "Django reads it in the first module of addresses",
    "handler404": "Django reads it in the first module of addresses",
    "handler500": "Django reads it in the first module of addresses",
    "from_db_value": "a model field reads its column through it",
    "process_exception": "a middleware is asked when a view raised",
    "get_user": "a backend of authentication is asked for the person of a session",
}
REGISTERED = {"job": "core.jobs", "register": "core.reference"}  # a decorator that keeps what it decorates


def _is_hook(name: Defined) -> bool:
    if name.module.startswith("config.settings.") or name.name.startswith("__") or name.name in HOOKS:
        return True
    calls = [one.func for one in getattr(name.node, "decorator_list", []) if isinstance(one, ast.Call)]
    return any(isinstance(call, ast.Name) and call.id in REGISTERED for call in calls) or _overrides(name)


def _overrides(name: Defined) -> bool:
    """Asked for by a class that is not ours: a method of the same name, a form's `clean_…`, an app's configuration."""
    kind = getattr(import_module(name.module), name.of or name.name)
    if not isinstance(kind, type):
        return False
    foreign = [base for base in kind.__mro__[1:] if base.__module__.partition(".")[0] not in PACKAGES]
    if not name.of:
        return any(base.__name__ == "AppConfig" for base in foreign)
    forms = any(base.__name__ == "BaseForm" for base in foreign)
    return any(hasattr(base, name.name) for base in foreign) or (forms and name.name.startswith("clean_"))


def test_every_name_of_the_product_is_used() -> None:
    idle = {str(name) for name in defined() if not is_used(name) and not _is_hook(name)}
    assert sorted(idle - set(KEPT)) == []
    assert sorted(set(KEPT) - idle) == [], "no longer idle, or gone: the reason can go too"


def test_the_search_knows_a_use_from_a_definition() -> None:
    """Its own oracle: a sample with one idle function, one that only calls itself, one used through a string."""
    sample = ast.parse(
        'def idle():\n    """idle"""\ndef again():\n    return again()\nDOOR = "app.tasks.run"\n__all__ = ["idle"]\n'
    )
    found = uses(sample)
    assert (found["idle"], found["again"], found["run"]) == (0, 1, 1)
    assert found["again"] == uses(sample.body[1])["again"]
