"""Places: add, correct, end with a successor. Who may call is asked by accounts, which lies above."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record_change
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from jurisdictions.models import Place
from jurisdictions.rules.pinyin import initials
from jurisdictions.rules.place_csv import LENGTHS

FIELDS = ("name", "alias", "pinyin", "valid_from", "valid_to")
PARENT_DIGITS = {"town": 6, "village": 9}


@transaction.atomic
def add(*, code: str, name: str, alias: str, valid_from: date, by: Actor, now: datetime) -> Place:
    """A new place; the level and the place above follow from the code."""
    kind = LENGTHS.get(len(code), "") if code.isascii() and code.isdigit() else ""
    if not kind:
        raise InvalidInput({"code": [_("区划代码应为 6 位（县）、9 位（乡镇）或 12 位（村）数字。")]})
    if Place.objects.filter(code=code).exists():
        raise InvalidInput({"code": [_("这个区划代码已经有了。")]})
    require_free_alias(alias)
    place = Place.objects.create(
        code=code,
        name=name,
        kind=kind,
        parent=parent_of(code, kind),
        alias=alias,
        pinyin=initials(name)[:30],
        valid_from=valid_from,
    )
    _record(place, {}, by=by, now=now)
    return place


@transaction.atomic
def edit(*, place_id: int, name: str, alias: str, pinyin: str, by: Actor, now: datetime) -> Place:
    """Another name for the same place. Disputes keep the name of their day."""
    place = Place.objects.select_for_update().get(pk=place_id)
    require_free_alias(alias, besides=place.pk)
    before = _written(place)
    renamed = name != place.name and pinyin == place.pinyin
    place.name, place.alias = name, alias
    place.pinyin = (initials(name) if renamed else pinyin.lower())[:30]
    place.save(update_fields=["name", "alias", "pinyin"])
    _record(place, before, by=by, now=now)
    return place


@transaction.atomic
def end(*, place_id: int, valid_to: date, successor_id: int | None, by: Actor, now: datetime) -> Place:
    """The last day of a place, and what it became. Refused while something in it goes on after that day."""
    place = Place.objects.select_for_update().get(pk=place_id)
    if valid_to < place.valid_from:
        raise InvalidInput({"valid_to": [_("停用日期不能早于启用日期 %s。") % place.valid_from]})
    _require_nothing_left(place, valid_to)
    successor = Place.objects.filter(pk=successor_id).first() if successor_id else None
    if successor is not None and (successor == place or successor.kind != place.kind):
        raise InvalidInput({"successor": [_("承接的区划应是另一个同级区划。")]})
    before = _written(place)
    place.valid_to, place.successor = valid_to, successor
    place.save(update_fields=["valid_to", "successor"])
    _record(place, before, by=by, now=now)
    return place


def _require_nothing_left(place: Place, day: date) -> None:
    children = place.children.exclude(valid_to__lte=day).count()
    units = place.organizations.exclude(valid_to__lte=day).count()
    if children or units:
        raise Conflict(
            _("%(place)s下还有 %(children)d 个在用的下级区划、%(units)d 个在用的单位，请先停用它们。")
            % {"place": place, "children": children, "units": units}
        )


def parent_of(code: str, kind: str) -> Place | None:
    """The place whose code is the prefix; a town or a village needs one."""
    if kind == "county":
        return None
    parent = Place.objects.filter(code=code[: PARENT_DIGITS[kind]]).first()
    if parent is None:
        raise InvalidInput({"code": [_("还没有上级区划 %s，请先增加上级。") % code[: PARENT_DIGITS[kind]]]})
    return parent


def require_free_alias(alias: str, *, besides: int | None = None) -> None:
    """An alias is accepted wherever a code is, so it must be neither another's alias nor anyone's code."""
    if not alias:
        return
    taken = Place.objects.by_code(alias).exclude(pk=besides or 0).first()
    if taken is not None:
        raise InvalidInput({"alias": [_("简码已被%s使用。") % taken.name]})


def _written(place: Place) -> dict[str, str]:
    written = {name: str(getattr(place, name) or "") for name in FIELDS}
    return written | {"successor": place.successor.code if place.successor else ""}


def _record(place: Place, before: dict[str, str], *, by: Actor, now: datetime) -> None:
    record_change(
        by=by,
        now=now,
        target_type="place",
        target_id=place.code,
        label=place.name,
        before=before,
        after=_written(place),
    )
