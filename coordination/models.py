from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment
from audit.recording import recorded
from jurisdictions.models import Organization


class CoordinationMeeting(models.Model):
    """调度会 (§5 统一调度): a date, who attends, and decisions on cases."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    held_on = models.DateField(_("日期"))
    subject = models.CharField(_("议题"), max_length=100)
    attendees = models.TextField(_("参加人"), blank=True)
    absent = models.TextField(_("缺席"), blank=True)
    sent_to = models.CharField(_("印发范围"), max_length=300, blank=True)
    chaired_by = models.CharField(_("主持人"), max_length=60, blank=True)
    created_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return f"{self.held_on} {self.subject}"


class MeetingCase(models.Model):
    """A case on the meeting's agenda, whether or not anything is decided about it."""

    meeting = models.ForeignKey(CoordinationMeeting, models.CASCADE, related_name="cases")
    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="meeting_case_once", fields=["meeting", "dispute"]),
        ]
        triggers = recorded(_("调度议题"), told=False)

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.dispute_id}"


class CoordinationDecision(models.Model):
    """What the meeting decided for one case: who does what by when."""

    meeting = models.ForeignKey(CoordinationMeeting, models.PROTECT, related_name="decisions")
    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="decisions")
    unit = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    person = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("责任人"))
    due_on = models.DateField(_("完成日期"))
    text = models.TextField(_("决定事项"))
    feedback = models.TextField(_("反馈"), blank=True)  # of the person, the latest
    feedback_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_note = models.CharField(_("完成情况"), max_length=500, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="decision_feedback_has_its_moment",
                condition=models.Q(feedback="") | models.Q(feedback_at__isnull=False),
            ),
        ]
        triggers = recorded(_("调度决定"), left_out=("text", "done_note", "feedback"))

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.text[:20]}"


class WeeklyReview(models.Model):
    """每周研判: the open cases of a centre, gone through one by one for re-grading."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    week_start = models.DateField(_("周一"))
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-week_start"]
        constraints = [
            models.UniqueConstraint(name="one_review_a_week", fields=["organization", "week_start"])
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.week_start}"


class ReviewItem(models.Model):
    """One case on the weekly list with the opinion about it."""

    review = models.ForeignKey(WeeklyReview, models.CASCADE, related_name="items")
    dispute = models.ForeignKey("disputes.Dispute", models.PROTECT, related_name="+")
    opinion = models.CharField(_("研判意见"), max_length=500, blank=True)
    reviewed_by = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="review_item_once", fields=["review", "dispute"]),
            models.CheckConstraint(
                name="review_by_somebody",
                condition=models.Q(reviewed_at=None, reviewed_by=None)
                | models.Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            ),
        ]
        triggers = recorded(_("研判意见"), left_out=("opinion",), told=False)

    def __str__(self) -> str:
        return f"{self.review_id} {self.dispute_id}"
