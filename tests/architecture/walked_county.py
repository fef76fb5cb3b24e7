"""The county the walk goes through: something of every kind, and which row each part of an address means there."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Appointment
from accounts.services import calendar_feeds, delegations, tokens
from classifier.models import WarningPolicy
from classifier.services import replay
from coordination.models import CoordinationDecision, CoordinationMeeting, ReviewItem, WeeklyReview
from core import clock
from disputes.models import Dispute, IntakeDraft, SavedView
from disputes.services import attachments, canned_texts, catalogue, drafts, export, following
from early_warning.models import Escalation, PhoneTask
from early_warning.services import levels
from imports.services import importing
from notifications.models import Delivery
from responsibility.models import EntrustmentLetter
from responsibility.services import case_leaders
from responsibility.services.case_leaders import Undertaking
from safekeeping.services import retention, verify
from tests.factories.accounts import actor
from tests.factories.disputes import QUARREL, take
from tests.factories.notifications import a_notice
from tests.imports.test_import import line, sheet
from tests.nasty.county import DRAFT, fill

PART = re.compile(r"<(?:\w+:)?(\w+)>")
REGISTERED = uuid4()
People = dict[str, Appointment]
Samples = dict[str, object]


def photo(name: str) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def build(people: People, monday: datetime) -> dict[str, Samples]:
    """Samples by the beginning of a route, the longest that fits counts; "" is for all."""
    disputes = fill(people, monday)
    worked = disputes[2]  # signed for by the justice office, level 1, on a meeting's list, with a letter
    found = {"": _samples(people, worked, clock.now())}
    waiting, warned = {"number": disputes[0].number}, {"number": disputes[1].number}
    found |= {
        "disputes/<str:number>/steps/accept-and-assign/": waiting,
        "disputes/<str:number>/pick/units/": warned,  # to be assigned next
        "warnings/case-leaders/<str:number>/": warned,
        "warnings/disputes/<str:number>/levels/": warned,
        "warnings/case-leaders/<str:number>/progress/": {"number": worked.number},
        "warnings/case-leaders/<str:number>/take-over/": {"number": worked.number},
        "warnings/case-leaders/<str:number>/end/": {"number": worked.number},
        "disputes/drafts/<uuid:key>/files/": _papers_of_a_draft(people),
        "disputes/registered/": {"key": _registered_with_a_key(people, monday)},
        "warnings/policies/": {"number": 2, "other": 1},
        **_of_the_keepers(people, clock.now()),
    }
    return found


def _samples(people: People, worked: Dispute, now: datetime) -> Samples:
    handler, office, clerk = people["t01.justice"], people["county.office"], people["t01.clerk"]
    by, deputy = actor(people["t01.coordinator"]), people["t01.deputy"]
    plan = Undertaking(deputy.pk, "周五前上门听取双方意见。", clock.shanghai_date(now) + timedelta(days=7))
    case_leaders.start(number=worked.number, undertaking=plan, by=actor(deputy), now=now)
    take("comment", worked, handler, now, text="已约双方周四见面。")
    following.follow(number=worked.number, by=by, now=now)
    warning = worked.warnings.get()
    asked = levels.lower(warning_id=warning.pk, level_to=2, reason="人群已经散去。", by=by, now=now)
    job = export.ask(query="", by=by, now=now)
    export.write(job_id=job.pk, now=now)
    added = attachments.add_to_dispute(
        number=worked.number, upload=photo("现场.png"), by=actor(clerk), now=now
    )
    row = CoordinationDecision.objects.get()
    return {
        "number": worked.number, "key": DRAFT, "step": "comment", "kind": "receipt", "year": 2026, "month": 3,
        "day": "2026-03-02", "role": "clerk", "channel": "email",
        "view_id": SavedView.objects.get().pk, "job_id": job.pk,
        "import_id": importing.take_in(upload=sheet(line()), by=by, now=now).pk,
        "check_id": verify.ask(by=actor(people["auditor"]), now=now).pk, "attachment_id": added.pk,
        "text_id": canned_texts.add(field="account", text="已上门核实。", by=actor(handler), now=now).pk,
        "meeting_id": CoordinationMeeting.objects.get().pk, "decision_id": row.pk,
        "review_id": WeeklyReview.objects.get().pk,
        "item_id": ReviewItem.objects.filter(dispute=worked).values_list("pk", flat=True)[0],
        "party_id": worked.parties.order_by("pk").values_list("pk", flat=True)[0],
        "escalation_id": _open_escalation(worked, people["t01.secretary"]).pk, "request_id": asked.pk,
        "task_id": _call_of_the_duty_post(worked, people, now).pk,
        "letter_id": EntrustmentLetter.objects.get().pk,
        "run_id": replay.ask(version=2, by=actor(office), now=now).pk, "section": "rules",
        "row_id": WarningPolicy.objects.get(version=2).document["rules"][0]["id"],
        "secret": calendar_feeds.issue(by=by, now=now),
    }  # fmt: skip


def _open_escalation(dispute: Dispute, leader: Appointment) -> Escalation:
    rows = Escalation.objects.filter(dispute=dispute, ended_at=None)
    return rows.filter(addressee=leader.user).first() or rows.order_by("pk")[0]


def _call_of_the_duty_post(dispute: Dispute, people: People, now: datetime) -> PhoneTask:
    """The leaders of these tests are all reached by their messages: one of them is not."""
    row = _open_escalation(dispute, people["t01.secretary"])
    return PhoneTask.objects.create(escalation=row, duty_post=people["t01.duty"].post, opened_at=now)


def _papers_of_a_draft(people: People) -> Samples:
    by, draft = actor(people["t01.clerk"]), IntakeDraft.objects.get(key=DRAFT)
    added = attachments.add_to_draft(draft=draft, upload=photo("欠条.png"), by=by, now=clock.now())
    return {"attachment_id": added.pk}


def _registered_with_a_key(people: People, now: datetime) -> object:
    by = actor(people["t01.clerk"])
    drafts.register(key=REGISTERED, facts=QUARREL, request_hash="walk", by=by, now=now)
    return REGISTERED


def _of_the_keepers(people: People, now: datetime) -> dict[str, Samples]:
    """What the administrator, the security officer and the auditor keep; `pk` means another thing in each corner."""
    today, admin, deputy = clock.shanghai_date(now), actor(people["admin"]), people["t02.deputy"]
    later = {
        "effective_from": today + timedelta(days=30),
        "source": "县委政法委文件",
        "by": admin,
        "now": now,
    }
    away = delegations.enter(
        appointment=deputy, stand_in=people["t02.mayor"].user, starts_at=now, now=now,
        by=actor(people["t02.coordinator"]),  # waits for the leader, the next one or the county office
        ends_at=now + timedelta(days=2), reason="外出学习",
    )  # fmt: skip
    other = people["t02.coordinator"]
    place = other.post.organization.place
    token, _secret = tokens.issue(appointment=other, by=actor(people["security"]), now=now)
    return {
        "disputes/catalogue/": {"row_id": catalogue.allow(sector="labour", **later).pk},
        "disputes/retention/": {"row_id": retention.add_rule(years=30, **later).pk},
        "notifications/": {"pk": a_notice(people["t01.coordinator"].user).pk},
        "notifications/failures/": {"pk": Delivery.objects.get(notice__recipient__username="admin").pk},
        "manage/options/": {"kind": "organization"},
        "manage/places/": {"pk": place.pk},
        "manage/sectors/": {"pk": people["hrss.handler"].post.organization.sectors.get().pk},
        "manage/organizations/": {"code": "t02.justice"},
        "manage/posts/": {"pk": other.post.pk},
        "manage/users/": {"pk": other.user.pk},
        "manage/appointments/": {"pk": other.pk},
        "manage/tokens/": {"pk": token.pk},
        "accounts/standing-in/": {"pk": away.pk},
    }


def filled(route: str, samples: dict[str, Samples], variant: Samples | None = None) -> str:
    """The address of a route: each part is the row of the longest beginning that names one."""

    def row(part: re.Match[str]) -> str:
        name = part.group(1)
        fitting = [start for start, known in samples.items() if route.startswith(start) and name in known]
        return str((variant or {}).get(name, samples[max(fitting, key=len)][name]))

    query = (variant or {}).get("?", "")
    return "/" + PART.sub(row, route) + (f"?{query}" if query else "")
