"""一把手: whose answer a dispute waits for that was not resolved (§8).

Who answers for it by §8, where that is a principal leader; else the principal leaders of the place whose centre manages
it. A leader of a place above it may answer too.
"""

from __future__ import annotations

from django.db.models import Q

from core.actor import Actor
from disputes.models import Dispute
from jurisdictions.choices import OrganizationKind, PostRole
from jurisdictions.models import Post

ROLES = (PostRole.HEAD, PostRole.PARTY_SECRETARY)
OF_A_PLACE = (OrganizationKind.GOVERNMENT, OrganizationKind.PARTY_COMMITTEE)
KINDS = (*OF_A_PLACE, OrganizationKind.DEPARTMENT)  # never the head of a unit that is no part of government


def is_principal(post: Post | None) -> bool:
    """Whether it is the post of a principal leader of a place or of a department. Asks nothing of rows read."""
    return post is not None and post.role in ROLES and post.organization.kind in KINDS


def may_answer(post: Post | None, dispute: Dispute) -> bool:
    """Whether the holder of `post` may answer for the dispute; sight and keeping out are asked elsewhere."""
    if post is None or not is_principal(post):
        return False
    if post.pk == dispute.responsible_leader_id:
        return True
    above = dispute.managing_org.place.code.startswith(post.organization.place.code)
    return above and post.organization.kind in OF_A_PLACE


def asked(dispute: Dispute) -> list[Post]:
    """The posts that are asked; needs its leader and managing centre joined. One query where §8 names no principal."""
    leader = dispute.responsible_leader
    if leader is not None and is_principal(leader):
        return [leader]
    rows = Post.objects.active().filter(
        role__in=ROLES,
        organization__kind__in=OF_A_PLACE,
        organization__place=dispute.managing_org.place_id,
    )
    return list(rows.select_related("organization__place").order_by("organization__kind", "pk"))


def asks(by: Actor) -> Q | None:
    """The disputes whose answer is asked of the post acted in, by the same rule; None of who is no principal leader."""
    post = by.post
    if not is_principal(post):
        return None
    named = Q(responsible_leader=post.pk)
    if post.organization.kind not in OF_A_PLACE:
        return named
    by_a_principal = Q(responsible_leader__role__in=ROLES, responsible_leader__organization__kind__in=KINDS)
    return named | Q(managing_org__place=post.organization.place_id) & ~by_a_principal
