"""Django's `gettext`, each sentence looked up once per language: what draws dozens of lines asks for few words.

A process reads its catalogues once, so what they said is what they say.
"""

from functools import lru_cache

from django.utils import translation

MOST_KEPT = 4096


def gettext(text: str) -> str:
    """The words in the language of now."""
    return _said(translation.get_language(), text)


def ngettext(one: str, many: str, number: int) -> str:
    """The same where a number decides."""
    return _counted(translation.get_language(), one, many, number)


@lru_cache(maxsize=MOST_KEPT)
def _said(_language: str | None, text: str) -> str:
    return translation.gettext(text)


@lru_cache(maxsize=MOST_KEPT)
def _counted(_language: str | None, one: str, many: str, number: int) -> str:
    return translation.ngettext(one, many, number)
