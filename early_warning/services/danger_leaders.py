"""人身危险 is told to the leaders of the place beside its duty posts: notices, no chain and no clock of a level."""

from datetime import datetime

from accounts.keys import post_key
from core.actor import Actor
from disputes import public
from disputes.conflicts import Conflicts
from disputes.models import AccessGrant, Dispute
from disputes.services import danger
from early_warning.selectors.chains import in_danger, posts_around


def tell_leaders(dispute: Dispute, *, now: datetime) -> None:
    """Deputy, Party secretary, head of government and police head of the town, of the county where there is none.

    Whoever must keep out is neither told nor let in. Needs the dispute's lock.
    """
    place = dispute.town or dispute.managing_org.place
    leaders = posts_around([place], now)
    posts = [rung.post for rung in in_danger(leaders, place, dispute.category.hot_field) if rung.post]
    conflicts = Conflicts([dispute], now, leaders.people())
    told = {
        post.pk: [user for user in leaders.users_of(post) if not conflicts.bars(dispute, user)]
        for post in posts
    }
    users = [user for found in told.values() for user in found]
    if not users:
        return
    keys = [post_key(pk) for pk, found in told.items() if found]
    with public.working_on(dispute, by=Actor.system("danger"), now=now) as work:
        work.open_to(keys, AccessGrant.Reason.DUTY)
    danger.tell(dispute, users, now=now)
