"""§8: who must resolve a dispute. A table, pure; the first rule that fits decides.

The facts are stated by a person. Nothing here follows from the category: it only says which deputy is in charge.
"""

from collections.abc import Callable
from dataclasses import dataclass

from responsibility.rules.leader_posts import COUNTY_LEADERS, TOWN_LEADERS, LeaderPost, Tier


@dataclass(frozen=True)
class Facts:
    """`towns` counts every town concerned, the one of the place included; `sectors` the departments within whose
    powers the matter lies; `unit_relation` is inside, versus_locality or empty."""

    towns: int = 1
    sectors: int = 0
    unit_relation: str = ""
    unit_has_head: bool = False  # its head or legal representative holds a post here
    unit_untold: bool = False  # those who brought the matter do not agree that the unit is told


@dataclass(frozen=True)
class Rule:
    """A situation of §8. `posts`: whose turn it is first, then who steps in where nobody holds it or must keep out."""

    id: str
    fits: Callable[[Facts], bool]
    posts: tuple[LeaderPost, ...]


L = LeaderPost
RULES: tuple[Rule, ...] = (
    Rule(
        "unit_versus_locality",
        lambda facts: facts.unit_relation == "versus_locality",
        (L.TOWN_COMMITTEE, L.TOWN_SECRETARY, L.COUNTY_COMMITTEE, *COUNTY_LEADERS),
    ),
    Rule(
        "inside_unit",
        lambda facts: facts.unit_relation == "inside" and facts.unit_has_head,
        (L.UNIT_HEAD, *TOWN_LEADERS, *COUNTY_LEADERS),
    ),
    Rule("across_sectors", lambda facts: facts.sectors >= 2, (L.COUNTY_SECTOR_DEPUTY, *COUNTY_LEADERS)),
    Rule("across_towns", lambda facts: facts.towns >= 2, COUNTY_LEADERS),
    Rule(
        "one_sector",
        lambda facts: facts.sectors == 1,
        (L.DEPARTMENT_HEAD, L.COUNTY_SECTOR_DEPUTY, *COUNTY_LEADERS),
    ),
    Rule("within_town", lambda _facts: True, (*TOWN_LEADERS, *COUNTY_LEADERS)),
)


def rule_for(facts: Facts) -> Rule:
    """The first rule that fits; the last one always does."""
    return next(rule for rule in RULES if rule.fits(facts))


def posts_for(rule: Rule, facts: Facts, *, has_town: bool = True) -> tuple[LeaderPost, ...]:
    """The posts to ask in turn. Between two towns, or where the place is the county itself, no town decides."""
    if has_town and facts.towns < 2:
        return rule.posts
    return tuple(post for post in rule.posts if post.tier != Tier.TOWN)


def above(posts: tuple[LeaderPost, ...], post: LeaderPost) -> tuple[LeaderPost, ...]:
    """Who comes after somebody who must keep out (信访工作条例 art. 30): one level up, at the county the next post."""
    rest = posts[posts.index(post) + 1 :]
    return rest if post.tier == Tier.COUNTY else tuple(other for other in rest if other.tier != post.tier)


def needs_letter(facts: Facts) -> bool:
    """A unit whose head holds no post here cannot be named: the town serves it in writing (交办函)."""
    return facts.unit_relation == "inside" and not facts.unit_has_head
