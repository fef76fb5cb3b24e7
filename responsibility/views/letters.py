"""函件: those without a reply, writing one, its paper, and noting service and reply."""

from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from core import clock
from core.actor import Actor
from core.errors import NotPermitted
from core.reading import writes_when_read
from disputes.models import Dispute
from disputes.selectors import intake
from disputes.selectors.shown_levels import shown_levels
from disputes.services.papers import DOCX, as_docx
from disputes.views.acting import acting
from responsibility import rights
from responsibility.forms import LetterForm, ReplyForm, ServedForm
from responsibility.models import EntrustmentLetter
from responsibility.selectors import letters as pages
from responsibility.services import letters, naming
from responsibility.services.letters import Writing
from responsibility.views.leader_pages import LeaderPage, dispute_and_actor

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


class WritePage(LeaderPage):
    """A new letter about a dispute; afterwards its paper is ready to print."""

    form_class = LetterForm
    heading, submit = gettext_lazy("发函"), gettext_lazy("写好并打印")
    done = gettext_lazy("函件已写好，请打印盖章后送达，并登记送达。")
    effect = gettext_lazy("用于本系统没有账号的单位，以及可以致函商请、不能直接交办的垂直管理单位。")
    letter: EntrustmentLetter

    def asked_for(self) -> tuple[Dispute, Actor]:
        dispute, by = super().asked_for()
        if not rights.may_write_letters(by, dispute):
            raise NotPermitted(_("函件由管理中心或县综治中心发出。"))
        return dispute, by

    def get_initial(self) -> dict[str, Any]:
        current = naming.current_of(self.dispute)
        asked_for = current.letter_to if current else ""
        return {"to": self.request.GET.get("to", asked_for)[:100]}

    def perform(self, data: dict[str, Any]) -> None:
        self.letter = letters.issue(
            number=self.kwargs["number"], writing=Writing(**data), by=self.by, now=self.now
        )

    def next_url(self) -> str:
        return reverse("responsibility:letter", args=[self.letter.pk])


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
        "may_note": rights.may_note_letters(by, letter.dispute),
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


class NotePage(LeaderPage):
    """Notes what became of a letter."""

    letter: EntrustmentLetter

    def asked_for(self) -> tuple[Dispute, Actor]:
        self.letter, by = _letter(self.request, self.kwargs["letter_id"])
        if not rights.may_note_letters(by, self.letter.dispute):
            raise NotPermitted(_("函件的送达和回复由管理中心或县综治中心登记。"))
        return self.letter.dispute, by

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"term": _("致"), "value": self.letter.addressed_to},
            {"term": _("请办事项"), "value": self.letter.request},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.dispute, _by = dispute_and_actor(self.request, self.letter.dispute.number)
        return super().get_context_data(**kwargs)


class ServePage(NotePage):
    form_class = ServedForm
    heading, submit = gettext_lazy("登记送达"), gettext_lazy("登记送达")
    done = gettext_lazy("已登记送达。")

    def perform(self, data: dict[str, Any]) -> None:
        letters.serve(letter_id=self.letter.pk, by=self.by, now=self.now, **data)


class ReplyPage(NotePage):
    form_class = ReplyForm
    heading, submit = gettext_lazy("登记回复"), gettext_lazy("登记回复")
    done = gettext_lazy("回复已写入流转记录。")

    def perform(self, data: dict[str, Any]) -> None:
        letters.reply(letter_id=self.letter.pk, by=self.by, now=self.now, **data)


def _letter(request: HttpRequest, letter_id: int) -> tuple[EntrustmentLetter, Actor]:
    by = acting(request, Permission.VIEW_DISPUTES)
    return pages.letter_of(letter_id, by), by
