from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce


class UserManager(DjangoUserManager[Any]):
    """Django's, for a user with one name field."""


class AppointmentQuerySet(models.QuerySet[Any]):
    def current(self, day: date) -> AppointmentQuerySet:
        """Held on that Shanghai day by a user who may log in."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day, user__is_active=True, post__is_active=True
        )

    def with_post(self) -> AppointmentQuerySet:
        return self.select_related("user", "post__organization__place")

    def of_role(self, organization_id: int, *roles: str) -> AppointmentQuerySet:
        return self.filter(post__organization_id=organization_id, post__role__in=roles)


class DelegationQuerySet(models.QuerySet[Any]):
    def current(self, now: datetime) -> DelegationQuerySet:
        return self.annotate(until=Coalesce("ended_early_at", "ends_at")).filter(starts_at__lte=now, until__gt=now)
