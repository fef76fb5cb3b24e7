"""How a matter is called as long as nobody calls it otherwise: who with whom, and what kind; whole words only."""

from collections.abc import Sequence

from disputes.rules.intake import TITLE_LIMIT, PartyFacts

SIDES = (("applicant", "representative"), ("respondent",))
DOUBLE_SURNAMES = (
    "欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "夏侯", "端木", "长孙",
)  # fmt: skip
A_MATTER = ("纠纷", "争议", "矛盾")
SAYS_NOTHING = ("其他", "")


def proposed(parties: Sequence[PartyFacts], category: str) -> str:
    """张某与青岚陶瓷厂的拖欠工资纠纷. Natural persons by surname only: titles are read by more than the parties' names.

    What does not fit is left out whole: first the other side, then both.
    """
    kind = _kind(category)
    first, second = (
        _side([row for row in parties if row.role in roles and row.name.strip()]) for roles in SIDES
    )
    if not (first or second):
        first = _side([row for row in parties if row.role == "party" and row.name.strip()])
    for said in (f"{first}与{second}的{kind}" if first and second else "", f"{first or second}的{kind}"):
        if said and (first or second) and len(said) <= TITLE_LIMIT:
            return said
    return kind


def _kind(category: str) -> str:
    if category in SAYS_NOTHING:
        return A_MATTER[0]
    return category if category.endswith(A_MATTER) else f"{category}{A_MATTER[0]}"


def _side(rows: Sequence[PartyFacts]) -> str:
    """The first of a side, with how many there are where there are more."""
    if not rows:
        return ""
    heads = sum(row.head_count if row.kind == "group" else 1 for row in rows)
    called = _called(rows[0])
    return f"{called}等{heads}人" if heads > 1 and rows[0].kind != "legal" else called


def _called(party: PartyFacts) -> str:
    name = party.name.strip()
    if party.kind != "natural":
        return name
    surname = name[:2] if name.startswith(DOUBLE_SURNAMES) else name[:1]
    return f"{surname}某"
