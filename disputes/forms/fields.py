"""Fields of our forms: texts that are cleaned instead of refused, and type-aheads."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from accounts.models import Appointment
from core.clock import now, shanghai_date
from disputes.choices import Outcome
from disputes.models import Dispute
from disputes.rules import lifecycle
from disputes.rules.intake import NAME_LIMIT, clean_text
from disputes.selectors import dispatching, mentions
from disputes.selectors.intake import PERSON, UNIT, accused_named, label_of_accused, label_of_unit
from jurisdictions.models import Organization


class CleanText(forms.CharField):
    """NFC, without control characters; emoji stay. Nothing of that is worth an error message."""

    def __init__(self, *, lines: bool = False, **options: Any) -> None:
        self.lines = lines
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "", lines=self.lines)


class TypeAhead(forms.TextInput):
    """An input that combobox.js turns into a list fed by an address; without JavaScript code or name is typed."""

    def __init__(self, url: Any, **attrs: Any) -> None:  # a lazy address: the table of names is not read yet
        super().__init__({"data-combobox-url": url, "autocomplete": "off", **attrs})


class GroupedSelect(forms.Select):
    """A select by typing whose options show their group."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-combobox": "", **(attrs or {})})

    def optgroups(self, name: str, value: list[Any], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        for group, options, _index in groups:
            for option in options:
                if group:
                    option["attrs"]["data-note"] = group
        return groups


class UnitField(forms.CharField):
    """A unit a case may be given to, by type-ahead; cleans to its code. Typed names are taken as they are written."""

    def __init__(self, *, dispute: Dispute, url: str, today: date, **options: Any) -> None:
        self.dispute, self.today = dispute, today
        super().__init__(max_length=100, widget=TypeAhead(url), **options)

    def clean(self, value: Any) -> str:
        return dispatching.unit_named(self.dispute, super().clean(value), self.today)

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        """The list shows the unit's name where the field holds its code."""
        bound = super().get_bound_field(form, field_name)
        if value := str(bound.value() or "").strip():
            self.widget.attrs["data-label"] = label_of_unit(value)
        return bound

    def suggest(self, suggestion: dispatching.Suggestion) -> None:
        """To be taken with one press."""
        self.widget.attrs |= {
            "data-suggest-value": suggestion.value,
            "data-suggest-label": suggestion.label,
            "data-suggest-reason": suggestion.reason,
        }


class StaffField(forms.CharField):
    """The responsible person to be, by type-ahead among the people of the unit chosen; cleans to their account."""

    def __init__(self, *, dispute: Dispute, url: str, today: date, **options: Any) -> None:
        self.dispute, self.today = dispute, today
        super().__init__(max_length=150, widget=TypeAhead(url, **{"data-with": "lead_unit"}), **options)

    def clean(self, value: Any) -> str:
        return dispatching.staff_named(self.dispute, super().clean(value), self.today)

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        """The list shows who it is where the field holds their account."""
        bound = super().get_bound_field(form, field_name)
        if value := str(bound.value() or "").strip():
            person = dispatching.person_named(self.dispute, self.dispute.managing_org, value, self.today)
            self.widget.attrs["data-label"] = str(person) if person else value
        return bound


class SeveralInputs(forms.MultiWidget):
    """The same type-ahead several times under one name, one control with the script; empty ones say nothing."""

    template_name = "components/several_inputs.html"

    def __init__(self, url: Any, label: Any, count: int) -> None:
        super().__init__([TypeAhead(url, **{"aria-label": f"{label} {n}"}) for n in range(1, count + 1)])
        self.widgets_names = [""] * count

    def decompress(self, value: Any) -> list[Any]:
        return list(value or [])

    def label_of(self, value: str) -> str:
        return label_of_unit(value)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> list[str]:
        given = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [str(value).strip() for value in given if str(value).strip()]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        for widget, code in zip(self.widgets, value or [], strict=False):
            widget.attrs["data-label"] = self.label_of(str(code))
        return super().get_context(name, value, attrs)


class UnitsField(forms.Field):
    """Several units, each by type-ahead; cleans to their codes."""

    def __init__(self, *, dispute: Dispute, url: str, today: date, count: int, **options: Any) -> None:
        self.dispute, self.today = dispute, today
        super().__init__(widget=SeveralInputs(url, options.get("label", ""), count), **options)

    def to_python(self, value: Any) -> list[str]:
        return [dispatching.unit_named(self.dispute, typed[:100], self.today) for typed in value or []]


class MentionInputs(SeveralInputs):
    def label_of(self, value: str) -> str:
        return mentions.label_of(value)


class MentionsField(forms.Field):
    """Colleagues a comment is meant for, by type-ahead; cleans to usernames. Who may be named, the service says."""

    def __init__(self, *, url: str, **options: Any) -> None:
        label = _("提醒谁看")
        super().__init__(widget=MentionInputs(url, label, mentions.MOST), label=label, **options)

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(clean_text(typed)[:NAME_LIMIT] for typed in value or []))


class AccusedInputs(SeveralInputs):
    def label_of(self, value: str) -> str:
        return label_of_accused(value)


class AccusedField(forms.Field):
    """Whom a complaint is about, each by type-ahead; cleans to `unit:CODE` and `person:USERNAME`."""

    def __init__(self, *, count: int, **options: Any) -> None:
        address = reverse_lazy("disputes:pick_accused")
        super().__init__(widget=AccusedInputs(address, options["label"], count), **options)

    def to_python(self, value: Any) -> list[str]:
        found = [accused_named(clean_text(typed)[:120], shanghai_date(now())) for typed in value or []]
        wrong = [typed for typed in found if not typed.startswith((UNIT, PERSON))]
        if wrong:
            message = _("没有找到“%s”，请从列表中选择单位或人员。") % wrong[0][:40]
            raise forms.ValidationError(message)
        return list(dict.fromkeys(found))


class PersonField(forms.CharField):
    """Somebody a meeting may ask, by type-ahead; cleans to the key of the appointment, None for nobody known."""

    def __init__(
        self, *, dispute: Dispute, centre: Organization, url: str, today: date, **options: Any
    ) -> None:
        self.dispute, self.centre, self.today = dispute, centre, today
        super().__init__(max_length=100, widget=TypeAhead(url), **options)

    def clean(self, value: Any) -> Any:
        person = self._named(super().clean(value))
        return person.pk if person else None

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        bound = super().get_bound_field(form, field_name)
        if person := self._named(str(bound.value() or "")):
            self.widget.attrs["data-label"] = str(person)
        return bound

    def _named(self, typed: str) -> Appointment | None:
        return dispatching.person_named(self.dispute, self.centre, typed, self.today)


class StatedDay(forms.DateField):
    """A day whose year the registration itself judges, with every other fact of it."""

    judged_later = True


class FindingSelect(forms.RadioSelect):
    """审结意见: what contradicts the report cannot be chosen and says why, before anything is sent."""

    def __init__(self, reported: str) -> None:
        self.reported = reported
        super().__init__()

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, label, *args, **kwargs)
        if lifecycle.review_contradicts(str(value), self.reported):
            reported = Outcome(self.reported).label if self.reported in Outcome.values else self.reported
            said = _("%(finding)s（与报结结果“%(reported)s”不一致，不能选；不同意报结结果的，请退回重办）")
            option["label"] = said % {"finding": label, "reported": reported}
            option["attrs"]["disabled"] = True
        return option


def read_in(form: forms.Form) -> dict[str, Any]:
    """Its cleaned values; of a field that could not be read, what it says when it is left empty."""
    given = form.cleaned_data
    return {
        name: given[name] if name in given else field.to_python(None) for name, field in form.fields.items()
    }
