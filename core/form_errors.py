"""What a service refuses, shown in the form it came from; the same on every page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from core.errors import Conflict, InvalidInput


@contextmanager
def show_errors(form: BaseForm) -> Iterator[None]:
    """Puts InvalidInput and Conflict into the form; afterwards `form.errors` says whether it went well."""
    try:
        yield
    except (InvalidInput, Conflict) as error:
        put_errors(form, error)


def put_errors(form: BaseForm, error: InvalidInput | Conflict) -> None:
    """Each message at its field, those of no field of this form above it, and so what no longer fits what is there.
    A field that could not be read has its message already."""
    if isinstance(error, Conflict):
        form.add_error(None, str(error))
        return
    said = set(form.errors)
    for name, messages in error.errors.items():
        field = _field_of(form, name)
        if field not in said:
            form.add_error(field, [str(message) for message in messages])


def _field_of(form: BaseForm, name: str) -> str | None:
    """A form whose fields are called otherwise than the service's says so with a `field_of` of its own."""
    ask = getattr(form, "field_of", None)
    if ask is not None:
        found: str | None = ask(name)
        return found
    return name if name in form.fields else None
