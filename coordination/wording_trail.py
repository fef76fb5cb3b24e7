"""How what meetings and weekly reviews did reads in the timeline."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from disputes.entry_words import EntryData, EntryWords, register
from disputes.steps.notes import day_of


def coordinated(data: EntryData) -> str:
    unit = data.named(data["unit"])
    if data.get("done"):
        return _("%s 已完成") % unit
    if data.get("feedback"):
        return _("%s 反馈") % unit
    said = _("%(unit)s，%(day)s 前完成") % {"unit": unit, "day": data["due_on"]}
    return said + (_("；化解时限改为 %s") % day_of(data["resolve_by"]) if data.get("resolve_by") else "")


def reviewed_weekly(data: EntryData) -> str:
    return _("%s 起的一周") % data["week"]


ROWS: dict[str, EntryWords] = {
    "coordinated": EntryWords(
        pgettext_lazy("trail", "调度决定"),
        "calendar-check",
        note=coordinated,
        button=gettext_lazy("调度决定"),
    ),
    "reviewed_weekly": EntryWords(
        pgettext_lazy("trail", "每周研判"),
        "calendar-week",
        note=reviewed_weekly,
        button=gettext_lazy("每周研判"),
    ),
}


def connect() -> None:
    register(ROWS)
