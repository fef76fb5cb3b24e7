"""Drafts: the list, saving while typing, files, throwing away."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission
from core.actor import Actor
from core.clock import SHANGHAI, now
from core.http import Request
from disputes.errors import InvalidInput, NotFound
from disputes.forms.intake_entry import kept_of, title_of
from disputes.models import Attachment, IntakeDraft
from disputes.rules import files
from disputes.services import attachments, drafts
from disputes.views.acting import acting
from disputes.views.attachments import as_picture
from disputes.views.intake import address_of


@require_safe
@never_cache
@login_required
def mine(request: Request) -> HttpResponse:
    by = acting(request, Permission.REGISTER)
    return render(request, "disputes/intake_drafts.html", {"drafts": drafts.mine(by)})


@require_POST
@login_required
def save(request: Request, key: UUID) -> HttpResponse:
    """Autosave; the answer is what autosave.js reads. What has been registered meanwhile is left alone."""
    by = acting(request, Permission.REGISTER)
    moment = now()
    try:
        _keep(request, key, by)
    except InvalidInput as error:
        return JsonResponse({"error": str(error)}, status=422)
    return JsonResponse({"saved_at": moment.astimezone(SHANGHAI).strftime("%H:%M")})


@require_POST
@login_required
def discard(request: Request, key: UUID) -> HttpResponse:
    drafts.discard(key=key, by=acting(request, Permission.REGISTER))
    messages.success(request, _("草稿已删除。"))
    return redirect("disputes:drafts")


@require_POST
@login_required
def upload(request: Request, key: UUID) -> HttpResponse:
    """Files for the draft. htmx gets the list anew; a plain request keeps what was typed and goes back to the form."""
    by = acting(request, Permission.REGISTER)
    draft = drafts.save(key=key, data=None, title="", by=by, now=now())
    refused: list[str] = []
    for one in request.FILES.getlist("files") if draft else []:
        try:
            attachments.add_to_draft(draft=_sure(draft), upload=one, by=by, now=now())
        except InvalidInput as error:
            refused += [str(message) for message in error.errors["files"]]
    return _list(request, key, by, refused)


@require_POST
@login_required
def remove_file(request: Request, key: UUID, attachment_id: int) -> HttpResponse:
    by = acting(request, Permission.REGISTER)
    draft = _sure(drafts.find(key=key, by=by))
    attachments.remove_from_draft(draft=draft, attachment_id=attachment_id)
    if not request.htmx:
        _keep(request, key, by)
    return _list(request, key, by, [])


@require_safe
@login_required
def preview(request: Request, key: UUID, attachment_id: int) -> HttpResponseBase:
    """The picture of a file that still belongs to my draft."""
    by = acting(request, Permission.REGISTER)
    draft = _sure(drafts.find(key=key, by=by))
    attachment = Attachment.objects.filter(pk=attachment_id, draft=draft).first()
    if attachment is None:
        raise NotFound
    return as_picture(attachments.preview_of(attachment))


def _keep(request: Request, key: UUID, by: Actor) -> None:
    kept = kept_of(request.POST)
    drafts.save(key=key, data=kept, title=title_of(kept), by=by, now=now())


def _sure(draft: IntakeDraft | None) -> IntakeDraft:
    if draft is None:
        raise NotFound(_("没有找到这份草稿。"))
    return draft


def _list(request: Request, key: UUID, by: Actor, refused: list[str]) -> HttpResponse:
    if not request.htmx:
        for message in refused:
            messages.error(request, message)
        return redirect(address_of(key))
    draft = drafts.find(key=key, by=by)
    context = {
        "key": key,
        "attachments": list(draft.attachments.all()) if draft else [],
        "refused": refused,
        "accept": files.ACCEPT,
    }
    return render(request, "disputes/intake_files.html", context)
