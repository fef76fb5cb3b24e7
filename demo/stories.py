"""About 600 disputes of the last twelve months, the same for the same day of loading."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.clock import SHANGHAI, shanghai_date
from demo import parties, slots
from demo.county import Town, Village, county
from demo.people import Registry
from demo.skeletons import Skeleton, skeletons
from demo.slots import Setting
from disputes.rules import intake
from disputes.rules.intake import IntakeFacts

COUNT = 592  # eight more come as second reports of the same matter
SEED = "hejie"
YEAR_DAYS = 362
RECENT_DAYS = 40
RECENT_SHARE = 0.14
# What comes most often; a category not named has weight 2.
WEIGHTS = {"neighbour": 6, "family": 5, "wage_arrears": 5, "land_forest": 4, "house_homestead": 4, "damages": 4,
           "traffic": 4, "contract": 3, "consumer": 3, "property_mgmt": 3, "private_loan": 3, "village_affairs": 3,
           "family_planning": 1, "tourism": 1, "illegal_fundraising": 1, "mineral_rights": 1}  # fmt: skip
SOURCES = ("walk_in",) * 9 + ("phone",) * 3 + ("village",) * 3 + (
    "hotline", "petition", "own_initiative", "screening", "letter", "leader_reception", "online", "department",
)  # fmt: skip
SATURDAY, WEEKEND_SHARE = 5, 0.2
AT_NIGHT = ("{day}晚", "{day}傍晚", "{day}夜", "{day}下午")  # told the next day at the earliest
QUIET = timedelta(minutes=40)  # nothing happens right before the loading
TOWN_SOURCES = tuple(source for source in SOURCES if source not in ("petition", "leader_reception"))
SECTOR_STATED = 0.45  # how often a town says that a department's powers are needed


@dataclass(frozen=True)
class Window:
    """A dispute somebody asks for: in which town, registered how many days ago, told by which skeletons."""

    town: str
    ages: tuple[float, float]
    fits: Callable[[Skeleton], bool]
    any_hour: bool = False

    def moment(self, now: datetime, rnd: random.Random) -> datetime:
        """In office hours of a working day; what cannot wait, at the hour it comes."""
        at = now - timedelta(days=rnd.uniform(*self.ages))
        if self.any_hour:
            return min(at, now - QUIET)
        at = _office_moment(shanghai_date(at), rnd)
        while at.weekday() >= SATURDAY or at >= now - QUIET:
            at -= timedelta(days=1)
        return at


@dataclass(frozen=True)
class Story:
    """One dispute before anybody acted on it."""

    index: int
    skeleton: Skeleton
    facts: IntakeFacts
    registered_at: datetime
    setting: Setting
    slots: dict[str, str]

    @property
    def town(self) -> Town:
        return self.setting.town

    @property
    def village(self) -> Village:
        return self.setting.village


def all_stories(now: datetime, count: int = COUNT, windows: Sequence[Window] = ()) -> list[Story]:
    """In the order of their registration, so that numbers follow time. The n-th window's story has index n."""
    rnd = random.Random(SEED)
    names = Registry(f"{SEED}-parties")
    asked = list(windows[:count])
    composed = []
    for index, (skeleton, use, at) in enumerate(_chosen(count, asked, now, rnd)):
        town = asked[index].town if index < len(asked) else ""
        composed.append(_story(index, skeleton, use, at, town, rnd, names))
    return sorted(composed, key=lambda story: story.registered_at)


def _chosen(
    count: int, windows: list[Window], now: datetime, rnd: random.Random
) -> Iterator[tuple[Skeleton, int, datetime]]:
    """Every skeleton once, dangerous ones as often as they may, then by weight; with the number of uses before."""
    used: Counter[str] = Counter()
    first = [
        skeleton for skeleton in skeletons() for _use in range(skeleton.max_use if skeleton.danger else 1)
    ]
    rnd.shuffle(first)
    for window in windows:
        at = window.moment(now, rnd)
        chosen = _fitting(window, at, first, used, rnd)
        yield chosen, used[chosen.key], at
        used[chosen.key] += 1
    weights = [_weight(skeleton) for skeleton in skeletons()]
    while sum(used.values()) < count:
        chosen = first.pop() if first else rnd.choices(skeletons(), weights)[0]
        if used[chosen.key] < chosen.max_use:
            yield chosen, used[chosen.key], _moment(chosen, now, rnd)
            used[chosen.key] += 1


def _fitting(
    window: Window, at: datetime, first: list[Skeleton], used: Counter[str], rnd: random.Random
) -> Skeleton:
    """One not told yet if any fits, else the one told least."""

    def fits(skeleton: Skeleton) -> bool:
        return window.fits(skeleton) and at.month in skeleton.months and used[skeleton.key] < skeleton.max_use

    for skeleton in first:
        if fits(skeleton):
            first.remove(skeleton)
            return skeleton
    rest = [skeleton for skeleton in skeletons() if fits(skeleton)]
    return min(rest, key=lambda skeleton: (used[skeleton.key], rnd.random()))


def _weight(skeleton: Skeleton) -> float:
    siblings = sum(other.category == skeleton.category for other in skeletons())
    return WEIGHTS.get(skeleton.category, 2) / siblings


def _story(
    index: int,
    skeleton: Skeleton,
    use: int,
    registered_at: datetime,
    town: str,
    rnd: random.Random,
    names: Registry,
) -> Story:
    day = shanghai_date(registered_at)
    setting = _setting(skeleton, use, town, rnd)
    at_night = any(words in skeleton.text for words in AT_NIGHT)
    occurred = day - timedelta(days=max(rnd.randrange(0, 7), at_night))
    amount = slots.rounded(rnd.uniform(*skeleton.amount)) if skeleton.amount else 0
    count = rnd.randint(*(skeleton.people or (2, 2)))
    filled = _slots(skeleton, use, setting, occurred, amount, count, rnd, names)
    sides = parties.of(skeleton, setting, filled, count, day, rnd)
    facts = IntakeFacts(
        title=slots.fill(skeleton.title, slots.in_title(filled)),
        narrative=slots.fill(skeleton.text, filled),
        category=skeleton.category,
        source=rnd.choice(skeleton.source or (TOWN_SOURCES if town else SOURCES)),
        place=setting.village.code,
        people_count=max(count, intake.total_people(sides)),
        occurred_on=occurred,
        amount_fen=amount * 100 if amount else None,
        parties=sides,
        towns=(setting.town.code, setting.other_town.code) if setting.crosses_towns else (),
        sectors=skeleton.sectors if rnd.random() < SECTOR_STATED else (),
        unit=_unit(skeleton, filled),
        unit_relation=skeleton.relation,
        unit_consent=use % 2 == 0 if skeleton.relation == "inside" else None,
        restricted=skeleton.restricted or skeleton.category == "medical",
        danger=skeleton.danger,
        danger_told=f"{setting.town.stem}派出所、值班领导（电话）" if skeleton.danger else "",
        danger_told_at=registered_at - timedelta(minutes=12) if skeleton.danger else None,
        accused_units=(setting.village.alias,) if skeleton.accused else (),
        accused_people=(setting.village.alias,) if skeleton.accused else (),
    )
    return Story(index, skeleton, facts, registered_at, setting, filled)


def _slots(
    skeleton: Skeleton,
    use: int,
    setting: Setting,
    occurred: date,
    amount: int,
    count: int,
    rnd: random.Random,
    names: Registry,
) -> dict[str, str]:
    return {
        **slots.people(skeleton, names),
        **slots.own_choices(skeleton, use, rnd),
        "town": setting.town.name,
        "village": setting.village.name,
        "village2": setting.other_village.name,
        "group": rnd.choice(slots.GROUPS),
        "yuan": slots.yuan(amount),
        "part": slots.yuan(slots.rounded(amount * rnd.uniform(0.55, 0.8))) if amount else "适当费用",
        "n": str(count),
        "day": slots.day_text(occurred),
        "past": slots.month_text(occurred - timedelta(days=rnd.randrange(70, 500))),
    }


def _unit(skeleton: Skeleton, filled: dict[str, str]) -> str:
    return filled["x"] if skeleton.unit == "x" else skeleton.unit


def _setting(skeleton: Skeleton, use: int, wanted: str, rnd: random.Random) -> Setting:
    """t01 comes up more often; what a community is about happens in one; two villages at times in two towns."""
    towns = county().towns
    asked = next((town for town in towns if town.alias == wanted), None)
    likely = rnd.choices(towns, [3 if town.alias == "t01" else 2 for town in towns])[0]
    town = asked or _home_of(skeleton, use) or likely
    wants_community = skeleton.setting == "community"
    here = [village for village in town.villages if village.is_community == wants_community]
    village = rnd.choice(here if wants_community or skeleton.group else [*here, *town.villages])
    if skeleton.parties and not wants_community:
        village = rnd.choice([v for v in town.villages if not v.is_community])
    crosses = skeleton.parties == "villages" and use % 3 != 1
    other_town = _neighbour(town) if crosses else town
    others = [v for v in other_town.villages if v != village and not v.is_community]
    return Setting(town, village, other_town, rnd.choice(others))


def _home_of(skeleton: Skeleton, use: int) -> Town | None:
    """A unit of the county stays in its town; danger comes up in every town, so that each duty post knows it."""
    homes = {"unit01": "t01", "unit02": "t12"}
    if skeleton.danger:
        uses = [(s.key, number) for s in skeletons() if s.danger for number in range(s.max_use)]
        return county().towns[uses.index((skeleton.key, use)) % len(county().towns)]
    return next((town for town in county().towns if town.alias == homes.get(skeleton.unit)), None)


def _neighbour(town: Town) -> Town:
    towns = county().towns
    return towns[(towns.index(town) + 1) % len(towns)]


def _moment(skeleton: Skeleton, now: datetime, rnd: random.Random) -> datetime:
    """Office hours, seldom a weekend, in a season that fits; of today only what has passed."""
    for _attempt in range(300):
        recent = rnd.random() < RECENT_SHARE
        ago = int(RECENT_DAYS * rnd.random() ** 2) if recent else rnd.randrange(RECENT_DAYS, YEAR_DAYS)
        day = shanghai_date(now) - timedelta(days=ago)
        at = _office_moment(day, rnd)
        kept_weekend = day.weekday() < SATURDAY or rnd.random() < WEEKEND_SHARE
        if kept_weekend and day.month in skeleton.months and at < now - QUIET:
            return at
    return at if at < now - QUIET else at - timedelta(days=1)


def _office_moment(day: date, rnd: random.Random) -> datetime:
    minutes = rnd.randrange(8 * 60 + 30, 17 * 60 + 20)
    return datetime.combine(day, time(minutes // 60, minutes % 60, rnd.randrange(60)), SHANGHAI)
