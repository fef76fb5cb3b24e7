"""What somebody may see, as access keys: the union over the posts they hold and stand in for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from accounts.keys import KINDS, UNIT, listing_key, person_key, place_key, post_key, unit_key
from accounts.models import Appointment
from accounts.roles import Reach, reach_of


@dataclass(frozen=True)
class Scope:
    """`keys` open disputes; a dispute that bars one of `own_keys` (units and person) stays closed."""

    keys: tuple[int, ...] = ()
    own_keys: tuple[int, ...] = ()
    everything: bool = False  # jobs of the system only

    @property
    def listing_keys(self) -> tuple[int, ...]:
        """What lists a dispute, opened or as a stub: the keys and their complements."""
        return (*self.keys, *map(listing_key, self.keys))

    @property
    def units(self) -> tuple[int, ...]:
        """Every unit in which the person holds a post or stands in, whatever post they act in."""
        return tuple(key // KINDS for key in self.own_keys if key % KINDS == UNIT)


NOTHING = Scope()


class Held(NamedTuple):
    """What of an appointment opens and bars: whose it is, and its post."""

    user_id: int
    post_id: int
    role: str
    unit_id: int
    kind: str
    place_id: int


HELD = (
    *("user_id", "post_id", "post__role"),
    *("post__organization_id", "post__organization__kind", "post__organization__place_id"),
)  # the columns of an appointment that make a `Held`


def held(appointment: Appointment) -> Held:
    """Of an appointment with its post and organization loaded."""
    post, unit = appointment.post, appointment.post.organization
    return Held(appointment.user_id, post.pk, post.role, unit.pk, unit.kind, unit.place_id)


def scope_over(
    user_id: int, appointments: Iterable[Appointment], besides: Iterable[Appointment] = ()
) -> Scope:
    """The scope of a person acting in these appointments, each with its post and organization loaded.

    `besides` are what else they hold or stands in for: they open nothing, and bar all the same.
    """
    return scope_of(user_id, map(held, appointments), map(held, besides))


def scope_of(user_id: int, acting: Iterable[Held], besides: Iterable[Held] = ()) -> Scope:
    """The rule itself, see `scope_over`."""
    keys: set[int] = set()
    acting = list(acting)
    own = {person_key(user_id)}
    for one in [*acting, *besides]:
        own |= {unit_key(one.unit_id), person_key(one.user_id)}
    for one in acting:
        reach = reach_of(one.role, one.kind)
        if reach is Reach.NONE:
            continue
        keys |= {post_key(one.post_id), person_key(user_id), person_key(one.user_id)}
        if reach is not Reach.OWN:
            keys.add(unit_key(one.unit_id))
        if reach is Reach.PLACE:
            keys.add(place_key(one.place_id))
    return Scope(keys=tuple(sorted(keys)), own_keys=tuple(sorted(own)))
