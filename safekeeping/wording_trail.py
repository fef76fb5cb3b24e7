"""How the erasure of texts reads in the timeline."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.entry_words import EntryWords, register

ROWS: dict[str, EntryWords] = {
    "texts_erased": EntryWords(
        pgettext_lazy("trail", "文本按期删除"),
        button=_("文本按期删除"),
    ),
}


def connect() -> None:
    register(ROWS)
