"""The form's field of each kind a step asks for; what kind, called how, says the step's row."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disputes import step_fields as kinds
from disputes.entry_words import words_of
from disputes.forms.fields import FindingSelect, MentionsField, StaffField, UnitField, UnitsField
from disputes.forms.step_base import text_field
from disputes.models import Dispute
from disputes.rules.lifecycle import Step
from disputes.selectors import dispatching
from disputes.selectors.reported import finding_proposed
from disputes.selectors.restriction import question_of
from disputes.selectors.unit_ranks import Suggestion

MOST_CO_UNITS = 4
Maker = Callable[[Any, Dispute, date], forms.Field]  # the kind as the row declares it


def field_of(step: Step, name: str, dispute: Dispute, today: date) -> forms.Field | None:
    """The field of that name in the form of a step; none where an upper app draws it, or the step's own form."""
    kind = words_of(step.id).fields.get(name)
    make = MAKERS.get(type(kind))
    if make is None:
        return None
    field = make(kind, dispute, today)
    field.required = name in step.needs
    return field


def is_asked(name: str, dispute: Dispute) -> bool:
    """Whether a step asks this field of this dispute: whether few should know only where the text asks it and nobody
    has restricted it."""
    return name != "restricted" or (not dispute.is_restricted and question_of(dispute) is not None)


def _words(kind: kinds.Words, _dispute: Dispute, _today: date) -> forms.Field:
    """Where people may be named beside it, @ in the text offers them."""
    field = text_field(kind.label, kind.limit, kind.help_text)
    if kind.mentions:
        field.widget.attrs |= {"data-mentions": "", "rows": 3}
    return field


def _line(kind: kinds.Line, _dispute: Dispute, _today: date) -> forms.Field:
    return forms.CharField(label=kind.label, max_length=kind.limit, help_text=kind.help_text)


def _day(kind: kinds.Day, _dispute: Dispute, _today: date) -> forms.Field:
    return forms.DateField(label=kind.label, help_text=kind.help_text, widget=forms.DateInput())


def _whole(kind: kinds.Whole, _dispute: Dispute, _today: date) -> forms.Field:
    return forms.IntegerField(label=kind.label, min_value=kind.least, max_value=kind.most_typed)


def _hidden(_kind: kinds.Hidden, _dispute: Dispute, _today: date) -> forms.Field:
    return forms.IntegerField(widget=forms.HiddenInput)


def _choice(kind: kinds.Choice, _dispute: Dispute, _today: date) -> forms.Field:
    return forms.ChoiceField(label=kind.label, choices=kind.choices, widget=forms.RadioSelect)


def _later_choice(kind: kinds.LaterChoice, _dispute: Dispute, _today: date) -> forms.Field:
    return forms.ChoiceField(
        label=kind.label, choices=[("", kind.none), *kind.choices], help_text=kind.help_text
    )


def _several(kind: kinds.Several, _dispute: Dispute, _today: date) -> forms.Field:
    return forms.MultipleChoiceField(
        label=kind.label, choices=kind.choices, widget=forms.CheckboxSelectMultiple
    )


def _finding(kind: kinds.Finding, dispute: Dispute, _today: date) -> forms.Field:
    """One click where the reviewer agrees."""
    return forms.ChoiceField(
        label=kind.label,
        choices=kind.choices,
        initial=finding_proposed(dispute),
        help_text=kind.help_text,
        widget=FindingSelect(dispute.reported_outcome),
    )


def _truth(kind: kinds.Truth, _dispute: Dispute, _today: date) -> forms.Field:
    return forms.TypedChoiceField(
        label=kind.label,
        choices=kind.choices,
        coerce=lambda value: value == "true",
        empty_value=None,
        widget=forms.RadioSelect,
    )


def _few_know(kind: kinds.FewKnow, dispute: Dispute, today: date) -> forms.Field:
    """One click either way, with what asks it and what was answered so far."""
    asked = question_of(dispute)
    field = _truth(kind, dispute, today)
    field.help_text = f"{asked.words}{asked.answered}" if asked else ""
    return field


def _units_url(dispute: Dispute) -> str:
    return reverse("disputes:dispatch_units", args=[dispute.number])


def _unit(kind: kinds.Unit, dispute: Dispute, today: date) -> forms.Field:
    suggestion = dispatching.suggested(dispute, today)
    field = UnitField(
        label=kind.label,
        dispute=dispute,
        url=_units_url(dispute),
        today=today,
        help_text=help_on_units(suggestion),
    )
    if suggestion is not None:
        field.suggest(suggestion)
    return field


def help_on_units(suggestion: Suggestion | None) -> str:
    """How to find the unit, and which one is suggested why: without JavaScript the name is typed."""
    said = gettext("输入名称、简码或拼音首字母检索。只能有一个责任单位。")
    if suggestion is None:
        return said
    return said + gettext("建议：%(label)s（%(reason)s）。") % {
        "label": suggestion.label,
        "reason": suggestion.reason,
    }


def _own_unit(kind: kinds.OwnUnit, dispute: Dispute, today: date) -> forms.Field:
    return UnitField(
        label=kind.label, dispute=dispute, url=_units_url(dispute), today=today, help_text=kind.help_text
    )


def _units(kind: kinds.Units, dispute: Dispute, today: date) -> forms.Field:
    return UnitsField(
        label=kind.label,
        dispute=dispute,
        url=_units_url(dispute),
        today=today,
        count=MOST_CO_UNITS,
        help_text=kind.help_text,
    )


def _town(kind: kinds.Town, dispute: Dispute, today: date) -> forms.Field:
    towns = dispatching.towns_to_hand_to(dispute, today)
    return forms.ChoiceField(
        label=kind.label,
        choices=[("", _("请选择")), *((row.place.alias or row.place.code, row.place.name) for row in towns)],
        help_text=kind.help_text,
        widget=forms.Select(attrs={"data-combobox": ""}),
    )


def _person(kind: kinds.Person, dispute: Dispute, today: date) -> forms.Field:
    return forms.ChoiceField(
        label=kind.label,
        choices=[("", _("按单位默认承办人")), *dispatching.person_choices(dispute, today)],
        widget=forms.Select(attrs={"data-combobox": ""}),
    )


def _any_person(kind: kinds.AnyPerson, dispute: Dispute, today: date) -> forms.Field:
    return StaffField(
        label=kind.label,
        dispute=dispute,
        url=reverse("disputes:dispatch_staff", args=[dispute.number]),
        today=today,
        help_text=kind.help_text,
    )


def _people(_kind: kinds.People, dispute: Dispute, _today: date) -> forms.Field:
    return MentionsField(url=reverse("disputes:mentions", args=[dispute.number]))


MAKERS: dict[type, Maker] = {
    kinds.Words: _words,
    kinds.Line: _line,
    kinds.Day: _day,
    kinds.Whole: _whole,
    kinds.Hidden: _hidden,
    kinds.Choice: _choice,
    kinds.LaterChoice: _later_choice,
    kinds.Several: _several,
    kinds.Finding: _finding,
    kinds.Truth: _truth,
    kinds.FewKnow: _few_know,
    kinds.Unit: _unit,
    kinds.OwnUnit: _own_unit,
    kinds.Units: _units,
    kinds.Town: _town,
    kinds.Person: _person,
    kinds.AnyPerson: _any_person,
    kinds.People: _people,
}
