"""A user's own views of the ledger, kept as query strings."""

from django.utils.translation import gettext as _

from core.actor import Actor
from disputes.errors import InvalidInput, NotFound
from disputes.models import SavedView

MOST = 20
LONGEST_NAME, LONGEST_QUERY = 30, 1000


def save(*, name: str, query: str, by: Actor) -> SavedView:
    """Keeps the query under the name; the same name again replaces it."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput({"name": [_("请填写名称，不超过 30 个字。")]})
    if not query or len(query) > LONGEST_QUERY:
        raise InvalidInput({"name": [_("请先选择筛选条件，再保存为视图。")]})
    mine = SavedView.objects.filter(user=by.user)
    if mine.exclude(name=name).count() >= MOST:
        raise InvalidInput({"name": [_("最多保存 20 个视图，请先删除不用的。")]})
    view, _made = SavedView.objects.update_or_create(
        user=by.user,
        name=name,
        defaults={"query": query},
        create_defaults={"query": query, "position": mine.count()},
    )
    return view


def delete(*, view_id: int, by: Actor) -> None:
    """Only one's own; another's is not there."""
    if not SavedView.objects.filter(pk=view_id, user=by.user).delete()[0]:
        raise NotFound(_("没有找到这个视图。"))
