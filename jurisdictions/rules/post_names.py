"""How a post is called: unit and title said once. 县委 and 县委书记 are 县委书记."""

COMMITTEE, PARTY_COMMITTEE = "委", "党委"


def said_once(unit: str, title: str) -> tuple[str, str]:
    """Unit and title without what both say: the end of the one is the beginning of the other.

    Only Chinese characters count, two at least: one in common is chance. The unit is empty where the title says all.
    """
    for length in range(min(len(unit), len(title)), 1, -1):
        shared = unit[-length:]
        if title.startswith(shared) and all("\u4e00" <= char <= "\u9fff" for char in shared):
            return unit[:-length], title
    if unit.endswith(COMMITTEE) and title.startswith(PARTY_COMMITTEE):  # 县委 is a 党委
        return unit, title.removeprefix(PARTY_COMMITTEE)
    return unit, title
