"""What somebody may see, as access keys: the union over the posts they hold and stand in for."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.keys import KINDS, UNIT, person_key, place_key, post_key, unit_key
from accounts.models import Appointment
from accounts.roles import Reach, reach_of


@dataclass(frozen=True)
class Scope:
    """`keys` open disputes; a dispute that bars one of `own_keys` (units and person) stays closed."""

    keys: tuple[int, ...] = ()
    own_keys: tuple[int, ...] = ()
    everything: bool = False  # jobs of the system only

    @property
    def units(self) -> tuple[int, ...]:
        """Every unit in which the person holds a post or stands in, whatever post they act in."""
        return tuple(key // KINDS for key in self.own_keys if key % KINDS == UNIT)


EVERYTHING = Scope(everything=True)
NOTHING = Scope()


def scope_over(
    user_id: int, appointments: Iterable[Appointment], besides: Iterable[Appointment] = ()
) -> Scope:
    """The scope of a person acting in these appointments, each with its post and organization loaded.

    `besides` are what else they hold or stands in for: they open nothing, and bar all the same.
    """
    keys: set[int] = set()
    acting = list(appointments)
    own = {person_key(user_id)}
    for appointment in [*acting, *besides]:
        own |= {unit_key(appointment.post.organization_id), person_key(appointment.user_id)}
    for appointment in acting:
        post = appointment.post
        organization = post.organization
        reach = reach_of(post.role, organization.kind)
        if reach is Reach.NONE:
            continue
        keys |= {post_key(post.pk), person_key(user_id), person_key(appointment.user_id)}
        if reach is not Reach.OWN:
            keys.add(unit_key(organization.pk))
        if reach is Reach.PLACE:
            keys.add(place_key(organization.place_id))
    return Scope(keys=tuple(sorted(keys)), own_keys=tuple(sorted(own)))
