"""处理未果告知书: what became of the matter, which lawful routes are left, and room for the party's choice."""

from __future__ import annotations

from django.utils.translation import gettext as _

from disputes.choices import Outcome, Route, Status, TellingWay
from disputes.models import Dispute, NotResolved
from disputes.rules.lifecycle import AGREED
from disputes.rules.refusals import ground_in
from disputes.rules.routes import way_of
from disputes.selectors.not_resolved import latest_of
from disputes.selectors.paper_parts import Rows, contact, day_words, filled
from disputes.wording_papers import BASIS_OF_NO_RESULT, route_words

KIND = "not_resolved"
ENDED_SO = (Status.NOT_RESOLVED, Status.CLOSED, Status.ARCHIVED)


def told_in(dispute: Dispute) -> NotResolved | None:
    """The finding the paper is about: the one that stands, or with which it was closed, once the routes were told. Asks
    only of what was reported without agreement."""
    if dispute.status not in ENDED_SO or dispute.reported_outcome in ("", *AGREED):
        return None
    row = latest_of(dispute)
    stands = row is not None and row.ended_by_step in ("", "close")
    return row if row is not None and stands and row.told_on is not None else None


def about(dispute: Dispute) -> str:
    """What its number is of: each finding has a paper of its own."""
    row = told_in(dispute)
    return f"{dispute.pk}:{row.pk}" if row else str(dispute.pk)


def paragraphs(dispute: Dispute, row: NotResolved, title: str) -> list[str]:
    words = {
        "title": title,
        "day": day_words(row.found_at),
        "outcome": Outcome(dispute.reported_outcome).label,
    }
    return [
        _("您反映的“%(title)s”一事，经受理办理没有得到解决（%(outcome)s），我们于%(day)s审结为处理未果。")
        % words,
        _("依据：%s。") % BASIS_OF_NO_RESULT[way_of(dispute.category.code, dispute.source)],
    ]


def rows(dispute: Dispute, row: NotResolved) -> Rows:
    told = {"day": day_words(row.told_on), "way": TellingWay(row.told_way).label}
    return [
        *filled(
            (_("承办单位"), dispute.lead_unit.name if dispute.lead_unit else ""),
            (_("告知时间和方式"), _("%(day)s，%(way)s") % told),
        ),
        *contact(dispute.managing_org),
    ]


def routes(dispute: Dispute, row: NotResolved) -> list[str]:
    """Of what stands before a court already, what is left of each route."""
    ground = ground_in(f"{dispute.title}\n{dispute.narrative}")
    return [str(route_words(Route(route), ground)) for route in row.routes]


def boxes(row: NotResolved) -> Rows:
    chosen = str(Route(row.chosen).label) if row.chosen else ""
    return [(_("我选择的途径"), chosen), (_("我的意见"), "")]
