"""Posts of an organization. Who may call is asked by accounts, which lies above."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record_change
from core.actor import Actor
from core.errors import InvalidInput
from jurisdictions.models import Organization, Post


@transaction.atomic
def add(
    *,
    organization: Organization,
    role: str,
    title: str,
    portfolio: Sequence[str],
    is_political_legal: bool,
    by: Actor,
    now: datetime,
) -> Post:
    _require_free(organization.pk, role, title)
    post = Post.objects.create(
        organization=organization,
        role=role,
        title=title,
        portfolio=list(portfolio),
        is_political_legal=is_political_legal,
    )
    _record(post, {}, by=by, now=now)
    return post


@transaction.atomic
def edit(
    *, post_id: int, title: str, portfolio: Sequence[str], is_political_legal: bool, by: Actor, now: datetime
) -> Post:
    """Title and fields change; the role stays, because rights hang on it."""
    post = Post.objects.select_for_update(of=("self",)).select_related("organization").get(pk=post_id)
    _require_free(post.organization_id, post.role, title, besides=post.pk)
    before = _written(post)
    post.title, post.portfolio, post.is_political_legal = title, list(portfolio), is_political_legal
    post.save(update_fields=["title", "portfolio", "is_political_legal"])
    _record(post, before, by=by, now=now)
    return post


@transaction.atomic
def set_active(*, post_id: int, is_active: bool, by: Actor, now: datetime) -> Post:
    """Closed posts stay for the records. accounts refuses to close one that somebody holds."""
    post = Post.objects.select_for_update(of=("self",)).select_related("organization").get(pk=post_id)
    if is_active and post.organization.valid_to is not None:
        raise InvalidInput({"__all__": [_("单位已停用，不能启用其岗位。")]})
    before = _written(post)
    post.is_active = is_active
    post.save(update_fields=["is_active"])
    _record(post, before, by=by, now=now)
    return post


def _require_free(organization_id: int, role: str, title: str, *, besides: int | None = None) -> None:
    same = Post.objects.filter(organization_id=organization_id, role=role, title=title).exclude(
        pk=besides or 0
    )
    if same.exists():
        raise InvalidInput({"title": [_("本单位已有同一岗位和职务名称，请写明职务以便区分。")]})


def _written(post: Post) -> dict[str, object]:
    return {
        "title": post.title,
        "portfolio": sorted(post.portfolio),
        "is_political_legal": post.is_political_legal,
        "is_active": post.is_active,
    }


def _record(post: Post, before: dict[str, object], *, by: Actor, now: datetime) -> None:
    record_change(
        by=by,
        now=now,
        target_type="post",
        target_id=post.pk,
        label=f"{post.code} {post}",
        before=before,
        after=_written(post),
    )
