"""What is measured: pages with their budgets, and who opens them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from accounts import actors
from accounts.models import Appointment
from benchmarks.generating import RARE_WORD
from core.clock import SHANGHAI
from demo.build.playing import Cast
from disputes.models import Dispute
from disputes.selectors.ledger import Cursor
from disputes.services import steps

COMMON_WORD = "赔偿"
LONG_TRAIL = 50


@dataclass(frozen=True)
class Page:
    """`peer` is the peer's page for the same work."""

    name: str
    who: str
    path: str
    budget_ms: int
    peer: str = ""
    most_queries: int = 0


def all_pages(now: datetime) -> list[Page]:
    """Paths for the database in use: a deep cursor, a dispute with a long trail."""
    return [
        Page("ledger, first page", "county.office", "/disputes/", 60, "list_first", 11),
        Page(
            "ledger, deep page", "county.office", f"/disputes/?cursor={_deep_cursor()}", 60, "list_deep", 11
        ),
        Page(
            "ledger, filtered",
            "county.office",
            "/disputes/?place=t03&status=in_progress",
            80,
            "list_filtered",
            11,
        ),
        Page(
            "ledger, town and category",
            "county.office",
            "/disputes/?place=t03&category=land_forest",
            80,
            "list_filtered",
            11,
        ),
        Page("ledger of a town", "t01.clerk", "/disputes/", 60, "list_first", 11),
        Page(
            "search, common word", "county.office", f"/disputes/?q={quote(COMMON_WORD)}", 80, "search_2char"
        ),
        Page("search, rare word", "county.office", f"/disputes/?q={quote(RARE_WORD)}", 80, "search_nomatch"),
        Page("detail, 50 entries", "t01.coordinator", f"/disputes/{_long_dispute(now)}/", 60, "detail", 18),
        Page("leader's home", "t01.mayor", "/", 60, most_queries=15),
        Page("clerk's home", "t01.clerk", "/", 60),
        Page("county dashboard", "county.office", "/dashboards/county/", 80, "dashboard"),
    ]


def _deep_cursor() -> Cursor:
    """Nine tenths down the list, newest first."""
    depth = Dispute.objects.count() * 9 // 10
    registered_at, pk = Dispute.objects.order_by("-registered_at", "-id").values_list("registered_at", "id")[
        depth
    ]
    return Cursor(registered_at, pk)


def _long_dispute(now: datetime) -> str:
    """One case in hand of the first town, reported on until its trail has 50 entries."""
    dispute = Dispute.objects.filter(status="in_progress", town__alias="t01", pending="").order_by("-pk")[0]
    handler = Appointment.objects.with_post().get(pk=dispute.responsible_person_id)
    by = actors.for_appointment(handler)
    for number in range(LONG_TRAIL - dispute.trail.count()):
        at = now - timedelta(minutes=LONG_TRAIL - number)
        steps.take(
            "report_progress", number=dispute.number, data={"account": "已电话联系双方。"}, by=by, now=at
        )
    return str(dispute.number)


def registration(now: datetime, number: int) -> dict[str, object]:
    """The body of an ordinary registration over the API."""
    return {
        "title": f"田某与武某田埂移位纠纷（{number}）",
        "narrative": "双方承包地相邻，因春耕修田埂移位发生争执，村干部调解一次未果，要求到现场丈量。",
        "category": "land_forest",
        "source": "walk_in",
        "place": "t01.v01",
        "people_count": 2,
        "occurred_on": now.astimezone(SHANGHAI).date().isoformat(),
        "parties": [
            {"role": "applicant", "kind": "natural", "name": f"田建{number}"},
            {"role": "respondent", "kind": "natural", "name": f"武春{number}"},
        ],
        "jurisdiction": {"towns": [], "sectors": []},
    }


def registration_form(number: int) -> dict[str, str]:
    """What the browser sends for an ordinary quarrel."""
    return {
        "source": "walk_in",
        "place": "t01.v01",
        "category": "neighbour",
        "title": f"罗某与丁某排水沟改道纠纷（{number}）",
        "narrative": "两家共用的排水沟被改道，雨后积水漫进院子，双方多次争吵，村干部调解一次未果。",
        "unit_relation": "",
        "accused-TOTAL_FORMS": "0",
        "accused-INITIAL_FORMS": "0",
        "parties-TOTAL_FORMS": "2",
        "parties-INITIAL_FORMS": "0",
        "parties-0-role": "applicant",
        "parties-0-kind": "natural",
        "parties-0-name": f"罗建{number}",
        "parties-1-role": "respondent",
        "parties-1-kind": "natural",
        "parties-1-name": f"丁春{number}",
    }


def clerk() -> Appointment:
    return Cast()["t01.clerk"].appointment
