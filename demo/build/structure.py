"""Places, units with their posts, and the people in them, in a few bulk statements."""

from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import Appointment, Delegation, User
from demo.accounts import DEMO_PASSWORD, STAND_INS, Account, all_accounts
from demo.county import County, Town, Village, county
from demo.departments import SECTORS
from demo.organizations import all_organizations
from disputes.models import DispatchCatalogue
from jurisdictions.models import Place, Post, Sector
from jurisdictions.rules.pinyin import initials
from jurisdictions.services import structure_import

IN_FORCE = date(2020, 1, 1)
CATALOGUE = ("labour", "market")  # sectors whose department a town may assign to directly
CATALOGUE_SOURCE = "岚溪县矛盾纠纷分流交办目录（2025年版）"


def build(now: datetime) -> None:
    """Everything the disputes need to stand on. On an empty database only."""
    _places()
    made = structure_import.write_missing(sectors=SECTORS, units=all_organizations(), valid_from=IN_FORCE)
    users = _users(now)
    appointments = _appointments(users, {post.code: post for post in made.posts})
    _stand_ins(users, appointments, now)
    _catalogue({sector.code: sector for sector in made.sectors})


def _places() -> None:
    top = county()
    rows = {top.code: _place(top, "county")}
    Place.objects.bulk_create(rows.values())
    towns = [_place(town, "town", rows[top.code]) for town in top.towns]
    rows |= {town.code: town for town in Place.objects.bulk_create(towns)}
    Place.objects.bulk_create(_place(village, "village", rows[town.code]) for town, village in top.villages())


def _place(row: County | Town | Village, kind: str, parent: Place | None = None) -> Place:
    return Place(
        code=row.code,
        name=row.name,
        kind=kind,
        parent=parent,
        alias=getattr(row, "alias", ""),
        pinyin=initials(row.name)[:30],
        valid_from=IN_FORCE,
    )


def _users(now: datetime) -> dict[str, User]:
    password = make_password(DEMO_PASSWORD)  # hashed once: Argon2 is slow on purpose
    rows = [_user(account, password, now) for account in all_accounts()]
    return {row.username: row for row in User.objects.bulk_create(rows)}


def _user(account: Account, password: str, now: datetime) -> User:
    return User(
        username=account.username, name=account.name, email=account.email, password=password, date_joined=now
    )


def _appointments(users: dict[str, User], posts: dict[str, Post]) -> dict[str, Appointment]:
    """Own posts first, so that everybody acts in the post their account is named after."""
    ranked = sorted(
        ((rank, account, code) for account in all_accounts() for rank, code in enumerate(account.posts)),
        key=lambda item: item[0],
    )
    rows = [
        Appointment(user=users[account.username], post=posts[code], starts_on=IN_FORCE, is_default=rank == 0)
        for rank, account, code in ranked
    ]
    Appointment.objects.bulk_create(rows)
    return {row.user.username: row for row in reversed(rows)}


def _stand_ins(users: dict[str, User], appointments: dict[str, Appointment], now: datetime) -> None:
    Delegation.objects.bulk_create(
        Delegation(
            appointment=appointments[row.absent],
            stand_in=users[row.stand_in],
            starts_at=now + timedelta(days=row.from_day),
            ends_at=now + timedelta(days=row.to_day),
            reason=row.reason,
            entered_by=users[row.absent],
            entered_at=now + timedelta(days=row.from_day, hours=-2),
        )
        for row in STAND_INS
    )


def _catalogue(sectors: dict[str, Sector]) -> None:
    DispatchCatalogue.objects.bulk_create(
        DispatchCatalogue(sector=sectors[code], effective_from=date(2025, 1, 1), source=CATALOGUE_SOURCE)
        for code in CATALOGUE
    )
