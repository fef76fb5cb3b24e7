"""The departments most counties have, as a table beside the code: a county edits a copy of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from first_start.rules.departments import Department, departments
from first_start.rules.tables import read
from jurisdictions.choices import HotField, PostRole

FILE = Path(__file__).resolve().parents[1] / "data" / "departments.csv"


def text() -> str:
    return FILE.read_text(encoding="utf-8")


@cache
def usual_departments() -> tuple[Department, ...]:
    return tuple(departments(read(text()), fields_by_word())[0])


def fields_by_word() -> dict[str, str]:
    """A field by its Chinese name or its code; tables are kept in the language of the house."""
    return {word: field.value for field in HotField for word in (field.value, _house_word(field))}


def roles_by_word() -> dict[str, str]:
    return {word: role.value for role in PostRole for word in (role.value, _house_word(role))}


def _house_word(choice: HotField | PostRole) -> str:
    """The text as it stands in the source, whatever language the caller reads."""
    with override(settings.LANGUAGE_CODE):
        return str(choice.label)
