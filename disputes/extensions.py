"""How upper apps put their part on a dispute's page, ledger row or API answer without being imported here.

An upper app registers in its `ready()` a provider for a slot: it gets the disputes of one page, the actor and
what they may see of each, and answers typed parts by dispute id, with one round of queries for all of them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.forms import Field, Form
from django.http import QueryDict

from core.actor import Actor
from core.registry import Registry
from disputes.disclosure import Disclosure
from disputes.events import Beginning, Registered
from disputes.models import Dispute
from disputes.rules.intake import IntakeFacts

Sights = Mapping[int, Disclosure]
Provider = Callable[[Sequence[Dispute], Actor, Sights], dict[int, Any]]
Look = Callable[[Dispute], "QuerySet[Any, Any]"]
Check = Callable[[IntakeFacts, datetime], str]  # why these facts may not be entered so; empty when they may

slots: defaultdict[str, Registry[Provider]] = defaultdict(Registry)
checks: defaultdict[str, Registry[Check]] = defaultdict(Registry)
look_makers: Registry[Look] = Registry()


IntakeForm = Callable[
    [QueryDict | None, str, dict[str, Any], Actor], Form | None
]  # data, prefix, initial, by


@dataclass(frozen=True)
class IntakePart:
    """What an upper app shows on the intake form while it is typed: a template with a fragment of its own.

    `after` is the place: `narrative`, or `facts` (place, towns, sectors, unit), above the button. The template
    sees the page's variables; `hx-include="closest form"` sends what is typed.

    `form` adds fields under the part's name as prefix, or None for who is not asked. They are kept in the draft and
    checked with the rest; what they say comes with `events.Registered.beside`, and a refusal at `NAME.FIELD` goes
    back to them.
    """

    template: str
    after: str = "facts"
    form: IntakeForm | None = None


intake: Registry[IntakePart] = Registry()

Begin = Callable[[Sequence[Registered]], Mapping[int, Beginning]]
beginners: Registry[Begin] = Registry()

StepField = Callable[[str, Sequence[Dispute], Actor], Mapping[int, Field]]  # step id, disputes, by
field_makers: Registry[StepField] = Registry()


def register(slot: str, name: str, provider: Provider, *, order: int = 50, there: Look | None = None) -> None:
    """Slots: `page` (a part with `template`), `alert` (the same, above everything else on the page), `beneath` (the
    same, between the parties and the trail), `row` (a cell), `api` (a JSON value under `name`), `export` (a text among
    the orders of the ledger file), `step` (a part with `template`, under the form of a step, asked without sights; the
    template sees which `step` it is), `narrative` (passages of the narrative to mark, as `rules.passages.Passage`;
    never asked where the level is not disclosed). Parts stand in their `order`.

    `there` are the rows without which a `beneath` part is empty: the page looks for all such rows in one statement,
    and asks no provider that has none."""
    slots[slot].register(provider, name=name, order=order)
    if there is not None:
        look_makers.register(there, name=name)


def looks(dispute: Dispute) -> dict[str, QuerySet[Any, Any]]:
    """The rows upper apps look for on its page, by the name of their part."""
    return {name: look(dispute) for name, look in look_makers.items()}


def register_intake(name: str, part: IntakePart) -> None:
    intake.register(part, name=name)


def register_step_field(name: str, make: StepField) -> None:
    """How a field of the lifecycle table that only an upper app understands is asked: for each dispute of a form, with
    what is proposed as its initial value; none for who is not asked. What is answered comes with
    `events.StepTaken.beside`, and a refusal at its name or the step's `reason` goes back to the form."""
    field_makers.register(make, name=name)


def step_field_names() -> frozenset[str]:
    """The fields of the lifecycle table that upper apps ask for."""
    return frozenset(field_makers.names())


def step_fields(name: str, step: str, disputes: Sequence[Dispute], by: Actor) -> Mapping[int, Field]:
    """The fields of that name by dispute id; one round of queries for all."""
    make = field_makers.get(name)
    return make(step, disputes, by) if make else {}


def register_check(field: str, name: str, check: Check) -> None:
    """Has a say in whether intake facts may be entered; what it answers stands at `field`."""
    checks[field].register(check, name=name)


def refusals(field: str, facts: IntakeFacts, now: datetime) -> list[str]:
    """What upper apps hold against these facts."""
    answers = [check(facts, now) for check in checks[field]]
    return [answer for answer in answers if answer]


def intake_parts() -> dict[str, list[IntakePart]]:
    """By their place on the form."""
    places: dict[str, list[IntakePart]] = {}
    for part in intake:
        places.setdefault(part.after, []).append(part)
    return places


def intake_forms(data: QueryDict | None, kept: Mapping[str, Any], by: Actor) -> dict[str, Form]:
    """The fields upper apps add for this actor, by part: bound to `data`, else filled from a draft's values."""
    forms: dict[str, Form] = {}
    for name, part in intake.items():
        if part.form is None:
            continue
        start = f"{name}-"
        initial = {key.removeprefix(start): value for key, value in kept.items() if key.startswith(start)}
        form = part.form(data, name, initial, by)
        if form is not None:
            forms[name] = form
    return forms


def register_beginning(name: str, begin: Begin) -> None:
    """Has its say about new disputes before their rows are written: nothing of them is in the database then."""
    beginners.register(begin, name=name)


def beginnings(registered: Sequence[Registered]) -> dict[int, Beginning]:
    """What is said of them, by dispute id; of one dispute by one app."""
    return {pk: one for begin in beginners for pk, one in begin(registered).items()}


def parts(
    slot: str, disputes: Sequence[Dispute], by: Actor, shown: Sights, *, but: Collection[str] = ()
) -> dict[str, dict[int, Any]]:
    """Every provider's answers for these disputes: name → dispute id → part. `shown` is asked once by the page; those
    named in `but` are not asked."""
    asked = slots[slot].items()
    return {name: provider(disputes, by, shown) for name, provider in asked if name not in but}
