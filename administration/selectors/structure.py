"""What the pages of places, units and posts show."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Appointment
from jurisdictions.models import Organization, Place, Post, Sector
from jurisdictions.querysets import OrganizationQuerySet, PlaceQuerySet


def places(*, typed: str, within: Place | None, day: date) -> PlaceQuerySet:
    """What lies directly in `within`; with a search, everything below it."""
    counted: PlaceQuerySet = Place.objects.annotate(
        below=Count("children", filter=Q(children__valid_to=None) | Q(children__valid_to__gte=day))
    ).select_related("parent", "successor")
    if typed:
        return counted.matching(typed).within(within.code if within else "").order_by("code")
    return counted.filter(parent=within).order_by("code")


def sectors() -> QuerySet[Sector]:
    """Each with the units that are competent for it."""
    units = Organization.objects.filter(valid_to=None)
    return Sector.objects.prefetch_related(Prefetch("organizations", units, to_attr="units"))


def organizations(
    *, typed: str, kind: str, place: Place | None, ended: bool, day: date
) -> OrganizationQuerySet:
    """Each with `open_posts` and how many of them are `held`."""
    held = Appointment.objects.current(day).filter(post=OuterRef("pk"))
    posts = Post.objects.active().annotate(is_held=Exists(held))
    found: OrganizationQuerySet = Organization.objects.select_related("place").prefetch_related(
        Prefetch("posts", posts, to_attr="open_posts")
    )
    if typed:
        found = found.matching(typed)
    if kind:
        found = found.filter(kind=kind)
    if place is not None:
        found = found.within(place.code)
    return (found.filter(valid_to__lt=day) if ended else found.valid_on(day)).order_by("code")


def posts_of(organization: Organization, day: date) -> QuerySet[Post]:
    """Each with `held`: who holds it now or from a day to come."""
    held = Appointment.objects.exclude(ends_on__lte=day).select_related("user").order_by("starts_on")
    rows = organization.posts.prefetch_related(Prefetch("appointments", held, to_attr="held"))
    return rows.order_by("-is_active", "pk")


def vacant_posts(day: date) -> QuerySet[Post]:
    """Open posts nobody holds that day."""
    held = Appointment.objects.current(day).filter(post=OuterRef("pk"))
    posts = Post.objects.active().filter(~Exists(held), organization__in=Organization.objects.valid_on(day))
    return posts.select_related("organization__place").order_by("organization__code", "role")
