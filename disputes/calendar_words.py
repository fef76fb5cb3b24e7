"""Names of categories and sources for the rules page of the calendar."""

from calendars import extensions
from disputes.choices import Source
from disputes.models import DisputeCategory


def connect() -> None:
    extensions.register_categories(lambda: [(row.code, row.label) for row in DisputeCategory.objects.all()])
    extensions.register_sources(lambda: [(source.value, str(source.label)) for source in Source])
