"""Django's `reverse` for pages without arguments, each found once: the frame alone asks for two dozen."""

from functools import lru_cache

from django import urls
from django.conf import settings


def reverse(name: str) -> str:
    """The address of the page of that name."""
    return _found(urls.get_script_prefix(), settings.ROOT_URLCONF, name)


@lru_cache(maxsize=512)
def _found(_prefix: str, _table: str, name: str) -> str:
    return urls.reverse(name)
