"""What the demo county is made of, as plain rows."""

from dataclasses import dataclass

from jurisdictions.choices import HotField, OrganizationKind, PostRole

ALL_FIELDS: tuple[str, ...] = tuple(HotField.values)


@dataclass(frozen=True)
class PostRow:
    """A post and the account that holds it."""

    role: PostRole
    username: str
    title: str = ""
    portfolio: tuple[str, ...] = ()
    is_political_legal: bool = False


@dataclass(frozen=True)
class OrganizationRow:
    """`place` is a division code, `parent` another row's code."""

    code: str
    name: str
    kind: OrganizationKind
    place: str
    short_name: str = ""
    parent: str = ""
    sectors: tuple[str, ...] = ()
    vertically_managed: bool = False
    posts: tuple[PostRow, ...] = ()
    phone: str = ""
    address: str = ""
    paper_mark: str = ""


@dataclass(frozen=True)
class SectorRow:
    code: str
    name: str
    alias: str
