"""What papers are made of: the sheet itself, and days and moments as Chinese papers write them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.clock import SHANGHAI, shanghai_date
from disputes.models import Attachment, Dispute
from jurisdictions.models import Organization

DAY = gettext_noop("Y年n月j日")
Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Paper:
    """One sheet for one recipient. `boxes` are fields with room to write in, empty or with what is known."""

    kind: str
    title: str
    unit: str
    number: str
    recipient: str
    paragraphs: list[str]
    rows: Rows
    routes_title: str
    routes: list[str]
    closing: list[str]
    day: str
    signatures: list[str] = field(default_factory=list)
    boxes: Rows = field(default_factory=list)


def day_words(value: datetime | date | None) -> str:
    """2026年3月2日; empty without a day."""
    if isinstance(value, datetime):
        value = shanghai_date(value)
    return date_format(value, _(DAY)) if value else ""


def moment_words(value: datetime) -> str:
    """2026年3月2日9时05分; the full hour without minutes."""
    local = value.astimezone(SHANGHAI)
    minutes = _("%s分") % f"{local:%M}" if local.minute else ""
    return day_words(value) + _("%d时") % local.hour + minutes


def by_when(value: datetime) -> str:
    """2026年3月4日24时前: the end of a day is its 24 o'clock, not 23:59."""
    local = value.astimezone(SHANGHAI)
    ends = (local.hour, local.minute) == (23, 59)
    return (day_words(value) + _("24时") if ends else moment_words(value)) + _("前")


def contact(unit: Organization) -> Rows:
    return filled((_("联系单位"), unit.name), (_("地址"), unit.address), (_("电话"), unit.phone))


def filled(*rows: tuple[object, object]) -> Rows:
    """The rows that say something."""
    return [(str(term), str(value)) for term, value in rows if value not in (None, "")]


def sender_rows(dispute: Dispute) -> Rows:
    """Under which number the office that handed it on knows it: who applied there finds it again."""
    origin = getattr(dispute, "origin", None)
    if origin is None or not origin.sender:
        return []
    return [(_("来件"), " ".join(part for part in (origin.sender, origin.number) if part))]


def attached_until(dispute: Dispute, moment: datetime) -> list[Attachment]:
    """The files that were there then; one query."""
    return list(dispute.attachments.filter(uploaded_at__lte=moment))


def attached_line(names: Sequence[str]) -> list[str]:
    """附件：1. … 2. …, as official letters count them; nothing without any."""
    if not names:
        return []
    counted = names if len(names) == 1 else [f"{at}. {name}" for at, name in enumerate(names, 1)]
    return [_("附件：%s") % _("；").join(counted)]


def copied_line(units: Iterable[object]) -> list[str]:
    """抄送, each unit once; nothing where nobody has a copy."""
    named = dict.fromkeys(str(unit) for unit in units)
    return [_("抄送：%s") % _("、").join(named)] if named else []


MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}))? ?")
CLAUSE = re.compile(r"§(\d{1,2})\s*")
DIGITS = "零一二三四五六七八九十"


def as_on_paper(text: str) -> str:
    """Words of the screens as a paper writes them: 2026-03-02 09:05 as 2026年3月2日9时05分, §7 as 第（七）条."""
    return CLAUSE.sub(
        lambda found: _("第（%s）条") % chinese(int(found[1])), MOMENT.sub(_moment_in_text, text)
    )


def chinese(number: int) -> str:
    """七, 十, 十五, 二十, 二十六: up to 99, as clauses are counted."""
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")


def _moment_in_text(found: re.Match[str]) -> str:
    year, month, day = (int(part) for part in found.groups()[:3])
    said = _("%(year)d年%(month)d月%(day)d日") % {"year": year, "month": month, "day": day}
    if found[4] is None:
        return said
    minutes = _("%s分") % found[5] if found[5] != "00" else ""
    return said + _("%d时") % int(found[4]) + minutes
