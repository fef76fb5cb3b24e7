"""A small county in which something of everything exists, and where its ids are."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.apps import apps

from accounts.models import Appointment
from classifier.services import policies
from coordination.services import meetings, weekly_review
from coordination.services.meetings import MeetingFacts
from disputes.models import Dispute
from disputes.services import drafts, saved_views
from early_warning.services import levels
from responsibility.services import letters
from responsibility.services.letters import Writing
from tests.factories.accounts import actor
from tests.factories.disputes import registered, take
from tests.factories.notifications import a_delivery

DRAFT = uuid4()
MODELS = {  # a part of an address → whose id stands there
    "view_id": "disputes.SavedView",
    "job_id": "disputes.ExportJob",
    "import_id": "imports.LedgerImport",
    "check_id": "safekeeping.LedgerCheck",
    "attachment_id": "disputes.Attachment",
    "meeting_id": "coordination.CoordinationMeeting",
    "decision_id": "coordination.CoordinationDecision",
    "review_id": "coordination.WeeklyReview",
    "item_id": "coordination.ReviewItem",
    "rule_id": "safekeeping.RetentionRule",
    "party_id": "disputes.Party",
    "escalation_id": "early_warning.Escalation",
    "request_id": "early_warning.LevelRequest",
    "task_id": "early_warning.PhoneTask",
    "letter_id": "responsibility.EntrustmentLetter",
    "run_id": "classifier.ReplayRun",
}
PK_OF = {  # `pk` means another thing in each of these corners
    "notifications/failures": "notifications.Delivery", "notifications": "notifications.Notice",
    "manage/places": "jurisdictions.Place",
    "manage/sectors": "jurisdictions.Sector", "manage/posts": "jurisdictions.Post",
    "manage/users": "accounts.User",
    "manage/appointments": "accounts.Appointment", "manage/tokens": "accounts.ApiToken",
    "accounts/standing-in": "accounts.Delegation",
}  # fmt: skip


def fill(people: dict[str, Appointment], now: datetime) -> list[Dispute]:
    """Disputes at several stations, one with a warning, and the papers around them."""
    clerk, coordinator, handler = people["t01.clerk"], people["t01.coordinator"], people["t01.justice"]
    office, by = people["county.office"], actor(people["t01.coordinator"])
    disputes = [registered(clerk, now + timedelta(minutes=number)) for number in range(4)]
    for dispute in disputes[1:]:
        take("accept", dispute, coordinator, now)
    for dispute in disputes[2:]:
        take("assign", dispute, coordinator, now, lead_unit="t01.justice")
        take("sign_for", dispute, handler, now)
    for dispute, level in ((disputes[1], 3), (disputes[2], 1)):
        levels.propose_by_person(
            dispute_id=dispute.pk,
            level_to=level,
            reason="村民已经聚集。",
            happening=level == 1,
            by=by,
            now=now,
        )
    meeting = meetings.call_meeting(
        facts=MeetingFacts(held_on=now.date(), subject="三月疑难纠纷调度", chaired_by="张书记"),
        by=by,
        now=now,
    )
    meetings.add_cases(meeting_id=meeting.pk, numbers=[disputes[2].number], by=by, now=now)
    meetings.decide(
        meeting_id=meeting.pk, number=disputes[2].number, person=handler.pk,
        due_on=now.date() + timedelta(days=7), text="三日内到现场丈量。", by=by, now=now,
    )  # fmt: skip
    saved_views.save(name="本镇", query="status=accepted", by=by)
    letters.issue(number=disputes[2].number, writing=Writing("t01.police", "请协助。"), by=by, now=now)
    drafts.save(key=DRAFT, data={"title": ["草稿"]}, title="草稿", by=actor(clerk), now=now)
    weekly_review.draw_up(by=by, now=now)
    policies.draft(copy_of=1, note="补充说法", by=actor(office), now=now)
    a_delivery(people["admin"].user)
    return disputes


def id_of(part: str, route: str) -> int:
    """The newest row a part of an address may mean; 1 where there is none."""
    corner = next((model for start, model in PK_OF.items() if route.startswith(start)), "accounts.User")
    name = MODELS.get(part) if part != "pk" else corner
    newest = name and apps.get_model(name).objects.order_by("-pk").values_list("pk", flat=True).first()
    return int(newest or 1)
