"""Users, the posts they hold and for how long, who stands in, and tokens for machines."""

from datetime import date, datetime
from typing import ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.querysets import AppointmentQuerySet, DelegationQuerySet, UserManager
from audit.recording import recorded
from core.fields import EncryptedTextField
from jurisdictions.models import Post


class User(AbstractUser):
    """A person who logs in. What they may do comes from their appointments, never from flags here."""

    first_name = None  # type: ignore[assignment]  # one name field, as Chinese names are written
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=60)
    phone = EncryptedTextField(_("手机"), blank=True)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)

    REQUIRED_FIELDS = ["name", "email"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["username"]
        triggers = [
            *recorded(
                _("用户"),
                None,
                left_out=("password", "last_login", "email", "date_joined"),
                hashed=("phone",),
                quiet=("must_change_password",),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name


# 三员: nobody holds two of these offices at a time. Half-open periods, as `is_current` reads them.
THREE_PEOPLE = """
    officers := ARRAY['administrator', 'security', 'auditor'];
    SELECT role INTO office FROM jurisdictions_post WHERE id = NEW.post_id AND role = ANY (officers);
    IF office IS NOT NULL AND EXISTS (
        SELECT 1 FROM accounts_appointment other JOIN jurisdictions_post post ON post.id = other.post_id
        WHERE other.user_id = NEW.user_id AND other.id IS DISTINCT FROM NEW.id
          AND post.role = ANY (officers) AND post.role <> office
          AND daterange(other.starts_on, other.ends_on) && daterange(NEW.starts_on, NEW.ends_on)
    ) THEN
        RAISE EXCEPTION 'system, security and audit administrator are three people' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""


class Appointment(models.Model):
    """A user holds a post from `starts_on` until the day before `ends_on`. Ended ones stay: the trail points
    at them. `successor` takes over what is open; `handed_over_at` says that this was done."""

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    starts_on = models.DateField(_("任职起"))
    ends_on = models.DateField(_("免职日期"), null=True, blank=True)  # from this day on no longer held
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    handed_over_at = models.DateTimeField(null=True, blank=True)
    is_default = models.BooleanField(_("本岗位首选承办人"), default=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["post", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="appointment_period", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(
                name="appointment_once", fields=["user", "post"], condition=Q(ends_on=None)
            ),
        ]
        triggers = [
            *recorded(_("任职"), None, quiet=("handed_over_at",)),
            pgtrigger.Trigger(
                name="officers_are_three_people",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("officers", "text[]"), ("office", "text")],
                func=THREE_PEOPLE,
            ),
        ]

    def __str__(self) -> str:
        return pgettext("who did it", "%(post)s %(name)s") % {"post": self.post, "name": self.user}

    def is_current(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class Delegation(models.Model):
    """Who stands in for an appointment, from–to, entered by whom. Powers end with the period.

    The absent one's own entry holds at once; anybody else's only from when a third person confirmed it.
    """

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="delegations")
    stand_in = models.ForeignKey(User, models.PROTECT, related_name="stands_in")
    starts_at = models.DateTimeField(_("起"))
    ends_at = models.DateTimeField(_("止"))
    reason = models.CharField(_("原因"), max_length=200)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    ended_early_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)  # when what is open passed over

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(name="delegation_period", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(  # what is over gives no powers and may be written down by who was called out
                name="delegation_entered_by_another",
                condition=~Q(entered_by=F("stand_in"))
                | Q(ends_at__lte=F("entered_at"))
                | Q(ended_early_at__isnull=False),
            ),
            models.CheckConstraint(
                name="delegation_confirmed_by_a_third",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("stand_in"))
                & ~Q(confirmed_by=F("entered_by")),
            ),
        ]
        triggers = recorded(_("外出代理"), None, quiet=("announced_at",))

    def __str__(self) -> str:
        return f"{self.stand_in} → {self.appointment}"

    @property
    def is_confirmed(self) -> bool:
        """Entered by the absent one themselves, or confirmed by a third person; else it gives no powers."""
        return self.confirmed_at is not None or self.entered_by_id == self.appointment.user_id

    def is_current(self, now: datetime) -> bool:
        end = self.ended_early_at or self.ends_at
        return self.is_confirmed and self.starts_at <= now < end


class ApiToken(models.Model):
    """A machine's key to one appointment. Only its hash is kept; the token is shown once."""

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="api_tokens")
    digest = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(_("令牌前缀"), max_length=8)
    label = models.CharField(_("用途"), max_length=80, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField(_("到期"))
    revoked_at = models.DateTimeField(_("吊销于"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        triggers = recorded(_("接口令牌"), None, left_out=("last_used_at",))

    def __str__(self) -> str:
        return f"{self.prefix}… {self.label}"

    def is_usable(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


class CalendarFeed(models.Model):
    """A person's own address from which calendars read what is due. Only its hash is kept; it is shown once."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(_("停用于"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("最近读取"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(name="calendar_feed_once", fields=["user"], condition=Q(revoked_at=None)),
        ]
        triggers = recorded(_("日历订阅地址"), None, left_out=("last_used_at",))

    def __str__(self) -> str:
        return f"{self.user} {self.created_at:%Y-%m-%d}"


class LoginAttempts(models.Model):
    """Wrong passwords or codes for one account from one address, until the right one comes or a day is over."""

    subject = models.CharField(max_length=64)  # keyed digest of what was tried, see services/lockout.py
    address = models.CharField(max_length=45)
    failures = models.PositiveIntegerField()
    last_at = models.DateTimeField()
    closed_until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="attempts_once", fields=["subject", "address"])]

    def __str__(self) -> str:
        return f"{self.address} × {self.failures}"


class KeptForm(models.Model):
    """What somebody is typing into a form and has not sent with success: theirs alone, encrypted, for some days."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=300)  # the page's path and which of its forms
    page = models.CharField(max_length=250)
    values = EncryptedTextField()  # JSON: name of the input → list of its values
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-updated_at"]
        constraints = [models.UniqueConstraint(name="kept_form_once", fields=["user", "key"])]

    def __str__(self) -> str:
        return self.key
