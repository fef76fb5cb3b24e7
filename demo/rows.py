"""What the demo county is made of: the rows of any county, and who holds each post."""

from dataclasses import dataclass

from jurisdictions.choices import HotField, PostRole
from jurisdictions.rules.units import PostRow, UnitRow

ALL_FIELDS: tuple[str, ...] = tuple(HotField.values)


@dataclass(frozen=True)
class HeldPost(PostRow):
    username: str = ""


@dataclass(frozen=True)
class OrganizationRow(UnitRow):
    posts: tuple[HeldPost, ...] = ()


def held(
    role: PostRole,
    username: str,
    title: str = "",
    portfolio: tuple[str, ...] = (),
    *,
    is_political_legal: bool = False,
) -> HeldPost:
    """A post and the account that holds it."""
    return HeldPost(role, title, portfolio, is_political_legal, username)
