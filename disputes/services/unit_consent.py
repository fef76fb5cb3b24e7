"""告知单位: whether the unit a matter is about inside of may be told (rules.consent), from the rows it names."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from core.actor import Actor
from disputes.models import Assignment, Dispute
from disputes.rules import consent
from disputes.rules.applying import APPLICANT
from jurisdictions.models import Organization

Sides = Iterable[tuple[str, int | None]]  # role and unit of each party


def on_registration(
    stated: bool | None, relation: str, unit: Organization | None, sides: Sides, by: Actor
) -> bool | None:
    """No, where nobody said yes; a unit that brings its own matter knows it."""
    return consent.settled(stated, relation, knows=_brought_by(unit, sides, by.organization))


def after_correction(
    dispute: Dispute, stated: bool | None, relation: str, unit: Organization | None, unit_name: str
) -> bool | None:
    """The answer that holds once the relation is `relation` and the unit `unit`, by name `unit_name`."""
    was_inside = consent.is_asked(dispute.unit_relation)
    return consent.corrected(
        stated,
        relation,
        dispute.unit_consent,
        as_before=was_inside and consent.is_asked(relation) and unit_name == dispute.unit_name,
        knows=_brought_by(unit, dispute.parties.values_list("role", "organization"), None),
    )


def held_by_untold(dispute: Dispute) -> Organization | None:
    """The unit that may not be told any more and has the matter in hand, alone or with others."""
    unit = dispute.untold_unit_id
    if unit is None:
        return None
    hands = Assignment.objects.filter(Q(lead_unit=unit) | Q(co_units=unit), dispute=dispute, ended_at=None)
    return Organization.objects.get(pk=unit) if hands.exists() else None


def not_told(unit: Organization | str) -> str:
    """Why a matter is not given to a unit, nor a letter sent to it."""
    return _("申请人没有同意把本件告知%s，不能交其办理。征得同意后请先更正，再办理。") % unit


def still_in_hand(unit: Organization) -> str:
    return _("本件正由%s承办或协办。请先改派其他单位，再改为不告知该单位。") % unit


def _brought_by(unit: Organization | None, sides: Sides, registrar: Organization | None) -> bool:
    if unit is None:
        return False
    return (registrar is not None and registrar.pk == unit.pk) or (APPLICANT, unit.pk) in set(sides)
