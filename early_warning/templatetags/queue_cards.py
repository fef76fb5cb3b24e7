"""The cards of a leader's queue, written in Python (`core/drawing.py` says why): a dozen stand on the first page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core import drawing, wording
from core.drawing import icon
from early_warning.selectors.queue import Card

register = template.Library()
Address = Callable[[int], str]


@register.simple_tag(takes_context=True)
def queue_cards(context: Context, cards: Iterable[Card], now: datetime) -> SafeString:
    """`{% queue_cards queue.cards now %}`: one list item for each escalation that waits for the reader."""
    asked = _Asked(str(context.get("csrf_token") or ""))
    return mark_safe("\n".join(_card(card, now, asked) for card in cards))


class _Asked:
    """What all the cards of a page say alike: words, addresses, the token against forgery."""

    def __init__(self, token: str) -> None:
        hidden = f'<input type="hidden" name="csrfmiddlewaretoken" value="{escaped(token)}">' if token else ""
        self.form = f'{hidden}<input type="hidden" name="from" value="queue">'
        self.card = _address("escalation")
        self.acknowledge = _address("acknowledge")
        self.proposed = f'<span class="level-note">{escaped(_("系统初判，待核"))}</span>'
        self.happening = f'<span class="pill pill-bad">{escaped(_("事件已经发生"))}</span>'
        self.danger = (
            f'<span class="danger-mark">{icon("exclamation-triangle-fill")}{escaped(_("人身危险"))}</span>'
        )
        self.resting = (
            f'<span class="muted">{icon("pause-circle")}{escaped(_("上级领导已在处理，时限暂停"))}</span>'
        )
        self.known = f"{icon('check2')}{escaped(_('知悉'))}"
        self.answer_wanted = escaped(_("已知悉，等您的处理结果"))
        self.look_wanted = f"<strong>{escaped(_('等您知悉'))}</strong>"
        self.notified, self.instead = _("%(at)s 通知"), _("代 %(name)s 办理")
        self.people = _("%(n)s 人")
        self.phone = f"{icon('telephone')}{escaped(_('打电话'))}"
        self.answers = [
            (_address("answer", step), f"{icon(mark)}{escaped(label)}")
            for step, mark, label in (
                ("instruct", "pen", _("批示")),
                ("risk_removed", "shield-check", _("风险已消除")),
                ("no_result", "arrow-up-circle", _("处理未果，上报")),
            )
        ]


def _address(name: str, *rest: str) -> Address:
    """Of the page of that name, by the number of the escalation: found once for all of them."""
    start, _number, end = reverse(f"early_warning:{name}", args=[0, *rest]).partition("/0/")
    return lambda pk: f"{start}/{pk}/{end}"


def _card(card: Card, now: datetime, asked: _Asked) -> str:
    row, dispute = card.escalation, card.dispute
    title = f'<span class="visually-hidden"> {escaped(dispute.title)}</span>'
    return (
        f'<li class="warning-card warning-card-{row.level}" id="escalation-{row.pk}">'
        f'<p class="warning-marks">{_marks(card, now, asked)}</p>'
        f'<h2 class="warning-what"><a href="{asked.card(row.pk)}">{escaped(dispute.title)}</a></h2>'
        f'<p class="warning-facts"><span>{icon("geo-alt")}{escaped(dispute.place_name)}</span> '
        f"<span>{icon('people')}{asked.people % {'n': dispute.people_count}}</span> "
        f"<span>{escaped(dispute.category.label)}</span></p>"
        f'<p class="warning-asked">{_state(card, asked)}</p>'
        f'<div class="warning-buttons">{_buttons(card, title, asked)}</div></li>'
    )


def _marks(card: Card, now: datetime, asked: _Asked) -> str:
    row = card.escalation
    level = f'<span class="level level-{row.level}">{escaped(card.level_label)}</span>' if row.level else ""
    marks = [
        level + asked.proposed if level and card.unconfirmed else level,
        asked.happening if row.warning.happening else "",
        asked.danger if card.dispute.danger else "",
        asked.resting if row.rests_since else _countdown(row.due_at, now),
    ]
    return " ".join(mark for mark in marks if mark)


def _countdown(due_at: datetime | None, now: datetime) -> str:
    return drawing.countdown(due_at, wording.countdown(due_at, now), now) if due_at is not None else ""


def _state(card: Card, asked: _Asked) -> str:
    row = card.escalation
    said = [row.get_basis_display(), asked.notified % {"at": wording.shanghai(row.notified_at)}]
    if row.holder and row.holder.user_id != row.addressee_id:
        said.append(asked.instead % {"name": row.holder.user.name})
    wanted = asked.answer_wanted if row.acknowledged_at else asked.look_wanted
    return f'{wanted} <span class="note">{" · ".join(escaped(part) for part in said)}</span>'


def _buttons(card: Card, title: str, asked: _Asked) -> str:
    row = card.escalation
    (instruct, label), *others = asked.answers
    kind = "primary" if row.acknowledged_at else "secondary"
    buttons = [f'<a class="btn btn-{kind}" href="{instruct(row.pk)}">{label}{title}</a>']
    if not row.acknowledged_at:
        buttons.insert(
            0,
            f'<form method="post" action="{asked.acknowledge(row.pk)}">{asked.form}'
            f'<button class="btn btn-primary" type="submit">{asked.known}{title}</button></form>',
        )
    buttons += [
        f'<a class="btn btn-secondary" href="{url(row.pk)}">{words}{title}</a>' for url, words in others
    ]
    if card.call:
        who = f'<span class="visually-hidden"> {escaped(card.call.who)}</span>'
        href: Any = escaped(card.call.href)
        buttons.append(f'<a class="btn btn-secondary" href="{href}">{asked.phone}{who}</a>')
    return " ".join(buttons)
