"""A walk over every kind of notice: whoever is told can open what they are told of, and is told no more than that."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from accounts import actors
from accounts.events import AppointmentEnded
from accounts.models import Appointment
from calendars.services.sweep import sweep as sweep_deadlines
from coordination.services import meetings
from core.actor import Actor
from core.clock import now as clock_now
from disputes.models import AccessGrant, Dispute
from disputes.rules.intake import PartyFacts
from disputes.services import bulk, following, handover
from early_warning.notices_in_sight import OF_ESCALATION
from early_warning.services import answers, levels, sweep
from notifications import sight
from notifications.models import ChannelSetting, Notice
from responsibility.services import case_leaders
from tests.architecture.sources import apps_from
from tests.early_warning.escalations.conftest import asked
from tests.factories.accounts import actor, client_of, stand_in
from tests.factories.disputes import QUARREL, registered, take

# the last test looks at what the others told: `make test` gives a file to one process
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
People = dict[str, Appointment]
APPS = apps_from("accounts")
# told to whom, of something that has no page of its own: its own tests hold them
NOT_OF_A_DISPUTE = {
    *("import_done", "delegation.entered", "delegation.started", "channel.tried"),
    *("delegation.confirmed", "delegation.long", "account.touched", "ledger.seal"),
}


def unopened() -> list[str]:
    """Who meets anything but a page, and who reads a title they have no sight of."""
    bad = []
    people = {row.user_id: row for row in Appointment.objects.select_related("user", "post__organization")}
    for notice in Notice.objects.exclude(url="").select_related("recipient"):
        answer = client_of(people[notice.recipient_id]).get(notice.url, follow=True)
        by = actors.for_user(notice.recipient, clock_now())
        if answer.status_code == 404 and ended_since(notice, by):
            answer = client_of(people[notice.recipient_id]).get(f"/notifications/{notice.pk}/", follow=True)
            sight.shut(by, [notice])
            assert (notice.body, notice.url) == ("", "")
        if answer.status_code != 200:
            bad.append(f"{notice.recipient.username} {notice.kind} {notice.url} {answer.status_code}")
        seen = Dispute.objects.visible_to(by)
        title = notice.body.partition("\n")[0]
        named = Dispute.objects.filter(title=title)
        if title and named.exists() and not seen.filter(title=title).exists():
            bad.append(f"{notice.recipient.username} {notice.kind} reads {title}")
    return bad


def ended_since(notice: Notice, by: Actor | None) -> bool:
    """What was opened to them for an escalation was closed again after they were told of it."""
    step = OF_ESCALATION.match(notice.url)
    scope = by.scope if by else None
    if step is None or scope is None:
        return False
    opened = AccessGrant.objects.filter(dispute__escalations=int(step[1]), key__in=scope.keys)
    return opened.filter(starts_at__lte=notice.created_at, ends_at__gt=notice.created_at).exists()


def told(*kinds: str) -> None:
    """Each kind was told to somebody, and everybody can open it."""
    written = set(Notice.objects.values_list("kind", flat=True))
    assert set(kinds) - written == set()
    assert unopened() == []
    WALKED.update(written)


WALKED: set[str] = set()


def in_village(people: People, now: datetime, **facts: Any) -> Dispute:
    dispute = registered(people["t01.clerk"], now, **facts)
    take("accept", dispute, people["t01.coordinator"], now)
    take("assign", dispute, people["t01.coordinator"], now, lead_unit="t01.v01")
    return take("sign_for", dispute, people["t01.v01"], now)


@pytest.mark.parametrize("restricted", [False, True])
def test_steps_misses_and_silence(people: People, now: datetime, restricted: bool) -> None:
    facts = {"restricted": restricted}
    registered(people["t01.clerk"], now, danger=True, danger_told="已报110", danger_told_at=now, **facts)
    dispute = in_village(people, now, **facts)
    take("request_return", dispute, people["t01.v01"], now, ground="not_competent", reason="非本村")
    up = registered(people["t01.clerk"], now, **facts)
    take("accept", up, people["t01.coordinator"], now)
    take("report_up", up, people["t01.coordinator"], now, reason="超出职权")
    later = in_village(people, now, **facts)
    take("request_extension", later, people["t01.v01"], now + DAY, days=10, reason="等鉴定")
    taken_back = in_village(people, now, **facts)
    take("request_return", taken_back, people["t01.v01"], now, ground="not_competent", reason="非本村")
    take("take_back", taken_back, people["t01.v01"], now + HOUR)
    for days in (2, 4, 6, 27, 29, 31, 40):
        sweep_deadlines(now + days * DAY)
    told(
        "step.assign",
        "danger",
        "deadline.missed",
        "deadline.due_soon",
        "silence.report_up",
        "silence.return_consent",
        "request.ended",
    )


@pytest.mark.parametrize("restricted", [False, True])
def test_warnings_from_the_first_rung_to_the_county(
    people: People, warned: Any, now: datetime, restricted: bool
) -> None:
    ChannelSetting.objects.update(enabled=False)
    mild, *_graver = (warned(level, restricted=restricted).dispute for level in (3, 2, 1))
    row = asked(warned(2, restricted=restricted))
    mayor = actor(people["t01.mayor"])
    answers.instruct(escalation_id=row.pk, text="请司法所到场。", by=mayor, now=now + HOUR)
    answers.risk_removed(escalation_id=row.pk, account="双方已离开。", by=mayor, now=now + HOUR)
    called = warned(1, restricted=restricted, happening=True)
    for hours in (3, 12, 30, 60, 90):
        sweep.sweep(now + hours * HOUR)
    warnings_of(called)
    told(
        "warning.escalation", "warning.office", "warning.phone", "warning.check", "warning.instruction",
        "warning.check_late",
    )  # fmt: skip
    copies = Notice.objects.filter(kind="warning.copy")
    # level 1 or 2 opens a restricted one to the county centre; of level 3 it is no named reader and told nothing
    assert set(copies.values_list("recipient__username", flat=True)) == {
        "county.office",
        "county.coordinator",
    }
    assert copies.filter(subject_id=mild.pk).exists() is not restricted


def warnings_of(warning: Any) -> None:
    warning.refresh_from_db()
    assert warning.escalations.exists()


def test_consent_and_what_was_called_off(
    people: People, warned: Any, police_head: Appointment, now: datetime
) -> None:
    coordinator = actor(people["t01.coordinator"])
    warning = warned(2)
    request = levels.lower(warning_id=warning.pk, level_to=3, reason="人已散去。", by=coordinator, now=now)
    levels.decide_request(
        request_id=request.pk, granted=True, note="同意", by=actor(people["t01.mayor"]), now=now + HOUR
    )
    happening = warned(1, happening=True)
    levels.confirm(
        warning_id=happening.pk, reason="没有此事。", happening=False, by=coordinator, now=now + HOUR
    )
    told("warning.consent", "warning.consent_given", "warning.called_off")


def test_who_was_called_off_is_led_back_to_his_notices(
    warned: Any, coordinator: Appointment, police_head: Appointment, now: datetime
) -> None:
    warning = warned(1, happening=True)
    alarm = Notice.objects.get(recipient=police_head.user, kind="warning.escalation")
    browser, door = client_of(police_head), f"/notifications/{alarm.pk}/"
    assert browser.get(door).headers["Location"] == alarm.url
    assert warning.dispute.title in browser.get("/notifications/?show=all").content.decode()
    levels.confirm(
        warning_id=warning.pk, reason="没有此事。", happening=False, by=actor(coordinator), now=now + HOUR
    )
    answer = browser.get(door, follow=True)
    assert (answer.status_code, answer.redirect_chain) == (200, [("/notifications/", 302)])
    assert "您现在不能查看" in answer.content.decode()
    listed = browser.get("/notifications/?show=all").content.decode()
    assert warning.dispute.display_number in listed  # what they were told stays
    assert warning.dispute.title not in listed


def test_a_leader_beside_his_stand_in_and_the_day_he_names(
    people: People, warned: Any, now: datetime
) -> None:
    stand_in(people["t01.secretary"], people["t01.deputy"].user, starts_at=now - HOUR, ends_at=now + 3 * DAY)
    warned(1)
    warning = warned(2)
    take("accept", warning.dispute, people["t01.coordinator"], now)
    take("assign", warning.dispute, people["t01.coordinator"], now, lead_unit="t01.justice")
    take("sign_for", warning.dispute, people["t01.justice"], now)
    answers.set_resolve_by(
        escalation_id=asked(warning).pk, resolve_by=date(2026, 3, 13), by=actor(people["t01.mayor"]), now=now
    )
    told("warning.leader", "warning.resolve_by")


def test_leaders_merges_meetings_and_reminders(people: People, warned: Any, now: datetime) -> None:
    coordinator = actor(people["t01.coordinator"])
    dispute = in_village(people, now, towns=("t02",))
    bulk.remind_one(number=dispute.number, note="请快办", by=coordinator, now=now + HOUR)
    plan = case_leaders.Undertaking(people["t01.mayor"].pk, "先稳住双方。", (now + 9 * DAY).date())
    case_leaders.start(
        number=dispute.number, undertaking=plan, by=actor(people["county.office"]), now=now + HOUR
    )
    facts = meetings.MeetingFacts(now.date(), "疑难纠纷调度")
    meeting = meetings.call_meeting(facts=facts, by=coordinator, now=now)
    meetings.add_cases(meeting_id=meeting.pk, numbers=[dispute.number], by=coordinator, now=now)
    asked_of = {"person": people["t01.justice"].pk, "due_on": now.date(), "text": "到场劝解"}
    meetings.decide(meeting_id=meeting.pk, number=dispute.number, **asked_of, by=coordinator, now=now)
    other = in_village(people, now)
    warning = warned(2)
    merged = Dispute.objects.get(pk=warning.dispute_id)
    take("merge", merged, people["t01.coordinator"], now + HOUR, into=dispute.number)
    take("merge", other, people["county.office"], now + HOUR, into=dispute.number)
    registered(people["t02.clerk"], now, place="t02.v01")
    told(
        "reminder",
        "case_leader",
        "coordinated",
        "leader.named",
        "merged_in",
        "warning.merged",
        "duplicate.elsewhere",
    )


@pytest.mark.parametrize("restricted", [False, True])
def test_who_hears_that_a_case_went_to_another_town(people: People, now: datetime, restricted: bool) -> None:
    wrong_window = registered(people["t01.clerk"], now, place="t02.v01", restricted=restricted)
    take("pass_to", wrong_window, people["t01.coordinator"], now + HOUR, town="t02", instruction="请接手。")
    told("passed_over")


@pytest.mark.parametrize("restricted", [False, True])
def test_who_hears_that_the_county_took_a_case_back(people: People, now: datetime, restricted: bool) -> None:
    office, coordinator = people["county.office"], people["t01.coordinator"]
    handed = registered(office, now, place="t01.v01", restricted=restricted)
    take("hand_down", handed, office, now, town="t01")
    take("accept", handed, coordinator, now + HOUR)
    take("assign", handed, coordinator, now + HOUR, lead_unit="t01.v01")
    take("sign_for", handed, people["t01.v01"], now + HOUR)
    take("recall", handed, office, now + 2 * HOUR, reason="县里直接约谈双方。")
    told("recalled")


@pytest.mark.parametrize("restricted", [False, True])
def test_who_is_asked_for_an_answer_to_what_was_not_resolved(
    people: People, now: datetime, restricted: bool
) -> None:
    dispute = in_village(people, now, restricted=restricted)
    reported = {"outcome": "no_agreement", "account": "三次调解未成。"}
    take("submit_result", dispute, people["t01.v01"], now + HOUR, **reported)
    take("approve_result", dispute, people["t01.coordinator"], now + 2 * HOUR, outcome="not_resolved")
    asked_of = Notice.objects.filter(kind="not_resolved.asked").values_list("recipient__username", flat=True)
    leader = people[asked_of.order_by("recipient__username")[0]]
    answer = {"decision": "elsewhere", "instruction": "同意引导诉讼。"}
    take("answer_not_resolved", dispute, leader, now + 3 * HOUR, **answer)
    told("not_resolved.asked", "not_resolved.answered")


def test_what_a_leader_writes_without_being_warned(people: People, now: datetime) -> None:
    take("instruct", in_village(people, now), people["t01.mayor"], now + HOUR, instruction="今天就去。")
    told("instruct")


@pytest.mark.parametrize("restricted", [False, True])
def test_who_is_named_in_a_comment_and_who_follows(people: People, now: datetime, restricted: bool) -> None:
    dispute = registered(people["t01.clerk"], now, restricted=restricted)
    coordinator = people["t01.coordinator"]
    following.follow(number=dispute.number, by=actor(people["t01.clerk"]), now=now)
    take("comment", dispute, coordinator, now + HOUR, text="先别上门。", people=["t01.clerk"])
    take("accept", dispute, coordinator, now + HOUR)
    told("comment", "followed.accept")


def test_who_left_and_who_is_merged_away(people: People, now: datetime) -> None:
    target, other = in_village(people, now), registered(people["t01.clerk"], now)
    take("accept", other, people["t01.coordinator"], now)
    take("assign", other, people["t01.coordinator"], now, lead_unit="t01.v02")
    take("merge", other, people["t01.coordinator"], now, into=target.number)
    person = people["t01.v01"]
    unit = person.post.organization_id
    by = Actor.system("appointments")
    ended = AppointmentEnded(person.pk, person.user_id, unit, None, False, by, now)
    handover.hand_over(ended)
    told("merged", "person_left")


def test_the_duty_post_reads_no_title_of_what_it_may_not_see(
    people: People, warned: Any, now: datetime
) -> None:
    ChannelSetting.objects.update(enabled=False)
    warned(2)
    notice = Notice.objects.filter(kind="warning.phone").first()
    assert notice is not None
    assert (notice.recipient.username, notice.body, notice.url) == ("t01.duty", "", "/warnings/phone/")


def test_whoever_must_keep_out_is_told_nothing(people: People, warned: Any, now: datetime) -> None:
    warning = warned(2, accused_people=("t01.mayor", "t01.secretary"))
    for hours in (3, 12, 30):
        sweep.sweep(now + hours * HOUR)
    assert not Notice.objects.filter(recipient__username__in=["t01.mayor", "t01.secretary"]).exists()
    assert warning.escalations.filter(addressee__isnull=False).exists()


def test_a_leader_whose_own_unit_is_a_party_is_passed_over_and_not_told(
    people: People, warned: Any, now: datetime
) -> None:
    government = PartyFacts(role="respondent", kind="legal", name="青石镇政府")
    warning = warned(2, parties=(*QUARREL.parties, government))
    assert asked(warning).addressee == people["t01.secretary"].user
    assert unopened() == []


def test_every_kind_in_the_code_is_walked() -> None:
    """Runs last in this file: what the stories above have told, against what the code can tell."""
    if len(WALKED) < 5:
        pytest.skip("asked alone")
    kinds = {kind for kind in kinds_in_code() if not kind.startswith("step.")}
    left = sorted(kinds - WALKED - NOT_OF_A_DISPUTE)
    assert not left, left


def kinds_in_code() -> Iterator[str]:
    for app in APPS:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    yield from _kinds(node)


def _kinds(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in ("tell", "worded", "about", "notify", "NewNotice"):
        yield from (word.value.value for word in call.keywords if word.arg == "kind" and _is_text(word.value))
    if name == "_plain" and len(call.args) > 2 and _is_text(call.args[2]):
        yield call.args[2].value  # type: ignore[attr-defined]  # a constant, as just asked


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
