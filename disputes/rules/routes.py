"""Where else the parties of a dispute may turn, by category: what a receipt tells them."""

from disputes.rules.refusals import ARBITRATION, COURT, EXCLUDED

USUAL = ("mediation", "litigation", "petition", "legal_aid")
LABOUR = ("mediation", "department", "labour_arbitration", "litigation", "legal_aid")
SECTOR = ("mediation", "administrative_mediation", "department", "litigation", "legal_aid")
BY_CATEGORY: dict[str, tuple[str, ...]] = {
    "wage_arrears": LABOUR,
    "labour_other": LABOUR,
    "land_forest": ("mediation", "land_arbitration", "administrative_mediation", "litigation", "legal_aid"),
    "water": ("mediation", "administrative_mediation", "litigation", "legal_aid"),
    "mineral_rights": ("administrative_mediation", "review", "litigation", "legal_aid"),
    "expropriation": ("review", "litigation", "petition", "legal_aid"),
    "village_affairs": ("department", "discipline", "petition", "litigation"),
    "illegal_fundraising": ("department", "litigation", "legal_aid"),
    "environment": SECTOR,
    "medical": ("mediation", "administrative_mediation", "litigation", "legal_aid"),
    "education": SECTOR,
    "traffic": ("mediation", "administrative_mediation", "litigation", "legal_aid"),
    "work_safety": SECTOR,
    "food_drug": SECTOR,
    "property_mgmt": SECTOR,
    "consumer": SECTOR,
    "tourism": SECTOR,
    "ecommerce": SECTOR,
}


def routes_for(category: str) -> tuple[str, ...]:
    return BY_CATEGORY.get(category, USUAL)


MEDIATED, PETITIONED, DECIDED = "mediation", "petition", "authority"


def way_of(category: str, source: str) -> str:
    """How the county works on it: by the rules of petitions, by mediation, or by the authority in charge where
    mediation is no route."""
    if source == "petition":
        return PETITIONED
    return MEDIATED if "mediation" in routes_for(category) else DECIDED


def left_after(category: str, source: str, ground: str) -> tuple[str, ...]:
    """The routes that fit a category without the one that has just failed and those that are used up: a proposal to who
    tells the parties. Where that leaves none, all that fit: somebody must say which."""
    way = way_of(category, source)
    gone = EXCLUDED.get(ground, frozenset()) | ({way} if way in (MEDIATED, PETITIONED) else set())
    fitting = routes_for(category)
    going_on = ("proceedings",) if ground in (COURT, ARBITRATION) else ()
    return tuple(route for route in fitting if route not in gone) + going_on or fitting
