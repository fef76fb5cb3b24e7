"""责任领导 (§8): named by rule when a dispute is registered, by a person with a reason, or by what stayed unsolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Appointment
from core.actor import Actor
from core.batch_cache import BatchCache
from core.clock import shanghai_date
from core.inserted import insert
from core.language import in_house_language
from core.one_row import at_most_one
from core.transactions import retried
from disputes import public
from disputes.choices import Source
from disputes.conflicts import Conflicts
from disputes.errors import InvalidInput, NotPermitted, WrongState
from disputes.events import Beginning, Registered
from disputes.models import Dispute
from disputes.services import notices
from disputes.services.unit_consent import not_told
from jurisdictions.models import Post
from notifications.services import NewNotice
from responsibility import rights
from responsibility.events import LeaderNamed, leader_named
from responsibility.models import Responsibility
from responsibility.rules.leader_posts import DEPUTIES
from responsibility.selectors.leader_posts import LEADING_ROLES
from responsibility.selectors.resolving import Resolution, principal_after, resolve, stated_in

BY_RULE = Actor.system("responsibility")
STEP = "leader_named"
INTAKE_PART = "responsibility"  # what the intake form asks beside the facts: `leader` (a post code), `reason`
INTAKE_FIELDS = {"post": f"{INTAKE_PART}.leader", "reason": f"{INTAKE_PART}.reason"}


@dataclass(frozen=True)
class Naming:
    """What is to be written: whom, by which situation of §8, and why another than the rule's."""

    rule: str
    post: Post | None
    letter_to: str = ""
    reason: str = ""
    overridden: bool = False
    principal: bool = False  # 一把手 takes over


def name_on_registration(registered: Sequence[Registered]) -> None:
    """For subscribers: the leaders of new disputes, in a fixed number of statements but for who must be told.

    One whom the registrar named instead of the rule's stands with a reason. Raises InvalidInput at its field.
    """
    memo, named, stated = BatchCache(), [], []
    begun = [(one, one.beginning.said) for one in registered if one.beginning]
    for one in registered:
        if one.beginning:
            continue
        found = resolve(stated_in(one.dispute), one.now, memo)
        other = one.beside.get(INTAKE_PART, {})
        if other.get("leader"):
            stated.append((one, _stated_leader(one, found, other["leader"], other["reason"])))
        else:
            named.append((one, Naming(found.rule, found.post, found.letter_to)))
    _write_rows(begun)
    if named:
        _name_by_rule(named)
    for one, naming in stated:
        _write(one.dispute, naming, None, by=one.by, now=one.now)


def begin(registered: Sequence[Registered]) -> dict[int, Beginning]:
    """For `extensions.register_beginning`: the leaders by rule, but of those for whom the registrar named another:
    whether that one must keep out is read from the rows. `name_on_registration` writes what follows."""
    memo = BatchCache()
    found = (
        (one, resolve(stated_in(one.dispute), one.now, memo))
        for one in registered
        if not one.beside.get(INTAKE_PART, {}).get("leader")
    )
    said = {one.dispute.pk: Naming(res.rule, res.post, res.letter_to) for one, res in found}
    return {pk: Beginning(naming.post, STEP, _data(naming), BY_RULE, naming) for pk, naming in said.items()}


def _name_by_rule(named: Sequence[tuple[Registered, Naming]]) -> None:
    with public.working_on_all([one.dispute for one, _n in named], by=BY_RULE, now=named[-1][0].now) as works:
        found = [(replace(works[one.dispute.pk], now=one.now), naming) for one, naming in named]
        public.set_first_leaders([(work, naming.post) for work, naming in found if naming.post is not None])
        for work, naming in found:
            work.record(STEP, data=_data(naming))
    _write_rows(named)


def _write_rows(named: Sequence[tuple[Registered, Naming]]) -> None:
    """Who leads from when, and the notices."""
    rows = [_row(one.dispute, naming, by=BY_RULE, now=one.now) for one, naming in named]
    insert(rows)
    told = [
        _notice(one.dispute, row, naming, by=BY_RULE, now=one.now)
        for row, (one, naming) in zip(rows, named, strict=True)
        if naming.rule != "within_town" and not one.imported
    ]
    if found := [notice for notice in told if notice is not None]:
        notices.send(found, now=named[-1][0].now)


def reconsider(*, dispute_id: int, now: datetime) -> None:
    """For subscribers: the facts changed. A leader named by a person stays, unless they must keep out by now; the same
    answer writes nothing."""
    for dispute in public.lock_many([dispute_id]):
        reconsider_locked(dispute, now=now)


def reconsider_locked(dispute: Dispute, *, now: datetime) -> None:
    """The same of a dispute in hand; needs its lock, and that what was done with it is saved."""
    current = current_of(dispute)
    found = resolve(stated_in(dispute), now)
    stays = current is not None and current.overridden and not must_keep_out(dispute, current.post, now)
    if current is None or not (stays or _is_same(current, found)):
        _write(dispute, Naming(found.rule, found.post, found.letter_to), current, by=BY_RULE, now=now)
        _send(dispute, now)


@retried
def override(*, number: str, post_code: str, reason: str, by: Actor, now: datetime) -> Responsibility:
    """Another leader than the rule's, with the reason. Locks the dispute.

    Raises NotFound, NotPermitted, InvalidInput (`post`, `reason`).
    """
    dispute = public.lock_told(by, number=number)
    if not rights.may_name_leader(by, dispute):
        raise NotPermitted(_("另行指定责任领导由管理中心或县综治中心办理。"))
    if not reason.strip():
        raise InvalidInput({"reason": [_("请写明另行指定的理由。")]})
    post = _leader_post(dispute, post_code, now)
    current = current_of(dispute)
    if current is not None and current.post_id == post.pk:
        raise InvalidInput({"post": [_("%s 已经是责任领导。") % post]})
    rule = current.rule if current else resolve(stated_in(dispute), now).rule
    naming = Naming(rule, post, current.letter_to if current else "", reason.strip(), overridden=True)
    row = _write(dispute, naming, current, by=by, now=now)
    _send(dispute, now)
    return row


@retried
def take_over_by_principal(*, number: str, reason: str, by: Actor, now: datetime) -> Responsibility:
    """一把手: what the present leader could not solve goes to the principal leader above them. Locks the dispute."""
    dispute = public.lock_told(by, number=number)
    if not rights.may_name_leader(by, dispute):
        raise NotPermitted(_("提请主要领导负责由管理中心或县综治中心办理。"))
    if not reason.strip():
        raise InvalidInput({"reason": [_("请写明分管领导为什么解决不了。")]})
    row = _pass_up(dispute, reason.strip(), by=by, now=now)
    if row is None:
        raise WrongState(_("已经由最高一级的主要领导负责，没有可以提请的上一级。"))
    _send(dispute, now)
    return row


def pass_up_unsolved(*, dispute_id: int, now: datetime) -> None:
    """For subscribers: a case that ended without result under a deputy goes to their principal (§8)."""
    for dispute in public.lock_many([dispute_id]):
        current = current_of(dispute)
        if current is not None and current.post is not None:
            name, found = principal_after(stated_in(dispute), current.post, now)
            if name in DEPUTIES and found.post is not None:
                _write_principal(dispute, current, found.post, "", by=BY_RULE, now=now)


def _send(dispute: Dispute, now: datetime) -> None:
    """Another than the leader before: whoever has something of the former one's follows in this transaction."""
    leader_named.send(sender=LeaderNamed, event=LeaderNamed(dispute, now))


def current_of(dispute: Dispute) -> Responsibility | None:
    rows = dispute.responsibilities.filter(ends_at=None)
    return at_most_one(rows.select_related("post__organization__place"))


def _pass_up(dispute: Dispute, reason: str, *, by: Actor, now: datetime) -> Responsibility | None:
    current = current_of(dispute)
    if current is None or current.post is None:
        return None
    _name, found = principal_after(stated_in(dispute), current.post, now)
    if found.post is None:
        return None
    return _write_principal(dispute, current, found.post, reason, by=by, now=now)


def _write_principal(
    dispute: Dispute, current: Responsibility, post: Post, reason: str, *, by: Actor, now: datetime
) -> Responsibility:
    naming = Naming(current.rule, post, current.letter_to, reason, overridden=True, principal=True)
    return _write(dispute, naming, current, by=by, now=now)


def _write(
    dispute: Dispute, naming: Naming, current: Responsibility | None, *, by: Actor, now: datetime
) -> Responsibility:
    """Ends the present row, writes the next, the ledger's field, the trail entry and the notice."""
    if current is not None:
        current.ends_at = now
        current.save(update_fields=["ends_at"])
    row = _row(dispute, naming, by=by, now=now)
    row.save()
    with public.working_on(dispute, by=by, now=now) as work:
        work.set_leader(naming.post)
        work.record(STEP, data=_data(naming), texts={"reason": naming.reason})
    if (
        current is not None
        or naming.overridden
        or (naming.rule != "within_town" and dispute.source != Source.IMPORT)
    ):
        _tell(dispute, row, naming, by=by, now=now)
    return row


def _row(dispute: Dispute, naming: Naming, *, by: Actor, now: datetime) -> Responsibility:
    return Responsibility(
        dispute=dispute,
        rule=naming.rule,
        post=naming.post,
        organization=naming.post.organization if naming.post else None,
        letter_to=naming.letter_to[:100],
        overridden=naming.overridden,
        reason=naming.reason,
        decided_by=by.acting,
        starts_at=now,
    )


@in_house_language
def _data(naming: Naming) -> dict[str, object]:
    post = naming.post
    data = {"rule": naming.rule, "post": post.code if post else None, "leader": str(post) if post else ""}
    return data | {"overridden": naming.overridden, "principal": naming.principal}


def _tell(dispute: Dispute, row: Responsibility, naming: Naming, *, by: Actor, now: datetime) -> None:
    notice = _notice(dispute, row, naming, by=by, now=now)
    if notice is not None:
        notices.send([notice], now=now)


@in_house_language
def _notice(
    dispute: Dispute, row: Responsibility, naming: Naming, *, by: Actor, now: datetime
) -> NewNotice | None:
    """To the leader who was just named; town deputies find what arises in their town in the ledger."""
    if naming.post is None:
        return None
    holders = Appointment.objects.current(shanghai_date(now)).filter(post=naming.post)
    users = notices.with_stand_ins(list(holders.values_list("pk", "user_id")), now)
    return notices.worded(
        dispute,
        [user for user in users if user != by.user_id],
        kind="leader.named",
        title=_("%s 由您任责任领导（§8），请组织化解") % dispute.display_number,
        key=f"leader:{row.pk}",
        now=now,
    )


def _stated_leader(one: Registered, found: Resolution, code: str, reason: str) -> Naming:
    """Another leader than the rule's, named while registering: by the desk of the centre that manages the case."""
    try:
        if not rights.may_state_leader(one.by) or one.by.organization.pk != one.dispute.managing_org_id:
            raise InvalidInput({"post": [_("本件由上一级中心管理，责任领导由其另行指定。")]})
        if not reason.strip():
            raise InvalidInput({"reason": [_("请写明另行指定的理由。")]})
        post = _leader_post(one.dispute, code, one.now)
        if found.post is not None and found.post.pk == post.pk:
            raise InvalidInput({"post": [_("%s 按 §8 已经是责任领导，不用另行指定。") % post]})
    except InvalidInput as error:
        raise InvalidInput({INTAKE_FIELDS[name]: texts for name, texts in error.errors.items()}) from error
    return Naming(found.rule, post, found.letter_to, reason.strip(), overridden=True)


def _leader_post(dispute: Dispute, code: str, now: datetime) -> Post:
    """A filled leader's post of this county that need not keep out. Raises InvalidInput at `post`."""
    posts = Post.objects.active().by_code(code).filter(role__in=LEADING_ROLES)
    post = posts.filter(organization__place__code__startswith=dispute.place_code[:6]).select_related(
        "organization__place"
    )
    found: Post | None = post.order_by("pk").first()
    if found is None:
        raise InvalidInput({"post": [_("没有找到这个领导岗位，请从列表中选择。")]})
    held = Appointment.objects.current(shanghai_date(now)).filter(post=found)
    if not held.exists():
        raise InvalidInput({"post": [_("%s 目前空缺，请另选。") % found]})
    if rights.keeps_out(Conflicts([dispute], now), dispute, found, [row.user_id for row in held]):
        untold = found.organization_id == dispute.untold_unit_id
        accused = _("%s 是被反映单位或人员，应当回避，请另选。") % found
        raise InvalidInput({"post": [not_told(found.organization) if untold else accused]})
    return found


def must_keep_out(dispute: Dispute, post: Post | None, now: datetime) -> bool:
    """Whether the dispute is about the post's unit or about somebody who holds it now."""
    if post is None:
        return False
    held = Appointment.objects.current(shanghai_date(now)).filter(post=post)
    users = list(held.values_list("user_id", flat=True))
    return rights.keeps_out(Conflicts([dispute], now), dispute, post, users)


def _is_same(current: Responsibility, found: Resolution) -> bool:
    return current.rule == found.rule and current.post_id == (found.post.pk if found.post else None)
