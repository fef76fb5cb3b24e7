"""The repeated rows of the intake form: parties, and whom the complaint is about."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core.clock import now, shanghai_date
from core.forms import Form
from disputes.choices import PartyKind, PartyRole
from disputes.forms.fields import CleanText, TypeAhead
from disputes.rules.intake import PARTIES_LIMIT, PartyFacts, clean_text
from disputes.selectors import intake

DETAILS = ("name", "phone", "id_number", "address", "head_count")
ACCUSED_LIMIT = 20


class Name(CleanText):
    """Starred where somebody must be named; an empty row is judged as a whole, not by this field."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class PartyForm(Form):
    role = forms.ChoiceField(label=_("身份"), choices=PartyRole.choices)
    kind = forms.ChoiceField(label=_("类型"), choices=PartyKind.choices)
    name = Name(label=_("姓名或名称"), required=False)
    head_count = forms.IntegerField(
        label=_("人数"),
        required=False,
        widget=forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"}),
    )
    phone = CleanText(label=_("电话"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    id_number = CleanText(label=_("证件号码"), required=False, help_text=_("可不填"))
    address = CleanText(label=_("住址"), required=False, help_text=_("可不填"))

    @property
    def is_blank(self) -> bool:
        """Nothing typed but role and kind: a row that was offered and not needed."""
        return not any(self.cleaned_data.get(name) for name in DETAILS) and not self.errors

    def facts(self) -> PartyFacts:
        """What could be read of it: a role nobody knows says its own message, and none of a missing applicant."""
        given = self.cleaned_data
        kind = given.get("kind", "")
        count = given.get("head_count") or 0
        return PartyFacts(
            role=given.get("role", PartyRole.APPLICANT),
            kind=kind,
            name=given.get("name", ""),
            phone=given.get("phone", ""),
            id_number=given.get("id_number", ""),
            address=given.get("address", ""),
            head_count=count if kind == PartyKind.GROUP else 1,
        )


class AccusedForm(Form):
    who = CleanText(
        label=_("被反映的单位或人员"),
        required=False,
        widget=TypeAhead(reverse_lazy("disputes:pick_accused")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value = clean_text(str(self["who"].value() or ""))[:120]
        if value:
            self.fields["who"].widget.attrs["data-label"] = intake.label_of_accused(value)

    def clean_who(self) -> str:
        typed: str = self.cleaned_data["who"]
        found = intake.accused_named(typed, shanghai_date(now()))
        if found and not found.startswith((intake.UNIT, intake.PERSON)):
            raise forms.ValidationError(_("没有找到“%s”，请从列表中选择单位或人员。") % typed[:40])
        return found


class Rows(BaseFormSet):
    """Rows that were not removed, each with its index in the form."""

    def kept(self) -> list[tuple[int, Any]]:
        return [(index, form) for index, form in enumerate(self.forms) if not _is_removed(form)]

    def add_fields(self, form: Any, index: int | None) -> None:
        """A row that was removed stays out of sight when the page comes back, and the others count without it."""
        super().add_fields(form, index)
        form.is_removed = index is not None and _is_removed(form)
        if index is not None:
            self._shown = getattr(self, "_shown", 0) + (not form.is_removed)
            form.number = self._shown


def _is_removed(form: Any) -> bool:
    return bool(form.fields["DELETE"].to_python(form["DELETE"].value()))


class Parties(Rows):
    """The first row must be filled where somebody applied; `asks_applicant` is set before the rows are read."""

    asks_applicant = True

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["name"].required = index == 0 and self.asks_applicant


PartyRows = formset_factory(
    PartyForm,
    formset=Parties,
    extra=0,
    can_delete=True,
    max_num=PARTIES_LIMIT,
    absolute_max=PARTIES_LIMIT + 10,
    validate_max=True,
)
AccusedRows = formset_factory(
    AccusedForm,
    formset=Rows,
    extra=0,
    can_delete=True,
    max_num=ACCUSED_LIMIT,
    absolute_max=ACCUSED_LIMIT + 5,
    validate_max=True,
)
