"""Sentences looked up once per language: a page asks for five hundred, and most of them stand in no catalogue.

A process reads its catalogues once, so what they said is what they say.
"""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils.translation import trans_real

MOST_KEPT = 8192  # of a language; all of ours are some five thousand


def look_up_once() -> None:
    """From here on, for every language of ours; what numbers decide is looked up as before."""
    for code, _name in settings.LANGUAGES:
        catalogue = trans_real.translation(code)
        if not hasattr(catalogue.gettext, "cache_info"):
            catalogue.gettext = lru_cache(MOST_KEPT)(catalogue.gettext)  # type: ignore[method-assign]
