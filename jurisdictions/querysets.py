from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from jurisdictions.rules.pinyin import initials
from jurisdictions.rules.typed import may_be_initials

Row = TypeVar("Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[Row]):
    def valid_on(self, day: date) -> Any:
        """Rows in force on that day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class PlaceQuerySet(DatedQuerySet[Any]):
    def by_code(self, code: str) -> PlaceQuerySet:
        """By statistics code or alias."""
        return self.filter(Q(code=code) | Q(alias=code)) if code else self.none()

    def by_codes(self, codes: Collection[str]) -> PlaceQuerySet:
        """Those of these codes or aliases."""
        return self.filter(Q(code__in=codes) | Q(alias__in=codes)) if codes else self.none()

    def towns(self) -> PlaceQuerySet:
        return self.filter(kind="town")

    def within(self, code: str) -> PlaceQuerySet:
        """The place of that code and everything below it."""
        return self.filter(code__startswith=code)

    def matching(self, typed: str) -> PlaceQuerySet:
        """What a clerk means while typing: part of the name, the code's start, or pinyin initials."""
        return self.filter(
            Q(name__icontains=typed) | Q(code__startswith=typed) | Q(pinyin__startswith=typed.lower())
        )


class SectorQuerySet(models.QuerySet[Any]):
    def by_code(self, code: str) -> SectorQuerySet:
        """By code or alias."""
        return self.filter(Q(code=code) | Q(alias=code)) if code else self.none()

    def by_codes(self, codes: Collection[str]) -> SectorQuerySet:
        """Those of these codes or aliases."""
        return self.filter(Q(code__in=codes) | Q(alias__in=codes)) if codes else self.none()


class OrganizationQuerySet(DatedQuerySet[Any]):
    def within(self, place_code: str) -> OrganizationQuerySet:
        return self.filter(place__code__startswith=place_code)

    def named(self, text: str) -> OrganizationQuerySet:
        """Called exactly so: by code, full name or short name."""
        called = Q(code=text) | Q(name=text) | Q(short_name=text)
        return self.filter(called) if text else self.none()

    def matching(self, typed: str) -> OrganizationQuerySet:
        """Part of the name or the short name, the code's start, or pinyin initials."""
        fits = Q(name__icontains=typed) | Q(short_name__icontains=typed) | Q(code__istartswith=typed)
        if may_be_initials(typed):
            fits |= Q(pk__in=self._by_initials(typed.lower()))
        return self.filter(fits)

    def _by_initials(self, typed: str) -> list[int]:
        """Read once and compared here: names change seldom, and their initials are remembered."""
        names = self.order_by().values_list("pk", "name", "short_name")
        return [pk for pk, *words in names if any(typed in initials(word) for word in words if word)]

    def centres(self) -> OrganizationQuerySet:
        """Receiving centres: each keeps a ledger book."""
        return self.filter(kind="governance_centre")


class PostQuerySet(models.QuerySet[Any]):
    def by_code(self, code: str) -> PostQuerySet:
        """By `organization:role`."""
        organization, _, role = code.partition(":")
        return self.filter(organization__code=organization, role=role)

    def active(self) -> PostQuerySet:
        return self.filter(is_active=True)
