"""函件: those without a reply, writing one, its paper, and noting service and reply."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission
from core import clock
from core.actor import Actor
from core.errors import NotPermitted
from core.form_errors import show_errors
from core.reading import writes_when_read
from disputes.selectors import intake
from disputes.selectors.shown_levels import shown_levels
from disputes.services.papers import DOCX, as_docx
from disputes.views.acting import acting
from responsibility import permissions
from responsibility.forms import LetterForm, ReplyForm, ServedForm
from responsibility.models import EntrustmentLetter
from responsibility.selectors import letters as pages
from responsibility.services import letters, naming
from responsibility.views.leader_pages import ASKS, address_of, case_and_actor, form_page

TYPED_LIMIT = 60


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Letters that wait for a reply, the late ones first; those replied to on another tab."""
    by, replied = acting(request, Permission.DISPATCH), "replied" in request.GET
    today = clock.shanghai_date(clock.now())
    page = pages.page(by, replied=replied, number=request.GET.get("page", "1"))
    waiting = page.paginator.count if not replied else pages.outstanding(by).count()
    address = reverse("responsibility:letters")
    context: dict[str, Any] = {
        "page": page,
        "replied": replied,
        "waiting": waiting,
        "levels": shown_levels([letter.dispute for letter in page], by),
        "late": {letter.pk for letter in page if pages.is_late(letter, today)},
        "tabs": [
            {"url": address, "label": _("待回复"), "count": waiting, "active": not replied},
            {"url": f"{address}?replied=1", "label": _("已回复"), "active": replied},
        ],
    }
    return render(request, "responsibility/letters.html", context)


@require_http_methods(ASKS)
@login_required
def write(request: HttpRequest, number: str) -> HttpResponse:
    """A new letter about a dispute; afterwards its paper is ready to print."""
    dispute, by = case_and_actor(request, number)
    if not permissions.may_write_letters(by, dispute):
        raise NotPermitted(_("函件由管理中心或县综治中心发出。"))
    current = naming.current_of(dispute)
    asked_for = current.letter_to if current else ""
    form = LetterForm(request.POST or None, initial={"to": request.GET.get("to", asked_for)[:100]})
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            letter = letters.issue(number=number, writing=form.writing(), by=by, now=clock.now())
            messages.success(request, _("函件已写好，请打印盖章后送达，并登记送达。"))
            return redirect("responsibility:letter", letter.pk)
    return form_page(
        request,
        form,
        dispute,
        heading=_("发函"),
        submit=_("写好并打印"),
        effect=_("用于本系统没有账号的单位，以及可以致函商请、不能直接交办的垂直管理单位。"),
    )


@require_safe
@login_required
def units(request: HttpRequest) -> JsonResponse:
    """For the type-ahead: the register's units, and what was typed as it stands."""
    acting(request, Permission.DISPATCH)
    typed = request.GET.get("q", "")[:TYPED_LIMIT]
    options = intake.units(typed, clock.shanghai_date(clock.now()), free=True)
    return JsonResponse({"results": [option.as_json() for option in options]})


@writes_when_read("a paper that is shown gets its number, and is recorded")
@require_safe
@never_cache
@login_required
def sheet(request: HttpRequest, letter_id: int) -> HttpResponse:
    letter, by = _letter(request, letter_id)
    now = clock.now()
    context = {
        "paper": pages.paper_of(letter, letters.printed(letter, form="html", by=by, now=now)),
        "letter": letter,
        "may_note": permissions.may_note_letters(by, letter.dispute),
    }
    return render(request, "responsibility/letter_paper.html", context)


@writes_when_read("a paper that is shown gets its number, and is recorded")
@require_safe
@never_cache
@login_required
def docx(request: HttpRequest, letter_id: int) -> HttpResponseBase:
    letter, by = _letter(request, letter_id)
    now = clock.now()
    paper = pages.paper_of(letter, letters.printed(letter, form="docx", by=by, now=now))
    name = f"{paper.title}-{letter.dispute.number}-{letter.seq}.docx"
    content = BytesIO(as_docx(paper))
    return FileResponse(content, as_attachment=True, filename=name, content_type=DOCX)


@require_http_methods(ASKS)
@login_required
def serve(request: HttpRequest, letter_id: int) -> HttpResponse:
    letter, by = _to_note(request, letter_id)
    form = ServedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            letters.serve(letter_id=letter_id, by=by, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("已登记送达。"))
            return redirect(address_of(letter.dispute))
    return _note_page(request, form, letter, _("登记送达"))


@require_http_methods(ASKS)
@login_required
def reply(request: HttpRequest, letter_id: int) -> HttpResponse:
    letter, by = _to_note(request, letter_id)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_errors(form):
            letters.reply(letter_id=letter_id, by=by, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("回复已写入流转记录。"))
            return redirect(address_of(letter.dispute))
    return _note_page(request, form, letter, _("登记回复"))


def _letter(request: HttpRequest, letter_id: int) -> tuple[EntrustmentLetter, Actor]:
    by = acting(request, Permission.VIEW_DISPUTES)
    return pages.letter_of(letter_id, by), by


def _to_note(request: HttpRequest, letter_id: int) -> tuple[EntrustmentLetter, Actor]:
    letter, by = _letter(request, letter_id)
    if not permissions.may_note_letters(by, letter.dispute):
        raise NotPermitted(_("函件的送达和回复由管理中心或县综治中心登记。"))
    return letter, by


def _note_page(request: HttpRequest, form: Any, letter: EntrustmentLetter, heading: str) -> HttpResponse:
    rows = [
        {"term": _("致"), "value": letter.addressed_to},
        {"term": _("请办事项"), "value": letter.request},
    ]
    dispute, _by = case_and_actor(request, letter.dispute.number)
    return form_page(request, form, dispute, heading=heading, submit=heading, rows=rows)
