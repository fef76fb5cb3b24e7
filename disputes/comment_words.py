"""How comments read in the timeline: whom they name, and that one was corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core.templatetags.components import sh_time
from disputes.entry_words import EntryData
from disputes.models import TrailEntry
from disputes.rules.lifecycle import TALK

Data = Mapping[str, Any]
PERSON, WRITTEN, CORRECTED = "person:", "comment:", "corrected:"


def names_in(rows: Sequence[TrailEntry], payloads: Sequence[Data]) -> dict[str, str]:
    """Who is named in comments, by user; when each was written, and which of them were corrected. One query at most."""
    told = [(row, data) for row, data in zip(rows, payloads, strict=True) if row.step in TALK]
    wanted = {user for _row, data in told for user in data.get("people", ())}
    users = User.objects.filter(pk__in=wanted) if wanted else ()
    return {
        **{f"{PERSON}{user.pk}": str(user) for user in users},
        **{f"{WRITTEN}{row.seq}": sh_time(row.at) for row, _data in told},
        **{f"{CORRECTED}{data['comment']}": "1" for row, data in told if "comment" in data},
    }


def note(data: EntryData) -> str:
    """提到：张三、李四；已更正，以更正后的为准."""
    people = [data.names[key] for user in data.get("people", ()) if (key := f"{PERSON}{user}") in data.names]
    said = [_("提到：%s") % _("、").join(people)] if people else []
    if f"{CORRECTED}{data.seq}" in data.names:
        said.append(_("这条留言已更正，以更正后的为准"))
    return _("；").join(said)


def corrects(data: EntryData) -> str:
    said = data.names.get(f"{WRITTEN}{data['comment']}", "")
    return _("更正 %s 的留言，原来的内容仍在下面") % said


def mark(row: TrailEntry, reader: int | None) -> str:
    """Whether the line is talk, and of those the reader may correct: "mine"."""
    if row.step not in TALK:
        return ""
    return "mine" if row.step == "comment" and row.user_id is not None and row.user_id == reader else "talk"
