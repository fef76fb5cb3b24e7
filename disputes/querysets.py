from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import models

from accounts.scoping import NOTHING, Scope
from core.actor import Actor
from core.one_row import at_most_one
from core.search import tsquery_text
from core.written_once import Slot
from disputes.errors import DomainError, closed, out_of_sight
from disputes.rules import lifecycle

RESTRICTED = "restricted"  # Confidentiality.RESTRICTED
ROW = (
    *("number", "seq", "title", "place_name", "status", "pending", "suspended", "danger", "confidentiality"),
    *("warning_level", "next_due_at", "registered_at", "unit"),
    *("category", "lead_unit", "responsible_person", "book"),
)


class Keys(models.Value):
    """Keys of sight as one array: one by one each costs compiling on every page, and a statement of many parameters is
    taken apart anew each time."""

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__("{" + ",".join(map(str, map(int, keys))) + "}")

    def as_sql(self, *_args: Any, **_kwargs: Any) -> tuple[str, list[str]]:  # type: ignore[override]
        return "%s", [self.value]  # the lookup casts it to the column's type


class LevelTold(models.Func):
    """Whether a reader with these units is told the level: not where one of them is a party, in the dispute or in what
    was merged into it. Written out: as three subqueries of the ORM it took longer to build than to answer."""

    output_field = models.BooleanField()
    SQL = """(
        ({unit} = ANY(%(units)s::bigint[])) IS NOT TRUE
        AND {id} NOT IN (SELECT dispute_id FROM disputes_party WHERE organization_id = ANY(%(units)s::bigint[]))
        AND {id} NOT IN (
            SELECT merged.survivor_id FROM disputes_dispute merged WHERE merged.survivor_id IS NOT NULL AND (
                merged.unit_id = ANY(%(units)s::bigint[]) OR merged.id IN (
                    SELECT dispute_id FROM disputes_party WHERE organization_id = ANY(%(units)s::bigint[])))))"""

    def __init__(self, units: Iterable[int] | Slot) -> None:
        super().__init__(models.F("unit"), models.F("pk"))
        self.units = units if isinstance(units, Slot) else Keys(units).value

    def as_sql(  # type: ignore[override]  # Django takes more, none of it matters here
        self, compiler: Any, _connection: Any, **kwargs: Any
    ) -> tuple[str, list[Any]]:
        unit, row = (compiler.compile(one)[0] for one in self.source_expressions)
        text = self.SQL.format(unit=unit, id=row)
        return text.replace("%(units)s", "%s"), [self.units] * text.count("%(units)s")


class BigramQuery(SearchQuery):
    """A `tsquery` literal as core.search writes it, past PostgreSQL's word parser."""

    def __init__(self, literal: str) -> None:
        super().__init__(literal, search_type="raw")
        self.literal = literal

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, list[str]]:  # type: ignore[override]
        return "%s::tsquery", [self.literal]


def says(words: str) -> models.Q:
    """Every one of the words stands in title or narrative; words of punctuation only ask nothing."""
    found = models.Q()
    for query in filter(None, map(tsquery_text, words.split())):
        found &= models.Q(search=BigramQuery(query))
    return found


def opened(by: Actor | None) -> models.Q:
    """Of rows `listed_to` the actor, those whose content is open to them. Most are not restricted: no array is read."""
    if by is not None and by.is_system:
        return models.Q()
    scope: Scope = (by and by.scope) or NOTHING
    return ~models.Q(confidentiality=RESTRICTED) | models.Q(access_keys__overlap=Keys(scope.keys))


class DisputeQuerySet(models.QuerySet[Any]):
    def visible_to(self, by: Actor | None) -> DisputeQuerySet:
        """The one answer to who sees what: key overlap, minus what bars my units and me. See docs/adr."""
        scope: Scope = (by and by.scope) or NOTHING
        if by is not None and by.is_system:
            return self.all()
        if not scope.keys:
            return self.none()
        return self.open_to(Keys(scope.keys), Keys(scope.own_keys))

    def open_to(self, keys: Any, own_keys: Any) -> DisputeQuerySet:
        """The rule of `visible_to`, the keys given as expressions."""
        return self.filter(access_keys__overlap=keys).exclude(barred_keys__overlap=own_keys)

    def get_visible(self, by: Actor | None, number: str) -> Any:
        """The one of that number, if the actor may see it. Raises NotFound, NotPermitted where they see only its stub.

        Chain `select_for_update(of=("self",))` before it to have it under its row lock.
        """
        found = at_most_one(self.visible_to(by).filter(number=number))
        if found is None:
            raise self.unseen(by, number)
        return found

    def lock_visible(self, by: Actor | None, **which: Any) -> Any:
        """The one of that number, id or row of its own, under its lock, if the actor may see it. Raises NotFound."""
        found = at_most_one(self.visible_to(by).filter(**which).select_for_update(of=("self",)))
        if found is None:
            raise out_of_sight()
        return found

    def unseen(self, by: Actor | None, number: str) -> DomainError:
        """Why the actor may not have it: not permitted where they see the stub, else it is not there."""
        listed = self.model._default_manager.listed_to(by).filter(number=number, confidentiality=RESTRICTED)
        return closed() if listed.exists() else out_of_sight()

    def listed_to(self, by: Actor | None) -> DisputeQuerySet:
        """What counts and stands in lists: as `visible_to`, and restricted ones the actor would see were they open.

        Those are stubs: their rows pass `selectors.stubs` or `as_seen` before anybody reads them.
        """
        scope: Scope = (by and by.scope) or NOTHING
        if by is not None and by.is_system:
            return self.all()
        if not scope.keys:
            return self.none()
        return self.filter(access_keys__overlap=Keys(scope.listing_keys)).exclude(
            barred_keys__overlap=Keys(scope.own_keys)
        )

    def open(self) -> DisputeQuerySet:
        return self.exclude(status__in=sorted(lifecycle.ENDED))

    def overdue(self, now: datetime) -> DisputeQuerySet:
        """Open, with a clock that has run out."""
        return self.open().filter(next_due_at__lt=now)

    def due_by(self, moment: datetime, now: datetime) -> DisputeQuerySet:
        """Open, with a clock that ends between now and then, that moment itself included."""
        return self.open().filter(next_due_at__gte=now, next_due_at__lte=moment)

    def with_limit_among(self, limits: models.QuerySet[Any]) -> DisputeQuerySet:
        return self.filter(pk__in=limits.values("subject_id"))

    def without_limit_among(self, limits: models.QuerySet[Any]) -> DisputeQuerySet:
        return self.exclude(pk__in=limits.values("subject_id"))

    def matching(self, words: str) -> DisputeQuerySet:
        """Words of one or more characters in title and narrative."""
        return self.filter(says(words))

    def for_ledger(self, also: Iterable[str] = ()) -> DisputeQuerySet:
        """What a row of the ledger page shows and no column more: compiling and reading each costs on every page. What
        it points at is put beside it by `selectors.ledger.with_names`. `also`: what the reader's own columns need."""
        return self.only(*ROW, *also)

    def for_list(self) -> DisputeQuerySet:
        """With who and what belongs to it, and without its long texts."""
        return self.select_related(
            "category", "town", "lead_unit", "responsible_person__user", "book", "waiting_org"
        ).defer("search", "access_keys", "barred_keys", "narrative")
