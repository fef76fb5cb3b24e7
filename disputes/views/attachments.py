"""Files of a dispute: fetched as attachments, pictures shown re-encoded, late papers added."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.clock import now
from core.reading import writes_when_read
from disputes.errors import InvalidInput
from disputes.models.shown_numbers import shown_number
from disputes.services import attachments
from disputes.views.acting import acting


@writes_when_read("opening a file is recorded")
@require_safe
@login_required
def download(request: HttpRequest, number: str, attachment_id: int) -> HttpResponseBase:
    """The original, never shown inside the page; each fetch is recorded."""
    row, content = attachments.open_file(
        number=number, attachment_id=attachment_id, by=acting(request), now=now()
    )
    answer = FileResponse(
        BytesIO(content), as_attachment=True, filename=row.name, content_type=row.content_type
    )
    return _guarded(answer)


@require_safe
@login_required
def preview(request: HttpRequest, number: str, attachment_id: int) -> HttpResponseBase:
    return as_picture(
        attachments.open_preview(number=number, attachment_id=attachment_id, by=acting(request))
    )


@require_POST
@login_required
def add(request: HttpRequest, number: str) -> HttpResponse:
    """Late papers, also of a closed file."""
    by = acting(request)
    added = 0
    goes_on = number
    for upload in request.FILES.getlist("files"):
        try:
            row = attachments.add_to_dispute(number=number, upload=upload, by=by, now=now())
            goes_on = row.dispute.number if row.dispute else number
            added += 1
        except InvalidInput as error:
            for message in error.errors["files"]:
                messages.error(request, str(message))
    if added and goes_on != number:
        said = {"number": shown_number(number), "other": shown_number(goes_on), "n": added}
        messages.success(
            request,
            _("%(number)s 已并入 %(other)s，%(n)d 份材料已补充到 %(other)s，并记入其流转记录。") % said,
        )
    elif added:
        messages.success(request, _("已补充 %d 份材料，并记入流转记录。") % added)
    elif not request.FILES:
        messages.error(request, _("请先选择文件。"))
    return redirect("disputes:detail", number=number)


def as_picture(content: bytes) -> HttpResponseBase:
    """Our own JPEG, made from the pixels alone."""
    return _guarded(HttpResponse(content, content_type="image/jpeg"))


def _guarded(answer: HttpResponseBase) -> HttpResponseBase:
    """Whatever a file holds, the browser must neither guess its type nor run anything in it."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
