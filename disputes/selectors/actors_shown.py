"""Who did something, in the reader's language. What is kept is in the county's (`Actor.label`: post, then name); a
reader of another language finds the name first and the post in their words: Li Na (Clerk, Shuangdu centre)."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language, override, pgettext

from accounts.models import Appointment
from disputes.models import TrailEntry

Key = tuple[int | None, str]


def shown_actors(rows: Iterable[TrailEntry]) -> dict[Key, str]:
    """`key_of` an entry → its actor in the reader's words. No query in the county's language, else one. A label kept
    under a name that the post no longer has stays as it was kept."""
    wanted = {key_of(row) for row in rows if row.user_id}
    if get_language() == settings.LANGUAGE_CODE or not wanted:
        return {}
    posts = {
        held.pk: held.post
        for held in Appointment.objects.filter(pk__in={pk for pk, _label in wanted if pk}).with_post()
    }
    with override(settings.LANGUAGE_CODE):
        kept = {pk: f"{post} " for pk, post in posts.items()}
    return {
        (pk, label): pgettext("who did it", "%(post)s %(name)s")
        % {"post": posts[pk], "name": label.removeprefix(kept[pk])}
        for pk, label in wanted
        if pk in posts and label.startswith(kept[pk])
    }


def key_of(row: TrailEntry) -> Key:
    """The appointment whose powers were used, and the label that was kept."""
    return row.on_behalf_of_id or row.appointment_id, row.actor_label


def shown_actor(row: TrailEntry) -> str:
    """The same for one entry."""
    return shown_actors([row]).get(key_of(row), row.actor_label)
