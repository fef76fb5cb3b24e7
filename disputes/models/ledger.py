from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.recording import recorded
from core.fields import EncryptedTextField
from core.models import APPEND_ONLY_TRIGGERS, AppendOnly
from jurisdictions.models import Organization


class LedgerBook(models.Model):
    """One per receiving centre and year; the counter row gives numbers without gaps."""

    centre = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    printed_name = models.CharField(_("字号"), max_length=40)
    last_seq = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="book_once", fields=["centre", "year"])]

    def __str__(self) -> str:
        return f"〔{self.year}〕{self.printed_name}"


# The database's clock, but never before the dispute's last entry nor into a day that is sealed: a clock that was
# ahead and is put right must not make an entry look removed or slipped in.
RECORDED_AT = """
    SELECT greatest(
        clock_timestamp(),
        (SELECT (max(day) + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' FROM disputes_dailyseal),
        (SELECT recorded_at + interval '1 microsecond' FROM disputes_trailentry
         WHERE dispute_id = NEW.dispute_id ORDER BY seq DESC LIMIT 1)
    ) INTO NEW.recorded_at;
    RETURN NEW;
"""


class TrailEntry(AppendOnly):
    """One step of a dispute, hashed into its chain. `at` is business time, `recorded_at` the database's."""

    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="trail")
    seq = models.PositiveIntegerField()
    step = models.CharField(_("环节"), max_length=32)
    status_from = models.CharField(max_length=20, blank=True)
    status_to = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(_("时间"))
    recorded_at = models.DateTimeField(_("记录时间"))
    user_id = models.BigIntegerField(null=True)
    appointment_id = models.BigIntegerField(null=True)
    on_behalf_of_id = models.BigIntegerField(null=True)
    organization_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(_("办理人"), max_length=200)
    payload = models.TextField()  # exactly the hashed bytes
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["dispute", "seq"]
        constraints = [models.UniqueConstraint(name="trail_seq_once", fields=["dispute", "seq"])]
        indexes = [models.Index(name="trail_by_recorded", fields=["recorded_at", "id"])]
        triggers = [
            *APPEND_ONLY_TRIGGERS,
            *recorded(_("流转记录"), whole=("hash",)),
            pgtrigger.Trigger(
                name="recorded_by_database",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=RECORDED_AT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id}#{self.seq} {self.step}"


class EntryText(models.Model):
    """A text of an entry, outside the chain: the payload holds only its salted hash. Erasable, by its own step."""

    entry = models.ForeignKey(TrailEntry, models.PROTECT, related_name="texts")
    name = models.CharField(max_length=24)
    salt = models.CharField(max_length=32, blank=True)
    text = EncryptedTextField(blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="entry_text_once", fields=["entry", "name"]),
            models.CheckConstraint(
                name="erased_text_is_empty",
                condition=models.Q(erased_at=None) | models.Q(text="", salt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.name}"


class DailySeal(AppendOnly):
    """A signed hash over everything one Shanghai day recorded; it makes deletion and back-dating visible.

    Format 2 also covers the facts recorded since the seal before it, up to `last_fact_id`.
    """

    format = models.PositiveSmallIntegerField(default=1)
    serial = models.PositiveIntegerField(null=True)  # of format 1: its place among the seals
    last_fact_id = models.BigIntegerField(default=0)
    fact_count = models.PositiveBigIntegerField(default=0)
    fact_hash = models.CharField(max_length=64, blank=True)
    late = models.CharField(max_length=300, blank=True)  # why it was made later than the day after

    day = models.DateField(unique=True)
    entry_count = models.PositiveIntegerField()
    last_entry_id = models.BigIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    public_key = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]
        triggers = APPEND_ONLY_TRIGGERS

    def __str__(self) -> str:
        return f"{self.day}"


Payload = dict[str, Any]
