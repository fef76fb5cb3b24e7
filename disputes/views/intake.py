"""The intake screen: one page that registers a dispute, and the page with its number."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import Permission
from core.actor import Actor
from core.clock import now, shanghai_date
from core.form_errors import put_errors
from core.remembered import steady
from disputes import extensions
from disputes.errors import InvalidInput, KeyReused
from disputes.forms.intake_entry import IntakeEntry, kept_of, title_of
from disputes.models import Dispute
from disputes.rules import files, intake_hints
from disputes.rules.intake import IntakeFacts, clean_text, is_old
from disputes.selectors import papers
from disputes.services import attachments, drafts, idempotency
from disputes.services.drafts import Registered
from disputes.views.acting import acting

REGISTERED_HERE = (
    "registered_here"  # session: number → draft key, so that its papers still show the query code
)
REMEMBERED = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@steady()
def new(request: HttpRequest) -> HttpResponse:
    """The form under the key of its draft; the address carries the key, so nothing typed is lost on the way."""
    by = acting(request, Permission.REGISTER)
    key = key_in(request.GET.get("draft", ""))
    if key is None:
        return redirect(address_of(uuid4()))
    if request.method == "POST":
        return _posted(request, key, by)
    if drafts.registered(key=key, by=by):
        return redirect("disputes:registered", key=key)
    draft = drafts.find(key=key, by=by)
    entry = IntakeEntry(
        by=by,
        today=shanghai_date(now()),
        kept=drafts.content(draft),
        more=1 if "more" in request.GET else 0,
    )
    return _page(request, entry, key, by)


def _posted(request: HttpRequest, key: UUID, by: Actor) -> HttpResponse:
    kept = kept_of(request.POST)
    if "more" in request.POST:  # without JavaScript: one more row for a party
        drafts.save(key=key, data=kept, title=title_of(kept), by=by, now=now())
        return redirect(f"{address_of(key)}&more=1")
    entry = IntakeEntry(by=by, today=shanghai_date(now()), data=request.POST)
    entry.refused_files = _take_files(request, key, by)
    merge_into = clean_text(request.POST.get("merge_into", ""))
    readable, facts = entry.is_valid(), entry.facts()
    if not readable or entry.refused_files:
        entry.take_errors(drafts.faults(facts=facts, merge_into=merge_into, by=by, now=now()))
        return _page(request, entry, key, by, status=422)
    try:
        registered = drafts.register(
            key=key,
            facts=facts,
            request_hash=idempotency.request_hash({**kept, "merge_into": merge_into}),
            merge_into=merge_into,
            by=by,
            now=now(),
        )
    except InvalidInput as error:
        entry.take_errors(error.errors)
        return _page(request, entry, key, by, status=422)
    except KeyReused as error:
        put_errors(entry.form, error)
        return _page(request, entry, key, by, status=409)
    return _done(request, registered, facts, key)


def _done(request: HttpRequest, registered: Registered, facts: IntakeFacts, key: UUID) -> HttpResponse:
    here = request.session.get(REGISTERED_HERE, {})
    request.session[REGISTERED_HERE] = dict([*here.items(), (registered.number, str(key))][-REMEMBERED:])
    for warning in _warnings(facts):
        messages.warning(request, warning)
    return redirect("disputes:registered", key=key)


def _warnings(facts: IntakeFacts) -> list[str]:
    """What does not stop a registration but should be looked at; scripts say it already while typing."""
    warnings = []
    if is_old(facts.occurred_on, shanghai_date(now())):
        warnings.append(_("发生日期较早，请核对是否填写正确。"))
    if intake_hints.has_id_number(facts.narrative) or intake_hints.has_phone(facts.narrative):
        warnings.append(_("事由里像有身份证号码或手机号码。号码应填在当事人栏，事由会被检索到。"))
    return warnings


def _take_files(request: HttpRequest, key: UUID, by: Actor) -> list[str]:
    """Files sent with the form itself (without JavaScript) go to the draft first; what is wrong with them."""
    refused: list[str] = []
    for upload in request.FILES.getlist("files"):
        draft = drafts.save(key=key, data=None, title="", by=by, now=now())
        if draft is None:
            break
        try:
            attachments.add_to_draft(draft=draft, upload=upload, by=by, now=now())
        except InvalidInput as error:
            refused += [str(message) for message in error.errors["files"]]
    return refused


def _page(
    request: HttpRequest, entry: IntakeEntry, key: UUID, by: Actor, *, status: int = 200
) -> HttpResponse:
    draft = drafts.find(key=key, by=by)
    context: dict[str, Any] = {
        "entry": entry,
        "form": entry.form,
        "key": key,
        "draft": draft,
        "attachments": list(draft.attachments.all()) if draft else [],
        "refused": entry.refused_files,
        "accept": files.ACCEPT,
        "other_drafts": sum(row.key != key for row in drafts.mine(by)),
        "already": drafts.registered(key=key, by=by),
        "upper": extensions.intake_parts(),
    }
    return render(request, "disputes/intake.html", context, status=status)


@require_safe
@never_cache
@login_required
def registered(request: HttpRequest, key: UUID) -> HttpResponse:
    """The number, the query code, the papers, and what happens next."""
    by = acting(request, Permission.REGISTER)
    answer = drafts.registered(key=key, by=by)
    if answer is None:
        return redirect(address_of(key))
    rows = Dispute.objects.visible_to(by).select_related(*papers.WITH)
    dispute = rows.filter(number=answer.number).first()  # none when it went out of the registrar's sight
    context = {
        "answer": answer,
        "dispute": dispute,
        "recipients": papers.recipients(dispute) if dispute else [],
        "comes_next": papers.next_step(dispute) if dispute else "",
    }
    return render(request, "disputes/intake_registered.html", context)


def key_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def address_of(key: UUID) -> str:
    return f"{reverse('disputes:new')}?draft={key}"
