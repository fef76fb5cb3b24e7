"""Confirming, raising, lowering and lifting a warning (§7; consent is the county's setting). Confirming what was
proposed needs no words; whatever says something else has its reason.

Raising acts at once. Lowering or lifting level 1 or 2 waits for the consent of the leader who is asked now, of the
next post if they asked for it themselves: nobody consents to their own proposal. Until then every clock runs on.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.keys import post_key
from accounts.models import Appointment
from core.actor import Actor
from core.clock import shanghai_date
from core.language import in_house_language
from core.transactions import retried
from disputes import public
from disputes.conflicts import Conflicts
from disputes.models import Dispute
from disputes.services import notices
from early_warning import rights
from early_warning.choices import ChangeKind, Outcome, WarningState
from early_warning.errors import InvalidInput, NotPermitted, WrongState
from early_warning.models import DisputeWarning, Escalation, LevelRequest
from early_warning.rules import levels as rules
from early_warning.selectors.chains import chain_for
from early_warning.services import warnings
from early_warning.services.escalation_notices import close_sight
from jurisdictions.models import Post

LOWERED, LIFTED, CONFIRMED = "level_lowered", "level_lifted", "level_confirmed"


@retried
def propose_by_person(
    *, dispute_id: int, level_to: int, reason: str, happening: bool = False, by: Actor, now: datetime
) -> DisputeWarning:
    """提出预警 where the text showed none. Locks the dispute. Raises NotFound, NotPermitted, InvalidInput."""
    dispute = public.lock_told(by, pk=dispute_id)
    _require_grading(by, dispute, reason)
    if level_to not in (1, 2, 3):
        raise InvalidInput({"level_to": [_("请选择预警级别。")]})
    if warnings.open_warning_of(dispute) is not None:
        raise WrongState(_("这件纠纷已有预警，请刷新页面后调整级别。"))
    return warnings.propose(
        dispute, level=level_to, happening=happening, by=by, now=now, reason=reason.strip()
    )


@retried
def confirm(
    *, warning_id: int, reason: str = "", happening: bool | None = None, by: Actor, now: datetime
) -> LevelRequest:
    """核定: the system's proposal is right, which needs no reason. The clocks run on.

    Of a level 1 the person also says whether the event is happening; None leaves that as it stands, another answer
    than the one that stands has its reason.
    """
    warning, dispute = _locked(warning_id, by)
    _require_grader(by, dispute)
    starts = bool(happening) and warning.level == 1 and not warning.happening
    ends = happening is False and warning.happening
    if starts or ends:
        _require_reason(reason)
    if warning.state != WarningState.UNCONFIRMED and not starts:
        raise WrongState(_("这件预警已经核定，请刷新页面。"))
    warnings.confirm_by(warning, by, now)
    warning.version += 1
    warning.save()
    request = _decided(warning, ChangeKind.CONFIRM, warning.level, reason, by, now)
    data = {"request": request.pk, "from": request.level_from, "to": request.level_to}
    with public.working_on(dispute, by=by, now=now) as work:
        work.record(CONFIRMED, data=data, texts={"reason": reason.strip()})
        if starts:
            warnings.break_out(warning, dispute, by=by, now=now)
        elif ends:
            warnings.call_off(warning, dispute, by=by, now=now)
    return request


@retried
def raise_level(
    *, warning_id: int, level_to: int, reason: str, happening: bool = False, by: Actor, now: datetime
) -> LevelRequest:
    """提级: the higher level's chains begin at once."""
    warning, dispute = _locked(warning_id, by)
    _require_grading(by, dispute, reason)
    if not rules.is_higher(level_to, warning.level):
        raise InvalidInput({"level_to": [_("提级后的级别应当高于现在的级别。")]})
    request = _decided(warning, ChangeKind.RAISE, level_to, reason, by, now)
    warnings.restart(warning, dispute, level_to, happening=happening, by=by, now=now, reason=reason.strip())
    return request


@retried
def lower(*, warning_id: int, level_to: int, reason: str, by: Actor, now: datetime) -> LevelRequest:
    """降级: at once from level 3, which has none lower; else with consent."""
    warning, dispute = _locked(warning_id, by)
    _require_grading(by, dispute, reason)
    if not rules.is_higher(warning.level, level_to) or level_to not in (2, 3):
        raise InvalidInput({"level_to": [_("降级后的级别应当低于现在的级别。")]})
    return _ask_or_apply(warning, dispute, ChangeKind.LOWER, level_to, reason, by, now)


@retried
def lift(*, warning_id: int, reason: str, by: Actor, now: datetime) -> LevelRequest:
    """解除: the warning is over; of level 1 and 2 with consent."""
    warning, dispute = _locked(warning_id, by)
    _require_grading(by, dispute, reason)
    return _ask_or_apply(warning, dispute, ChangeKind.LIFT, rules.NONE, reason, by, now)


@retried
def decide_request(
    *, request_id: int, granted: bool, note: str = "", by: Actor, now: datetime
) -> LevelRequest:
    """The leader's yes or no. Locks the dispute. Raises NotFound, WrongState, NotPermitted."""
    found = LevelRequest.objects.filter(pk=request_id).first()
    if found is None:
        raise public.out_of_sight()
    warning, dispute = _locked(found.warning_id, by)
    request = (
        LevelRequest.objects.select_related("asked_by__user")
        .select_for_update(of=("self",))
        .get(pk=request_id)
    )
    if request.granted is not None:
        raise WrongState(_("这项申请已经决定。"))
    if not rights.may_consent(by, request):
        raise NotPermitted(_("这项申请不由您决定。"))
    request.granted, request.decided_by, request.decided_at = granted, by.acting, now
    request.decision_note = note.strip()
    request.save()
    data = {"request": request.pk, "granted": granted, "from": request.level_from, "to": request.level_to}
    with public.working_on(dispute, by=by, now=now) as work:
        work.record("level_decided", data=data, texts={"note": request.decision_note})
        if granted:
            _apply(warning, dispute, request, "", by, now)
        close_sight([dispute], now)
    _tell_asker(dispute, request, now)
    return request


def _ask_or_apply(
    warning: DisputeWarning,
    dispute: Dispute,
    kind: ChangeKind,
    level_to: int,
    reason: str,
    by: Actor,
    now: datetime,
) -> LevelRequest:
    if warning.requests.filter(granted=None).exists():
        raise WrongState(_("已有一项调整在等待同意，请先等其决定。"))
    if not rules.needs_consent(warning.level, level_to):
        request = _decided(warning, kind, level_to, reason, by, now)
        _apply(warning, dispute, request, reason, by, now)
        return request
    post = _consent_post(warning, dispute, by, now)
    request = LevelRequest.objects.create(
        warning=warning,
        kind=kind,
        level_from=warning.level,
        level_to=level_to,
        reason=reason.strip(),
        asked_by=by.acting,
        asked_at=now,
        consent_of=post,
    )
    data = {"request": request.pk, "from": warning.level, "to": level_to, "consent": str(post)}
    with public.working_on(dispute, by=by, now=now) as work:
        if post_key(post.pk) not in dispute.access_keys:
            work.open_to([post_key(post.pk)])
        work.record("level_change_asked", data=data, texts={"reason": reason})
    _tell_consent(dispute, request, post, now)
    return request


def _apply(
    warning: DisputeWarning, dispute: Dispute, request: LevelRequest, reason: str, by: Actor, now: datetime
) -> None:
    if request.level_to != rules.NONE:
        warnings.restart(
            warning, dispute, request.level_to, happening=False, by=by, now=now, reason=reason, step=LOWERED
        )
        return
    warnings.supersede(warning, Outcome.LIFTED, now)
    before = warning.level
    warning.state, warning.lifted_at, warning.lifted_by = WarningState.LIFTED, now, by.acting
    warning.version += 1
    warning.save()
    with public.working_on(dispute, by=by, now=now) as work:
        work.set_level(rules.NONE)
        work.record(LIFTED, data={"warning": warning.pk, "from": before}, texts={"reason": reason})
        close_sight([dispute], now)


def _consent_post(warning: DisputeWarning, dispute: Dispute, by: Actor, now: datetime) -> Post:
    """The post asked now; if they ask for it themselves, the next filled one of their chain."""
    rows = Escalation.objects.filter(warning=warning, round=warning.round, parallel=False, post__isnull=False)
    rows = rows.filter(addressee__isnull=False).select_related("town", "post", "holder")
    last = rows.order_by("ended_at", "-step").filter(ended_at=None).first() or rows.order_by("-step").first()
    if last is None or last.town is None or last.post is None:
        raise WrongState(_("没有可以征求同意的领导岗位，请先配齐岗位。"))
    own = {last.addressee_id, last.holder.user_id if last.holder else None}
    if by.user_id not in own:
        return last.post
    chain = chain_for(last.town, warning.level, dispute.category.hot_field, now)
    conflicts = Conflicts([dispute], now)
    for rung in chain[last.step :]:
        holder = rung.holder
        if holder is None or holder.user_id == by.user_id:
            continue
        if not conflicts.keeps_from_level(dispute, holder.user_id):
            return holder.post
    raise WrongState(_("您已是最后一级，没有可以征求同意的上一级。"))


def _decided(
    warning: DisputeWarning, kind: ChangeKind, level_to: int, reason: str, by: Actor, now: datetime
) -> LevelRequest:
    """A change that waits for nobody."""
    return LevelRequest.objects.create(
        warning=warning,
        kind=kind,
        level_from=warning.level,
        level_to=level_to,
        reason=reason.strip(),
        asked_by=by.acting,
        asked_at=now,
        granted=True,
        decided_by=by.acting,
        decided_at=now,
    )


def _locked(warning_id: int, by: Actor) -> tuple[DisputeWarning, Dispute]:
    dispute = public.lock_told(by, warnings=warning_id)
    rows = DisputeWarning.objects.select_related("reading__policy").select_for_update(of=("self",))
    warning: DisputeWarning = rows.get(pk=warning_id)
    if not warning.is_open:
        raise WrongState(_("这件预警已经解除，请刷新页面。"))
    return warning, dispute


def _require_grading(by: Actor, dispute: Dispute, reason: str) -> None:
    _require_grader(by, dispute)
    _require_reason(reason)


def _require_grader(by: Actor, dispute: Dispute) -> None:
    if not rights.may_grade(by, dispute):
        raise NotPermitted(_("预警级别由管理本件的综治中心核定，您当前的岗位不能调整。"))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput({"reason": [_("请写明理由。")]})


@in_house_language
def _tell_consent(dispute: Dispute, request: LevelRequest, post: Post, now: datetime) -> None:
    held = Appointment.objects.current(shanghai_date(now)).filter(post=post)
    users = notices.with_stand_ins(list(held.values_list("pk", "user_id")), now)
    notices.tell(
        dispute,
        users,
        kind="warning.consent",
        title=_("%s 申请调整预警级别，请您决定是否同意") % dispute.display_number,
        key=f"level-request:{request.pk}",
        now=now,
        urgent=True,
    )


@in_house_language
def _tell_asker(dispute: Dispute, request: LevelRequest, now: datetime) -> None:
    if request.asked_by is None:
        return
    title = _("%s 调整预警级别已获同意") if request.granted else _("%s 调整预警级别未获同意")
    notices.tell(
        dispute,
        [request.asked_by.user_id],
        kind="warning.consent_given",
        title=title % dispute.display_number,
        key=f"level-request:{request.pk}:decided",
        now=now,
    )
