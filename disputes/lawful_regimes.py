"""Which lawful limit the mediation of a dispute has, by the unit it lies with."""

from __future__ import annotations

from disputes.models import Dispute
from disputes.rules import lawful_mediation as rules
from disputes.rules.lawful_mediation import Regime
from jurisdictions.choices import OrganizationKind
from jurisdictions.models import Organization

PUBLIC_SECURITY = "public_security"  # the sector of the police


def regime_of(dispute: Dispute) -> Regime | None:
    """By the unit that has it; asks for its sectors only where a department has a traffic accident."""
    unit, category = dispute.lead_unit, dispute.category.code
    if unit is None or category not in rules.CATEGORIES:
        return None
    return rules.regime_of(
        category,
        police=category == rules.TRAFFIC and _is_police(unit),
        medical_committee=unit.kind == OrganizationKind.MEDIATION_COMMITTEE and unit.is_county_level,
    )


def _is_police(unit: Organization) -> bool:
    if unit.kind == OrganizationKind.POLICE_STATION:
        return True
    is_department = unit.kind == OrganizationKind.DEPARTMENT
    return is_department and unit.sectors.filter(code=PUBLIC_SECURITY).exists()
