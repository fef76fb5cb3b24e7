"""What a service refuses, shown at the fields of the form it came from."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from core.errors import Conflict, InvalidInput


@contextmanager
def show_errors(form: BaseForm) -> Iterator[None]:
    """Puts InvalidInput and Conflict into the form; afterwards `form.errors` says whether it went well."""
    try:
        yield
    except InvalidInput as error:
        put_errors(form, error)
    except Conflict as error:
        form.add_error(None, str(error))


def put_errors(form: BaseForm, error: InvalidInput) -> None:
    """Each message at its field, those of no field of this form above it. For a page on which a conflict is its own
    answer (409) and not one of the form's."""
    for field, messages in error.errors.items():
        form.add_error(field if field in form.fields else None, [str(message) for message in messages])
