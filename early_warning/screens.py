"""Puts the warning screens into the frame and onto lower pages; called once from `ready()`."""

from disputes import extensions
from early_warning import navigation
from early_warning.selectors import warning_parts


def connect() -> None:
    extensions.register("page", "warning", warning_parts.page_parts)
    extensions.register("row", "warning", warning_parts.row_parts)
    navigation.connect()
