from datetime import datetime

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from audit.recording import ITSELF, recorded
from disputes.choices import (
    STATUS_TONES,
    Confidentiality,
    Outcome,
    RequestKind,
    Source,
    Status,
    UnitRelation,
)
from disputes.models.category import DisputeCategory
from disputes.models.ledger import LedgerBook
from disputes.models.ledger_indexes import LEDGER_INDEXES
from disputes.models.not_resolved import NOT_CLOSED_UNSEEN
from disputes.models.shown_numbers import shown_number
from disputes.querysets import DisputeQuerySet
from disputes.rules import lifecycle
from jurisdictions.models import Organization, Place, Post

WITH_DUTY = [Status.ASSIGNED, Status.IN_PROGRESS, Status.RESULT_SUBMITTED, Status.SETTLED, Status.PERFORMING]

# whatever writes the row: a dispute is never merged into itself, nor into what was merged into it, over any number
MERGES_COME_TO_AN_END = pgtrigger.Trigger(
    name="merges_come_to_an_end",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("merged_into_id", "survivor_id"),
    condition=pgtrigger.Q(new__merged_into__isnull=False),
    func="""
        IF EXISTS (
            WITH RECURSIVE following (id, merged_into_id, survivor_id) AS (
                SELECT id, merged_into_id, survivor_id FROM disputes_dispute
                 WHERE id IN (NEW.merged_into_id, NEW.survivor_id)
                UNION
                SELECT d.id, d.merged_into_id, d.survivor_id FROM disputes_dispute d
                  JOIN following f ON d.id IN (f.merged_into_id, f.survivor_id)
            )
            SELECT 1 FROM following WHERE id = NEW.id
        ) THEN
            RAISE EXCEPTION 'dispute % would be merged into itself', NEW.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class Dispute(models.Model):
    """One matter, received once. Written only by disputes.services."""

    number = models.CharField(_("编号"), max_length=40, unique=True)
    book = models.ForeignKey(LedgerBook, models.PROTECT, related_name="disputes", db_index=False)
    seq = models.PositiveIntegerField(_("序号"))
    title = models.CharField(_("标题"), max_length=100)
    narrative = models.TextField(_("事由"))
    category = models.ForeignKey(DisputeCategory, models.PROTECT, db_index=False, verbose_name=_("类别"))
    source = models.CharField(_("来源"), max_length=20, choices=Source.choices)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("发生地"))
    town = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("乡镇")
    )
    place_name = models.CharField(max_length=120)  # as it was called that day
    place_code = models.CharField(max_length=12)
    occurred_on = models.DateField(_("发生日期"), null=True, blank=True)
    people_count = models.PositiveIntegerField(_("涉及人数"), default=1)
    amount_fen = models.BigIntegerField(_("涉及金额（分）"), null=True, blank=True)
    involved_towns = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    involved_sectors = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    unit = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    unit_name = models.CharField(_("涉事单位"), max_length=100, blank=True)
    unit_relation = models.CharField(max_length=16, choices=UnitRelation.choices, blank=True)
    # inside a unit: whether it may be told; null where it is not asked, or was not when this was registered
    unit_consent = models.BooleanField(_("同意告知单位"), null=True, blank=True)
    confidentiality = models.CharField(
        _("知悉范围"), max_length=12, choices=Confidentiality.choices, default=Confidentiality.NORMAL
    )
    danger = models.BooleanField(_("人身危险"), default=False)
    danger_told = models.CharField(
        _("已报告"), max_length=200, blank=True
    )  # whom and when, as the clerk wrote it
    danger_told_at = models.DateTimeField(null=True, blank=True)

    received_by = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("受理中心")
    )
    managing_org = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("管理中心")
    )
    # while a town handles it for the county: who handed it down and approves its result, and the county's date
    handed_down_by = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("交办中心"),
    )
    county_due_at = models.DateTimeField(_("县级要求办结"), null=True, blank=True)
    # the town in whose ledger it counts, where that is not the town it happened in
    handed_town = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("承办乡镇"),
    )
    registered_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    responsible_leader = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任领导")
    )
    lead_unit = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("责任单位"),
    )
    responsible_person = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任人")
    )

    status = models.CharField(_("状态"), max_length=20, choices=Status.choices, default=Status.REGISTERED)
    suspended = models.BooleanField(_("中止"), default=False)
    pending = models.CharField(_("待批"), max_length=12, choices=RequestKind.choices, blank=True)
    pending_org = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    warning_level = models.PositiveSmallIntegerField(_("预警级别"), default=0)
    reported_outcome = models.CharField(_("报结结果"), max_length=20, choices=Outcome.choices, blank=True)
    result_summary = models.TextField(_("化解情况"), blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    # the last of the chain of merges, and since when: what it shows of this one, it shows from then on
    survivor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", db_index=False
    )
    survivor_since = models.DateTimeField(null=True, blank=True)

    registered_at = models.DateTimeField(_("登记时间"))
    accepted_at = models.DateTimeField(_("受理时间"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("报结时间"), null=True, blank=True)
    settled_at = models.DateTimeField(_("化解时间"), null=True, blank=True)
    settled_on_time = models.BooleanField(_("按期化解"), null=True, blank=True)
    revisited_at = models.DateTimeField(_("回访时间"), null=True, blank=True)
    closed_at = models.DateTimeField(_("销号时间"), null=True, blank=True)
    performance_until = models.DateField(_("履行至"), null=True, blank=True)
    resolve_by = models.DateTimeField(_("化解时限"), null=True, blank=True)

    waiting_org = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    waiting_role = models.CharField(max_length=24, blank=True)
    next_due_at = models.DateTimeField(_("下一时限"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    query_code_hash = models.CharField(max_length=64, blank=True)
    access_keys = ArrayField(models.IntegerField(), default=list)
    barred_keys = ArrayField(models.IntegerField(), default=list)
    search = SearchVectorField(null=True)

    objects = DisputeQuerySet.as_manager()
    is_stub = False  # True of a copy that tells only what a stub tells: selectors.stubs

    class Meta:
        verbose_name = _("矛盾纠纷")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(name="dispute_number_in_book", fields=["book", "seq"]),
            models.CheckConstraint(
                name="dispute_duty_is_complete",
                condition=~Q(status__in=WITH_DUTY)
                | Q(lead_unit__isnull=False, responsible_person__isnull=False, resolve_by__isnull=False),
            ),
            models.CheckConstraint(
                name="dispute_status_known", condition=Q(status__in=[s.value for s in Status])
            ),
            models.CheckConstraint(name="dispute_level_0_to_3", condition=Q(warning_level__lte=3)),
            models.CheckConstraint(
                name="dispute_amount_not_negative", condition=Q(amount_fen=None) | Q(amount_fen__gte=0)
            ),
            models.CheckConstraint(
                name="dispute_consent_inside_a_unit",
                condition=Q(unit_consent=None) | Q(unit_relation="inside"),
            ),
            models.CheckConstraint(
                name="dispute_merged_names_its_target",
                condition=~Q(status="merged") | Q(merged_into__isnull=False),
            ),
            models.CheckConstraint(
                name="dispute_merged_has_its_survivor",
                condition=Q(merged_into=None, survivor=None, survivor_since=None)
                | Q(merged_into__isnull=False, survivor__isnull=False, survivor_since__isnull=False),
            ),
            models.CheckConstraint(
                name="dispute_pending_names_who_decides",
                condition=Q(pending="") | Q(pending_org__isnull=False),
            ),
            models.CheckConstraint(
                name="dispute_handed_down_with_its_date",
                condition=Q(handed_down_by=None, county_due_at=None)
                | Q(handed_down_by__isnull=False, county_due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dispute_rests_only_in_progress",
                condition=Q(suspended=False) | Q(status=lifecycle.MAY_REST),
            ),
            models.CheckConstraint(
                name="dispute_closed_has_its_moment",
                condition=~Q(status__in=["closed", "archived"]) | Q(closed_at__isnull=False),
            ),
        ]
        indexes = [
            GinIndex(name="dispute_access", fields=["access_keys"]),
            GinIndex(name="dispute_search", fields=["search"]),
            models.Index(
                name="dispute_of_handed_town",
                fields=["handed_town", "registered_at", "id"],
                condition=Q(handed_town__isnull=False),
            ),
            models.Index(name="dispute_absorbed", fields=["survivor"], condition=Q(survivor__isnull=False)),
            *LEDGER_INDEXES,
        ]
        triggers = [
            MERGES_COME_TO_AN_END,
            NOT_CLOSED_UNSEEN,
            *recorded(
                _("纠纷"),
                ITSELF,
                left_out=("search", "query_code_hash", "version"),
                hashed=("title", "narrative", "danger_told", "result_summary", "unit_name"),
                salt="query_code_hash",  # an HMAC, emptied when the texts are erased
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def status_tone(self) -> str:
        return STATUS_TONES[self.status]

    @property
    def is_open(self) -> bool:
        return self.status not in lifecycle.ENDED

    @property
    def is_restricted(self) -> bool:
        return self.confidentiality == Confidentiality.RESTRICTED

    @property
    def untold_unit_id(self) -> int | None:
        """The unit this is about inside of, while those who brought the matter do not agree that it is told."""
        return self.unit_id if self.unit_consent is False else None

    def is_overdue(self, now: datetime) -> bool:
        """Computed, never stored: an open clock has run out."""
        return self.is_open and self.next_due_at is not None and self.next_due_at < now

    @property
    def display_number(self) -> str:
        """〔2026〕青石镇第000123号: how people see the number, everywhere. Asks nothing of rows already read."""
        return shown_number(self.number)
