"""The demo accounts: one for every post, by the pattern of the README, all with one password."""

from dataclasses import dataclass
from functools import cache

from demo.organizations import all_organizations
from demo.people import Registry

DEMO_PASSWORD = "hejie-demo-2026"
MAIL_DOMAIN = "lanxi.example"

# A person who holds a second post besides the one their account is named after.
SECOND_POSTS: dict[str, str] = {
    "t05.v03": "t05.mediation:mediator",  # the secretary of a remote village mediates for the town too
}


@dataclass(frozen=True)
class StandIn:
    """Days are counted from the day of loading."""

    absent: str
    stand_in: str
    from_day: int
    to_day: int
    reason: str


STAND_INS: tuple[StandIn, ...] = (
    StandIn("t03.deputy", "t03.coordinator", -3, 11, "县委党校学习两周，学习期间由综治中心主任代理"),
    StandIn("t07.mayor", "t07.deputy", -40, -26, "外出招商"),
)


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    posts: tuple[str, ...]  # organization:role, the first is the one acted in

    @property
    def email(self) -> str:
        return f"{self.username}@{MAIL_DOMAIN}"


@cache
def all_accounts() -> tuple[Account, ...]:
    """One account for each post, in the order of the organizations; names are stable."""
    names = Registry("officials")
    found: list[Account] = []
    for organization in all_organizations():
        for post in organization.posts:
            posts = [f"{organization.code}:{post.role}"]
            if post.username in SECOND_POSTS:
                posts.append(SECOND_POSTS[post.username])
            found.append(Account(post.username, names.name(), tuple(posts)))
    return tuple(found)


@cache
def _names() -> dict[str, str]:
    return {account.username: account.name for account in all_accounts()}


def name_of(username: str) -> str:
    """As colleagues address the account's holder."""
    return _names()[username]
