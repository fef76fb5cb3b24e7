"""Is the ledger intact? The last runs, what they found, and a button that starts one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission
from core import clock, signatures
from disputes.models import DailySeal
from disputes.tasks import enqueue
from disputes.views.acting import acting
from safekeeping.models import LedgerCheck
from safekeeping.services import verify, witness
from safekeeping.tasks import check_ledger
from safekeeping.wording_checks import fault_place, fault_words, remark_words

SHOWN, PRINTED = 10, 31


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """GET shows, POST starts a run in the background."""
    by = acting(request, Permission.VERIFY_LEDGER)
    if request.method == "POST":
        check = verify.ask(by=by, now=clock.now())
        transaction.on_commit(lambda: enqueue(check_ledger, check.pk))
        return redirect("safekeeping:check")
    runs = list(LedgerCheck.objects.select_related("asked_by__user", "asked_by__post__organization")[:SHOWN])
    context = {
        "check": runs[0] if runs else None,
        "runs": _run_rows(runs),
        "run_columns": [{"label": _("时间")}, {"label": _("发起")}, {"label": _("结果")}],
        "seal": DailySeal.objects.order_by("-day").first(),
        "public_key": signatures.public_key(),
        "witness": witness.path(),
    }
    return render(request, "safekeeping/check.html", context | _result(runs[0] if runs else None))


@require_safe
@never_cache
@login_required
def seals(request: HttpRequest) -> HttpResponse:
    """The heads of the last seals on paper: what hangs on the wall cannot be signed anew."""
    acting(request, Permission.VERIFY_LEDGER)
    heads = witness.heads()[-PRINTED:]
    context = {"heads": heads[::-1], "public_key": signatures.public_key(), "printed_at": clock.now()}
    return render(request, "safekeeping/seals.html", context)


@require_safe
@never_cache
@login_required
def progress(request: HttpRequest, check_id: int) -> HttpResponse:
    """The result box, asked for again until the run is finished; then the page: its button and list waited."""
    acting(request, Permission.VERIFY_LEDGER)
    check = get_object_or_404(LedgerCheck, pk=check_id)
    answer = render(request, "safekeeping/check.html#result", {"check": check} | _result(check))
    if not check.is_going_on:
        answer["HX-Refresh"] = "true"
    return answer


def _result(check: LedgerCheck | None) -> dict[str, Any]:
    """Faults as sentences, and the figures of the run."""
    if check is None:
        return {"faults": [], "facts": [], "remarks": []}
    columns = [{"label": _("位置")}, {"label": _("发现的问题")}]
    facts = [
        {"term": _("核验纠纷"), "value": _("%d 件") % check.total},
        {"term": _("流转记录"), "value": _("%d 条") % check.entries},
        {"term": _("文本"), "value": _("%d 段") % check.texts, "note": _withheld(check)},
        {"term": _("期限、预警、任职等记录"), "value": _("%d 行") % check.rows},
        {"term": _("每日封存"), "value": _("%d 天") % check.seals},
        {"term": _("尚未封存"), "value": _("%d 条") % check.unsealed},
    ]
    faults = [[fault_place(fault), fault_words(fault)] for fault in check.faults]
    remarks = [remark_words(remark) for remark in check.remarks]
    return {"faults": faults, "fault_columns": columns, "facts": facts, "remarks": remarks}


def _withheld(check: LedgerCheck) -> str:
    return _("其中 %d 段已按期删除，只能核验其哈希在链中") % check.withheld if check.withheld else ""


def _run_rows(runs: list[LedgerCheck]) -> list[list[str]]:
    return [
        [
            f"{run.asked_at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}",
            str(run.asked_by) if run.asked_by else _("系统"),
            _outcome(run),
        ]
        for run in runs
    ]


def _outcome(run: LedgerCheck) -> str:
    if run.state != LedgerCheck.State.DONE:
        return str(run.get_state_display())
    return _("发现 %d 处问题") % run.fault_count if run.fault_count else _("完好")
