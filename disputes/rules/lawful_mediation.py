"""Mediation whose time the law itself limits, by who mediates what: never by the category alone. Pure.

道路交通安全法实施条例 art. 95: where the police mediate, ten days, counted from the funeral, the end of treatment, the
rating or the fixing of the loss. 医疗纠纷预防和处理条例 art. 38: where the medical committee mediates, thirty working
days from its acceptance. The numbers are dated rows of `calendars.DeadlineRule`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Regime:
    """`rule_key` names the limit; `by_fact`: its clock starts by a fact somebody states, else by signing for it."""

    rule_key: str
    by_fact: bool


POLICE = Regime("police_mediation", by_fact=True)
COMMITTEE = Regime("medical_mediation", by_fact=False)
REGIMES = {regime.rule_key: regime for regime in (POLICE, COMMITTEE)}
TRAFFIC, MEDICAL = CATEGORIES = ("traffic", "medical")


def regime_of(category: str, *, police: bool, medical_committee: bool) -> Regime | None:
    """The law's own limit for this matter in these hands; None where it has none."""
    if category == TRAFFIC and police:
        return POLICE
    return COMMITTEE if category == MEDICAL and medical_committee else None
