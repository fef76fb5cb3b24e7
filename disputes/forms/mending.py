"""The forms that put a registration right: prefilled with what stands there, or blank where it is shown masked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core.clock import end_of_day, shanghai_date
from disputes.choices import PartyKind, PartyRole, UnitRelation
from disputes.forms.fields import AccusedField, CleanText, GroupedSelect, StatedDay, TypeAhead
from disputes.forms.intake import consent_field
from disputes.forms.intake_rows import PartyForm
from disputes.forms.step_base import StepForm, text_field
from disputes.models import Dispute, Origin
from disputes.rules import corrections
from disputes.rules.intake import ADDRESS_LIMIT, TITLE_LIMIT, clean_text
from disputes.selectors import intake
from disputes.selectors.origins import origin_of

ANSWERS: dict[bool | None, str] = {True: "yes", False: "no"}
UNCHANGED = ("", _("不改"))
NOTHING = ("无", "/")  # takes a number, a phone or an address back
PARTY_TEXTS = ("name", "phone", "id_number", "address")


class MendingForm(StepForm):
    """A form of one dispute whose fields come from the service's nested body."""

    PLACES: dict[str, str] = {}  # name in the body → field, where they differ

    def __init__(self, data: Any = None, *, dispute: Dispute, today: date, initial: dict[str, Any]) -> None:
        self.dispute, self.today = dispute, today
        super().__init__(data, initial={**self.stands(dispute), **initial})
        self.prepare()

    def stands(self, _dispute: Dispute) -> dict[str, Any]:
        """What the fields hold at first."""
        return {}

    def prepare(self) -> None:
        """Choices and labels that come from the database."""

    def field_of(self, name: str) -> str | None:
        """`fields.jurisdiction.towns` stands at the field that asks for it."""
        last = name.rpartition(".")[2]
        last = self.PLACES.get(last, last)
        return last if last in self.fields else None


class CorrectForm(MendingForm):
    PLACES = {"towns": "other_towns", **{name: f"origin_{name}" for name in corrections.ORIGIN}}

    title = CleanText(label=_("标题"), max_length=TITLE_LIMIT)
    narrative = CleanText(
        label=_("事由"), lines=True, widget=forms.Textarea(attrs={"rows": 6, "data-counted": "5000"})
    )
    category = forms.ChoiceField(label=_("类别"), widget=GroupedSelect())
    place = CleanText(
        label=_("发生地"),
        help_text=_("只能改到本登记簿的范围内；登记到别的乡镇的，请撤回本件后到当地重新登记。"),
        widget=TypeAhead(reverse_lazy("disputes:pick_places")),
    )
    occurred_on = StatedDay(label=_("发生日期"), required=False, widget=forms.DateInput())
    people_count = forms.IntegerField(
        label=_("涉及人数"),
        required=False,
        widget=forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"}),
    )
    amount = forms.DecimalField(
        label=_("涉及金额（元）"),
        required=False,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"min": 0, "step": "0.01", "inputmode": "decimal"}),
    )
    other_towns = forms.MultipleChoiceField(
        label=_("还涉及哪些乡镇"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sectors = forms.MultipleChoiceField(
        label=_("属于哪些主管部门的职权"), required=False, widget=forms.CheckboxSelectMultiple
    )
    unit_relation = forms.ChoiceField(
        label=_("是否单位内部，或单位与周边群众之间的纠纷"),
        choices=[*UnitRelation.choices, ("", _("都不是"))],
        required=False,
        widget=forms.RadioSelect,
    )
    unit = CleanText(
        label=_("哪个单位"), required=False, widget=TypeAhead(reverse_lazy("disputes:pick_units"))
    )
    unit_consent = consent_field()
    origin_sender = CleanText(
        label=_("来件单位"), required=False, help_text=_("没有来件单位的，来件信息留空即可。")
    )
    origin_number = CleanText(
        label=_("来件编号"), required=False, help_text=_("来件单位的文号、工单号或信访件编号")
    )
    origin_received_on = StatedDay(label=_("来件日期"), required=False, widget=forms.DateInput())
    origin_due_at = StatedDay(
        label=_("来件要求办结日期"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("改动后按新日期重新计时"),
    )
    origin_answer_wanted = forms.BooleanField(label=_("要求书面答复来件单位"), required=False)
    reason = text_field(_("更正理由"))

    def stands(self, dispute: Dispute) -> dict[str, Any]:
        fen = dispute.amount_fen
        return {
            "title": dispute.title,
            "narrative": dispute.narrative,
            "category": dispute.category.code,
            "place": dispute.place_code,
            "occurred_on": dispute.occurred_on,
            "people_count": dispute.people_count,
            "amount": None if fen is None else f"{fen // 100}.{fen % 100:02d}",
            "other_towns": [
                code for code in dispute.involved_towns if code != _town_code(dispute.place_code)
            ],
            "sectors": dispute.involved_sectors,
            "unit_relation": dispute.unit_relation,
            "unit": dispute.unit.code if dispute.unit else dispute.unit_name,
            "unit_consent": ANSWERS.get(dispute.unit_consent, ""),
            **_origin_stands(origin_of(dispute)),
        }

    def prepare(self) -> None:
        self._choose("category", intake.categories())
        self._choose("sectors", intake.sectors())
        own = _town_code(self.dispute.place_code)
        towns = intake.towns_of_county(self.dispute.place_code[:6], self.today)
        self._choose("other_towns", [choice for choice in towns if choice[0] != own])
        for name, label_of in (("place", intake.label_of_place), ("unit", intake.label_of_unit)):
            value = clean_text(str(self[name].value() or ""))[:ADDRESS_LIMIT]
            if value:
                self.fields[name].widget.attrs["data-label"] = label_of(value)

    def _choose(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean_place(self) -> str:
        return intake.place_in_county(self.cleaned_data["place"], self.dispute.place_code[:6], self.today)

    def data_for_service(self) -> dict[str, Any]:
        """Only what was changed; what was emptied goes as None."""
        given, changed = self.cleaned_data, set(self.changed_data) - {"version", "reason"}
        fields: dict[str, Any] = {
            name: given[name] or None
            for name in corrections.FIELDS
            if name in changed and name not in corrections.NESTED
        }
        if "people_count" in fields or "amount" in fields:  # 0 is stated, and refused or kept by the rules
            fields |= {name: given[name] for name in ("people_count", "amount") if name in fields}
        jurisdiction: dict[str, Any] = {
            name: given[name]
            for name in ("sectors", "unit", "unit_relation", "unit_consent")
            if name in changed
        }
        if "other_towns" in changed:
            own = _town_code(given.get("place", self.dispute.place_code))
            jurisdiction["towns"] = list(dict.fromkeys([*([own] if own else []), *given["other_towns"]]))
        if jurisdiction:
            fields["jurisdiction"] = jurisdiction
        if origin := {
            name: given[f"origin_{name}"] for name in corrections.ORIGIN if f"origin_{name}" in changed
        }:
            due = origin.get("due_at")
            fields["origin"] = origin | ({"due_at": end_of_day(due)} if due else {})
        return {"fields": fields, "reason": given["reason"]}


class AddPartyForm(MendingForm, PartyForm):
    reason = text_field(_("说明"), help_text=_("可不填"), required=False)
    field_order = ("role", "kind", "name", "head_count", "phone", "id_number", "address", "reason", "version")

    def prepare(self) -> None:
        self.fields["name"].required = True

    def data_for_service(self) -> dict[str, Any]:
        facts = self.facts()
        party = {name: getattr(facts, name) for name in corrections.PARTY_FIELDS}
        return {"party": party, "reason": self.cleaned_data["reason"] or None}


class CorrectPartyForm(MendingForm):
    """Blank means as it is: what is kept of a person is shown masked, and in full only with a reason."""

    party = forms.TypedChoiceField(label=_("当事人"), coerce=int)
    role = forms.ChoiceField(label=_("身份"), choices=[UNCHANGED, *PartyRole.choices], required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=[UNCHANGED, *PartyKind.choices], required=False)
    name = CleanText(label=_("姓名或名称"), required=False)
    head_count = forms.IntegerField(
        label=_("人数"), required=False, widget=forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"})
    )
    phone = CleanText(label=_("电话"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    id_number = CleanText(label=_("证件号码"), required=False)
    address = CleanText(label=_("住址"), required=False)
    reason = text_field(_("更正理由"))

    def prepare(self) -> None:
        rows = list(self.dispute.parties.all())
        field: Any = self.fields["party"]
        field.choices = [(row.pk, f"{row.get_role_display()} {row.masked_name}") for row in rows]
        chosen = next((row for row in rows if str(row.pk) == str(self["party"].value())), None)
        if chosen is not None:
            now = {
                "phone": chosen.masked_phone,
                "id_number": chosen.masked_id_number,
                "name": chosen.masked_name,
            }
            for name, masked in now.items():
                self.fields[name].help_text = _("现在：%s") % (masked or _("（无）"))

    def data_for_service(self) -> dict[str, Any]:
        given = self.cleaned_data
        stated = {name: given[name] for name in ("role", "kind", "head_count", *PARTY_TEXTS)}
        fields = {name: value for name, value in stated.items() if value not in (None, "")}
        if fields.get("address") in NOTHING:
            fields["address"] = ""
        return {"party": given["party"], "fields": fields, "reason": given["reason"]}


class MarkConflictForm(MendingForm):
    PLACES = {"units": "who", "people": "who"}

    who = AccusedField(label=_("被反映的单位或人员"), count=4, help_text=_("每格一个，输入单位名称或姓名。"))
    reason = text_field(_("理由"))

    def data_for_service(self) -> dict[str, Any]:
        given = self.cleaned_data
        kinds = {"units": intake.UNIT, "people": intake.PERSON}
        named = {
            name: [value.removeprefix(kind) for value in given["who"] if value.startswith(kind)]
            for name, kind in kinds.items()
        }
        return {"reason": given["reason"], **{name: codes for name, codes in named.items() if codes}}


def _origin_stands(origin: Origin | None) -> dict[str, Any]:
    """A due moment shows as its day; it is written anew only where that was changed."""
    if origin is None:
        return {}
    stands = {name: getattr(origin, name) for name in corrections.ORIGIN}
    stands["due_at"] = shanghai_date(origin.due_at) if origin.due_at else None
    return {f"origin_{name}": value for name, value in stands.items()}


def _town_code(place_code: str) -> str:
    return place_code[: corrections.TOWN_CODE] if len(place_code) >= corrections.TOWN_CODE else ""


FORMS: dict[str, Callable[..., MendingForm]] = {
    "correct": CorrectForm,
    "add_party": AddPartyForm,
    "correct_party": CorrectPartyForm,
    "mark_conflict": MarkConflictForm,
}
