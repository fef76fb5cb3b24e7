"""Categories of disputes, as `core.remembered` keeps them."""

from collections.abc import Collection, Mapping

from core.remembered import remembered_rows
from disputes.models import DisputeCategory


@remembered_rows
def categories(ids: Collection[int]) -> Mapping[int, DisputeCategory]:
    return DisputeCategory.objects.in_bulk(ids)
